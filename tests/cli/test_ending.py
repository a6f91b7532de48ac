"""The process that works for the one that an author starts: how it ends."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.checkout import ROOT

PROGRAM = """
import atexit, os, sys
import recto.cli

class Held:
    def __del__(self, write=os.write):
        write(1, b"taken apart\\n")

def main():
    sys.held = [Held()]
    atexit.register(print, "cleared up")
    print("told", end=" ")
    {ending}

recto.cli.main = main
recto.cli.program()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="elsewhere there is no such process")
@pytest.mark.parametrize(
    ("ending", "code", "told"),
    [
        ("sys.exit(3)", 3, "told cleared up\n"),
        ("sys.exit(0)", 0, "told cleared up\n"),
        ("sys.exit('why')", 1, "told cleared up\ntaken apart\n"),
        ("1 / 0", 1, "told cleared up\ntaken apart\n"),
    ],
)
def test_a_process_that_is_done_clears_up_and_is_not_taken_apart(ending: str, code: int, told: str) -> None:
    program = PROGRAM.format(ending=ending)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (code, told), ran.stderr
