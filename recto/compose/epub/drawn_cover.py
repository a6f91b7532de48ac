"""The cover of a book that has none: a page composed from title, subtitle and authors."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recto.compose.epub.long_titles import heads
from recto.compose.fitting import Measure, divided, fit, lines
from recto.compose.shared import SCREEN
from recto.model import Unit
from recto.notations.shipped_tables import shipped
from recto.problems import Problem

if TYPE_CHECKING:
    from recto.compose.composer import Composer


# A cover 7 in wide is shown 100 pixels wide in a list: below this size a letter is no six pixels high
_LEGIBLE = 28.0
_PIECE = 11  # letters between two hyphens, at most; of English and German words few syllables are longer
_LARGEST_PIECE = 40.0
_PLAIN = (
    40.0  # below this size the small letters are no four pixels high there, and less of the title is more
)
_GAP = 14.0  # points between head and rest
# Templates of 0.1.0 were told the size of a title by names, which stand in cover.css, and a `palette` alone
_SIZES = {"huge": 76.0, "large": 58.0, "medium": 46.0}
_LARGE = 48.0  # what the beginning of a title is set in at the least, where the rest is set smaller


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


@dataclass(frozen=True, slots=True)
class CoverFace:
    """The front of a cover: its palette, and the sizes of title, subtitle and authors in points.

    `hyphenated` tells that a word of the title is so long that it would be none in a shop's list. A title of
    many words has its `head` set larger than the whole could be, and the `rest` smaller; else both are "".
    """

    palette: Palette
    title: float
    subtitle: float
    author: float
    hyphenated: bool = False
    head: str = ""
    rest: str = ""
    head_size: float = 0.0
    rest_size: float = 0.0


def face(composer: Composer, measure: Measure) -> CoverFace:
    """The front of a book's cover, its words measured; `measure` tells how wide words are in its typeface.

    The colours follow from the title, so that a book keeps its cover and two books seldom share one.
    """
    said = composer.title_matter
    palette = _PALETTES[hashlib.sha256(said.title.encode()).digest()[0] % len(_PALETTES)]
    room = shipped("recto.compose.epub", "cover_designs.toml")[composer.templates.theme.look.cover.design]
    width, height, foot = (room[key] * 72 for key in ("width", "height", "foot"))
    author = fit(said.author_line, width, foot, measure, largest=19, least=9, leading=1.3)
    subtitle = fit(said.subtitle, width, height / 3, measure, largest=21, least=10, leading=1.25)
    taken = lines(said.author_line, author, width, measure) * author * 1.3
    taken += lines(said.subtitle, subtitle, width, measure) * subtitle * 1.25 + room["gaps"]
    title = fit(said.title, width, height - taken, measure, largest=76, least=14, leading=1.12)
    hyphenated = (
        title < _LEGIBLE and fit(said.title, width, 1e6, measure, largest=76, least=14, leading=1) == title
    )
    if hyphenated:  # it is the widest word that makes it small, and not how many there are
        pieces = divided(said.title, _PIECE)
        title = fit(pieces, width, height - taken, measure, largest=_LARGEST_PIECE, least=14, leading=1.12)
    whole = CoverFace(palette, title, subtitle, author, hyphenated)
    return (
        whole if title >= _PLAIN or hyphenated else _parted(whole, said.title, width, height - taken, measure)
    )


def _parted(face: CoverFace, title: str, width: float, height: float, measure: Measure) -> CoverFace:
    """A face with the head of its title set large, where that is larger than the whole could be."""
    for head, rest in heads(title):
        rest_size = fit(rest, width, height / 2, measure, largest=20, least=11, leading=1.25)
        room = height - lines(rest, rest_size, width, measure) * rest_size * 1.25 - _GAP
        head_size = fit(head, width, room, measure, largest=76, least=14, leading=1.12)
        if head_size >= _LARGE:
            return replace(face, head=head, rest=rest, head_size=head_size, rest_size=rest_size)
    return face


def cover_unit(composer: Composer, front: CoverFace) -> tuple[Unit, tuple[Problem, ...]]:
    """The cover as a unit of one page, to be laid out with the style sheets of a cover."""
    problems: list[Problem] = []
    size = next((name for name, points in _SIZES.items() if front.title >= points), "small")
    context = {"face": front, "palette": front.palette, "size": size}
    html = composer.fill("epub/cover-image.html", context, problems, medium=SCREEN)
    return Unit("cover", html, "arabic", display=True), tuple(problems)
