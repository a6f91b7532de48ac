"""The pool of worker processes: how it is begun, and how it is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from recto.print.workers import pool
from tests.checkout import ROOT

PROGRAM = f"""
import sys
import threading
import time
from concurrent.futures.process import BrokenProcessPool
sys.path.insert(0, {str(ROOT)!r})  # as build.py is found: not by PYTHONPATH
from recto.print.workers.pool import LayoutPool

if __name__ == "__main__":
    pool = LayoutPool(1)
    pool.warm_up()
    print(pool.submit(eval, "__import__('sys').modules.keys() >= {{'weasyprint'}}").result())
    pool.shutdown()
"""


@pytest.mark.skipif(sys.version_info < (3, 11), reason="workers have the engine by a first job there")
def test_workers_are_forked_with_the_print_engine_loaded_wherever_a_build_is_started(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    command = [sys.executable, "program.py"]
    told = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert told.stdout == "True\n"


def test_nobody_waits_for_the_workers_of_a_pool_that_has_begun_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So it is where book.toml has a fault: no worker was asked for anything yet."""
    waited: list[object] = []
    monkeypatch.setattr(pool.connection, "wait", lambda *given: waited.append(given))
    idle = pool.LayoutPool(2)
    idle.abandon()
    idle.shutdown()
    assert waited == []


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such process")
def test_a_tracker_of_semaphores_that_is_killed_costs_no_word_of_pythons() -> None:
    program = (
        "import os, signal\n"
        "from multiprocessing import resource_tracker\n"
        "from recto.print.workers.pool import LayoutPool\n"
        "if __name__ == '__main__':\n"
        "    pool = LayoutPool(1)\n"
        "    os.kill(resource_tracker._resource_tracker._pid, signal.SIGKILL)\n"
        "    os.waitpid(resource_tracker._resource_tracker._pid, 0)\n"
        "    pool.shutdown()\n"
        "    print('ended')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("ended\n", "")


@pytest.mark.skipif(sys.version_info < (3, 11), reason="the server is started by a first job there")
def test_what_is_killed_among_the_workers_costs_no_word_of_pythons() -> None:
    program = (
        "import os, signal\n"
        "from multiprocessing import forkserver, resource_tracker\n"
        "from recto.print.workers.pool import LayoutPool\n"
        "if __name__ == '__main__':\n"
        "    pool = LayoutPool(1)\n"
        "    pool.warm_up()\n"
        "    pool.submit(os.write, 2, b'a word of a worker').result()\n"
        "    os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)\n"
        "    pool.abandon()\n"
        "    pool.shutdown()\n"
        "    print('ended')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("ended\n", "")


@pytest.mark.skipif(os.name != "posix", reason="kills a worker")
def test_jobs_that_were_cancelled_before_a_worker_died_cost_no_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []
    monkeypatch.setattr(threading, "excepthook", lambda told: said.append(str(told.exc_value)))
    busy = pool.LayoutPool(1)
    jobs = [busy.submit(time.sleep, 60) for _ in range(6)]
    while not jobs[0].running() or not busy._processes:
        time.sleep(0.02)
    assert jobs[-1].cancel()
    busy.abandon()
    with pytest.raises(BrokenProcessPool):
        jobs[0].result()
    busy.shutdown(cancel_futures=True)
    assert said == []


class _AskedError(Exception):
    """What a signal raises."""


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such signals")
def test_a_worker_that_was_being_started_when_a_signal_came_is_stopped_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Known to nobody, it would be waited for without end where it is stuck."""
    started: list[BaseProcess] = []
    start = BaseProcess.start

    def start_and_tell(self: BaseProcess) -> None:
        start(self)
        started.append(self)
        os.kill(os.getpid(), signal.SIGUSR1)  # before the pool has noted it
        time.sleep(0.2)

    def hear(*_: object) -> None:
        raise _AskedError

    monkeypatch.setattr(BaseProcess, "start", start_and_tell)
    former = signal.signal(signal.SIGUSR1, hear)
    busy = pool.LayoutPool(1)
    try:
        with pytest.raises(_AskedError):
            busy.submit(time.sleep, 600)
            time.sleep(600)
        busy.abandon()
        left = [worker for worker in started if worker.is_alive()]
        for worker in left:
            worker.kill()
        assert started and not left
    finally:
        signal.signal(signal.SIGUSR1, former)
        busy.shutdown(cancel_futures=True)


@pytest.mark.skipif(os.name != "posix", reason="kills a worker")
@pytest.mark.parametrize(
    "end", ["pool.abandon()", "os.kill(worker, 9); told = job.exception(); pool.victims()"]
)
def test_nobody_waits_for_workers_that_are_gone_to_read_a_large_job(end: str) -> None:
    program = (
        "import os, time\n"
        "from recto.print.workers.pool import LayoutPool\n"
        "if __name__ == '__main__':\n"
        "    pool = LayoutPool(1)\n"
        "    job = pool.submit(time.sleep, 600)\n"
        "    while not job.running() or not pool._processes:\n"
        "        time.sleep(0.02)\n"
        "    large = [pool.submit(len, bytes(10_000_000)) for _ in range(3)]\n"
        "    [worker] = pool._processes\n"
        "    time.sleep(0.5)\n"
        f"    {end}\n"
        "    pool.shutdown(cancel_futures=True)\n"
        "    print('ended')\n"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.stdout == "ended\n", done.stderr
