"""Running layout jobs: in this process, in worker processes, or on any `concurrent.futures.Executor`.

What was laid out before and kept in the cache is not run at all. A job that fails, and a worker that dies,
becomes a problem that names the unit.
"""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from threading import Thread
from typing import TypeVar

from recto.account.observer import Step, Tally
from recto.model import LaidOut, Unit
from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run
from recto.print.workers.pool import LayoutPool
from recto.problems import Place, Problem, RectoError, error
from recto.store.cache import Cache

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))

Progress = Callable[[Step], None]
Value = TypeVar("Value")
Outcome = tuple[dict[str, LaidOut], tuple[Problem, ...]]


class Shift:
    """Jobs that an executor has been given. Without an executor each is run when its outcome is asked for.

    `alone` is told what came of a job that is the only one to be run, as soon as it is done, in a thread of
    the executor's.
    """

    def __init__(
        self,
        jobs: Sequence[LayoutJob],
        executor: Executor | None,
        cache: Cache | None = None,
        alone: Callable[[LaidOut], None] | None = None,
    ) -> None:
        self._executor, self._cache = executor, cache
        self._made = {job.unit.name: laid for job in jobs if (laid := _kept(job, cache)) is not None}
        left = [job for job in jobs if job.unit.name not in self._made]
        left.sort(key=lambda job: (-len(job.unit.html), job.unit.name))
        self._waiting = {job.unit.name: job for job in left}
        self._alone = alone if len(left) == 1 else None
        self._given: dict[Future[LaidOut], str] = {}
        self._is_off = False
        # a worker may have to be waited for before it takes the first job: not by whoever has other work
        self._giver = Thread(target=self._give, daemon=True)
        if executor is not None:
            self._giver.start()

    def finish(self, progress: Progress | None = None, places: Mapping[str, Place] | None = None) -> Outcome:
        """Wait for all jobs; what each made, by unit name, and a problem for each that failed.

        `progress` is told of those that the cache did not hold; `places` are for the problems, by unit name.
        """
        problems: list[Problem] = []
        tally = Tally(progress, self._waiting, getattr(self._executor, "hands", 1))
        outcomes = self._as_they_end() if self._executor else map(_attempt, self._waiting.values())
        for name, outcome in outcomes:
            if isinstance(outcome, LaidOut):
                self._made[name] = outcome
                _keep(outcome, self._waiting[name], self._cache)
            else:
                problems.append(_failure(name, outcome, (places or {}).get(name, Place(name))))
            tally.finished(name, len(outcome.pages) if isinstance(outcome, LaidOut) else 0)
        return self._made, tuple(sorted(problems, key=lambda problem: problem.subject))

    def cancel(self) -> None:
        """Take back the jobs that no worker has begun."""
        self._is_off = True
        for future in tuple(self._given):
            future.cancel()

    def _give(self) -> None:
        assert self._executor is not None
        for name, job in self._waiting.items():
            if not self._is_off:
                given = _submit(job, self._executor)
                self._given[given] = name
                given.add_done_callback(self._tell)
        if self._is_off:
            self.cancel()

    def _tell(self, done: Future[LaidOut]) -> None:
        if self._alone is not None and not done.cancelled() and done.exception() is None:
            self._alone(done.result())

    def _as_they_end(self) -> Iterator[tuple[str, LaidOut | BaseException]]:
        self._giver.join()
        for future in as_completed(self._given):
            fault = future.exception()
            if isinstance(fault, RectoError):
                raise fault
            if isinstance(fault, BrokenProcessPool):
                victims = self._executor.victims() if isinstance(self._executor, LayoutPool) else ()
                yield from ((name, fault) for name in victims or tuple(self._waiting)[:1])
                return
            yield self._given[future], fault if fault is not None else future.result()


def aside(executor: Executor | None, work: Callable[[], Value]) -> Callable[[], Value]:
    """Let a worker of this machine do a piece of work meanwhile; the result is asked for by a call.

    Without workers, or where they die over it, the work is done when it is asked for: it must be pure.
    """
    if not isinstance(executor, LayoutPool):
        return work
    try:
        given = executor.submit(work)
    except BrokenProcessPool:
        return work

    def result() -> Value:
        try:
            return given.result()
        except BrokenProcessPool:
            executor.victims()
            return work()

    return result


def _kept(job: LayoutJob, cache: Cache | None) -> LaidOut | None:
    laid = cache.get("laid out", job.digest) if cache else None
    return replace(laid, unit=job.unit) if isinstance(laid, LaidOut) else None


def _keep(laid: LaidOut, job: LayoutJob, cache: Cache | None) -> None:
    """Keep a layout without its unit: whoever looks for it has one, with the running heads of the day."""
    if cache is not None:
        cache.put("laid out", job.digest, replace(laid, unit=Unit(job.unit.name, "", "arabic")))


def _submit(job: LayoutJob, executor: Executor) -> Future[LaidOut]:
    try:
        return executor.give(job) if isinstance(executor, LayoutPool) else executor.submit(run, job)
    except Exception as fault:  # a broken pool, or no process to be had: told with the unit
        failed: Future[LaidOut] = Future()
        failed.set_exception(fault)
        return failed


def _attempt(job: LayoutJob) -> tuple[str, LaidOut | BaseException]:
    try:
        return job.unit.name, run(job)
    except Exception as fault:
        return job.unit.name, fault


def _failure(name: str, fault: BaseException, place: Place) -> Problem:
    if isinstance(fault, BrokenExecutor):
        return error(
            "worker-died",
            f"the process that laid out `{name}` ended suddenly",
            place,
            hint="it may have run out of memory: try --jobs 1, or smaller images",
            subject=name,
        )
    if isinstance(fault, OSError) and fault.errno in _FULL:
        folder = tempfile.gettempdir()
        message = "there is no room left in this folder for temporary files"
        return error("no-room", message, Place(folder), hint="make room there, or name another in TMPDIR")
    said = "there is not enough memory" if isinstance(fault, MemoryError) else str(fault)
    said = said or type(fault).__name__
    return error("layout-failed", f"`{name}` can't be laid out: {said}", place, subject=name)
