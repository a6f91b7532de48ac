"""Lines without text, wherever a page may end: in listings, between breaks, and beside each other."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.building import build
from tests.checkout import ROOT
from tests.reading import Pdf

BOOK = ROOT / "tests" / "books" / "blank-lines"
words = st.sampled_from(("oar", "row-", "stroke‐", "well-known internationalization of boats", "x = [", "'’"))
lines = st.lists(st.one_of(st.just(""), words), min_size=1, max_size=24)
LISTING = st.builds(lambda made: f"<pre><code>{escape(chr(10).join(made))}</code></pre>", lines)
BROKEN = st.builds(lambda made: f"<p>{'<br>'.join(escape(each) for each in made)}</p>", lines)
AROUND = st.sampled_from(("<p>between</p>", "<p><br></p>", "<p><b style='display: inline-block'></b></p>"))


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
