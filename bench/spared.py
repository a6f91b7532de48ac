"""What the sparing of the print engine buys: `python -m bench.spared [MANUSCRIPT] [--runs N]`.

The print book is made in one process, with nothing kept, with the sparing and without it, one after another.
Both break lines as WeasyPrint does, since the breaking of whole paragraphs goes by the words that the sparing
keeps. Printed are the medians of the ratios of processor time and of memory at its most, without over with.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.books import ROOT

_PROGRAM = """
import os, resource, sys
import recto.print.engine.fine as fine
import recto.print.engine.sparing as sparing
how, source, folder = sys.argv[1:]
fine.refine = lambda: None
if how == "plain":
    sparing.spare = lambda: None
from pathlib import Path
from recto.builder import build
from recto.options import Options
began = os.times()
build(Options(Path(source), Path(folder), ("pdf",), cache=False))
ended = os.times()
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
print(ended.user - began.user + ended.system - began.system, most)
"""


def main() -> None:
    """Measure, and print each pair and the median."""
    parser = argparse.ArgumentParser(description="What the sparing of the print engine buys.")
    parser.add_argument("manuscript", nargs="?", type=Path, default=ROOT / "book")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    times, memories = [], []
    for _ in range(asked.runs):
        (spared, held), (plain, needed) = (_taken(how, asked.manuscript) for how in ("spared", "plain"))
        times.append(plain / spared)
        memories.append(needed / held)
        print(f"spared {spared:.1f} s, {held:.0f} MB; plain {plain:.1f} s, {needed:.0f} MB", flush=True)
    print(
        f"median {statistics.median(times):.2f} of the time, {statistics.median(memories):.2f} of the memory"
    )


def _taken(how: str, manuscript: Path) -> tuple[float, float]:
    """Processor seconds, and megabytes at the most, of a build in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="recto-spared-") as folder:
        command = [sys.executable, "-W", "ignore", "-c", _PROGRAM, how, str(manuscript), folder]
        said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        seconds, megabytes = said.stdout.split()[-2:]
        return float(seconds), float(megabytes)


if __name__ == "__main__":
    main()
