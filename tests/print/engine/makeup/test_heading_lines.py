"""Headings of more than one line: as even as they can be, and with their number in a column of its own."""

from __future__ import annotations

import pypdfium2
import pytest

from recto.model import LaidOut, Unit
from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run
from tests.print_book import CSS, assets

PAGE = "@page { size: 3.2in 6in; margin: 0.3in } html { font-size: 10pt; line-height: 14pt }"
WIDE = "h1, h2 { font-size: 14pt; line-height: 18pt; margin: 0 } .centered { text-align: center }"


def _laid(body: str) -> LaidOut:
    html = f'<!DOCTYPE html><html lang="en"><head><title>T</title></head><body>{body}</body></html>'
    return run(LayoutJob(Unit("u", html, "arabic", display=True), (CSS, PAGE, WIDE), assets()))


def edges(body: str) -> list[tuple[float, float]]:
    """Where the lines of the page begin and end, in points, from its PDF."""
    page = pypdfium2.PdfDocument(_laid(body).pdf)[0].get_textpage()
    found: dict[int, tuple[float, float]] = {}
    for at in range(page.count_rects()):
        left, bottom, right, _ = page.get_rect(at)
        line = round(bottom / 18)
        before = found.get(line, (left, right))
        found[line] = min(before[0], left), max(before[1], right)
    return [found[line] for line in sorted(found, reverse=True)]


@pytest.mark.parametrize("tag", ["h1", "h2"])
def test_a_title_that_would_end_in_a_short_line_is_balanced(tag: str) -> None:
    (first, second) = edges(f"<{tag}>The Long Way to the Other Side of the Sea</{tag}>")
    widths = first[1] - first[0], second[1] - second[0]
    assert min(widths) > 0.75 * max(widths), widths


def test_a_title_in_the_middle_stays_in_the_middle() -> None:
    rows = edges('<h1 class="centered">The Long Way to the Other Side of the Sea</h1>')
    assert len(rows) == 2
    assert all(abs((left + right) / 2 - 3.2 * 36) < 3 for left, right in rows), rows


def test_the_second_line_of_a_numbered_heading_hangs_below_its_first_word() -> None:
    number = '<span class="number">12.3</span>'
    (first, second) = edges(f'<h2 class="head">{number} How the Ferry Was Found Again</h2>')
    assert second[0] > first[0] + 25, "below the title, not below the number"


def test_a_title_of_one_line_is_left_alone() -> None:
    ((left, _),) = edges("<h1>Short</h1>")
    assert left == pytest.approx(0.3 * 72, abs=1.5)
