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


@pytest.mark.parametrize(
    ("html", "places"),
    [
        ('<ol start="9"><li>a</li></ol>', None),
        ('<ol start="9"><li>a</li><li>b</li></ol>', "places-2"),
        ('<ol class="own"><li>a</li><li value="1986">b</li></ol>', "own places-4"),
        ('<ol type="i" start="38"><li>xxxviii</li></ol>', "places-5"),
        ('<ol type="a" start="1986"><li>a</li></ol>', None),
        ('<ol start="1000000000"><li>a</li></ol>', "places-6"),
    ],
)
def test_a_list_takes_as_much_room_as_its_widest_number(html, places):
    root = xhtml.parse(html)
    for numbered in root.iter("ol"):
        list_numbers.number(numbered)
    assert root[0].get("class") == places
