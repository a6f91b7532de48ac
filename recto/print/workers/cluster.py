"""Layout jobs on an existing Dask cluster: the one module that imports `distributed`, and only when asked to.

Workers of a cluster share no disk with us. A job goes there sealed (recto.print.workers.travel); the bytes
of its files are handed to Dask by digest, once, and Dask brings them to each worker that needs them, and
again to a worker that takes the place of a dead one. Before a worker lays out anything its equipment
(versions, fonts) is held against ours: pages from another one could differ.
"""

from __future__ import annotations

import asyncio
import logging
import pickle
import threading
import warnings
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from typing import Any
from uuid import uuid4

from recto.print.engine.equipment import equipment
from recto.print.layout.job import AssetFile
from recto.print.workers.travel import Sealed, cannot, differences, differs, warm_up_there, without_paths
from recto.problems import ConfigurationError, ManuscriptError, Place, Problem, error

SCHEME = "dask://"
_TO_CONNECT = 30  # seconds; a busy cluster is no cluster that is gone
_WITHOUT_WORKERS = 60.0  # seconds that jobs wait for a worker when there is none
_LOOK = 1.0  # seconds between two looks at the cluster
_TALKATIVE = ("distributed", "tornado", "asyncio")  # loggers that would write on the terminal


class Cluster(Executor):
    """The workers of a Dask cluster as an executor of layout jobs.

    Raises ConfigurationError where there is no cluster at the address, or its workers don't fit.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.ended = False  # True when the cluster is lost: this executor takes no more jobs
        self._client = _connected(address)
        self._held: dict[str, Any] = {}  # what Dask holds of the bytes of assets, by digest
        self._waiting: dict[Future[Any], str] = {}  # the units of jobs under way
        self._lock = threading.Lock()
        self._sending = threading.Lock()
        self._closed = threading.Event()
        self._equipment = equipment()
        try:
            self.hands = self._compare()
        except BaseException:
            self.shutdown()
            raise
        threading.Thread(target=self._watch, daemon=True).start()

    def warm_up(self) -> None:
        """Let the workers import the print engine while the manuscript is being read."""
        with suppress(Exception):  # where the cluster is lost by now the first job will tell
            self._client.run(warm_up_there, wait=False)

    def submit(self, work: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        """Send a layout job, which `run` is to be called with, to the cluster."""
        (job,) = args
        laid: Future[Any] = Future()
        with self._lock:
            self._waiting[laid] = job.unit.name
        try:
            with self._sending:  # jobs come from several threads: what two of them need is sent once
                contents = [self._hold(file) for file in job.files.values()]
            sealed = Sealed(work, without_paths(job), self._equipment).packed()
            key = f"recto-unit-{job.unit.name}-{uuid4()}"  # what Dask makes it of is all that it is given
            task = self._client.submit(pickle.loads, sealed, buffers=contents, key=key, pure=False)
            there = asyncio.run_coroutine_threadsafe(_brought(task), self._client.loop.asyncio_loop)
        except OSError as fault:  # of a file that is to be sent
            self._end(laid, fault)
            return laid
        except Exception as fault:
            self._lose(str(fault))
            return laid
        laid.add_done_callback(lambda _: there.cancel())
        there.add_done_callback(lambda _: self._settle(laid, there))
        return laid

    def abandon(self) -> None:
        """Take back all jobs; what a worker is in the midst of, it ends for nobody."""
        for laid in self._left():
            laid.cancel()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster as it was found, but for what other jobs of ours it is still busy with."""
        self._closed.set()
        if cancel_futures:
            self.abandon()
        self._held.clear()
        with suppress(Exception):  # a cluster that is gone can't be taken leave of
            self._client.close(timeout=_TO_CONNECT)

    # --- what the cluster is told -----------------------------------------------------------------------

    def _hold(self, file: AssetFile) -> Any:
        """Have Dask hold the bytes of a file: as the result of a task, so that they survive a worker."""
        if file.digest not in self._held:
            self._held[file.digest] = self._client.submit(
                bytes, file.read(), key=f"recto-asset-{file.digest}", pure=False
            )
        return self._held[file.digest]

    def _compare(self) -> int:
        """Refuse workers that might make other pages. Returns how many there are.

        Raises ConfigurationError.
        """
        try:
            told = self._client.run(differences, self._equipment, on_error="return")
        except Exception as fault:
            raise ConfigurationError([_unreachable(self.address, fault)]) from None
        problems = [
            cannot(worker, found) if isinstance(found, BaseException) else differs(worker, found)
            for worker, found in sorted(told.items())
            if found
        ]
        if problems:
            raise ConfigurationError(problems)
        return len(told)

    # --- what comes back --------------------------------------------------------------------------------

    def _settle(self, laid: Future[Any], there: Future[Any]) -> None:
        """Pass on what became of a job."""
        from distributed import CancelledError
        from distributed.scheduler import KilledWorker

        if laid.cancelled():
            return
        fault = None if there.cancelled() else there.exception()
        if there.cancelled() or isinstance(fault, CancelledError):
            running = self._client.status == "running"
            self._lose("Dask has dropped what it was given" if running else "the connection broke")
            return
        if isinstance(fault, KilledWorker):
            fault = BrokenExecutor(str(fault))
        elif isinstance(fault, ImportError):  # of a worker that joined late, without Recto
            fault = ConfigurationError([cannot(self.address, fault)])
        self._end(laid, fault, None if fault else there.result())

    def _end(self, laid: Future[Any], fault: BaseException | None, result: Any = None) -> None:
        with self._lock:
            if self._waiting.pop(laid, None) is None or not laid.set_running_or_notify_cancel():
                return
        if fault is None:
            laid.set_result(result)
        else:
            laid.set_exception(fault)

    def _left(self) -> list[Future[Any]]:
        with self._lock:
            return list(self._waiting)

    def _watch(self) -> None:
        """Look after jobs that no one is left to do: they would be waited for without end."""
        deserted = 0.0
        while not self._closed.wait(_LOOK):
            if not self._left():
                deserted = 0.0
                continue
            if self._client.status in ("closed", "closing"):
                self._lose("the connection broke")
            try:
                deserted = 0.0 if self._client.nthreads() else deserted + _LOOK
            except Exception:  # of an ending cluster; the next look will tell
                deserted += _LOOK
            if deserted > _WITHOUT_WORKERS:
                self._lose(f"it has had no worker for {deserted:.0f} seconds")

    def _lose(self, reason: str) -> None:
        """Give up all jobs under way: the first tells why."""
        self.ended = True
        for laid in self._left():
            name = self._waiting.get(laid, "")
            self._end(laid, ManuscriptError([_lost(self.address, name, reason)]))


