"""Layout jobs on an existing Dask cluster: the one module that imports `distributed`, and only when asked to.

Workers of a cluster share no disk with us. A job goes there without the paths of its files; their bytes are
handed to Dask by digest, once, and Dask brings them to each worker that needs them, and again to a worker
that takes the place of a dead one. Before a worker lays out anything its equipment (versions, fonts) is held
against ours: pages from another one could differ.

The scheduler unpickles whatever is to be called, to see what it has to wait for; but it need not have Recto.
So a job goes sealed (`_Sealed`): to all but the worker it is bytes, and a call of `pickle.loads`.
"""

from __future__ import annotations

import asyncio
import logging
import pickle
import threading
import warnings
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import Any
from uuid import uuid4

from recto.model import LaidOut
from recto.print.engine.equipment import equipment
from recto.print.layout.job import AssetFile, LayoutJob
from recto.print.layout.running import warm_up
from recto.problems import ConfigurationError, ManuscriptError, Place, Problem, error

SCHEME = "dask://"
_TO_CONNECT = 10  # seconds
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
        self._dask = self._client.get_executor(pure=False)
        self._held: dict[str, Any] = {}  # what Dask holds of the bytes of assets, by digest
        self._waiting: dict[Future[Any], str] = {}  # the units of jobs under way
        self._lock = threading.Lock()
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
            self._client.run(_warm_up, wait=False)

    def submit(self, work: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        """Send a layout job, which `run` is to be called with, to the cluster."""
        (job,) = args
        laid: Future[Any] = Future()
        with self._lock:
            self._waiting[laid] = job.unit.name
        try:
            contents = [self._hold(file) for file in job.files.values()]
            sealed = _Sealed(work, _without_paths(job), self._equipment).packed()
            key = f"recto-unit-{job.unit.name}-{uuid4()}"  # what Dask makes it of is all that it is given
            there = self._dask.submit(pickle.loads, sealed, buffers=contents, key=key)
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
            told = self._client.run(_differences, self._equipment, on_error="return")
        except Exception as fault:
            raise ConfigurationError([_unreachable(self.address, fault)]) from None
        problems = [
            _cannot(worker, found) if isinstance(found, BaseException) else _differs(worker, found)
            for worker, found in sorted(told.items())
            if found
        ]
        if problems:
            raise ConfigurationError(problems)
        return len(told)

    # --- what comes back --------------------------------------------------------------------------------

    def _settle(self, laid: Future[Any], there: Future[Any]) -> None:
        """Pass on what became of a job."""
        from distributed.scheduler import KilledWorker

        if laid.cancelled():
            return
        if there.cancelled():
            running = self._client.status == "running"
            self._lose("Dask has dropped what it was given" if running else "the connection broke")
            return
        fault = there.exception()
        if isinstance(fault, KilledWorker):
            fault = BrokenExecutor(str(fault))
        elif isinstance(fault, ImportError):  # of a worker that joined late, without Recto
            fault = ConfigurationError([_cannot(self.address, fault)])
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


def _hush() -> None:
    """Nothing that Dask logs reaches the terminal: what the author has to know is a problem of ours."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in _TALKATIVE:
            logger = logging.getLogger(name)
            logger.handlers = [logging.NullHandler()]
            logger.propagate = name not in _TALKATIVE


def _without_paths(job: LayoutJob) -> LayoutJob:
    """A job with only the files that it uses, and no word of where they lie here."""
    return replace(job, assets={name: AssetFile("", file.digest) for name, file in job.files.items()})


class _Sealed:
    """A job that is run where it is unpickled, with the bytes of its files as the buffers of the pickle."""

    def __init__(
        self, work: Callable[[LayoutJob], LaidOut], job: LayoutJob, wanted: Mapping[str, str]
    ) -> None:
        self._given = work, job, wanted

    def packed(self) -> bytes:
        """The job without its files; `pickle.loads` of that, with their bytes, gives what was laid out."""
        return pickle.dumps(self, protocol=5, buffer_callback=lambda _: None)

    def __reduce__(self) -> tuple[Callable[..., LaidOut], tuple[Any, ...]]:
        _, job, _ = self._given
        return _run_there, (*self._given, *(pickle.PickleBuffer(b"") for _ in job.files))


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


def _differs(worker: str, differences: Mapping[str, tuple[str, str]]) -> Problem:
    told = "; ".join(f"{name} is {there} there, {here} here" for name, (there, here) in differences.items())
    return error(
        "worker-differs",
        f"this worker might make other pages than this computer: {told}",
        Place(worker),
        hint="give all computers the same versions and fonts, or build without --executor",
        subject=worker,
    )


def _cannot(worker: str, fault: BaseException) -> Problem:
    return error(
        "worker-differs",
        f"this worker can't lay out pages: {fault}",
        Place(worker),
        hint="install Recto there, in the version that is installed here",
        subject=worker,
    )


# --- in the worker --------------------------------------------------------------------------------------

_AT_PRESS = threading.Lock()  # a worker may have many threads; the print engine is made for one

_own_equipment = cache(equipment)


def _differences(wanted: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """What this worker has otherwise than wanted: by its name, what is here and what is wanted."""
    own = _own_equipment()
    return {
        name: (own.get(name, "not set"), wanted.get(name, "not set"))
        for name in sorted({*own, *wanted})
        if own.get(name) != wanted.get(name)
    }


async def _warm_up() -> None:
    """Import the print engine in a thread: a worker that is silent for long is taken for dead."""
    await asyncio.to_thread(warm_up)


def _run_there(
    work: Callable[[LayoutJob], LaidOut], job: LayoutJob, wanted: Mapping[str, str], *contents: bytes
) -> LaidOut:
    """Run a job with the bytes of its files. Raises RectoError where this worker isn't equipped for it."""
    if differences := _differences(wanted):
        raise ConfigurationError([_differs("worker", differences)])
    assets = {
        name: replace(file, content=content)
        for (name, file), content in zip(job.files.items(), contents, strict=True)
    }
    with _AT_PRESS:
        return work(replace(job, assets=assets))
