"""Runs a command and tells what it took: time, processor time, and memory, of it and all its children.

A process started by a fork server is never waited for by the command, so `getrusage` would miss it: the
command and all below it are looked at in /proc instead, several times a second. Where there is no /proc, only
what the operating system says of the command itself is known.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_PROC = Path("/proc")
_EVERY = 0.1  # seconds between two looks
# What Python has compiled stays compiled, as on an author's machine, whatever is usual on this one
AS_AT_AUTHORS = {"PYTHONDONTWRITEBYTECODE": ""}
_TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class FailedError(Exception):
    """A command that was to be measured did not end well."""


@dataclass(frozen=True)
class Run:
    """What a command took: `wall` and `cpu` in seconds, peaks in bytes.

    `peak` is that of the largest process; `together` of all at once, pages that they share counted once.
    """

    wall: float
    cpu: float
    peak: int
    together: int


@dataclass
class Watcher:
    """Looks at a process and all below it until told to stop."""

    root: int
    cpu: dict[int, float] = field(default_factory=dict)
    peak: int = 0
    together: int = 0

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop looking."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(_EVERY):
            self.look()

    def look(self) -> None:
        """Note the state of every process."""
        together, waiting = 0, [self.root]
        while waiting:
            pid = waiting.pop()
            folder = _PROC / str(pid)
            try:
                for children in folder.glob("task/*/children"):
                    waiting += map(int, children.read_text().split())
                after_name = (folder / "stat").read_text().rpartition(")")[2].split()
                self.cpu[pid] = (int(after_name[11]) + int(after_name[12])) / _TICK
                self.peak = max(self.peak, _kilobytes(folder / "status", "VmHWM:"))
                together += _kilobytes(folder / "smaps_rollup", "Pss:")
            except (OSError, ValueError, IndexError):
                continue  # it ended while it was looked at
        self.together = max(self.together, together)


def run(command: Sequence[str], *, environment: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end. Raises FailedError where it ends with anything but 0."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        env={**os.environ, **AS_AT_AUTHORS, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    watcher = Watcher(process.pid)
    said = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    watcher.stop()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise FailedError(f"{' '.join(command)}\n{said.decode(errors='replace')}")
    # `usage` has the children that were waited for, the watcher all that it saw: neither counts too much
    cpu = max(usage.ru_utime + usage.ru_stime, sum(watcher.cpu.values()))
    peak = max(usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024), watcher.peak)
    return Run(wall, cpu, peak, watcher.together or peak)


def middle(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)


def _kilobytes(path: Path, name: str) -> int:
    """A line such as `VmHWM:  1234 kB` of a file in /proc, in bytes; 0 where there is none."""
    with path.open() as lines:
        return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(name)), 0)