def _connected(address: str) -> Any:
    """A client of the cluster. Raises ConfigurationError where none answers, or `distributed` is missing."""
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise ConfigurationError(
            [
                error(
                    "cluster-unsupported",
                    "the Python package `distributed`, which speaks with Dask clusters, is not installed",
                    Place(address),
                    hint='install it: pip install "recto[dask]"',
                )
            ]
        ) from None
    import dask

    _hush()
    host = address.removeprefix(SCHEME)
    # a picture may be large, and is not sent by mistake
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TiB"})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that versions differ is told by us, and better
            return Client(host, timeout=_TO_CONNECT, set_as_default=False, name="recto")
    except Exception as fault:
        raise ConfigurationError([_unreachable(address, fault)]) from None


async def _brought(task: Any) -> Any:
    """What came of a task of Dask's, brought here.

    Dask's own executor (`Client.get_executor`) never tells of a task that was done once and can't be done
    again: where the worker that held the result dies before it is brought, and so does the next one.
    """
    try:
        return await task
    finally:
        task.release()


def _hush() -> None:
    """Nothing that Dask logs reaches the terminal: what the author has to know is a problem of ours."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in _TALKATIVE:
            logger = logging.getLogger(name)
            logger.handlers = [logging.NullHandler()]
            logger.propagate = name not in _TALKATIVE


def _unreachable(address: str, fault: Exception) -> Problem:
    return error(
        "cluster-unreachable",
        f"no Dask cluster answers there ({' '.join(str(fault).split()) or type(fault).__name__})",
        Place(address),
        hint="start its scheduler (`dask scheduler`), and name the host and port that it tells",
    )


def _lost(address: str, name: str, reason: str) -> Problem:
    return error(
        "cluster-lost",
        f"the cluster was lost before `{name}` was laid out: {reason}",
        Place(address),
        hint="see that its scheduler and workers run; or build without --executor",
        subject=name,
    )
