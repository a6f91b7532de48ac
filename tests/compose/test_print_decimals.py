"""Columns of numbers: decimal marks below one another."""

from __future__ import annotations

import re

import pytest

from recto.compose.print.decimals import align_decimals
from recto.notations import xhtml


def aligned(*cells: str, attribute: str = "") -> str:
    rows = "".join(f"<tr><td{attribute}>{cell}</td></tr>" for cell in cells)
    root = xhtml.parse(f"<table><thead><tr><th>H</th></tr></thead><tbody>{rows}</tbody></table>")
    align_decimals(next(iter(root.iter("table"))))
    return xhtml.serialize(root)


@pytest.mark.parametrize(
    ("cells", "split"),
    [
        (("1.5", "12", "3.25 %", "—"), [("1", ".5"), ("12", ""), ("3", ".25 %")]),
        (("1,5", "1.234,75"), [("1", ",5"), ("1.234", ",75")]),
        (("$0.230", "$1,145.5"), [("$0", ".230"), ("$1,145", ".5")]),
        (("−7", "12 %"), [("−7", ""), ("12", " %")]),
    ],
)
def test_numbers_are_divided_at_the_decimal_mark_of_their_column(
    cells: tuple[str, ...], split: list[tuple[str, str]]
) -> None:
    html = aligned(*cells)
    found = re.findall(
        r'<td class="right" dir="ltr">([^<]*)<span class="fraction" style="min-width: ([\d.]+)ch">([^<]*)',
        html,
    )
    assert [(whole, rest) for whole, _, rest in found] == split
    assert len({room for _, room, _ in found}) == 1


@pytest.mark.parametrize("cells", [("7.1", "14.2"), ("1,234", "12"), ("1999", "7")])
def test_numbers_that_end_alike_are_set_to_the_right_and_no_more(cells: tuple[str, ...]) -> None:
    html = aligned(*cells)
    assert "fraction" not in html and html.count('class="right"') == len(cells) + 1


@pytest.mark.parametrize("cells", [("1.5", "x"), ("1.5",), ("<em>1.5</em>", "2"), ("1.5.2", "a 2")])
def test_a_column_of_anything_else_is_left_alone(cells: tuple[str, ...]) -> None:
    assert "right" not in aligned(*cells)


def test_what_the_author_set_to_the_left_stays_there() -> None:
    assert "right" not in aligned("1.5", "12", attribute=' class="left"')
