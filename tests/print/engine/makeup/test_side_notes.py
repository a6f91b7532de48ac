"""Notes beside the text: each at the line that calls it, none over another, none lost."""

from __future__ import annotations

import pypdfium2
import pytest

from recto.model import LaidOut, Unit
from recto.print.engine.inner import LayoutContext
from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run
from tests.print_book import CSS, assets

PAGE = """@page { size: 5in 5in }
@page :right { margin: 0.5in 2in 0.5in 0.5in } @page :left { margin: 0.5in 0.5in 0.5in 2in }
@page { @footnote { background: none } }
html { font-size: 10pt; line-height: 14pt; --notes: side 1rem }
p { margin: 0 }
.footnote { width: 8rem; font-size: 8pt; line-height: 10pt; text-align: left; footnote-display: block;
  footnote-policy: line }"""


def lay_out(*paragraphs: str) -> LaidOut:
    body = "".join(f'<p data-b="b{at}">{text}</p>' for at, text in enumerate(paragraphs))
    html = f'<!DOCTYPE html><html lang="en"><head><title>T</title></head><body>{body}</body></html>'
    return run(LayoutJob(Unit("u", html, "arabic"), (CSS, PAGE), assets()))


def note(number: int, words: int) -> str:
    said = " ".join(f"n{number}w{at}" for at in range(words))
    return f'<span class="footnote" data-number="{number}">{said}</span>'


def heights(laid: LaidOut, page: int, *texts: str) -> list[float]:
    """How far from the foot of a page some words stand, in points."""
    told = pypdfium2.PdfDocument(laid.pdf)[page].get_textpage()
    found = []
    for text in texts:
        start, _ = told.search(text).get_next()
        found.append(told.get_charbox(start)[1])
    return found


def test_a_note_stands_at_the_line_that_calls_it_in_the_outer_margin() -> None:
    text = "Some words before it. " * 20
    laid = lay_out(f"{text}caller{note(1, 3)} and words after it.", text)
    at_call, at_note = heights(laid, 0, "caller", "n1w0")
    assert at_call == pytest.approx(at_note, abs=2.5)
    page = pypdfium2.PdfDocument(laid.pdf)[0].get_textpage()
    assert "n1w0" in page.get_text_bounded(3 * 72, 0, 5 * 72, 5 * 72)
    assert laid.pages[0].overruns == ()


@pytest.mark.parametrize("words", [(40,), (150,), (300,), (40, 40, 40, 40, 40)])
def test_notes_take_no_room_from_the_text(words: tuple[int, ...]) -> None:
    text = "Some words of a text that goes on and on. " * 30
    notes = " ".join(note(number, count) for number, count in enumerate(words, 1))
    without, noted = lay_out(text, text), lay_out(f"{text[:300]}{notes}{text[300:]}", text)
    assert [len(page.text.split()) for page in without.pages[:-1]] == pytest.approx(
        [len(page.text.split()) for page in noted.pages[: len(without.pages) - 1]], abs=9
    )
    assert len(" ".join(page.notes for page in noted.pages).split()) == sum(words)


def test_notes_that_are_called_close_together_stand_one_below_the_other() -> None:
    laid = lay_out(f"One{note(1, 12)} two{note(2, 12)} three{note(3, 12)}.", "More text. " * 60)
    one, two, three = heights(laid, 0, "n1w0", "n2w0", "n3w0")
    assert one > two + 20 and two > three + 20
    assert laid.pages[0].overruns == ()


def test_notes_at_the_foot_move_up_and_what_the_margin_does_not_hold_goes_to_the_next_page() -> None:
    text = "Words that fill a line of this narrow page. " * 22
    called = "".join(f" call{number}{note(number, 40)}" for number in range(1, 7))
    laid = lay_out(f"{text}{called}", text)
    assert [each.overruns for each in laid.pages] == [()] * len(laid.pages)
    said = " ".join(page.notes for page in laid.pages).split()
    assert [word for word in said if word.startswith("n")] == [
        f"n{number}w{at}" for number in range(1, 7) for at in range(40)
    ]
    assert len([page for page in laid.pages if page.notes]) > 1


def test_a_note_longer_than_the_margin_goes_on_in_that_of_the_next_page() -> None:
    text = "Some words of a text that goes on and on. " * 60
    laid = lay_out(f"One{note(1, 400)} two{note(2, 3)} three. {text}")
    said = " ".join(page.notes for page in laid.pages if page.notes)
    assert said.split() == [*(f"n1w{at}" for at in range(400)), "n2w0", "n2w1", "n2w2"]
    assert sum(bool(page.notes) for page in laid.pages) > 1
    assert all(not page.overruns for page in laid.pages)


@pytest.mark.parametrize("before", range(4))
def test_a_paragraph_that_begins_in_the_last_line_of_a_page_asks_a_note_for_no_room(
    monkeypatch: pytest.MonkeyPatch, before: int
) -> None:
    """WeasyPrint asks note after note to go overleaf then, until the line fits or there is none."""
    asked: list[object] = []
    lay_out("The first page of a process mends the print engine.")
    postpone = LayoutContext.report_footnote

    def ask(context: LayoutContext, note: object) -> None:
        asked.append(note)
        assert len(asked) < 100
        postpone(context, note)

    monkeypatch.setattr(LayoutContext, "report_footnote", ask)
    lines = "Some words of a text that goes on and on. " * 6
    laid = lay_out(f"One{note(1, 400)}.", *["A line."] * before, *[lines] * 16)
    said = [page.notes.split() for page in laid.pages]
    assert [word for words in said for word in words] == [f"n1w{at}" for at in range(400)]
    assert [bool(each) for each in said] == sorted((bool(each) for each in said), reverse=True)
