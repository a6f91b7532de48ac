"""What a killed process has put aside is taken away by the next one; what a living one has is not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checkout import ROOT

PROGRAM = """
import os, sys, time
from recto.print.workers.pool import LayoutPool
if __name__ == "__main__":
    pool = LayoutPool(1)
    print(pool.submit(os.getpid).result(), flush=True)
    sys.stdin.readline()
    pool.shutdown()
"""


def begun(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip().isdigit()
    return process


@pytest.mark.skipif(sys.platform == "win32", reason="there nobody can be killed so")
def test_the_folder_of_a_killed_process_goes_with_the_next_and_that_of_a_living_one_stays(
    tmp_path: Path,
) -> None:
    (tmp_path / "recto-handbook").mkdir(mode=0o700)  # a person’s own
    (tmp_path / "recto-aside-12345678").mkdir(mode=0o755)  # not as Recto makes them
    (tmp_path / "recto-aside-halfmade").mkdir(mode=0o700)  # killed before or after all it did
    killed, living = begun(tmp_path), begun(tmp_path)
    assert len(list(tmp_path.iterdir())) == 4
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    last = begun(tmp_path)
    assert len(list(tmp_path.iterdir())) == 4
    for process in (last, living):
        process.communicate("\n", timeout=300)
        assert process.returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {"recto-handbook", "recto-aside-12345678"}


@pytest.mark.skipif(sys.platform == "win32", reason="there nobody watches over a build")
def test_what_libraries_put_aside_in_a_build_lies_in_its_folder(tmp_path: Path) -> None:
    program = (
        "import os, tempfile\n"
        "from recto.oversight import put_aside\n"
        "from recto.oversight.supervisor import supervised\n"
        "def work():\n"
        "    put_aside.folder()\n"
        "    print(os.path.basename(os.path.dirname(tempfile.mkdtemp())), flush=True)\n"
        "supervised(work)\n"
    )
    command, environment = [sys.executable, "-c", program], {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("recto-")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there nobody watches over a build")
def test_what_is_kept_for_a_report_of_a_fault_outlives_the_process(tmp_path: Path) -> None:
    program = (
        "from recto.cli.narrator import confess\n"
        "from recto.oversight import put_aside\n"
        "from recto.oversight.supervisor import supervised\n"
        "def work():\n"
        "    put_aside.folder()\n"
        "    try:\n"
        "        1 / 0\n"
        "    except ZeroDivisionError:\n"
        "        confess()\n"
        "supervised(work)\n"
    )
    command, environment = [sys.executable, "-c", program], {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    (kept,) = tmp_path.iterdir()
    assert f"with the file {kept};" in done.stderr
    assert "ZeroDivisionError" in kept.read_text(encoding="utf-8")


def test_a_folder_that_can_not_be_taken_away_ends_no_process_with_a_traceback(tmp_path: Path) -> None:
    program = """
import os
from multiprocessing import util
from recto.oversight import put_aside
def rmdir(*_, **__): raise OSError(28, "No space left on device")
assert str(put_aside.folder()) == util.get_temp_dir()
os.rmdir = rmdir
"""
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
