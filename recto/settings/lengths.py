"""Lengths and trim sizes as they are written: `10pt`, `6x9in`, `a5`; in PostScript points (1/72 in)."""

from __future__ import annotations

import re

_POINTS = {"in": 72.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "pt": 1.0}

# KDP paperback trims (help page G201834180), the ISO sizes, and the names printers use.
TRIMS = {
    "5x8in": (5, 8, "in"),
    "5.06x7.81in": (5.06, 7.81, "in"),
    "5.25x8in": (5.25, 8, "in"),
    "5.5x8.5in": (5.5, 8.5, "in"),
    "6x9in": (6, 9, "in"),
    "6.14x9.21in": (6.14, 9.21, "in"),
    "6.69x9.61in": (6.69, 9.61, "in"),
    "7x10in": (7, 10, "in"),
    "7.44x9.69in": (7.44, 9.69, "in"),
    "7.5x9.25in": (7.5, 9.25, "in"),
    "8x10in": (8, 10, "in"),
    "8.25x6in": (8.25, 6, "in"),
    "8.25x8.25in": (8.25, 8.25, "in"),
    "8.5x8.5in": (8.5, 8.5, "in"),
    "8.5x11in": (8.5, 11, "in"),
    "8.27x11.69in": (8.27, 11.69, "in"),
    "pocket": (4.25, 6.87, "in"),
    "novella": (5, 8, "in"),
    "digest": (5.5, 8.5, "in"),
    "us-trade": (6, 9, "in"),
    "royal": (6.14, 9.21, "in"),
    "crown-quarto": (7.44, 9.69, "in"),
    "executive": (7, 10, "in"),
    "letter": (8.5, 11, "in"),
    "a6": (105, 148, "mm"),
    "a5": (148, 210, "mm"),
    "b5": (176, 250, "mm"),
    "a4": (210, 297, "mm"),
    "demy": (138, 216, "mm"),
    "b-format": (129, 198, "mm"),
}

_SMALLEST, _LARGEST = 3.5 * 72, 17 * 72


def parse_trim(text: str) -> tuple[float, float] | None:
    """A trim size: a name out of TRIMS, or `6x9in`, `140x216mm`, `15,5 × 22 cm`; None if it is neither.

    Without a unit it is in inches, or in millimeters where it would be no page in inches.
    """
    plain = text.strip().lower().replace("×", "x").replace(",", ".").replace(" ", "")
    if plain in TRIMS:
        width, height, unit = TRIMS[plain]
        return width * _POINTS[unit], height * _POINTS[unit]
    found = re.fullmatch(r"(\d{1,4}(?:\.\d+)?)(in|mm|cm|pt)?x(\d{1,4}(?:\.\d+)?)(in|mm|cm|pt)?", plain)
    if not found or (found[2] and found[2] != found[4]):
        return None
    width, height = float(found[1]), float(found[3])
    points = _POINTS[found[4] or ("in" if max(width, height) * 72 <= _LARGEST else "mm")]
    return width * points, height * points


def is_page(text: str) -> bool:
    """Whether a text names a trim size that a book can have."""
    size = parse_trim(text)
    return size is not None and is_for_books(size)


def is_for_books(size: tuple[float, float]) -> bool:
    """Whether a book can be so wide and so high, in points."""
    return all(_SMALLEST <= side <= _LARGEST for side in size)


def parse_length(text: str) -> float | None:
    """A length with its unit (`3mm`, `0.125in`, `10pt`, plain `0`) in points; None if it is none."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(in|mm|cm|pt)", text.strip().lower())
    if found:
        return float(found[1]) * _POINTS[found[2]]
    return 0.0 if text.strip() == "0" else None
