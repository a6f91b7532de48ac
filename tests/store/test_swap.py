"""Books are swapped all or none, whatever stops it: a fault or a kill at any call that changes the folder."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from recto.store import swap as swapping
from recto.store.swap import UnsettledError, settle, swap
from tests.checkout import ROOT

OLD = {"tides.pdf": b"old pdf", "tides.epub": b"old epub"}
NEW = {"tides.pdf": b"new pdf", "tides.epub": b"new epub", "tides.onix.xml": b"new onix"}

# Swaps the files of a folder in a process of its own; the Nth call of the system that changes a name or opens
# a file there ends the process, or fails: once, or from then on.
PROGRAM = """
import os, sys
from pathlib import Path
from recto.store.swap import swap, settle

folder, how, number = sys.argv[1], sys.argv[2], int(sys.argv[3])
calls = 0

def watch(event, arguments):
    global calls
    if event not in ("os.rename", "os.link", "os.remove", "open") or folder not in str(arguments[:2]):
        return
    calls += 1
    if how == "kill" and calls == number:
        os._exit(9)
    if calls == number and how == "fault" or calls >= number and how == "faults":
        raise OSError(5, "Input/output error")

sys.addaudithook(watch)
files = {"tides.pdf": b"new pdf", "tides.epub": b"new epub", "tides.onix.xml": b"new onix"}
try:
    swap(Path(folder), files)
    print("swapped", calls)
except OSError as fault:
    print(type(fault).__name__, calls)
"""


def lay(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def run(folder: Path, how: str, number: int) -> str:
    command = [sys.executable, "-c", PROGRAM, str(folder), how, str(number)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many calls a swap makes."""
    told = run(lay(tmp_path_factory.mktemp("counted"), OLD), "count", 0)
    return int(told.removeprefix("swapped "))


def test_a_swap_replaces_all_and_leaves_nothing_beside(tmp_path: Path, calls: int) -> None:
    swap(lay(tmp_path, OLD), NEW)
    assert held(tmp_path) == NEW
    assert calls > 20


def test_a_kill_at_any_moment_leaves_what_the_next_build_makes_whole(tmp_path: Path, calls: int) -> None:
    for number in range(1, calls + 1):
        folder = lay(tmp_path / str(number), OLD)
        assert run(folder, "kill", number) == ""
        settle(folder)
        assert held(folder) in (OLD, NEW), number
        swap(folder, NEW)
        assert held(folder) == NEW


def test_a_fault_at_any_moment_changes_nothing(tmp_path: Path, calls: int) -> None:
    for number in range(1, calls + 1):
        folder = lay(tmp_path / str(number), OLD)
        told = run(folder, "fault", number).split()[0]
        assert held(folder).items() >= (NEW if told == "swapped" else OLD).items(), number
        assert (told == "swapped") == ("tides.onix.xml" in held(folder))
        settle(folder)
        assert held(folder) == (NEW if told == "swapped" else OLD)


def test_a_disk_that_breaks_for_good_leaves_what_the_next_build_makes_whole(
    tmp_path: Path, calls: int
) -> None:
    for number in range(1, calls + 1):
        folder = lay(tmp_path / str(number), OLD)
        told = run(folder, "faults", number).split()[0]
        settle(folder)
        assert held(folder) in ([NEW] if told in ("swapped", UnsettledError.__name__) else [OLD]), number


def test_a_swap_carries_one_that_was_stopped_to_its_end_before_it_begins(tmp_path: Path) -> None:
    lay(tmp_path, OLD)
    (tmp_path / ".recto-draft-tides.pdf").write_bytes(b"new pdf")
    (tmp_path / ".recto-swap").write_text('["tides.pdf"]', encoding="utf-8")
    swap(tmp_path, {"tides.epub": b"newer epub"})
    assert held(tmp_path) == {"tides.pdf": b"new pdf", "tides.epub": b"newer epub"}


def test_a_folder_in_the_place_of_a_book_is_found_before_anything_is_changed(tmp_path: Path) -> None:
    lay(tmp_path, {"tides.pdf": b"old pdf"})
    (tmp_path / "tides.epub").mkdir()
    with pytest.raises(IsADirectoryError) as fault:
        swap(tmp_path, NEW)
    assert fault.value.filename == str(tmp_path / "tides.epub")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tides.epub", "tides.pdf"]
    assert (tmp_path / "tides.pdf").read_bytes() == b"old pdf"


def test_where_files_can_have_no_second_name_a_copy_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path, OLD)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    replace = Path.replace

    def immutable(path: Path, target: Path) -> Path:
        if target.name == "tides.epub" and "draft" in path.name:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(path), None, str(target))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", immutable)
    with pytest.raises(PermissionError):
        swap(tmp_path, NEW)
    assert held(tmp_path) == OLD


def test_a_link_in_the_place_of_a_book_is_replaced_and_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"precious")
    out = lay(tmp_path / "out", {})
    (out / "tides.pdf").symlink_to(tmp_path / "precious")
    (out / ".recto-draft-tides.epub").symlink_to(tmp_path / "precious")
    swap(out, NEW)
    assert held(out) == NEW
    assert (tmp_path / "precious").read_bytes() == b"precious"


@pytest.mark.parametrize(
    "journal", ["", "{", "[" * 100_000, "[1, null]", '["../up", "/etc/x", ".git"]', '"x"']
)
def test_a_journal_that_is_none_moves_nothing(journal: str, tmp_path: Path) -> None:
    lay(tmp_path, OLD)
    (tmp_path / ".recto-swap").write_text(journal)
    settle(tmp_path)
    assert held(tmp_path) == OLD


def test_two_builds_wait_for_one_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handle = os.open(lay(tmp_path, OLD), os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    ended: list[bool] = []

    def end() -> None:
        ended.append(True)
        os.close(handle)

    threading.Timer(0.3, end).start()
    swap(tmp_path, NEW)
    assert ended
    assert held(tmp_path) == NEW


def test_a_build_that_never_lets_go_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swapping, "_BUSY", 0.1)
    handle = os.open(lay(tmp_path, OLD), os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(OSError, match="another build"):
        swap(tmp_path, NEW)
    os.close(handle)
    assert held(tmp_path) == OLD
