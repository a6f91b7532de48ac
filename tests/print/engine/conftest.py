"""Two print engines at work beside each other: one spared work and mended as ours is, one spared nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import IO, Any

import pytest

from tests.checkout import ROOT

PAGE = "@page { size: 3in 1.6in; margin: 0.2in } pre { white-space: pre-wrap } html { line-height: 1.3 }"
PROGRAM = """
import hashlib, json, sys
import recto.print.engine.fine as fine
import recto.print.engine.sparing as sparing
if sys.argv[1] == "plain":
    sparing.spare = fine.refine = lambda: None
from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run
from tests.print_book import CSS, assets, unit
for line in sys.stdin:
    body, sheet = json.loads(line)
    try:
        laid = run(LayoutJob(unit("a", body), (CSS, sheet), assets()))
        told = [hashlib.sha256(laid.pdf).hexdigest(), [page.text for page in laid.pages]]
    except Exception as fault:  # what the engine can't lay out, it can't when it is spared work either
        told = [type(fault).__name__, []]
    print(json.dumps(told), flush=True)
"""


@pytest.fixture(scope="module")
def presses() -> Iterator[Callable[..., list[Any]]]:
    """Lay a text out by two processes, one spared nothing: the digest of each PDF, its pages' text."""
    running = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", PROGRAM, how],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for how in ("spared", "plain")
    ]

    known: dict[tuple[str, str], Any] = {}  # what is set plain comes out alike each time

    def lay_out(body: str, sheet: str = PAGE) -> list[Any]:
        asked = running if (body, sheet) not in known else running[:1]
        for each in asked:
            _write(each.stdin, [body, sheet])
        spared, *plain = (json.loads(each.stdout.readline()) for each in asked if each.stdout)
        return [spared, *(known.setdefault((body, sheet), each) for each in plain or [known[body, sheet]])]

    yield lay_out
    for each in running:
        each.communicate()
        assert each.returncode == 0


def _write(pipe: IO[str] | None, text: list[str]) -> None:
    assert pipe is not None
    pipe.write(json.dumps(text) + "\n")
    pipe.flush()
