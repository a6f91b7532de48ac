"""No chapter and no index ends in a scrap where pages a line longer or shorter prevent it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from recto.print.layout.depths import DEPTHS
from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run
from tests.print_book import CSS, assets, unit

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
