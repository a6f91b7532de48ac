"""The headings of an opening have text below them, at the cost of the white above the title."""

from __future__ import annotations

import pytest

from recto.model import Page
from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run
from tests.print_book import CSS, assets, unit

LOOK = """@page { size: 300pt 400pt; margin: 40pt } html { font-size: 10pt; line-height: 16pt }
html { orphans: 2; widows: 2 } h1, h2 { break-after: avoid; font-size: 10pt; margin: 16pt 0 0 }
h1 { padding-top: 6rlh } p { margin: 0; text-align: left }"""
TEXT = "<p>" + "<br/>".join(f"line {at}" for at in range(30)) + "</p>"


@pytest.mark.parametrize(("heads", "on_first", "white"), [(2, 8, 6), (6, 2, 4), (7, 2, 2), (8, 2, 0)])
def test_headings_that_fill_an_opening_have_two_lines_of_text(heads: int, on_first: int, white: int) -> None:
    first, second = laid_out(heads)
    assert first.text.count("line") == on_first
    assert second.text.startswith(f"line {on_first} ")
    assert round((400 - 40 - first.lines[0][2]) / 16) == white + 1


def test_headings_that_no_white_makes_room_for_stand_as_they_would() -> None:
    first, second = laid_out(9)
    assert first.text.count("Head") == 6 and second.text.startswith("Head 6 Head 7 Head 8 line 0")


def laid_out(heads: int) -> tuple[Page, Page]:
    """The first two pages of a chapter that begins with so many headings."""
    titles = "".join(f"<h2>Head {at}</h2>" for at in range(heads))
    body = f'<h1 data-b="t:1">Title</h1>{titles}{TEXT}'
    first, second, *_ = run(LayoutJob(unit("chapter-1", body), (CSS, LOOK), assets())).pages
    return first, second
