"""The workshop: what is kept from one build to the next, worker processes above all.

The pool of workers is loaded with the first one that is asked for: a build that has nothing to do asks for
none.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from recto.print.engine.system import missing_libraries, typesetting
from recto.problems import ConfigurationError
from recto.store.cache import Memo
from recto.store.fingerprint import edition

if TYPE_CHECKING:
    from recto.print.workers.cluster import Cluster
    from recto.print.workers.pool import LayoutPool


class Workshop:
    """What stays ready from one build to the next: worker processes, the edition of the cache, memos.

    A context manager: at its end no worker is left. Workers that died are replaced at the next build. With
    the address of a Dask cluster the workers are those of the cluster, however many `jobs` may be.
    """

    def __init__(self, jobs: int, cluster: str | None = None) -> None:
        self._jobs, self._cluster = jobs, cluster
        self._own: LayoutPool | None = None
        self._theirs: Cluster | None = None
        self.memos: dict[str, Memo] = {}

    @cached_property
    def edition(self) -> str:
        """What every entry of the cache hangs on, as it was when this process began to work."""
        return edition(typesetting())

    def warm_up(self) -> None:
        """Let workers of this machine import the print engine while the manuscript is read.

        What they lack is told to whoever asks for them.
        """
        if self._cluster is None and not missing_libraries() and (pool := self.workers()) is not None:
            pool.warm_up()

    def workers(self) -> LayoutPool | Cluster | None:
        """Worker processes for more than one job; None, which means this process, for one.

        Raises ConfigurationError where the print engine can't run at all, or the cluster is of no use.
        """
        if faults := missing_libraries():
            raise ConfigurationError(faults)
        if self._cluster is not None:
            return self._cluster_at(self._cluster)
        if self._own is not None and self._own.ended:
            self._own.shutdown()
            self._own = None
        if self._own is None and self._jobs > 1:
            from recto.print.workers.pool import LayoutPool

            self._own = LayoutPool(self._jobs)
        return self._own

    def _cluster_at(self, address: str) -> Cluster:
        if self._theirs is not None and self._theirs.ended:
            self._theirs.shutdown()
            self._theirs = None
        if self._theirs is None:
            from recto.print.workers.cluster import Cluster

            self._theirs = Cluster(address)
        return self._theirs

    def at_work(self) -> tuple[str, ...]:
        """The units that worker processes of this machine are at."""
        return self._own.at_work() if self._own is not None else ()

    def dismiss(self) -> None:
        """Stop those workers; the next build gets others."""
        if self._own is not None:
            self._own.ended = True
            self._own.abandon()

    def __enter__(self) -> Workshop:
        return self

    def __exit__(self, fault: type[BaseException] | None, *_: object) -> None:
        pool = self._own or self._theirs
        if pool is None:
            return
        if fault is not None:  # Ctrl-C, or an error elsewhere: no one waits for these pages any more
            pool.abandon()
        pool.shutdown(cancel_futures=True)
