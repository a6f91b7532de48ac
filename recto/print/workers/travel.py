"""Layout jobs that travel to a computer which shares no disk with us, and what becomes of them there.

A job travels without the paths of its files; their bytes come beside it. Whoever hands it on (the scheduler
of a Dask cluster) unpickles whatever is to be called, to see what it has to wait for, but need not have
Recto: so a job goes sealed (`Sealed`), bytes to all but the worker, and a call of `pickle.loads`.
"""

from __future__ import annotations

import asyncio
import pickle
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from recto.model import LaidOut
from recto.print.engine.equipment import equipment
from recto.print.layout.job import AssetFile, LayoutJob
from recto.print.layout.running import warm_up
from recto.problems import ConfigurationError, Place, Problem, error

Answer = TypeVar("Answer")


class Sealed:
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
        return run_there, (*self._given, *(pickle.PickleBuffer(b"") for _ in job.files))


def without_paths(job: LayoutJob) -> LayoutJob:
    """A job with only the files that it uses, and no word of where they lie here."""
    return replace(job, assets={name: AssetFile("", file.digest) for name, file in job.files.items()})


def differs(worker: str, found: Mapping[str, tuple[str, str]]) -> Problem:
    """What to say of a worker whose equipment is another (`differences`)."""
    told = "; ".join(f"{name} is {there} there, {here} here" for name, (there, here) in found.items())
    return error(
        "worker-differs",
        f"this worker might make other pages than this computer: {told}",
        Place(worker),
        hint="give all computers the same versions and fonts, or build without --executor",
        subject=worker,
    )


def cannot(worker: str, fault: BaseException) -> Problem:
    """What to say of a worker that lacks what the work needs."""
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


def differences(wanted: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """What this worker has otherwise than wanted: by its name, what is here and what is wanted."""
    own = _own_equipment()
    return {
        name: (own.get(name, "not set"), wanted.get(name, "not set"))
        for name in sorted({*own, *wanted})
        if own.get(name) != wanted.get(name)
    }


async def warm_up_there() -> None:
    """Import the print engine in a thread: a worker that is silent for long is taken for dead."""
    await asyncio.to_thread(warm_up)


def run_there(
    work: Callable[[LayoutJob], Answer], job: LayoutJob, wanted: Mapping[str, str], *contents: bytes
) -> Answer:
    """Run a job with the bytes of its files. Raises RectoError where this worker isn't equipped for it."""
    if found := differences(wanted):
        raise ConfigurationError([differs("worker", found)])
    assets = {
        name: replace(file, content=content)
        for (name, file), content in zip(job.files.items(), contents, strict=True)
    }
    with _AT_PRESS:
        return work(replace(job, assets=assets))
