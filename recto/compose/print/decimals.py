"""Columns of numbers in print: decimal marks stand below one another.

What follows the mark is set in a box of its own, as wide in all cells of the column, and the cell to the
right, so that whole numbers end where marks stand. A column is one of numbers where every cell of the body
that says anything holds one, and where the author has not aligned it to the left or in the middle.
"""

from __future__ import annotations

import re
from itertools import zip_longest

from recto.notations import xhtml
from recto.notations.xhtml import Element, class_names

_NUMBER = re.compile(r"([^\w\s]{0,3}\s?\d(?:[\d.,'’\u00a0\u202f]{0,20}\d)?)(\s?[%°]?)")
_NOTHING = frozenset(("", "-", "–", "—", "…"))
_MARKS = ".,"
_GROUP = 3  # digits between the marks of thousands
_LEAST = 2  # numbers of a column
_WIDTHS = {".": 0.5, ",": 0.5, " ": 0.5, "%": 1.8}  # of a digit; all others are digits


def align_decimals(table: Element) -> None:
    """Align the columns of numbers of a table without cells that span, and without tables in them."""
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    spans = (cell.get("colspan") or cell.get("rowspan") for row in rows for cell in row)
    if table.find(".//table") is not None or any(spans):
        return
    for column in zip_longest(*rows):
        _align([cell for cell in column if cell is not None])


def _align(cells: list[Element]) -> None:
    body = [cell for cell in cells if cell.tag == "td" and xhtml.words(cell) not in _NOTHING]
    found = [_NUMBER.fullmatch((cell.text or "").strip()) for cell in body if not len(cell)]
    numbers = [number for number in found if number]
    if len(numbers) < max(_LEAST, len(body)) or any(_is_placed(cell) for cell in cells):
        return
    mark = _mark([number[1] for number in numbers])
    split = [_split(number, mark) for number in numbers]
    for cell in cells:
        classes = dict.fromkeys(class_names(cell))
        cell.set("class", " ".join((*classes, *(() if "right" in classes else ("right",)))))
    if len({len(rest) for _, rest in split}) == 1:
        return
    room = max(sum(_WIDTHS.get(sign, 1) for sign in rest) for _, rest in split)
    for cell, (whole, rest) in zip(body, split, strict=True):
        cell.text = whole
        cell.set("dir", "ltr")  # else, in a book from right to left, the fraction stands before the rest
        cell.append(xhtml.element("span", {"class": "fraction", "style": f"min-width: {room:g}ch"}, rest))


def _is_placed(cell: Element) -> bool:
    return not {"left", "center"}.isdisjoint(class_names(cell))


def _mark(numbers: list[str]) -> str:
    """The decimal mark of a column; "" where its numbers are whole."""
    for mark in _MARKS:
        parts = [number.split(mark) for number in numbers]
        if all(len(each) <= _LEAST for each in parts) and any(
            len(each) == _LEAST and len(each[1]) != _GROUP and each[1].isdigit() for each in parts
        ):
            return mark
    return ""


def _split(number: re.Match[str], mark: str) -> tuple[str, str]:
    """A number before its decimal mark, and the rest of it."""
    whole, dot, fraction = number[1].partition(mark) if mark else (number[1], "", "")
    return whole, f"{dot}{fraction}{number[2]}"
