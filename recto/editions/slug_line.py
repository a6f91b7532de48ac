"""What stands beside the pages of a press file with marks, in outlines of the typeface of small print."""

from __future__ import annotations

from recto.editions.makings import Matter
from recto.press import Slug
from recto.print.binding.fonts import open_font
from recto.print.binding.outlines import outlines
from recto.print.layout.job import asset_table

_COUNT = "0123456789 /·"


def slug(matter: Matter) -> Slug:
    """Title and date of a book, with the signs that count its pages; none where the typeface is not there."""
    look = matter.theme.look
    family = look.families[look.faces.small]
    assets = asset_table(matter.theme, ())
    name = f"styles/{family.regular or family.bold}"
    if name not in assets:
        return Slug()
    words = " · ".join(filter(None, (matter.facts.title, matter.facts.date)))
    return Slug(words, outlines(open_font(assets[name]), words + _COUNT))
