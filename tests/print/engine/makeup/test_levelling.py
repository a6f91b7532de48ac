"""Facing pages end level: white above headings, or both pages early."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest

from recto.model import LaidOut
from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run
from tests.print_book import CSS, unit, with_picture

LOOK = """@page { size: 300pt 400pt; margin: 40pt } html { font-size: 10pt; line-height: 16pt }
html { orphans: 2; widows: 2 } h2 { break-after: avoid; font-size: 10pt; margin: 16pt 0 0 }
p { margin: 0; text-align: left } figure { margin: 16pt 0; break-inside: avoid }"""
LEADING = 16.0
FOOT = 40.0  # where the type area ends, in points from the edge
FIGURE = '<img src="images/bar.svg" alt="" style="display: block; height: 96pt"/>'


def paragraph(count: int, mark: str) -> str:
    return f'<p data-b="{mark}:1">{"<br/>".join(f"{mark}x{at}" for at in range(count))}</p>'


def lay_out(body: str, folder: Path, number: int = 1) -> LaidOut:
    return run(LayoutJob(unit(f"chapter-{number}", body), (CSS, LOOK), with_picture(folder)))


def short(laid: LaidOut) -> list[int]:
    """How many lines above its foot each page ends."""
    lowest = [min(top for _, _, top in page.lines) - LEADING for page in laid.pages]
    return [round((low - FOOT) / LEADING) for low in lowest]


def spreads(laid: LaidOut) -> list[tuple[int, int]]:
    """How early both pages of each spread end, but the one with the end of the text."""
    return list(pairwise(short(laid)[:-1]))[1::2]


def test_a_page_that_ends_early_has_white_above_its_heading(tmp_path: Path) -> None:
    filled = f"{paragraph(8, 'a')}<h2>Head</h2>{paragraph(8, 'b')}{paragraph(3, 'c')}{paragraph(30, 'd')}"
    laid = lay_out(filled, tmp_path)
    assert short(laid)[0] == 0 and laid.pages[1].text.startswith("cx0")
    (head,) = [top for block, _, top in laid.pages[0].lines if block == "b:1"][:1]
    assert (400 - 40 - head) / LEADING == pytest.approx(8 + 2 + 2)  # one line of white as ever, and two more


@pytest.mark.parametrize("seed", range(3))
def test_nearly_all_spreads_of_a_long_text_end_level_and_no_line_is_lost(seed: int, tmp_path: Path) -> None:
    choice = random.Random(seed)
    body, wanted = "", ""
    for at in range(300):
        count = choice.randint(1, 9)
        body += paragraph(count, f"p{at}")
        wanted += "".join(f"p{at}x{line}" for line in range(count))
    laid = lay_out(body, tmp_path, seed)
    assert "".join(page.text for page in laid.pages).replace(" ", "") == wanted
    level = [left == right for left, right in spreads(laid)]
    assert len(level) > 30 and sum(level) >= 0.94 * len(level)
    assert max(short(laid)[:-1]) <= 5


@pytest.mark.parametrize(
    ("after", "last"), [("", (-1, -1)), ('<p>called<span style="float: footnote">note</span></p>', (3, 4))]
)
def test_both_pages_end_a_line_later_where_no_depth_above_makes_them_level(
    after: str, last: tuple[int, int], tmp_path: Path
) -> None:
    """Not where a note is still to come: a page that calls one can't be laid out a second time."""
    choice = random.Random(2)
    counts = [choice.randint(1, 9) for _ in range(40)]
    laid = lay_out("".join(paragraph(count, f"p{at}") for at, count in enumerate(counts)) + after, tmp_path)
    assert spreads(laid)[:4] == [(0, 0), (1, 1), (0, 0), last]
    wanted = "".join(f"p{at}x{line}" for at, count in enumerate(counts) for line in range(count))
    assert "".join(page.text for page in laid.pages).replace(" ", "").startswith(wanted)
    assert not any(page.overruns for page in laid.pages)


def test_figures_that_move_are_not_lost_where_pages_are_made_level(tmp_path: Path) -> None:
    choice = random.Random(5)
    pieces = [paragraph(choice.randint(1, 9), f"p{at}") for at in range(120)]
    pieces[::9] = [f'{piece}<figure id="f{at}">{FIGURE}</figure>' for at, piece in enumerate(pieces[::9])]
    laid = lay_out("".join(pieces), tmp_path)
    text = "".join(page.text for page in laid.pages).replace(" ", "")
    assert all(text.count(f"p{at}x0") == 1 for at in range(120))
    assert [name for page in laid.pages for name in page.anchors] == [f"f{at}" for at in range(14)]
