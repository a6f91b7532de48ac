"""Tables: columns as wide as their cells want, captions with room, and a line above what goes on overleaf."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.model import LaidOut
from recto.print.engine.makeup.table_setting import fair_widths
from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run
from tests.print_book import CSS, WORDS, assets, unit

LOOK = """@page { size: 300pt 400pt; margin: 40pt } html { font-size: 10pt; line-height: 16pt }
table { border-collapse: collapse; font-size: 8pt; text-align: left } td, th { padding: 0 4pt }"""
CAPTION = '<caption data-b="c:1"><span class="label">Table 3.2</span> What is told of it</caption>'
HEAD = "<thead><tr><th>Key</th><th>Text</th></tr></thead>"


def lay_out(body: str) -> LaidOut:
    text = unit("chapter-1", body)
    html = text.html.replace("</head>", '<meta name="continued" content="(goes on)"/></head>', 1)
    return run(LayoutJob(replace(text, html=html), (CSS, LOOK), assets()))


def printed(laid: LaidOut) -> list[str]:
    """All that is to be read on each page, line by line."""
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(laid.pdf)]


@given(st.lists(st.tuples(st.floats(1, 500), st.floats(0, 500)), min_size=1, max_size=12), st.floats(0, 1))
def test_columns_fill_their_room_and_each_gets_no_less_and_no_more_than_it_takes(
    columns: list[tuple[float, float]], share: float
) -> None:
    least = [narrow for narrow, _ in columns]
    most = [narrow + more for narrow, more in columns]
    room = sum(least) + share * (sum(most) - sum(least))
    widths = fair_widths(least, most, room)
    assert sum(widths) == pytest.approx(room)
    for width, lowest, highest in zip(widths, least, most, strict=True):
        assert lowest - 1e-6 <= width <= highest + 1e-6


def test_a_column_that_wants_less_than_its_share_gets_all_that_it_wants() -> None:
    assert fair_widths([10, 20, 30], [10, 60, 900], 200) == [10, 60, 130]


def test_no_word_of_a_short_column_is_divided_for_a_long_one() -> None:
    row = f"<tr><td>error-name-one</td><td>{WORDS} {WORDS}</td></tr>"
    (page,) = printed(lay_out(f"<table>{row}</table>"))
    assert "error-name-one" in page


def test_a_caption_wider_than_its_table_stretches_no_column() -> None:
    table = f"<table>{CAPTION}<tr><td>one</td><td>two</td></tr></table>"
    laid = lay_out(table.replace("What is told of it", "What is told of it in some ten words"))
    read = pypdfium2.PdfDocument(laid.pdf)[0].get_textpage()
    text = read.get_text_range()
    gap = read.get_charbox(text.index("two"))[0] - read.get_charbox(text.index("one") + 2)[2]
    assert gap == pytest.approx(8, abs=2)
    assert text.startswith("Table 3.2 What is told of it")  # on one line


def test_a_table_that_goes_on_overleaf_says_so_above_its_head_and_is_read_once() -> None:
    rows = "".join(f'<tr><td data-b="k:{at}">key {at}</td><td>text</td></tr>' for at in range(60))
    laid = lay_out(f"<p>Before.</p><table>{CAPTION}{HEAD}<tbody>{rows}</tbody></table>")
    first, *others = printed(laid)
    assert len(others) == 3 and "(goes on)" not in first
    for page in others:
        assert page.split("\r\n")[:2] == ["Table 3.2 (goes on)", "Key Text"]
    whole = " ".join(page.text for page in laid.pages)
    assert whole.count("Table 3.2") == 1 and "(goes on)" not in whole
    assert all(not page.overruns for page in laid.pages)


def test_a_table_without_a_caption_goes_on_without_a_word() -> None:
    rows = "<tr><td>key</td><td>text</td></tr>" * 60
    assert not any("(goes on)" in page for page in printed(lay_out(f"<table>{HEAD}{rows}</table>")))
