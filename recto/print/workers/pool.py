"""Worker processes: a pool that lays out pages."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, InvalidStateError, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import connection
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from recto.model import LaidOut
from recto.oversight import put_aside
from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run, warm_up

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

# the longest path of a folder that leaves room for a socket in it: an address has at most 108 bytes
# (unix(7)), of which some 35 are `/pymp-…/listener-…`
_LONGEST_FOLDER = 70
_STANDARD_ERROR = 2
_PATIENCE = 1.0  # seconds for a worker that is told to end
_LONGEST_START = 10.0  # seconds for one that is being started


def _has_server() -> bool:
    """Whether workers can be forked from a server: a process without threads, wherever we are called from."""
    offered = "forkserver" in multiprocessing.get_all_start_methods()
    return offered and len(os.fsencode(put_aside.folder())) <= _LONGEST_FOLDER


class _Cancellable(Future[Any]):
    """A future that may be told of a broken pool after it was cancelled.

    In Python 3.11 the thread of the pool that tells them dies of it, with a traceback.
    """

    def set_exception(self, exception: BaseException | None) -> None:
        with suppress(InvalidStateError):
            super().set_exception(exception)


class LayoutPool(ProcessPoolExecutor):
    """Worker processes that say what they work on. None is started before the first job, or `warm_up`."""

    def __init__(self, jobs: int) -> None:
        self._forks = _has_server()
        if os.name == "posix":
            _quiet_tracker()
        method = "forkserver" if self._forks else "spawn"
        self._room = tempfile.TemporaryDirectory(prefix="pool-", dir=put_aside.folder())
        self.desk, drawer = Path(self._room.name, "desk"), Path(self._room.name, "drawer")
        self.desk.mkdir()
        drawer.mkdir()
        super().__init__(jobs, multiprocessing.get_context(method), _open_worker, (self.desk, drawer))
        self.hands = jobs
        self._cold = jobs  # workers that may still have to import the print engine
        self.ended = False  # True when a worker has died: this pool takes no more jobs
        self._starter = ThreadPoolExecutor(1)
        self._starting, self._abandoned = threading.Lock(), False

    def warm_up(self) -> None:
        """Let the workers import the print engine while the manuscript is being read; once is enough."""
        if self._forks and sys.version_info >= (3, 11):  # the first to know PYTHONSAFEPATH
            _start_server()
        else:
            for _ in range(self._cold):
                self.submit(warm_up)
        self._cold = 0

    def submit(
        self, fn: Callable[Asked, Answer], /, *args: Asked.args, **kwargs: Asked.kwargs
    ) -> Future[Answer]:
        """See concurrent.futures.Executor.

        A signal may raise an exception in the main thread at any time (Ctrl-C, a budget that is spent), and a
        worker that was just being started there would be known to nobody: so another thread starts them.
        """

        def start() -> Future[Answer]:
            with self._starting:
                if self._abandoned:
                    raise BrokenProcessPool("its workers were stopped")
                return ProcessPoolExecutor.submit(self, fn, *args, **kwargs)

        future = self._starter.submit(start).result()
        future.__class__ = _Cancellable
        return future

    def give(self, job: LayoutJob) -> Future[LaidOut]:
        """Have a job run by a worker who says so as long as it does."""
        return self.submit(_run_at_desk, self.desk, job)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers; waits for them, so that none is left behind."""
        self._starter.shutdown(wait=True, cancel_futures=True)
        super().shutdown(wait=True, cancel_futures=cancel_futures)
        self._room.cleanup()

    def abandon(self) -> None:
        """Stop the workers in the middle of what they do; those that don't hear, in the middle of a word."""
        self._abandoned = True
        if self._starting.acquire(timeout=_LONGEST_START):
            self._starting.release()
        workers = list((self._processes or {}).values())
        try:
            for worker in workers:
                with suppress(ProcessLookupError):
                    worker.terminate()
            if workers:  # to wait for none is to wait until the time is over
                connection.wait([worker.sentinel for worker in workers], _PATIENCE)
        finally:  # a second Ctrl-C comes here too: a worker that is left would be waited for without end
            for worker in workers:
                with suppress(ProcessLookupError):
                    worker.kill()
            self._stop_writing()

    def _stop_writing(self) -> None:
        """Let nobody wait for a job to be read that is written for workers which are gone.

        Python before 3.11.5 does without end where it is larger than the pipe (python/cpython#94777).
        """
        queue: Any = getattr(self, "_call_queue", None)
        if queue is not None:
            queue._reader.close()

    def at_work(self) -> tuple[str, ...]:
        """The units that workers are at."""
        notes = []
        for note in sorted(self.desk.glob("*")):
            with suppress(OSError):
                notes.append(note.read_text(encoding="utf-8"))
        return tuple(notes)

    def victims(self) -> tuple[str, ...]:
        """After a worker died: the units that were being laid out by workers that came to a sudden end."""
        self.ended = True
        self._stop_writing()
        super().shutdown(wait=True)
        return tuple(sorted(note.read_text(encoding="utf-8") for note in self.desk.iterdir()))


