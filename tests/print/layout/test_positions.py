"""Index marks are no elements of the printed page: their pages are found by their place in the text."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as some

from recto.model import Galley, LaidOut, Page, TextPosition, Unit
from recto.print.layout.imposition import page_map
from recto.print.layout.job import LayoutJob
from recto.print.layout.positions import positions
from recto.print.workers.shifts import Shift
from tests.index_books import galley, section, span
from tests.print_book import CSS, assets, unit

WORDS = "one two three four five six seven eight nine ten eleven twelve".split()


def book(html: str) -> list[Galley]:
    return [galley("1", "One", section("1.1", "First", html))]


def places(html: str) -> dict[str, tuple[str, int]]:
    found = positions(book(html))
    return {anchor: (at.block, at.offset) for anchor, at in found.items()}


def test_a_mark_is_known_by_the_characters_of_its_block_before_it() -> None:
    html = (
        f'<p data-b="c:1">two <em>words{span("a")}</em> more</p><p data-b="c:2">x {span("b", "marked")}</p>'
    )
    assert places(html) == {"a": ("c:1", 8), "b": ("c:2", 1)}


def test_the_text_of_a_block_within_a_block_is_not_its_own() -> None:
    html = f'<ul><li data-b="c:1">one<p data-b="c:2">two</p>three{span("a")}</li></ul>'
    assert places(html) == {"a": ("c:1", 8)}


def test_the_number_of_a_note_is_no_text_but_a_second_call_is() -> None:
    call = '<a class="noteref" role="doc-noteref" href="#note-1">1</a>'
    assert places(f'<p data-b="c:1">so{call} it{span("a")} is{call}{span("b")}</p>') == {
        "a": ("c:1", 4),
        "b": ("c:1", 7),
    }


def test_a_mark_that_stands_alone_belongs_to_the_text_after_it() -> None:
    html = f'<div class="index-marks">{span("a")}</div><pre class="code" data-b="c:1">code</pre>'
    assert places(html) == {"a": ("c:1", 0)}


def test_a_mark_with_no_text_after_it_stands_at_the_end_of_the_text() -> None:
    html = f'<p data-b="c:1">text</p><div class="index-marks">{span("a")}</div>'
    assert places(html) == {"a": ("c:1", 4)}


def test_a_mark_in_a_section_without_text_is_at_its_heading() -> None:
    assert places(f'<div class="index-marks">{span("a")}</div>') == {"a": ("#section-1-1", 0)}


def test_the_line_that_holds_the_next_character_has_the_mark() -> None:
    lines = ("b", 0, 90.0), ("b", 10, 80.0)
    pages = Page((), "", None, lines=lines), Page((), "", None, lines=(("b", 20, 95.0),))
    laid = LaidOut(Unit("one", "", "arabic"), b"", pages)
    marks = {str(offset): TextPosition("b", offset) for offset in (0, 9, 10, 19, 20, 99)}
    found = page_map([laid], marks)
    assert {mark: (found.pages[mark], found.tops[mark]) for mark in marks} == {
        "0": (0, 90.0), "9": (0, 90.0), "10": (0, 80.0), "19": (0, 80.0), "20": (1, 95.0), "99": (1, 95.0),
    }  # fmt: skip


def test_a_mark_of_text_that_is_not_printed_is_on_no_page() -> None:
    laid = LaidOut(Unit("one", "", "arabic"), b"", (Page((), "", None),))
    assert "a" not in page_map([laid], {"a": TextPosition("gone", 0)}).pages


@given(some.lists(some.sampled_from(WORDS), min_size=1, max_size=120), some.integers(2, 6))
@settings(max_examples=20, deadline=None)
def test_every_word_is_found_on_its_page_whatever_the_measure(words: list[str], wide: int) -> None:
    marked = " ".join(f"{span(str(at))}{word}" for at, word in enumerate(words))
    plain = f'<p data-b="c:1">{" ".join(words)}</p>'
    css = f"@page {{ size: {wide * 40}pt 60pt; margin: 0 }} p {{ font: 8pt/10pt Serif; margin: 0 }}"
    job = LayoutJob(unit("chapter-1", plain), (CSS, css), assets())
    laid, problems = Shift([job], None).finish()
    assert problems == ()
    pages = laid["chapter-1"].pages
    found = page_map(list(laid.values()), positions(book(f'<p data-b="c:1">{marked}</p>')))
    on_page: list[list[str]] = [[] for _ in pages]
    for at, word in enumerate(words):
        on_page[found.pages[str(at)]].append(word)
    texts = [re.sub(r"\s", "", page.text) for page in pages]
    # a word that is divided stands on the page of its beginning
    assert "".join(texts) == "".join(words)
    for text, here in zip(texts, on_page, strict=True):
        assert all(word[:2] in text for word in here)
