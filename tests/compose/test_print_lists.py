"""The numbers of lists in print are those of the e-book."""

from __future__ import annotations

import pytest

from recto.compose.print import list_numbers
from recto.notations import xhtml


@pytest.mark.parametrize(
    ("html", "styles"),
    [
        ("<ol><li>a</li></ol>", [None, None]),
        ('<ol start="5"><li>a</li></ol>', ["counter-reset: list-item 4", None]),
        ('<ol start="0"><li>a</li></ol>', ["counter-reset: list-item -1", None]),
        ('<ol type="i"><li>a</li></ol>', ["list-style-type: lower-roman", None]),
        ('<ol><li>a</li><li value="7">b</li></ol>', [None, None, "counter-set: list-item 7"]),
        (
            '<ol reversed=""><li>a</li><li>b</li></ol>',
            ["counter-reset: list-item 3", *["counter-increment: list-item -1"] * 2],
        ),
        ('<ol start="x" type="x"><li>a</li></ol>', [None, None]),
    ],
)
def test_a_list_counts_in_print_as_in_html(html, styles):
    root = xhtml.parse(html)
    for numbered in root.iter("ol"):
        list_numbers.number(numbered)
    assert [element.get("style") for element in root.iter("ol", "li")] == styles
