"""Lines of the text stand on one grid, whatever stands between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from recto.model import LaidOut, Unit
from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run
from tests.print_book import CSS, WORDS, page_css, unit, with_picture

LOOK = """p, h2, ul, blockquote { margin: 0 } h2 { font-size: 13pt; line-height: 17pt; margin: 17pt 0 6pt }
pre { margin: 7pt 0; padding: 3pt; font-size: 8pt; line-height: 11pt } figure { margin: 9pt 0 }
table { margin: 9pt 0; font-size: 8pt; line-height: 11pt } hr { margin: 12pt 0 }"""
LEADING = 13.5
BETWEEN = {
    "a heading": "<h2>A heading</h2>",
    "a heading of two lines": f"<h2>{WORDS}</h2>",
    "a listing": "<pre>one\ntwo\nthree</pre>",
    "a figure": '<figure><img src="images/bar.svg" alt="A bar"/><figcaption>A bar</figcaption></figure>',
    "a table": "<table><tr><td>cell</td></tr><tr><td>cell</td></tr></table>",
    "a rule": "<hr/>",
    "a list with a listing in it": "<ul><li>one<pre>code</pre></li><li>two</li></ul>",
    "a quotation": "<blockquote><p>said</p><pre>code</pre></blockquote>",
    "a high line": '<p>H<span style="font-size: 14pt">igh</span></p>',
    "a table in a list": "<ul><li><table><tr><td>cell</td></tr></table></li></ul>",
}


def text(between: str) -> str:
    paragraphs = [f'<p data-b="p:{at}">{WORDS}</p>' for at in range(30)]
    return f"{between}".join("".join(paragraphs[at : at + 3]) for at in range(0, 30, 3))


def lay_out(made: Unit, folder: Path) -> LaidOut:
    return run(LayoutJob(made, (CSS, page_css(100), LOOK), with_picture(folder)))


def phases(laid: LaidOut) -> Iterator[float]:
    """How far each line of a paragraph is from the grid of the first, in points."""
    tops = [top for page in laid.pages for block, _, top in page.lines if block.startswith("p:")]
    assert len(tops) > 60
    yield from ((top - tops[0] + LEADING / 2) % LEADING - LEADING / 2 for top in tops)


@pytest.mark.parametrize("between", BETWEEN.values(), ids=BETWEEN)
def test_the_text_comes_back_to_the_grid_after(between: str, tmp_path: Path) -> None:
    laid = lay_out(unit("chapter-1", text(between)), tmp_path)
    assert len(laid.pages) > 2
    assert [phase for phase in phases(laid) if abs(phase) > 0.05] == []


@pytest.mark.parametrize("margin", [16, 20, 24, 29])
def test_text_below_a_margin_wider_than_its_headings_begins_on_the_grid(margin: int, tmp_path: Path) -> None:
    wide = (
        f'<h2>A heading</h2><div style="margin-top: {margin}pt"><p data-b="p:x">said</p><p>and said</p></div>'
    )
    laid = lay_out(unit("chapter-1", text(wide)), tmp_path)
    assert [phase for phase in phases(laid) if abs(phase) > 0.05] == []


def test_a_heading_stays_near_its_text(tmp_path: Path) -> None:
    body = text('<h2 data-b="h:1">A heading</h2>')
    with_grid = lay_out(unit("chapter-1", body), tmp_path)
    without = lay_out(replace(unit("chapter-1", body), display=True), tmp_path)

    def distance(laid: LaidOut) -> float:
        lines = laid.pages[0].lines
        at = next(index for index, line in enumerate(lines) if line[0] == "h:1")
        return lines[at][2] - lines[at + 1][2]

    assert distance(with_grid) == pytest.approx(distance(without), abs=0.05)


def test_pages_of_display_and_lists_of_folios_have_no_grid(tmp_path: Path) -> None:
    laid = lay_out(replace(unit("title", text("<h2>A heading</h2>")), display=True), tmp_path)
    assert any(abs(phase) > 1 for phase in phases(laid))


def test_a_listing_with_a_caption_is_divided_wherever_the_page_ends(tmp_path: Path) -> None:
    code = "".join(f'<span style="display: block">code {at}\n</span>' for at in range(60))
    look = "figure.listing pre { margin: 0; white-space: pre-wrap }"
    for room in range(12):
        caption = f'<figcaption style="break-after: avoid; padding-bottom: {room}pt">Listing</figcaption>'
        listing = f'<figure class="listing">{caption}<pre><code>{code}</code></pre></figure>'
        made = unit("chapter-1", f"<p>{WORDS}</p>{listing}")
        job = LayoutJob(made, (CSS, page_css(100), LOOK, look), with_picture(tmp_path))
        assert "Listing code 0 code 1 code 2" in run(job).pages[0].text, room
