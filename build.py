"""Build the book: `python build.py [SOURCE] [options]`. `python build.py --help` tells the rest."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
NOT_INSTALLED = """\
build.py: the Python package {} is not installed.
Run `make book` in {}: it installs what is missing, then builds.
Or, without make: {} -m pip install {}"""

if sys.version_info < (3, 10):  # noqa: UP036  (said before the first import that needs it)
    sys.exit("build.py: Recto needs Python 3.10 or later")

# Most are imported only when a stage needs them: better said before the work than in the midst of it.
NEEDED = """barcode click ebooklib jinja2 latex2mathml lxml mammoth markdown markdown_it markupsafe
mdit_py_plugins nh3 PIL pikepdf platformdirs pybtex pydyf pygments pypdfium2 rich tinycss2 uharfbuzz
watchfiles weasyprint yaml ziamath""".split()
missing = [name for name in NEEDED if find_spec(name) is None]
if missing:
    prepared = ROOT / ".venv" / "bin" / "python"  # by `make book`; this may be another Python
    if prepared.is_file() and Path(sys.prefix) != ROOT / ".venv":
        os.execv(prepared, [str(prepared), *sys.argv])
    print(NOT_INSTALLED.format(missing[0], ROOT, sys.executable, ROOT), file=sys.stderr)
    sys.exit(2)

if __name__ == "__main__":
    from recto.cli import program

    program()
