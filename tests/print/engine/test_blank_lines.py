"""Lines without text, wherever a page may end: in listings, between breaks, and beside each other."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.building import build
from tests.checkout import ROOT
from tests.reading import Pdf

BOOK = ROOT / "tests" / "books" / "blank-lines"
PAGE = "@page { size: 3in 1.6in; margin: 0.2in } pre { white-space: pre-wrap } html { line-height: 1.3 }"
PROGRAM = """
import hashlib, json, sys
import recto.print.engine.sparing as sparing
if sys.argv[1] == "plain":
    sparing.spare = lambda: None
from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run
from tests.print_book import CSS, assets, unit
for line in sys.stdin:
    laid = run(LayoutJob(unit("a", json.loads(line)), (CSS, sys.argv[2]), assets()))
    digest = hashlib.sha256(laid.pdf).hexdigest()
    print(json.dumps([digest, [page.text for page in laid.pages]]), flush=True)
"""
words = st.sampled_from(("oar", "row-", "stroke‐", "well-known internationalization of boats", "x = [", "'’"))
lines = st.lists(st.one_of(st.just(""), words), min_size=1, max_size=24)
LISTING = st.builds(lambda made: f"<pre><code>{escape(chr(10).join(made))}</code></pre>", lines)
BROKEN = st.builds(lambda made: f"<p>{'<br>'.join(escape(each) for each in made)}</p>", lines)
AROUND = st.sampled_from(("<p>between</p>", "<p><br></p>", "<p><b style='display: inline-block'></b></p>"))


@pytest.fixture(scope="module")
def presses() -> Iterator[Callable[[str], list[Any]]]:
    """Lay a text out by two processes, one spared nothing: the digest of each PDF, its pages' text."""
    running = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", PROGRAM, how, PAGE],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for how in ("spared", "plain")
    ]

    def lay_out(body: str) -> list[Any]:
        for each in running:
            _write(each.stdin, body)
        return [json.loads(each.stdout.readline()) for each in running if each.stdout]

    yield lay_out
    for each in running:
        each.communicate()
        assert each.returncode == 0


def _write(pipe: IO[str] | None, body: str) -> None:
    assert pipe is not None
    pipe.write(json.dumps(body) + "\n")
    pipe.flush()


@given(st.lists(st.one_of(LISTING, BROKEN, AROUND), min_size=1, max_size=4))
@settings(max_examples=40)
def test_blank_lines_go_over_pages_as_the_plain_engine_has_them(
    presses: Callable[[str], list[Any]], parts: list[str]
) -> None:
    spared, plain = presses("".join(parts))
    assert spared == plain
    assert len(spared[1]) > 0


@given(before=st.integers(0, 12), blank=st.integers(1, 30), after=st.integers(0, 3))
@settings(max_examples=40)
def test_the_text_of_pages_is_whole_however_many_lines_are_blank(
    presses: Callable[[str], list[Any]], before: int, blank: int, after: int
) -> None:
    listing = "\n".join(["begin", *["step"] * before, *[""] * blank, *["step"] * after, "end"])
    (_, pages), _ = presses(f"<p>Above.</p><pre><code>{listing}</code></pre><p>Below.</p>")
    expected = ["Above.", "begin", *["step"] * (before + after), "end", "Below."]
    assert " ".join(pages).split() == expected


def test_a_book_with_blank_lines_in_its_listings_is_built(tmp_path: Path) -> None:
    built = build(BOOK, tmp_path / "out", "--formats", "pdf", "--strict")
    assert built.exit_code == 0, built.errors
    body = Pdf(built.output(".pdf")).body()
    found = [body.index(text) for text in ("defoar_0(stroke):", "defoar_13(stroke):", "bowstern", "Thelast")]
    assert found == sorted(found)
