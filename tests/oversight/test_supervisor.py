"""What the process that does the work hears of signals."""

from __future__ import annotations

import subprocess
import sys

from tests.checkout import ROOT

# a signal comes at each call and return while another one is being noted
STORM = """
import os, signal, sys
from contextlib import suppress
from recto.oversight import supervisor

heard = []

def hear(number, frame):
    with suppress(KeyboardInterrupt):
        heard.append(number)
        supervisor._hear(number, frame)

signal.signal(signal.SIGINT, hear)
sys.setprofile(lambda *_: os.kill(os.getpid(), signal.SIGINT))
supervisor.asked_to_end.set()
sys.setprofile(None)
assert heard and supervisor.asked_to_end.is_set()
"""


def test_a_request_to_end_may_come_while_another_is_heard() -> None:
    done = subprocess.run(
        [sys.executable, "-c", STORM], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
