"""A build ends within its budget, whatever it is busy with, and tells what that was."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from recto import typeset
from recto.oversight import budget
from recto.oversight.budget import Budget, memory_of_family
from tests.building import build, heed_interrupts
from tests.checkout import ROOT

TEXT = "# 1 Oars\n\n## 1.1 Blades\n\nAn oar is a lever.\n"
# holds on to the interpreter: no thread of Python's runs meanwhile
STUCK = "import re; re.match('(a+)+$', 'a' * 60 + 'b')"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "a.md").write_text(TEXT)
    return folder


# what counts the seconds of a build sees none until this file is there: a slow machine changes nothing
HELD = """
import pathlib, time, types
import recto.oversight.budget as budget, recto.oversight.supervisor as supervisor
begun = pathlib.Path({0!r})
budget.time = supervisor.time = types.SimpleNamespace(
    monotonic=lambda: time.monotonic() if begun.exists() else 0.0
)
"""
LONG = 120  # seconds; whoever is at work so long was not stopped


def loop(*_: object) -> None:
    until = time.monotonic() + LONG
    while time.monotonic() < until:
        pass


def sleep(*_: object) -> None:
    time.sleep(LONG)


def swallow(*_: object) -> None:
    until = time.monotonic() + LONG
    while (left := until - time.monotonic()) > 0:
        try:
            time.sleep(left)
        except Exception:
            continue


def grow(*_: object) -> None:
    held = []
    while True:
        held.append(os.urandom(1_000_000))


def recurse(*_: object) -> None:
    # CPython 3.13 counts no calls of a function that takes any number of things (cpython#132744)
    def deeper(at: int) -> None:
        deeper(at + 1)

    deeper(0)


@pytest.mark.parametrize("work", [loop, sleep, swallow])
def test_a_build_that_takes_too_long_is_stopped(
    work: Callable[..., None], book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[float] = []

    def at_it(*_: object) -> None:
        begun.append(time.monotonic())
        work()

    monkeypatch.setattr("recto.typeset.book.draft", at_it)
    slow = SimpleNamespace(monotonic=lambda: time.monotonic() if begun else 0.0)
    monkeypatch.setattr(budget, "time", slow)
    built = build(book, book.parent / "out", "--max-seconds", "1")
    assert built.exit_code == 1
    said = "took more than 1 seconds and was stopped at the stage “typeset”, with "
    assert said in built.errors
    assert f"{book / 'a.md'}:1 [budget-time]" in built.errors
    assert list((book.parent / "out").iterdir()) == []


def test_a_build_that_needs_too_much_memory_is_stopped(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeset, "typeset", grow)
    most = int(memory_of_family()) + 500
    built = build(book, book.parent / "out", "--max-memory", str(most))
    assert built.exit_code == 1
    assert f"needed more than {most} MB of memory and was stopped at the stage “typeset”" in built.errors
    assert memory_of_family() < most


def test_what_lies_in_itself_without_end_is_told(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeset, "typeset", recurse)
    built = build(book, book.parent / "out")
    assert built.exit_code == 1
    assert "at the stage “typeset” [too-deep]" in built.errors


def test_a_book_tightens_the_budget_and_never_loosens_it(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeset, "typeset", sleep)
    for seconds, allowed in ((1, 60), (3600, 1)):
        (book / "book.toml").write_text(f"[limits]\nseconds = {seconds}\nmemory = 100_000\n")
        built = build(book, book.parent / "out", "--max-seconds", str(allowed))
        assert "took more than 1 seconds" in built.errors
    assert Budget(10, 100).tightened(0, 0) == Budget(10, 100)


# --- in processes of their own --------------------------------------------------------------------------


def program(code: str, book: Path, *arguments: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a program, after some code that makes it misbehave."""
    command = [sys.executable, "-c", f"{code}\nfrom recto.cli import program; program()", str(book)]
    return subprocess.run(
        [*command, "-o", str(book.parent / "out"), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, **surroundings},
    )


def gone(numbers: Sequence[int], within: float = 300) -> bool:
    """Whether processes have ended, or do so soon."""
    until = time.monotonic() + within
    while any(Path(f"/proc/{number}").exists() for number in numbers):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def test_a_worker_that_is_stuck_is_stopped_and_its_unit_named(book: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import recto.print.layout.running as running\n"
        f"def stuck(*_):\n open({str(tmp_path / 'begun')!r}, 'w').close(); {STUCK}\n"
        "running.at_best_depth = stuck\n"
    )
    surroundings = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    code = HELD.format(str(tmp_path / "begun"))
    ran = program(code, book, "--jobs", "2", "--max-seconds", "1", "--formats", "pdf", **surroundings)
    assert ran.returncode == 1, ran.stderr
    assert re.search(r"took more than 1 seconds and was stopped at the stage “lay out”, with \S", ran.stderr)
    assert "Traceback" not in ran.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody watches over the build")
def test_a_build_that_holds_on_to_the_interpreter_is_stopped(book: Path, tmp_path: Path) -> None:
    code = HELD.format(str(tmp_path / "begun")) + (
        "import recto.typeset; supervisor._GRACE = 1\n"
        f"def stuck(*_):\n begun.touch(); {STUCK}\n"
        "recto.typeset.typeset = stuck"
    )
    ran = program(code, book, "--max-seconds", "1", "--jobs", "1")
    assert ran.returncode == 1, ran.stderr
    assert "took more than 1 seconds and was stopped at the stage “typeset” [budget-time]" in ran.stderr


def test_a_build_that_is_killed_is_told(book: Path) -> None:
    code = (
        "import os, time, recto.typeset\n"
        "def die(*_):\n time.sleep(0.3); os.kill(os.getpid(), 9)\n"
        "recto.typeset.typeset = die"
    )
    ran = program(code, book, "--jobs", "2")
    assert ran.returncode == 1
    assert "error: the build was killed at the stage “typeset”" in ran.stderr
    assert ran.stderr.count("\n") <= 4, ran.stderr


def test_memory_asked_for_in_one_piece_is_refused(book: Path) -> None:
    code = "import recto.typeset\nrecto.typeset.typeset = lambda *_: bytearray(8 * 2**30)"
    ran = program(code, book, "--jobs", "1", "--max-memory", "1000")
    assert ran.returncode == 1, ran.stderr
    assert "needed more than 1000 MB of memory and was stopped at the stage “typeset”" in ran.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL])
def test_who_is_asked_to_end_leaves_no_process_and_no_folder(
    number: signal.Signals, book: Path, tmp_path: Path
) -> None:
    put_aside = tmp_path / "put aside"
    put_aside.mkdir()
    code = (
        "import time, recto.contents\n"
        "def wait(*_):\n print('waiting', flush=True); time.sleep(300)\n"
        "recto.contents.contents = wait\n"
        "from recto.cli import program; program()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(book), "-o", str(tmp_path / "out"), "--jobs", "2"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(put_aside)},
        preexec_fn=heed_interrupts,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "waiting\n"
    family = budget.family_of(process.pid)
    assert len(family) > 2
    process.send_signal(number)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == (-9 if number == signal.SIGKILL else 128 + number)
    assert gone(family)
    assert "Traceback" not in errors
    assert "resource_tracker" not in errors
    if number != signal.SIGKILL:
        assert list(put_aside.iterdir()) == []
