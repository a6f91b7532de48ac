"""Under --watch a save is a build, a broken manuscript is no end, and Ctrl-C leaves nothing behind."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from recto.account.observer import OvertakenError, Step
from recto.account.report import Report
from recto.builder import build
from recto.cli.watch import BuildLog, Changes, _folders, _is_read, _may_matter
from recto.options import Options
from recto.problems import Place, error
from tests.building import heed_interrupts
from tests.checkout import ROOT


class Watching:
    """A build under --watch, and what it says, line by line."""

    def __init__(self, source: str, folder: Path, **environment: str) -> None:
        command = [sys.executable, str(ROOT / "build.py"), source, "--watch", "--jobs", "2"]
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **environment},
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=heed_interrupts,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        with self.process.stderr as stream:
            for line in stream:
                self._lines.put(line.rstrip())

    def line(self) -> str:
        """The line of the next build; problems are passed over."""
        while True:
            line = self._lines.get(timeout=300)
            if line.endswith(" s)"):
                return line

    def rest(self) -> list[str]:
        """The lines that are left once it has ended."""
        self._listener.join()
        return [self._lines.get() for _ in range(self._lines.qsize())]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self._listener.join(timeout=300)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=300)


def save(path: Path, text: str) -> None:
    """Save as editors do: written aside, then put in place."""
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "oars"
    folder.mkdir()
    (folder / "a.md").write_text("# 1 Oars\n\n## 1.1 Blades\n\nFlat{^blades}.\n", encoding="utf-8")
    (folder / "b.md").write_text("# 2 Sails\n\n## 2.1 Canvas\n\nA wing{^sails}.\n", encoding="utf-8")
    yield folder


@pytest.mark.slow
@pytest.mark.parametrize("source", ["oars", "oars/a.md"])
def test_each_save_is_a_build_until_ctrl_c(tmp_path: Path, book: Path, source: str) -> None:
    watching = Watching(source, tmp_path)
    try:
        assert watching.line().startswith("first build: laid out ")
        save(book / "a.md", "# 1 Oars\n\n## 1.1 Blades\n\nBroad{^blades}.\n")
        assert watching.line().startswith("a.md: laid out chapter-1 (")
        former = {path: path.read_bytes() for path in (tmp_path / "out").iterdir()}
        save(book / "a.md", "# 1 Oars\n\n## 1.1 Blades\n\nBroad.\n\n## 1.1 Looms\n\nLong.\n")
        assert watching.line().startswith("a.md: not built, 1 fault; the books are as they were (")
        assert {path: path.read_bytes() for path in (tmp_path / "out").iterdir()} == former
        save(book / "a.md", "# 1 Oars\n\n## 1.1 Blades\n\nThin{^blades}.\n")
        assert watching.line().startswith("a.md: mended, laid out chapter-1 (")
        save(book / "a.md", "# 1 Oars\n\n## 1.1 Blades\n\nThin{^blades}.\n")
        assert watching.stop() == 0
        assert watching.rest()[-1] == "ended"
    finally:
        watching.kill()


@pytest.mark.slow
def test_ctrl_c_in_the_midst_of_a_build_leaves_nothing_behind(tmp_path: Path, book: Path) -> None:
    (tmp_path / "desks").mkdir()
    for name in "ab":
        with (book / f"{name}.md").open("a", encoding="utf-8") as text:
            text.write("\nAn oar is a lever.\n" * 5000)
    watching = Watching("oars", tmp_path, TMPDIR=str(tmp_path / "desks"))
    try:
        until = time.monotonic() + 300
        while not any(note.name.isdigit() for note in tmp_path.glob("desks/recto-*/pool-*/desk/*")):
            assert time.monotonic() < until
            time.sleep(0.02)
        assert watching.stop() == 0
        assert list((tmp_path / "desks").iterdir()) == []
        assert list((tmp_path / "out").iterdir()) == []
    finally:
        watching.kill()


def test_a_save_ends_the_build_under_way_and_both_changes_are_in_the_next(tmp_path: Path, book: Path) -> None:
    options = Options(book, tmp_path / "out", ("epub",), cache=False)
    asked_to_end = threading.Event()
    changes = Changes(options, asked_to_end)
    taken = iter(changes)
    assert next(taken) == ()
    assert build(options, BuildLog((), changes.overtaken)).exit_code == 0
    before = (tmp_path / "out" / "oars.epub").read_bytes()
    save(book / "a.md", "# 1 One\n\nA word.\n")
    changed = next(taken)

    class SavedMeanwhile(BuildLog):
        """The author saves another file while chapters are set."""

        def stage(self, name: str) -> None:
            if name == "typeset":
                save(book / "b.md", "# 2 Two\n\nAnother word.\n")
                while not changes.overtaken():
                    asked_to_end.wait(0.01)
            super().stage(name)

    with pytest.raises(OvertakenError):
        build(options, SavedMeanwhile(changed, changes.overtaken))
    assert (tmp_path / "out" / "oars.epub").read_bytes() == before
    changes.again(changed)
    assert [path.name for path in next(taken)] == ["a.md", "b.md"]
    asked_to_end.set()
    assert list(taken) == []


def test_builds_don_t_give_way_for_ever(tmp_path: Path, book: Path) -> None:
    asked_to_end = threading.Event()
    changes = Changes(Options(book, tmp_path / "out"), asked_to_end)
    gave_way = []
    for count, changed in enumerate(changes):
        save(book / "a.md", f"# 1 One\n\nWord {count}.\n")
        while changes._saved.empty():
            asked_to_end.wait(0.01)
        gave_way.append(changes.overtaken())
        if gave_way[-1]:
            changes.again(changed)
        if count == 4:
            asked_to_end.set()
    assert gave_way == [True, True, True, False, True]


def test_the_line_of_a_build_names_a_few_and_counts_many() -> None:
    log = BuildLog([Path("a.md")])
    for unit in ("one", "two", "three", "four", "four"):
        log.step(Step(1, 4, unit, 2))
    assert log.line(Report(), was_broken=False).startswith("a.md: laid out 4 units (")


def test_the_line_of_a_build_tells_what_became_of_it() -> None:
    log = BuildLog([Path(name) for name in "abcd"])
    fault = error("x", "y", Place("z"))
    assert "4 files: not built, 2 faults" in log.line(
        Report(problems=(fault, fault), exit_code=1), was_broken=False
    )
    assert "4 files: mended, laid out nothing" in log.line(Report(), was_broken=True)
    assert "nothing to do" in log.line(Report(facts={}), was_broken=False)


@pytest.mark.parametrize(
    ("name", "matters"),
    [
        ("a.md", True),
        ("book.toml", True),
        ("images/net.webp", True),
        ("report.json", False),
        ("watch.log", False),
        (".a.md.swp", False),
        ("out/index.suggested.toml", False),
    ],
)
def test_what_a_build_writes_itself_does_not_start_the_next(name: str, matters: bool) -> None:
    assert _may_matter(Path("/book") / name, Path("/book/out")) is matters


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("a.md", True),
        ("book.toml", True),
        ("index.toml", True),
        ("net.png", True),
        ("two words.png", True),
        ("front.jpg", True),
        ("figures/net.png", True),
        ("b.md", False),
        ("watch", False),
        ("other.png", False),
    ],
)
def test_of_the_files_beside_a_single_one_those_are_watched_that_it_reads(
    tmp_path: Path, name: str, read: bool
) -> None:
    source = tmp_path / "a.md"
    source.write_text("![A net](net.png) ![Two](two%20words.png) ![Another](figures/old.png)\n")
    (tmp_path / "book.toml").write_text('[book]\ncover = "front.jpg"\n')
    (tmp_path / "figures" / "deep").mkdir(parents=True)
    (tmp_path / "notes").mkdir()
    assert _is_read(tmp_path / name, source) is read
    folders, deep = _folders(source)
    assert {tmp_path / "figures", tmp_path / "figures" / "deep"} <= set(folders)
    assert tmp_path / "notes" not in folders
    assert not deep
    assert _is_read(tmp_path / name, tmp_path)
