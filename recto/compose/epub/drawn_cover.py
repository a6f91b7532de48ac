"""The cover of a book that has none: a page composed from title, subtitle and authors."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recto.compose.shared import SCREEN
from recto.model import Unit
from recto.problems import Problem

if TYPE_CHECKING:
    from recto.compose.composer import Composer

SHEET = "cover.css"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a cover: its ground, what is written on it, and the one that stands out."""

    ground: str
    ink: str
    accent: str


# Each pair has a contrast above 7 : 1 (WCAG 1.4.6) between ground and ink, 4.5 : 1 to the accent.
_PALETTES = (
    Palette("#17324d", "#f6efe2", "#e9a13b"),
    Palette("#f3ebdc", "#26211c", "#a8321e"),
    Palette("#1f3d34", "#f4efe3", "#e2b24a"),
    Palette("#5a1e28", "#f8efe4", "#eab676"),
    Palette("#eae6db", "#1d2b3a", "#8a3b12"),
    Palette("#2b2a33", "#f2ede4", "#f0814f"),
)


def cover_unit(composer: Composer) -> tuple[Unit, tuple[Problem, ...]]:
    """The cover as a unit of one page, to be laid out with the style sheet `SHEET` alone.

    The colours follow from the title, so that a book keeps its cover and two books seldom share one.
    """
    problems: list[Problem] = []
    title = composer.title_matter.title
    palette = _PALETTES[hashlib.sha256(title.encode()).digest()[0] % len(_PALETTES)]
    context = {"palette": palette, "size": _size(title)}
    html = composer.fill("epub/cover-image.html", context, problems, medium=SCREEN)
    return Unit("cover", html, "arabic", display=True), tuple(problems)


def _size(title: str) -> str:
    """How large the title can be set: by its longest word, which must fit the line, and by its length."""
    longest = max((len(word) for word in title.split()), default=0)
    for name, word, whole in (("huge", 8, 24), ("large", 11, 48), ("medium", 15, 90)):
        if longest <= word and len(title) <= whole:
            return name
    return "small"
