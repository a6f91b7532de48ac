"""The folder in which a process puts aside what is of no use after it, in that for temporary files.

It goes with the process. Where that is killed it stays behind, and the next one takes it away: a lock on it,
which ends with whoever holds it, tells that nobody is there any more. A process that is a program of its own
puts every temporary file there, those of its libraries too.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from multiprocessing import process, util
from pathlib import Path
from stat import S_IMODE

from recto.oversight.supervisor import is_supervised

try:
    import fcntl
except ImportError:  # Windows, where nobody can be killed so that this stays open
    fcntl = None  # type: ignore[assignment]  # a module

_PREFIX = "recto-aside-"  # no name that a person would give: what bears it may be taken away
_NAMES, _PRIVATE = f"{_PREFIX}{'?' * 8}", 0o700  # as mkdtemp makes them
_LAST = -200  # of what multiprocessing does at the end
_folder: Path | None = None
_around: Path | None = None  # that for temporary files, in which ours lies
_held: list[int] = []  # the handle of the lock: closed by the end of the process, and by nothing else


def folder() -> Path:
    """The folder of this process, made when it is first asked for. Raises OSError where it can't be."""
    global _folder, _around
    if _folder is None or not _folder.is_dir():
        _around = lasting()
        _clear_up(_around)
        _folder = _made(_around)
        util.Finalize(None, shutil.rmtree, (_folder, True), exitpriority=_LAST)
        _take_in_sockets(_folder)
        if is_supervised():
            tempfile.tempdir = str(_folder)
    return _folder


def _made(around: Path) -> Path:
    """A new folder, locked; another process that finds it before it is takes it away."""
    while True:
        made = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=around))
        if fcntl is None:
            return made
        with suppress(FileNotFoundError):
            handle = os.open(made, os.O_RDONLY)
            fcntl.flock(handle, fcntl.LOCK_EX)
            if made.is_dir():
                _held.append(handle)
                return made
            os.close(handle)


def lasting() -> Path:
    """The folder for temporary files that are to outlive the process."""
    return _around or Path(tempfile.gettempdir())


def _take_in_sockets(folder: Path) -> None:
    """Let multiprocessing have its sockets in a folder, rather than in one that it makes, and takes away at
    the end with a traceback where it can't.
    """
    process.current_process()._config["tempdir"] = str(folder)  # type: ignore[attr-defined] # as util.get_temp_dir


def _clear_up(place: Path) -> None:
    """Take away the folders of processes that are no more, whatever is left in them."""
    for left in place.glob(_NAMES) if fcntl is not None else ():
        with suppress(OSError):
            handle = os.open(left, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                status = os.fstat(handle)
                if status.st_uid == os.getuid() and S_IMODE(status.st_mode) == _PRIVATE:
                    shutil.rmtree(left, ignore_errors=True)
            finally:
                os.close(handle)
