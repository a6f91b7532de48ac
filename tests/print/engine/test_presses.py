"""The counter styles of a press write no number without end."""

from __future__ import annotations

import pytest

from recto.print.engine.book_files import BookFetcher
from recto.print.engine.presses import LARGEST_COUNTED, ShortCounters, press_of
from recto.print.layout.job import LayoutJob
from tests.print_book import CSS, assets, unit

SHEET = """
@counter-style stars { system: symbolic; symbols: "*" "†"; suffix: "" }
@counter-style strokes { system: additive; additive-symbols: 5 "V", 1 "I" }
@counter-style words { system: numeric; symbols: "nought" "one" }
"""


@pytest.fixture(scope="module")
def counters() -> ShortCounters:
    press = press_of(LayoutJob(unit("a", ""), (CSS, SHEET), assets()), BookFetcher({}))
    made = press.counters.copy()  # as a document takes them
    assert isinstance(made, ShortCounters)
    return made


@pytest.mark.parametrize(
    ("style", "number", "written"), [("stars", 5, "***"), ("strokes", 8, "VIII"), ("words", 2, "onenought")]
)
def test_a_number_is_written_by_its_style(
    counters: ShortCounters, style: str, number: int, written: str
) -> None:
    assert counters.render_value(number, style) == written


@pytest.mark.parametrize(
    ("style", "number"),
    [("stars", 50_000_000), ("stars", LARGEST_COUNTED), ("strokes", -(10**12)), ("words", 2**300)],
)
def test_a_number_that_would_be_a_text_without_end_stands_in_figures(
    counters: ShortCounters, style: str, number: int
) -> None:
    assert counters.render_value(number, style) == str(number)
