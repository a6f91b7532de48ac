"""No chapter and no index ends in a scrap where pages a line longer or shorter prevent it."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

import pytest

from recto.model import Page, Unit
from recto.print.layout.depths import at_best_depth
from recto.print.layout.job import Forme, LayoutJob
from recto.print.layout.running import run
from recto.settings import trim
from tests.print_book import CSS, assets, unit

DEPTHS = tuple(trim.DEPTHS)
LOOK = """@page { size: 300pt 400pt; margin: 40pt }
@page long { margin-bottom: 24pt } @page short { margin-bottom: 56pt }
html { font-size: 10pt; line-height: 16pt; orphans: 1; widows: 1 } p { margin: 0 }
.columns { columns: 2; column-gap: 20pt }"""
FULL = 20


@pytest.mark.parametrize(
    ("before", "after", "from_pages"), [("", "", False), ('<div class="columns">', "</div>", True)]
)
def test_a_unit_does_not_end_in_a_line_or_two(before: str, after: str, from_pages: bool) -> None:
    columns = 2 if from_pages else 1
    lines = "".join(f"<p>line {at}</p>" for at in range(columns * 3 * FULL + columns))
    made = replace(unit("index", f"{before}{lines}{after}"), from_pages=from_pages)
    alone = run(LayoutJob(made, (CSS, LOOK), assets())).pages
    fitted = run(LayoutJob(made, (CSS, LOOK), assets(), depths=DEPTHS)).pages
    assert len(alone) == 4 and alone[-1].rows == 1
    assert len(fitted) == 3


def _not_printed() -> NoReturn:
    raise AssertionError


def pages(count: int, lines: int) -> Forme:
    """So many pages, of which the last has so many lines."""
    last = Page((), "", None, rows=lines)
    return Forme((*(Page((), "", None),) * (count - 1), last), _not_printed)


@pytest.mark.parametrize(
    ("long", "short", "taken", "tried"),
    [
        ((4, 2), (4, 3), "short", ["long", "short"]),  # no depth leaves five lines, the second leaves three
        ((4, 2), (4, 2), "", ["long", "short"]),
        ((3, 30), (4, 3), "long", ["long"]),
    ],
)
def test_no_depth_is_laid_out_a_second_time(
    long: tuple[int, int], short: tuple[int, int], taken: str, tried: list[str]
) -> None:
    made = {"": pages(4, 2), "long": pages(*long), "short": pages(*short)}
    asked: list[str] = []

    def lay_out(job: LayoutJob) -> Forme:
        asked.append(job.style.removeprefix("page: "))
        return made[asked[-1]]

    job = LayoutJob(Unit("chapter-1", "<p>a</p>", "arabic"), (), {}, depths=DEPTHS)
    assert at_best_depth(job, lay_out, made[""]) is made[taken]
    assert asked == tried


@pytest.mark.parametrize(("lines", "taken"), [(1, "long"), (2, "shortest"), (3, "shorter"), (4, "short")])
def test_a_single_page_before_the_last_gives_it_all_the_lines_that_it_needs(lines: int, taken: str) -> None:
    """No page faces it: that it ends some lines early nobody sees."""

    def lay_out(job: LayoutJob) -> Forme:
        left = lines - trim.DEPTHS[job.style.removeprefix("page: ")]
        return pages(2, left) if left else pages(1, 30)

    job = LayoutJob(Unit("preface", "<p>a</p>", "roman"), (), {}, depths=DEPTHS)
    usual = pages(2, lines)
    made = at_best_depth(job, lay_out, usual)
    assert made.pages == lay_out(replace(job, style=f"page: {taken}")).pages
    assert len(made.pages) == 1 or made.pages[-1].rows == 5
    facing = pages(3, lines)
    assert at_best_depth(job, lambda _: facing, facing) is facing


@pytest.mark.parametrize(("left", "taken"), [(8, True), (20, False)])
def test_a_listing_that_would_leave_the_first_page_as_a_whole_keeps_it_as_deep(
    left: int, taken: bool
) -> None:
    job = LayoutJob(Unit("preface", "<p>a</p>", "roman"), (), {}, depths=("shortest",))
    usual = pages(2, 2)
    assert (at_best_depth(job, lambda _: pages(2, left), usual) is not usual) == taken
