"""The supervisor: the process that an author starts, which does no work but watches over the one that does.

The overseer of a build (recto.oversight.budget) is a thread, and can do nothing while a library works without
a pause of Python's. So the build runs in a child, forked before anything is imported; the supervisor waits
for it, hands signals on, and ends a build that goes on although its time is over. Whatever becomes of the
child, the author hears a plain word and gets an exit code that says something.

Where processes can't be forked the build runs unwatched, in this one.
"""

from __future__ import annotations

import json
import mmap
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

_ROOM = 4096  # bytes of the board
_LOOK = 1.0  # seconds between two looks
_GRACE = 20.0  # seconds that the overseer gets beyond the budget, to end a build himself
_AT_ONCE = 2.0  # the longest time that counts for one look: this process may have been stopped
_HANDED_ON = (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM))
_FAILED = 1
_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


class Request(Protocol):
    """What can be asked whether it was made, as a `threading.Event` can."""

    def is_set(self) -> bool:
        """Whether it was made."""
        ...


class _Flag:
    """A request that signals make. An Event takes a lock to be set, and the handler of a second signal, which
    may come in the midst of the first, would wait for it without end.
    """

    def __init__(self) -> None:
        self._is_set = False

    def is_set(self) -> bool:
        return self._is_set

    def set(self) -> None:
        self._is_set = True


asked_to_end = _Flag()
_board: mmap.mmap | None = None


def note(told: dict[str, Any]) -> None:
    """In the child: write on the board what the supervisor may have to tell; nothing for no build."""
    if _board is not None:
        text = json.dumps(told).encode()
        _board[:_ROOM] = (text if len(text) < _ROOM else b"{}").ljust(_ROOM, b"\0")


def is_supervised() -> bool:
    """Whether this process is the child of a supervisor: then it is a program of its own."""
    return _board is not None


def supervised(work: Callable[[], object]) -> tuple[int, str]:
    """Do some work in a child: how it ended as an exit code, and what to say of that, "" for nothing.

    In the child, and where there can be none, this returns (0, "") when the work is done.
    """
    global _board
    if not hasattr(os, "fork") or not hasattr(signal, "sigtimedwait"):
        work()
        return 0, ""
    board, parent = mmap.mmap(-1, _ROOM), os.getpid()
    heard = {signal.SIGCHLD, *_HANDED_ON}
    signal.pthread_sigmask(signal.SIG_BLOCK, heard)
    child = os.fork()
    if child == 0:
        _board = board
        _die_with(parent)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, heard)
        _listen()
        work()
        return 0, ""
    status, overdue = _wait(child, board, heard)
    return _told(status, _read(board) or {}, overdue)


def _listen() -> None:
    """Hear each request to end as Ctrl-C is heard, so that nothing is left behind."""
    for number in _HANDED_ON:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _hear)
    sys.unraisablehook = _pass_over


def _hear(number: int, _frame: object) -> None:
    asked_to_end.set()
    raise KeyboardInterrupt(number)


def _pass_over(lost: sys.UnraisableHookArgs) -> None:
    """A request that came in the midst of the garbage collector's work: it is noted in `asked_to_end`."""
    if not isinstance(lost.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(lost)


def _told(status: int, facts: dict[str, Any], overdue: bool) -> tuple[int, str]:
    if os.WIFEXITED(status):
        return os.WEXITSTATUS(status), ""
    if os.WTERMSIG(status) in _HANDED_ON:
        return 128 + os.WTERMSIG(status), ""
    where = f" at the stage “{facts['stage']}”" if facts.get("stage") else ""
    where += f", with {facts['busy']}" if facts.get("busy") else ""
    code, reason = "build-killed", f"was killed{where}, probably for lack of memory"
    if overdue:
        code, reason = (
            "budget-time",
            f"took more than {facts['seconds']:g} seconds and was stopped{where}",
        )
    return _FAILED, f"{facts.get('source', 'recto')}: error: the build {reason} [{code}]"


def _wait(child: int, board: mmap.mmap, heard: set[signal.Signals]) -> tuple[int, bool]:
    """Wait for the child: how it ended, and whether it was killed because its build was over its time."""
    build, used, last = None, 0.0, time.monotonic()
    while True:
        told = signal.sigtimedwait(heard, _LOOK)
        # what the terminal sends (SI_KERNEL, above 0) the child gets of itself
        if told is not None and told.si_signo != signal.SIGCHLD and told.si_code <= 0:
            os.kill(child, told.si_signo)
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status, False
        now, facts = time.monotonic(), _read(board)
        used, last = used + min(now - last, _AT_ONCE), now
        if facts is not None and facts.get("build") != build:
            build, used = facts.get("build"), 0.0
        if facts and used > facts["seconds"] + _GRACE:
            os.kill(child, signal.SIGKILL)  # its workers end when they find it gone
            return os.waitpid(child, 0)[1], True


def _read(board: mmap.mmap) -> dict[str, Any] | None:
    """What stands on the board; None while it is being written."""
    try:
        found = json.loads(board[:].rstrip(b"\0") or b"{}")
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _die_with(parent: int) -> None:
    """Let this process be killed when its parent is (Linux); elsewhere it works on to its end."""
    with suppress(OSError, AttributeError, ImportError):
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(_FAILED)
