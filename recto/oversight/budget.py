"""What a build may spend, of time and of memory, and the overseer who ends one that spends more.

A book may be a stranger's, and made to keep a machine busy for ever. Each limit of Recto's stops one way of
doing so; the budget stops all others. The overseer looks at the clock and at the memory of this process and
of its workers some times a second. Where too much is spent he stops the workers, and raises OverspentError
in the main thread, whatever it does; the build then tells at which stage, and at what, it was.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any, Literal, Protocol

from recto.account import in_hand
from recto.account.observer import Clock
from recto.oversight import supervisor
from recto.problems import Place, Problem, error, shown

_LOOK = 0.1  # seconds between two looks
_INSIST = 5.0  # seconds after which an OverspentError that nobody heard is raised again
_BESIDE = 1500  # megabytes that are set aside but not used, as by threads
_LONGEST_LOOK = 1.0  # a look that took longer did so because this process was stopped, or the machine slept


@dataclass(frozen=True)
class Budget:
    """Limits of one build: seconds, and megabytes of all its processes together."""

    seconds: float = 900
    memory: int = 4000

    def tightened(self, seconds: float, memory: int) -> Budget:
        """The lower of each two limits; 0 says nothing."""
        return Budget(min(self.seconds, seconds or self.seconds), min(self.memory, memory or self.memory))

    def hold(self) -> None:
        """Let the system refuse more memory to this process and to those that it starts: what is asked for in
        one piece is there before anybody looks. For a process that does nothing but build.
        """
        with suppress(ImportError, OSError, ValueError):
            import resource

            most = (self.memory + _BESIDE) * 1_000_000
            hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
            if hard == resource.RLIM_INFINITY or most < hard:
                resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


class OverspentError(BaseException):
    """The budget is spent. No Exception: whoever takes in those must not take in this."""


class Workers(Protocol):
    """Who works for a build in other processes."""

    def at_work(self) -> tuple[str, ...]:
        """The units that they work on."""

    def dismiss(self) -> None:
        """Stop them."""


class Overseer:
    """Keeps a build within its budget: a context manager around it.

    `spent` tells what was overspent, "" as long as nothing is, and `at_work` what workers were at then.
    """

    def __init__(self, budget: Budget, workers: Workers, clock: Clock, source: Path) -> None:
        self.budget, self._workers, self._clock, self._source = budget, workers, clock, shown(source)
        self.spent: Literal["", "time", "memory"] = ""
        self.at_work: tuple[str, ...] = ()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look_after, daemon=True)
        self._former: Any = None

    def __enter__(self) -> Overseer:
        # where signals can't be had (Windows, a build in another thread) only the workers are stopped
        self._hears = hasattr(signal, "SIGALRM") and threading.current_thread() is threading.main_thread()
        if self._hears:
            self._former = signal.signal(signal.SIGALRM, self._stop)
        if supervisor.is_supervised():
            self._clock.begun = self._report
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        supervisor.note({})
        if self._hears:
            signal.signal(signal.SIGALRM, self._former)

    def problem(self, fault: BaseException) -> Problem:
        """What to say of a build that `fault` stopped, with the stage and the piece of the book it was at."""
        busy, place = self._busy(), Place(self._source)
        where = f"at the stage “{self._clock.at}”" + (f", with {busy}" if busy else "")
        if isinstance(fault, RecursionError):
            message = f"something lies in itself more often than Recto can follow, {where}"
            return error("too-deep", message, place, hint="look there for brackets or quotations without end")
        if self.spent == "time":
            message = f"the build took more than {self.budget.seconds:g} seconds and was stopped {where}"
            hint = "allow more with --max-seconds, or mend what it was at"
            return error("budget-time", message, place, hint=hint)
        message = f"the build needed more than {self.budget.memory} MB of memory and was stopped {where}"
        hint = "allow more with --max-memory, or mend what it was at"
        return error("budget-memory", message, place, hint=hint)

    def _busy(self) -> str:
        return in_hand.now() or ", ".join(self.at_work or self._workers.at_work())

    def _report(self) -> None:
        """Tell the supervisor what he would have to tell the author."""
        facts = {"build": id(self), "seconds": self.budget.seconds, "source": self._source}
        supervisor.note({**facts, "stage": self._clock.at, "busy": self._busy()[:500]})

    def _stop(self, _signal: int, _frame: object) -> None:
        if self.spent and not self._over.is_set():
            raise OverspentError

    def _look_after(self) -> None:
        used, last, told = 0.0, time.monotonic(), -inf
        while not self._over.wait(_LOOK):
            now = time.monotonic()
            used, last = used + min(now - last, _LONGEST_LOOK), now
            if supervisor.is_supervised():
                self._report()
            if used > self.budget.seconds:
                self.spent = self.spent or "time"
            elif memory_of_family() > self.budget.memory:
                self.spent = self.spent or "memory"
            if self.spent and now - told > _INSIST:
                told, self.at_work = now, self.at_work or self._workers.at_work()
                if self._hears:
                    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGALRM)
                self._workers.dismiss()


def memory_of_family() -> float:
    """The memory that this process and all below it hold, in megabytes; 0 where it can't be told."""
    return sum(map(_memory, family_of(os.getpid()))) / 1e6


def family_of(process: int) -> list[int]:
    """The numbers of a process and of all that descend from it (on Linux; elsewhere of this alone)."""
    found = [str(process)]
    for number in found:
        with suppress(OSError):
            for task in Path("/proc", number, "task").iterdir():
                found += (task / "children").read_text().split()
    return [int(number) for number in found]


def _memory(number: int) -> int:
    """Anonymous memory alone: what is read from files is shared, and can be dropped."""
    with suppress(OSError, ValueError, IndexError):
        for line in Path("/proc", str(number), "status").read_text().splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024
    return 0
