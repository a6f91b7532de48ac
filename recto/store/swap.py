"""Putting new files in the place of old ones: all of them or none, whatever stops it and when.

A file system replaces one file at a time. So what is to come is first laid down whole beside its place
(drafts), what is there is kept by a second name (formers), and a journal tells of both; then the drafts are
moved into place, and the journal is taken away. Whoever finds a journal finds a swap that was stopped in its
midst by a kill or a power cut, and carries it to its end: everything for it is on the disk. Whoever meets a
fault half way puts the formers back.

Everything beside its place has a name that begins with `.recto-`. A lock on the folder keeps two builds
apart, so that what lies there under it is nobody's any more.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has other locks; there, two builds must be kept apart by hand
    fcntl = None  # type: ignore[assignment]  # a module

_OURS = ".recto-"
_DRAFT, _FORMER, _JOURNAL = f"{_OURS}draft-", f"{_OURS}former-", f"{_OURS}swap"
_NAME = re.compile(r"[^./\\][^/\\]*")  # of a file in the folder itself
_BUSY = 60  # seconds to wait for another build, which writes for one or two
_LARGEST_JOURNAL = 100_000


class UnsettledError(OSError):
    """A swap was stopped half way, and could not be undone: the next build carries it to its end."""


def swap(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files, by name, into a folder: all or none. Raises OSError where it can't be done.

    Nothing has changed then, except where it is an UnsettledError.
    """
    with _locked(folder):
        _settle(folder)
        _look(folder, files)
        try:
            for name, content in files.items():
                _lay_down(folder / f"{_DRAFT}{name}", content)
                _keep(folder / name, folder / f"{_FORMER}{name}")
            _write_journal(folder, tuple(files))
        except BaseException:
            _give_up(folder)
            raise
        with _uninterrupted():
            _move(folder, tuple(files))


def settle(folder: Path) -> None:
    """Carry a swap to its end that was stopped, and clear away what a killed build left. Raises OSError."""
    with _locked(folder):
        _settle(folder)


def is_settled(folder: Path) -> bool:
    """Whether no build that was killed has left anything in a folder."""
    return next(folder.glob(f"{_OURS}*"), None) is None


def _settle(folder: Path) -> None:
    names = _read_journal(folder)
    if names:
        with _uninterrupted():
            _move(folder, names)
    else:
        _clear(folder)


def _look(folder: Path, names: Mapping[str, bytes]) -> None:
    """Look at every place before any is changed. Raises OSError where a folder lies there."""
    for name in names:
        path = folder / name
        if path.is_dir() and not path.is_symlink():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))


def _move(folder: Path, names: tuple[str, ...]) -> None:
    """Move drafts into place; a draft that is not there was moved before. Puts all back at a fault."""
    try:
        for name in names:
            with suppress(FileNotFoundError):
                (folder / f"{_DRAFT}{name}").replace(folder / name)
        _flush(folder)
    except BaseException:
        _put_back(folder, names)
        raise
    _clear(folder)  # what can't be cleared away now is by the next build


def _put_back(folder: Path, names: tuple[str, ...]) -> None:
    """Undo moves; each draft becomes one again, so that a stop here too leaves a swap to be finished."""
    try:
        for name in names:
            path, draft, former = folder / name, folder / f"{_DRAFT}{name}", folder / f"{_FORMER}{name}"
            if not draft.exists():
                path.replace(draft)
                if former.exists():
                    former.replace(path)
        _flush(folder)
    except OSError as fault:
        raise UnsettledError(fault.errno, fault.strerror, fault.filename) from fault
    _give_up(folder)


def _give_up(folder: Path) -> None:
    """Leave all as it was: where a journal stays behind, the next build would carry the swap to its end."""
    _clear(folder)
    if os.path.lexists(folder / _JOURNAL):
        raise UnsettledError(errno.EIO, os.strerror(errno.EIO), str(folder / _JOURNAL))


def _lay_down(path: Path, content: bytes) -> None:
    """Write a file to the disk itself. The name is nobody's: what is there, be it a link, goes first."""
    path.unlink(missing_ok=True)
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _keep(path: Path, former: Path) -> None:
    """Give a file a second name, or make a copy where the file system knows no second names."""
    former.unlink(missing_ok=True)
    if not os.path.lexists(path):
        return
    try:
        os.link(path, former, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(path, former, follow_symlinks=False)


def _write_journal(folder: Path, names: tuple[str, ...]) -> None:
    draft = folder / f"{_DRAFT}{_JOURNAL}"
    _lay_down(draft, json.dumps(names).encode())
    _flush(folder)
    draft.replace(folder / _JOURNAL)
    _flush(folder)


def _read_journal(folder: Path) -> tuple[str, ...]:
    """The names of a swap that was stopped; none where there was none, or a journal is no journal."""
    path = folder / _JOURNAL
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST_JOURNAL:
            return ()
        names = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return ()
    if not isinstance(names, list):
        return ()
    return tuple(name for name in names if isinstance(name, str) and _NAME.fullmatch(name))


def _clear(folder: Path) -> None:
    """Take away what lies beside its place: the journal first, which tells what to do with the rest."""
    with suppress(OSError):
        (folder / _JOURNAL).unlink(missing_ok=True)
        for path in folder.glob(f"{_OURS}*"):
            if path.name.startswith((_DRAFT, _FORMER)):
                path.unlink()


def _flush(folder: Path) -> None:
    """Let the disk know which names stand in a folder (POSIX; elsewhere a folder can't be opened)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder against other builds. Raises OSError where another one doesn't let go of it."""
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _lock(handle, folder)
        yield
    finally:
        os.close(handle)  # and the lock with it


def _lock(handle: int, folder: Path) -> None:
    begun = time.monotonic()
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() - begun > _BUSY:
                raise OSError(errno.EBUSY, "another build is writing into it", str(folder)) from None
            time.sleep(0.05)
        except OSError:  # a file system without locks
            return None


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Shut one's ears to Ctrl-C, and to a request to end, for a few milliseconds."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are heard by the main thread alone
        return
    former = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
