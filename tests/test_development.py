"""`make test` tells all that is wrong, and each Python that we support has its versions held."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.checkout import ROOT

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

WORKFLOW = (ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
REQUIREMENTS = [
    Requirement(line) for line in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"])
]
HELD = [
    Requirement(line)
    for line in (ROOT / ".ci" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
PYTHONS = ["3.10", "3.11", "3.12", "3.13", "3.14"]

TOOL = """\
#!/bin/sh
echo "$2" >> tools
case " $FAILING " in *" $2 "*) exit 1;; esac
"""


@pytest.mark.parametrize("goal", ["test", "lint"])
@pytest.mark.parametrize(
    ("failing", "named"),
    [("", ""), ("mypy", "types"), ("ruff mypy pytest", "rules format types suite"), ("pytest", "suite")],
)
def test_every_tool_is_run_whatever_the_others_say(
    tmp_path: Path, goal: str, failing: str, named: str
) -> None:
    tool = tmp_path / "tool"
    tool.write_text(TOOL)
    tool.chmod(0o755)
    shutil.copy(ROOT / "Makefile", tmp_path)
    command = ["make", goal, "PYTHON=true", "RUN=./tool"]
    environment = {
        "PATH": os.environ["PATH"],
        "FAILING": failing,
    }  # not those of the make that runs the tests
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    suite = ["pytest"] if goal == "test" else []
    assert (tmp_path / "tools").read_text().split() == ["ruff", "ruff", "mypy", *suite]
    expected = [name for name in named.split() if name != "suite" or suite]
    assert (done.returncode == 0) is (not expected)
    told = re.search("recto: failed: (.*)", done.stderr)
    assert (told[1].split() if told else []) == expected


def held(requirement: Requirement, python: str) -> list[Requirement]:
    """The lines that hold a package for a Python."""
    name, setting = canonicalize_name(requirement.name), {"python_version": python}
    return [
        each
        for each in HELD
        if canonicalize_name(each.name) == name
        if each.marker is None or each.marker.evaluate(setting)
    ]


@pytest.mark.parametrize("python", PYTHONS)
def test_what_pyproject_asks_for_is_held_once_for_each_python(python: str) -> None:
    for requirement in REQUIREMENTS:
        if requirement.marker is not None and not requirement.marker.evaluate({"python_version": python}):
            continue
        (line,) = held(requirement, python)
        (version,) = line.specifier
        assert version.operator == "==", line
        assert requirement.specifier.contains(version.version), line


def needed() -> Iterator[Requirement]:
    """All that the tests need here, and what that needs in turn."""
    open_, seen = [(requirement, "") for requirement in REQUIREMENTS], set()
    while open_:
        requirement, extra = open_.pop()
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": extra}):
            continue
        yield requirement
        for each in ("", *requirement.extras):
            if (key := (canonicalize_name(requirement.name), each)) not in seen:
                seen.add(key)
                further = metadata.requires(requirement.name) or []
                open_ += [(Requirement(line), each) for line in further]


def test_all_that_is_installed_for_the_tests_is_held_at_its_version() -> None:
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    installed = {
        f"{requirement.name.lower()} {metadata.version(requirement.name)}": held(requirement, here)
        for requirement in needed()
    }
    assert [name for name, lines in installed.items() if len(lines) != 1] == []
    assert [name for name, (line,) in installed.items() if not line.specifier.contains(name.split()[1])] == []


def test_the_workflow_tries_the_oldest_and_the_newest_python() -> None:
    tried = re.search(r"python: \[(.*?)\]", WORKFLOW)
    assert tried is not None
    assert re.findall(r'"(.*?)"', tried[1]) == [PYTHONS[0], PYTHONS[-1]]
    assert PROJECT["requires-python"] == f">={PYTHONS[0]}"
