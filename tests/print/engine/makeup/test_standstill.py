"""Of a text that the engine would set on pages without end, the build is told where it stands still."""

from __future__ import annotations

import pytest

from recto.print.engine.makeup.standstill import StandstillError
from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run
from tests.print.engine.conftest import PAGE
from tests.print_book import CSS, WORDS, assets, unit

SHEET = """
.item { display: list-item } .side { float: left; width: 40% } .whole { break-inside: avoid }
.two { columns: 2; column-fill: auto; width: 3em }
"""
ENDLESS = (
    '<div class="item side"></div><div class="whole"><p>well-known</p>'
    '<p class="two"><b class="side">internationalization</b>oar oar a</p></div>'
)


def test_pages_that_would_never_end_are_a_fault_that_names_the_first_of_them() -> None:
    with pytest.raises(StandstillError, match="from its page 1 on, no page takes anything of its text"):
        run(LayoutJob(unit("a", ENDLESS), (CSS, PAGE, SHEET), assets()))


def test_a_note_that_fills_pages_by_itself_is_no_standstill() -> None:
    body = f'<p>One.<i class="footnote">{WORDS * 12}</i></p><p>{WORDS}</p>'
    laid = run(LayoutJob(unit("a", body), (CSS, PAGE), assets()))
    assert len(laid.pages) > 4
