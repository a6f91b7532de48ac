"""Lines end between words, and from right to left begin at the right margin, whatever stands in them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from weasyprint import HTML
from weasyprint.formatting_structure.boxes import LineBox, TextBox

from recto.print.engine.mending import mend

WORDS = (
    "הסירות עוגנות כאן ליד <b>המזח הישן והארוך</b> והמנוף מרים "
    "<i><b>ארבעים</b> טונות</i> בכל <b>יום</b> וכל אחד"
)


def lines(html: str) -> Iterator[tuple[Any, list[Any]]]:
    mend()
    for page in HTML(string=html).render().pages:
        for box in page._page_box.descendants():
            if isinstance(box, LineBox):
                yield box, [each for each in box.descendants() if isinstance(each, TextBox) and each.text]


@pytest.mark.parametrize("align", ["justify", "right"])
def test_every_line_reaches_from_its_right_end_without_a_gap(align: str) -> None:
    paragraphs = "".join(f'<p style="width: {width}px">{WORDS}</p>' for width in range(150, 420, 6))
    css = f"@page {{ size: 500px }} p {{ text-align: {align}; font-size: 13px }}"
    found = list(lines(f'<html dir="rtl" lang="he"><style>{css}</style>{paragraphs}'))
    assert len(found) > 100
    for line, texts in found:
        edges = sorted((text.position_x, text.position_x + text.width) for text in texts)
        assert edges[-1][1] == pytest.approx(line.position_x + line.width, abs=0.05)
        gaps = [after[0] - before[1] for before, after in itertools.pairwise(edges)]
        assert all(abs(gap) < 0.05 for gap in gaps), [text.text for text in texts]


@pytest.mark.parametrize("wrap", ["<p>{}</p>", "<p><em>{}</em></p>", "<p>He <a>{}</a></p>"])
@pytest.mark.parametrize("inner", ["<b>words</b>", "<b> </b>", "<b></b> ", "<i><code>a wander</code>er</i>"])
def test_no_word_is_divided_that_has_room_on_the_next_line(wrap: str, inner: str) -> None:
    text = wrap.format(" ".join(f"considerate wanderers {inner} said" for _ in range(6)))
    css = "p { font-size: 13px; overflow-wrap: break-word }"
    divs = "".join(f'<div style="width: {width}px">{text}</div>' for width in range(120, 300, 4))
    for _, texts in lines(f"<style>@page {{ size: 500px }} {css}</style>{divs}"):
        first = "".join(each.text for each in texts).split()[0]
        assert first in ("considerate", "wanderers", "wanderer", "words", "a", "said", "He"), first
