"""Pages laid on their sheets: with MediaBox from 0 0, TrimBox and BleedBox inside, and turned pages upright.

A wide table is laid out on a page of the name `turned`, as wide as the others are high. The sheets of a book
are all alike: what such a page carries is turned to the left, so that the top of the table is at the left
edge of the sheet. All that has a place on a page moves with it: links, destinations, boxes of figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pydyf

_PX = 0.75  # points
_TURNED = "turned"


@dataclass(frozen=True, slots=True)
class _Turn:
    """Where a page lies on its sheet: how far from its corner; the page's own height where it is turned."""

    dx: float
    dy: float
    turned: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page on the sheet (points, from the lower left corner)."""
        return (self.turned - y + self.dx, x + self.dy) if self.turned else (x + self.dx, y + self.dy)

    def rectangle(self, corners: Sequence[float]) -> list[float]:
        """A rectangle of the page on the sheet."""
        one, other = self.point(*corners[:2]), self.point(*corners[2:])
        return [*(_short(min(pair)) for pair in zip(one, other, strict=True))] + [
            _short(max(pair)) for pair in zip(one, other, strict=True)
        ]

    @property
    def matrix(self) -> bytes:
        """The same as PDF syntax; empty where nothing moves."""
        if self.turned:
            return f"0 1 -1 0 {_short(self.turned + self.dx)} {_short(self.dy)} cm".encode()
        return f"1 0 0 1 {_short(self.dx)} {_short(self.dy)} cm".encode() if self.dx or self.dy else b""


def place_boxes(document: Any, pdf: Any) -> None:
    """Lay the pages of a PDF on their sheets, and round what is placed."""
    by_number = {item.number: item for item in pdf.objects}
    sheets: dict[bytes, _Turn] = {}
    heights: dict[bytes, float] = {}
    for page, laid in zip(_of_type(pdf, "/Page"), document.pages, strict=True):
        sheet = sheets[page.reference] = _lay(page, laid)
        heights[page.reference] = laid.height * _PX
        if sheet.matrix:
            by_number[int(page["Contents"].split()[0])].stream.insert(0, sheet.matrix)
        for reference in page.get("Annots", ()):
            rect = by_number[int(reference.split()[0])]["Rect"]
            rect[:] = sheet.rectangle(rect)
    names = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", ())
    for place in names[1::2]:
        place[2:4] = map(_short, sheets[place[0]].point(*place[2:4]))
    _place_figures(pdf, sheets, heights)


def _lay(page: Any, laid: Any) -> _Turn:
    """Give a page the boxes of its sheet."""
    bleed = {side: width * _PX for side, width in laid.bleed.items()}
    width, height = laid.width * _PX, laid.height * _PX
    is_turned = laid._page_box.page_type.name == _TURNED
    sheet = _Turn(bleed["left"], bleed["bottom"], height if is_turned else 0.0)
    if is_turned:
        width, height = height, width
    right, top = sheet.dx + width, sheet.dy + height
    media = [0, 0, _short(right + bleed["right"]), _short(top + bleed["top"])]
    page["MediaBox"] = page["BleedBox"] = pydyf.Array(media)
    page["TrimBox"] = pydyf.Array([_short(value) for value in (sheet.dx, sheet.dy, right, top)])
    return sheet


def _place_figures(pdf: Any, sheets: Mapping[bytes, _Turn], heights: Mapping[bytes, float]) -> None:
    """Give the boxes of figures in the space of their page; WeasyPrint has them in pixels from its top."""
    for element in _of_type(pdf, "/StructElem"):
        if element["S"] == "/Figure" and "A" in element:
            box, page = element["A"]["BBox"], element["Pg"]
            left, top, right, bottom = (value * _PX for value in box)
            height = heights[page]
            box[:] = sheets[page].rectangle((left, height - bottom, right, height - top))


def _of_type(pdf: Any, kind: str) -> Iterator[Any]:
    return (item for item in pdf.objects if isinstance(item, pydyf.Dictionary) and item.get("Type") == kind)


def _short(value: float) -> float:
    return round(float(value), 2)
