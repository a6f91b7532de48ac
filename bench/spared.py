"""What the sparing of the print engine buys: `python -m bench.spared [MANUSCRIPT] [--runs N]`.

The print book is made in one process, with nothing kept, with the sparing and without it, one after another.
Both break lines as WeasyPrint does, since the breaking of whole paragraphs goes by the words that the sparing
keeps. Printed is the median of the ratios of processor time, without over with.
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
import os, sys
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
print(ended.user - began.user + ended.system - began.system)
"""


def main() -> None:
    """Measure, and print each pair and the median."""
    parser = argparse.ArgumentParser(description="What the sparing of the print engine buys.")
    parser.add_argument("manuscript", nargs="?", type=Path, default=ROOT / "book")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    ratios = []
    for run in range(asked.runs):
        hows = ("spared", "plain") if run % 2 else ("plain", "spared")
        took = {how: _seconds(how, asked.manuscript) for how in hows}
        ratios.append(took["plain"] / took["spared"])
        print(
            f"spared {took['spared']:.1f} s, plain {took['plain']:.1f} s, ratio {ratios[-1]:.2f}", flush=True
        )
    print(f"median {statistics.median(ratios):.2f}")


def _seconds(how: str, manuscript: Path) -> float:
    """Processor time of a build in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="recto-spared-") as folder:
        command = [sys.executable, "-W", "ignore", "-c", _PROGRAM, how, str(manuscript), folder]
        said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        return float(said.stdout.split()[-1])


if __name__ == "__main__":
    main()
