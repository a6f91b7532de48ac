"""SECURITY.md promises nothing that no test holds."""

from __future__ import annotations

import re
import sys

from tests.checkout import ROOT

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

# The first versions without a hole that is known, and that a book or a page could have used.
CLOSED = {
    "distributed": (2026, 1),  # CVE-2026-23528, a way to run code by a link into the dashboard
    "jinja2": (3, 1, 6),  # CVE-2024-56201, CVE-2024-56326, CVE-2025-27516: out of the sandbox
    "lxml": (5, 2),
    "markdown-it-py": (4, 3),  # time by the square of a text's length
    "pillow": (11, 3),  # CVE-2025-48379, a buffer overflow
    "weasyprint": (70, 0),  # CVE-2026-55073, past the fetcher of URLs
}
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_every_promise_names_tests_that_are_there() -> None:
    promises = PAGE.partition("## Promises")[2].partition("\n## ")[0].split("\n\n**")[1:]
    assert [promise[:2] for promise in promises] == [f"{number}." for number in range(1, 8)]
    for promise in promises:
        named = re.findall(r"`(tests/[\w/]+\.py)`", promise)
        assert named, promise
        assert [name for name in named if not (ROOT / name).is_file()] == []


def test_no_dependency_may_be_a_version_with_a_known_hole() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dask"]]
    floors = {}
    for requirement in asked:
        name, least = re.fullmatch(r"([\w.-]+)>=([\d.]+).*", requirement).groups()
        floors[name.lower()] = tuple(map(int, least.split(".")))
    assert {name: floors[name] for name, least in CLOSED.items() if floors[name] < least} == {}


def test_what_is_installed_for_tests_and_books_is_fixed_to_the_version() -> None:
    lines = (ROOT / ".ci" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    loose = [line for line in lines if line and not re.match(r"#|[\w.-]+==[\w.]+( ; .*)?$", line)]
    assert loose == []
