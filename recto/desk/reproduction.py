"""A book built again under other conditions, to see whether it is the same to the byte.

Three builds, each a process of its own: one as an author builds, one where all that must have no part in a
book is another (CONDITIONS), and a third like the second, out of what that kept. Their files are compared.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import recto
from recto.desk.difference import first_difference
from recto.door import MOST_FILES, Door
from recto.oversight import put_aside

CONDITIONS = (
    "processes", "time zone", "locale", "seed of hashes", "clock", "folder", "order and dates of files",
    "mask of permissions", "cache",
)  # fmt: skip
_FAR = {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4711"}
_NEAR = {"TZ": "UTC", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "0"}
_LONG_AGO = 86_400.0  # when the files of the copy were last changed, in seconds since 1970
_START = "from recto.cli import program; program()"
# `sitecustomize` is imported by every Python process, workers among them: there it is another year.
_OTHER_CLOCK = """\
import datetime as module
import time

real, gmtime, localtime = time.time, time.gmtime, time.localtime
time.time = lambda: real() + 4e7
time.time_ns = lambda: int(time.time() * 1e9)
time.gmtime = lambda seconds=None: gmtime(time.time() if seconds is None else seconds)
time.localtime = lambda seconds=None: localtime(time.time() if seconds is None else seconds)


class datetime(module.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(time.time(), module.timezone.utc).replace(tzinfo=None)


datetime.__module__ = "datetime"
module.datetime = datetime
"""


@dataclass(frozen=True, slots=True)
class Reproduction:
    """What came of it.

    exit_code   0 where the books are the same, 1 where they differ, else that of the build that failed
    said        what that build said of its problems
    files       each file of the book with its SHA-256
    difference  the first one, "" for none
    """

    exit_code: int
    said: str = ""
    files: tuple[tuple[str, str], ...] = ()
    difference: str = ""


@dataclass(frozen=True, slots=True)
class _Built:
    code: int
    said: str
    report: Mapping[str, Any]
    folder: Path

    @property
    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.folder.glob("*"))}


def reproduce(source: Path, arguments: Sequence[str]) -> Reproduction:
    """Build a book three times, with more `arguments` of the command line, and compare what was made."""
    with TemporaryDirectory(prefix="again-", dir=put_aside.folder()) as name:
        room = Path(name)
        first = _run(source, room / "first", room / "one", [*arguments, "--jobs", "1"], _NEAR)
        if first.code:
            return Reproduction(first.code, first.said)
        (room / "clock").mkdir()
        (room / "clock" / "sitecustomize.py").write_text(_OTHER_CLOCK, encoding="utf-8")
        other = {**_FAR, "PYTHONPATH": str(room / "clock"), **_date(first.report)}
        copy = _copy(source, room / "elsewhere")
        files = first.files
        for again in ("second", "third"):
            run = _run(copy, room / again, room / "two", [*arguments, "--jobs", "2"], other, mask=0o077)
            if run.code:
                return Reproduction(run.code, run.said)
            if difference := first_difference(files, run.files):
                return Reproduction(1, run.said, difference=difference)
        digests = tuple((Path(each["path"]).name, each["sha256"]) for each in first.report["outputs"])
    return Reproduction(0, first.said, digests)


def _run(
    source: Path,
    folder: Path,
    cache: Path,
    arguments: Sequence[str],
    environment: Mapping[str, str],
    *,
    mask: int = 0o022,
) -> _Built:
    """One build, in a process of its own."""
    report = folder.with_suffix(".json")
    command = [sys.executable, "-c", f"import os; os.umask({mask}); {_START}", str(source), "-o", str(folder)]
    package = str(Path(recto.__file__).resolve().parent.parent)
    paths = [package, *filter(None, (environment.get("PYTHONPATH"), os.environ.get("PYTHONPATH")))]
    ended = subprocess.run(
        [*command, "-q", "--report", str(report), *arguments],
        env={**os.environ, **environment, "RECTO_CACHE": str(cache), "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    told = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}
    return _Built(ended.returncode, ended.stderr, told, folder)


def _date(report: Mapping[str, Any]) -> dict[str, str]:
    """The date of the last commit, which the copy can't tell of itself; what gives another date, it has."""
    if report["date"]["source"] != "commit":
        return {}
    from datetime import datetime

    return {"SOURCE_DATE_EPOCH": str(int(datetime.fromisoformat(report["date"]["moment"]).timestamp()))}


def _copy(source: Path, room: Path) -> Path:
    """A copy of a book in another folder, its files written in another order; of a single file it alone.

    A single file stays where it is: what lies beside it may be anything, and much.
    """
    if not source.is_dir():
        return source
    top = source.resolve()
    copy = room / "in another folder" / top.name
    for path in sorted(_files(top), reverse=True):
        made = copy / path.relative_to(top)
        made.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, made, follow_symlinks=False)
        if not made.is_symlink():
            os.utime(made, (_LONG_AGO, _LONG_AGO))
    return copy


def _files(top: Path) -> Iterator[Path]:
    """The files of a book's folder, without what version control and Python keep there."""
    files, links = Door.of(top).walk(top, lambda folder: folder.name not in (".git", ".venv", "node_modules"))
    yield from files[:MOST_FILES]
    yield from links
