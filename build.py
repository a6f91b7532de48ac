"""Build the book: `python build.py [SOURCE] [options]`. `python build.py --help` tells the rest."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent

try:
    from recto.cli import main
except ModuleNotFoundError as missing:
    if (missing.name or "").partition(".")[0] == "recto":
        raise
    mine = ROOT / ".venv" / "bin" / "python"  # what `make book` has made; this Python may be another
    if mine.is_file() and Path(sys.prefix) != ROOT / ".venv":
        os.execv(mine, [str(mine), *sys.argv])
    sys.exit(
        f"build.py: the Python package {missing.name} is not installed.\n"
        f"Run `make book` in {ROOT} once: it installs all that is missing, then builds.\n"
        f"Or install by hand: {sys.executable} -m pip install {ROOT}"
    )

if __name__ == "__main__":
    main()
