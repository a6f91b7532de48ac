"""SECURITY.md promises nothing that no test holds."""

from __future__ import annotations

import re

from tests.checkout import ROOT

PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_every_promise_names_tests_that_are_there() -> None:
    promises = PAGE.partition("## Promises")[2].partition("\n## ")[0].split("\n\n**")[1:]
    assert len(promises) > 5
    for promise in promises:
        named = re.findall(r"`(tests/[\w/]+\.py)`", promise)
        assert named, promise
        assert [name for name in named if not (ROOT / name).is_file()] == []
