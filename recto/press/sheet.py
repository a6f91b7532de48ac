"""The sheet: where the text block stands for a printer, the boxes of each page, and the pages at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from recto.press.press_profile import PressProfile
from recto.settings.trim import Geometry

_ASCENT = 0.92  # of the type: how far the box of a head stands above its line
_HANGING = 0.2  # of the type: how far a hyphen or stop hangs out of its line (recto.print.paragraphs.margins)


@dataclass(frozen=True, slots=True)
class Displacement:
    """How far the text block moves for a printer, in points: away from the spine, and down."""

    outward: float = 0.0
    down: float = 0.0


def settle(page: Geometry, profile: PressProfile, count: int) -> Displacement:
    """Move the text block as far as a printer's margins want it and the page has room for.

    The measure stays, and so does every line: the layout is the reader's. A page that bleeds is not moved.
    """
    if page.bleed:
        return Displacement()
    outside = profile.least_outside(bleeding=False)
    outward = max(0.0, profile.least_inside(count) + _HANGING * page.font_size - page.inner)
    free = page.outer - page.side - page.side_gap
    down = max(0.0, outside - (page.head - _ASCENT * page.font_size))
    return Displacement(
        min(outward, max(0.0, free - outside)),
        min(down, max(0.0, page.bottom - outside)),
    )


def box(pdf: pikepdf.Pdf, page: Geometry, profile: PressProfile) -> None:
    """Give every page its boxes (ISO 32000-1, 14.11.2): trim, and bleed where the printer wants it.

    What bleeds is laid out with its bleed on all four sides; what is not wanted is cut off here. A printer
    may want the room for it around every page.
    """
    bleed = profile.bleed if profile.bleeds_always else min(page.bleed, profile.bleed)
    for number, each in enumerate(pdf.pages):
        recto = number % 2 == 0
        left = bleed if profile.bleeds_at_spine or not recto else 0.0
        right = bleed if profile.bleeds_at_spine or recto else 0.0
        trim = (page.bleed, page.bleed, page.bleed + page.width, page.bleed + page.height)
        media = (trim[0] - left, trim[1] - bleed, trim[2] + right, trim[3] + bleed)
        each.obj.MediaBox = each.obj.BleedBox = _array(media)
        each.obj.TrimBox = _array(trim)
        if "/CropBox" in each.obj:
            del each.obj["/CropBox"]


def close(pdf: pikepdf.Pdf, page: Geometry, profile: PressProfile) -> int:
    """Add the blank pages that the printer wants at the end; returns how many."""
    added = 0
    if profile.last_blank and not is_blank(pdf.pages[-1].obj):
        added += 1
    if profile.even and (len(pdf.pages) + added) % 2:
        added += 1
    size = (page.width + 2 * page.bleed, page.height + 2 * page.bleed)
    for _ in range(added):
        blank = Dictionary(Type=Name.Page, MediaBox=_array((0, 0, *size)), Resources=Dictionary())
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(blank)))
    return added


def is_blank(page: Any) -> bool:
    """Tell whether nothing is drawn on a page."""
    contents = page.get("/Contents")
    if contents is None:
        return True
    parts = contents if isinstance(contents, Array) else [contents]
    return not any(bytes(part.get_stream_buffer()).strip() for part in parts)


def _array(values: tuple[float, ...]) -> Array:
    return Array([round(value, 3) for value in values])