def _quiet_tracker() -> None:
    """Start the process that multiprocessing tracks its semaphores by, so that it clears up without a word.

    It outlives a build that is killed, and would put a line of Python's own under the message. Where it is
    killed itself another is started in its place, and complains of each semaphore that it knows nothing of.
    """
    from multiprocessing import resource_tracker

    class Quiet(resource_tracker.ResourceTracker):
        def ensure_running(self) -> None:
            former = sys.warnoptions[:]
            sys.warnoptions.append("ignore::UserWarning:multiprocessing.resource_tracker")
            try:
                with _unheard():
                    super().ensure_running()
            finally:
                sys.warnoptions[:] = former

    tracker = resource_tracker._resource_tracker
    if type(tracker) is resource_tracker.ResourceTracker:
        tracker.__class__ = Quiet
    tracker.ensure_running()


@contextmanager
def _unheard() -> Iterator[None]:
    """Give a process that is started meanwhile no standard error to write to."""
    try:
        kept = os.dup(_STANDARD_ERROR)
    except OSError:  # there is none
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STANDARD_ERROR)
    try:
        yield
    finally:
        os.dup2(kept, _STANDARD_ERROR)
        os.close(kept)
        os.close(nowhere)


def _start_server() -> None:
    """Start the process that workers are forked from, which makes ready once for all of them.

    It has to find Recto wherever the build was started, but must take no module out of that folder, which
    may hold a stranger's manuscript. Ctrl-C is not its business. What workers have to say they return: their
    standard error would be that of Python where any of them, or what they start, is killed.
    """
    from multiprocessing import forkserver

    folders = [str(Path(__file__).resolve().parents[__name__.count(".")]), os.environ.get("PYTHONPATH", "")]
    settings = {"PYTHONPATH": os.pathsep.join(filter(None, folders)), "PYTHONSAFEPATH": "1"}
    former = {name: os.environ.get(name) for name in settings}
    forkserver.set_forkserver_preload([warm_up.__module__, "recto.print.workers.makeready"])
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    os.environ.update(settings)
    try:
        with _unheard():
            forkserver.ensure_running()
    finally:
        for name, value in former.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


# --- in the worker --------------------------------------------------------------------------------------


def _run_at_desk(desk: Path, job: LayoutJob) -> LaidOut:
    """Run a job with a note on the desk that tells which, as long as it runs."""
    note = desk / str(os.getpid())
    note.write_text(job.unit.name, encoding="utf-8")
    try:
        return run(job)
    finally:
        note.unlink(missing_ok=True)


def _open_worker(desk: Path, drawer: Path) -> None:
    """A worker told to end, because another died, clears its desk first; one that dies can't."""

    def leave(_signal: int, _frame: object) -> None:
        (desk / str(os.getpid())).unlink(missing_ok=True)
        os._exit(1)

    # what the print engine puts aside is cleared away by the pool, however the worker ends
    tempfile.tempdir = str(drawer)
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    """A worker whose parent was killed would work on for nobody, then wait without end for more."""
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)
