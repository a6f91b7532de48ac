"""A build leaves its process as it was: the next one, under `--watch` or in a test, finds no trace of it.

Libraries set switches of the whole process when they are imported (WeasyPrint one of Pillow's). Each state
below is looked at in a fresh process before Recto is imported, and again after it has built a book.
"""

import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest
from PIL import Image

from tests.checkout import ROOT

# What the libraries log is theirs alone as long as it goes nowhere: loggers count by their handlers.
PROGRAM = """
import decimal, gc, json, locale, logging, os, signal, socket, sys, threading, warnings
from pathlib import Path
from PIL import Image, ImageFile

def state():
    loggers = {name: logging.getLogger(name) for name in ["root", *logging.root.manager.loggerDict]}
    return {
        "pictures cut short": ImageFile.LOAD_TRUNCATED_IMAGES,
        "largest picture": Image.MAX_IMAGE_PIXELS,
        "locale": locale.setlocale(locale.LC_ALL),
        "warnings": [str(each) for each in warnings.filters],
        "signals": [str(signal.getsignal(each)) for each in sorted(signal.valid_signals())],
        "signals kept back": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, ())),
        "recursion": sys.getrecursionlimit(),
        "environment": dict(os.environ),
        "folder": os.getcwd(),
        "files made as": (mask := os.umask(0), os.umask(mask))[0],
        "paths": sys.path,
        "hooks": [str(hook) for hook in (sys.excepthook, sys.displayhook, threading.excepthook)],
        "log handlers": {
            name: [str(handler) for handler in logger.handlers if type(handler) is not logging.NullHandler]
            for name, logger in loggers.items()
            if any(type(handler) is not logging.NullHandler for handler in logger.handlers)
        },
        "log levels": {name: logger.level for name, logger in loggers.items() if logger.level},
        "collector": [gc.isenabled(), *gc.get_threshold()],
        "sockets": socket.getdefaulttimeout(),
        "decimals": str(decimal.getcontext()),
        "threads": [thread.name for thread in threading.enumerate()],
    }

before = state()
from click.testing import CliRunner
from recto.cli import main
command = ["tides.md", "-o", "out", "--jobs", "1", "--no-cache"]
exits = [CliRunner().invoke(main, command, catch_exceptions=False).exit_code for _ in "12"]
import recto.print.engine.rendering  # workers may have imported it alone
print(json.dumps({"before": before, "after": state(), "exits": exits}))
"""


SEA = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><rect width="9" height="5"/></svg>'


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """The state of a process before and after it built a book twice."""
    folder = tmp_path_factory.mktemp("process")
    (folder / "tides.md").write_text(
        "# 1.1 Spring Tides\n\nThe moon pulls.\n\n![The moon](moon.png)\n\n![The sea](sea.svg)\n"
    )
    Image.new("L", (20, 20)).save(folder / "moon.png")
    (folder / "sea.svg").write_text(SEA)
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(
        command,
        cwd=folder,
        env={
            "PYTHONPATH": str(ROOT),
            "PATH": "",
            "HOME": str(folder / "home"),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        check=True,
        capture_output=True,
        text=True,
    )
    return {**json.loads(done.stdout), "folder": folder}


def test_a_build_leaves_the_process_as_it_was(seen: Mapping[str, Any]) -> None:
    assert seen["exits"] == [0, 0]
    assert seen["after"] == seen["before"]


def test_a_build_without_cache_writes_its_books_and_nothing_else(seen: Mapping[str, Any]) -> None:
    folder = seen["folder"]
    written = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    books = {"out/tides.epub", "out/tides.pdf"}
    # what fontconfig found on the machine, it keeps in a cache of its own
    ours = {name for name in written if "fontconfig" not in name}
    assert ours - {"tides.md", "moon.png", "sea.svg"} == books


def test_a_drawing_that_was_made_safe_is_in_the_book_as_it_was_made(seen: Mapping[str, Any]) -> None:
    with zipfile.ZipFile(seen["folder"] / "out" / "tides.epub") as archive:
        drawing = archive.read("EPUB/images/sea.svg")
    assert b"<rect" in drawing
    assert b"alert" not in drawing
