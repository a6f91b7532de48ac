"""Whether every page has the boxes that a press cuts by, and the book the pages that it is bound with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recto.press.press_profile import PressProfile
from recto.press.sheet import is_blank
from recto.settings.trim import Geometry

_NEAR = 0.5  # points within which two lengths are the same

Box = tuple[float, float, float, float]


def wrong_boxes(pdf: Any, page: Geometry) -> Iterator[tuple[int, str]]:
    """Each page whose trim is not that of the book, or not within its sheet, and what is wrong with it."""
    for number, sheet in enumerate(pdf.pages):
        if "/TrimBox" not in sheet.obj:
            yield number, "it has no TrimBox"
            continue
        trim, media = _box(sheet.obj.TrimBox), _box(sheet.obj.MediaBox)
        bleed = _box(sheet.obj.get("/BleedBox", sheet.obj.TrimBox))
        size = trim[2] - trim[0], trim[3] - trim[1]
        if abs(size[0] - page.width) > _NEAR or abs(size[1] - page.height) > _NEAR:
            yield number, f"its TrimBox is {size[0] / 72:.3f} × {size[1] / 72:.3f} in"
        elif not (_within(trim, bleed) and _within(bleed, media)):
            yield number, "its TrimBox is not within its BleedBox, or that not within its MediaBox"


def wrong_count(pdf: Any, profile: PressProfile) -> str:
    """What is wrong with the count of pages or with the last of them, "" for nothing."""
    if profile.even and len(pdf.pages) % 2:
        return f"{profile.title} binds an even number of pages, and the file has {len(pdf.pages)}"
    if profile.last_blank and not is_blank(pdf.pages[-1].obj):
        return f"{profile.title} prints on the last page, and it is not blank"
    return ""


def _box(values: Any) -> Box:
    left, bottom, right, top = map(float, values)
    return left, bottom, right, top


def _within(inner: Box, outer: Box) -> bool:
    low = all(inner[at] >= outer[at] - _NEAR for at in (0, 1))
    return low and all(inner[at] <= outer[at] + _NEAR for at in (2, 3))
