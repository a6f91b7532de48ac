"""Measuring words with the typefaces of the theme, as covers need it."""

from __future__ import annotations

from functools import lru_cache

from recto.compose.fitting import Measure
from recto.editions.makings import Matter
from recto.print.binding.fonts import FontFile, open_font
from recto.print.layout.job import asset_table

_OTHER = 1.0  # em: what a character takes that the typeface has not; those of Chinese and Japanese are square


def measure(matter: Matter) -> Measure:
    """How wide words are in the typeface of covers, in ems; without that face every character is a square."""
    look = matter.theme.look
    family = look.families[look.faces.titles]
    name = f"styles/{family.bold or family.regular}"
    assets = asset_table(matter.theme, ())
    font = open_font(assets[name]) if name in assets else None
    return lru_cache(maxsize=512)(lambda text: _width(font, text))


def _width(font: FontFile | None, text: str) -> float:
    if font is None:
        return _OTHER * len(text)
    known = "".join(character for character in text if ord(character) in font.characters)
    shaped = sum(glyph.advance for glyph in font.shape(known)) / 1000 if known else 0.0
    return shaped + _OTHER * (len(text) - len(known))
