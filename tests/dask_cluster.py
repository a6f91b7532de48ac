"""A Dask cluster of two worker processes in a folder of its own: `python dask_cluster.py FOLDER`.

Says its address, then does what it is told to, a line at a time, and answers in a line of JSON; ends with its
standard input. From the outside `LocalCluster` gives no way to look into the workers.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parent


class DaskCluster:
    """The cluster as a test sees it; a context manager."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            [sys.executable, __file__, str(folder)],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": os.pathsep.join((str(TESTS.parent), str(TESTS)))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.address = f"dask://{self._answer()}"

    def ask(self, question: str) -> Any:
        """Have the cluster do something (see `_Answers`); returns what it says of it."""
        assert self.process.stdin is not None
        print(question, file=self.process.stdin, flush=True)
        return self._answer()

    def _answer(self) -> Any:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def __enter__(self) -> DaskCluster:
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(timeout=300)
        self.process.stdout.close()


# --- in the workers -------------------------------------------------------------------------------------

_opened: set[str] = set()


def note_files() -> None:
    """Note every file that this process opens from now on."""
    sys.addaudithook(
        lambda event, values: (
            _opened.add(os.path.abspath(values[0]))  # noqa: PTH100 - as it was opened
            if event == "open" and isinstance(values[0], str)
            else None
        )
    )


def noted_files() -> list[str]:
    """The files that were opened."""
    return sorted(_opened)


def have_other_fonts() -> None:
    """Let this process believe that fonts are chosen otherwise."""
    from recto.print.workers import travel

    os.environ["FC_LANG"] = "ja"
    travel._own_equipment.cache_clear()


def have_no_recto() -> None:
    """Let this process be one that Recto was never installed for."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "recto"]:
        del sys.modules[name]
    sys.modules["recto"] = None  # type: ignore[assignment]


# --- in the process of the scheduler --------------------------------------------------------------------


def _wait_for(condition: Callable[[], Any]) -> Any:
    """Ask again and again until something is the case; returns what it is. Raises TimeoutError."""
    until = time.monotonic() + 300
    while not (found := condition()):
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(0.02)
    return found


class _Answers:
    """What a test can ask for."""

    def __init__(self, cluster: Any) -> None:
        self._cluster, self._scheduler = cluster, cluster.scheduler

    def files(self) -> list[str]:
        """The files that any worker has opened since it was started."""
        with self._cluster.get_client() as client:
            return sorted({file for files in client.run(noted_files).values() for file in files})

    def start(self, workers: int) -> int:
        """Have so many workers, all of them new."""
        for count in (0, workers):
            self._cluster.scale(count)
            _wait_for(lambda: len(self._scheduler.workers) == count)  # noqa: B023 - asked at once
        with self._cluster.get_client() as client:
            client.run(note_files)
        return workers

    def disguise(self) -> int:
        """Let the workers have other fonts."""
        with self._cluster.get_client() as client:
            return len(client.run(have_other_fonts))

    def bereave(self) -> int:
        """Take Recto from the workers."""
        with self._cluster.get_client() as client:
            return len(client.run(have_no_recto))

    def tolerate(self, deaths: int) -> int:
        """After so many deaths of workers that had it, a job counts as deadly."""
        self._scheduler.allowed_failures = deaths
        return deaths

    def busy(self) -> str:
        """Wait until a worker is in the midst of a job; returns its address."""
        return str(_wait_for(self._busy))

    def _busy(self) -> str | None:
        for state in list(self._scheduler.workers.values()):
            if any(str(task.key).startswith("recto-unit-") for task in list(state.processing)):
                return str(state.address)
        return None

    def kill(self) -> str:
        """Kill a worker in the midst of a job; returns its address."""
        address = self.busy()
        (nanny,) = (each for each in self._cluster.workers.values() if each.worker_address == address)
        os.kill(nanny.pid, signal.SIGKILL)
        return address

    def strike(self) -> bool:
        """Kill a worker that is in the midst of a job, if one is; tells whether one was."""
        address = self._busy()
        struck = [each.pid for each in self._cluster.workers.values() if each.worker_address == address]
        if not (address and struck and struck[0]):
            return False
        os.kill(struck[0], signal.SIGKILL)
        return True

    def spoil(self) -> bool:
        """Let the worker that has the result of a job die when it is first asked for it; wait for that."""
        asked, spoilt = self._scheduler.handlers["gather"], threading.Event()

        async def gather(keys: Any) -> Any:
            if not spoilt.is_set():
                spoilt.set()
                holders = [holder.address for holder in self._scheduler.tasks[keys[0]].who_has]
                for each in self._cluster.workers.values():
                    if each.worker_address in holders:
                        os.kill(each.pid, signal.SIGKILL)
            return await asked(keys)

        self._scheduler.handlers["gather"] = gather
        told = spoilt.wait(300)
        self._scheduler.handlers["gather"] = asked
        return told

    def left(self) -> list[str]:
        """The jobs that the scheduler knows of, when nobody waits for them any more."""
        _wait_for(lambda: not self._scheduler.clients.keys() - {"fire-and-forget"})
        return [str(key) for key in self._scheduler.tasks]


def main() -> None:
    """Run the cluster."""
    import dask
    from distributed import LocalCluster

    sys.modules["recto"] = None  # type: ignore[assignment]  # a scheduler need not have it; workers import it
    dask.config.set({"temporary-directory": sys.argv[1], "distributed.comm.timeouts.connect": "10s"})
    with LocalCluster(n_workers=0, threads_per_worker=2, dashboard_address=None, host="127.0.0.1") as cluster:
        answers = _Answers(cluster)
        answers.start(2)
        print(json.dumps(cluster.scheduler_address.removeprefix("tcp://")), flush=True)
        for line in sys.stdin:
            question, *values = line.split()
            print(json.dumps(getattr(answers, question)(*map(int, values))), flush=True)


if __name__ == "__main__":
    import dask_cluster  # workers know this module by its name alone

    dask_cluster.main()
