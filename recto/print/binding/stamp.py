"""Running heads and folios: drawn when the book is bound, for only then each page's folio is known.

They are real pagination artifacts (ISO 32000-1, 14.8.2.2), which a screen reader passes over. The folio
stands at the outer edge of the head line, the running head beside it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from recto.model import LaidOut
from recto.print.binding.fonts import FontFile, Glyph, Typecase
from recto.print.engine.system import machine_font
from recto.print.layout.imposition import BoundPage
from recto.settings.trim import Geometry

_SIZE = 0.85  # of the text
_GAP = 1.6  # em between folio and running head
# what heads and folios are set in: assets by name, the first that has a character draws it
_FOLIO = (
    "styles/fonts/SourceSerif4-Regular.ttf",
    "styles/fonts/NotoSansMath-Regular.ttf",
    "styles/fonts/NotoSansSymbols2-Regular.ttf",
    "styles/fonts/MPLUS1p-Regular.ttf",
)
_HEAD = ("styles/fonts/SourceSerif4-Italic.ttf", *_FOLIO)
# the way that characters have of their own, by their class of direction (UAX #9)
_LEFTWARD = {"R": True, "AL": True, "L": False, "EN": False, "AN": False}
T = TypeVar("T")
_OPEN = "/Artifact <</Type/Pagination/Subtype/Header/Attached[/Top]>> BDC"


@dataclass(frozen=True, slots=True)
class _ShapedRun:
    """A piece of a line in one font, shaped: what shows it, its width in ems, its glyphs with their texts."""

    font: str
    shown: str
    width: float
    glyphs: Mapping[int, str]


class Stamper:
    """Makes the content streams of heads and folios; the glyphs drawn are noted in the typecase."""

    def __init__(self, page: Geometry, typecase: Typecase) -> None:
        self._page, self._typecase = page, typecase
        self._size = round(page.font_size * _SIZE, 2)
        self._set: dict[tuple[str, bool], tuple[_ShapedRun, ...]] = {}
        self._fonts: dict[str, bytes] = {}

    def fonts(self) -> bytes:
        """The entries of a font dictionary for all that has been stamped so far."""
        return b"".join(b"/%s %s" % (name.encode(), font) for name, font in self._fonts.items())

    def stamp(self, laid: LaidOut, bound: BoundPage, *, recto: bool) -> bytes | None:
        """The content stream for a page; None where nothing is stamped (blank, display, opening)."""
        unit = laid.unit
        if bound.page is None or unit.display:
            return None
        page = laid.pages[bound.page]
        if page.blank or _opens(laid, bound.page):
            return None
        folio = self._runs(bound.folio, head=False)
        head = self._runs(unit.recto_head if recto else unit.verso_head, head=True)
        # the folio stands at the outer edge, the running head inward of it
        at_right = recto is not self._page.mirrored
        folio_width, head_width = (self._size * sum(run.width for run in runs) for runs in (folio, head))
        left = self._page.left(recto=recto) + self._page.bleed
        right = left + self._page.text_width
        gap = folio_width + _GAP * self._size
        lines = [
            self._line(folio, right - folio_width if at_right else left),
            self._line(head, right - gap - head_width if at_right else left + gap),
        ]
        return "\n".join((_OPEN, "0 g", "BT", *(line for line in lines if line), "ET", "EMC")).encode("ascii")

    def _line(self, runs: Sequence[_ShapedRun], x: float) -> str:
        y = self._page.height + self._page.bleed - self._page.head
        parts = []
        for run in runs:
            parts.append(f"/{run.font} {self._size} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm {run.shown} TJ")
            x += run.width * self._size
        return "\n".join(parts)

    def _runs(self, text: str, *, head: bool) -> tuple[_ShapedRun, ...]:
        """A line shaped, each run in the first font that has its characters; what none has is left out."""
        if (text, head) not in self._set:
            names = _HEAD if head else _FOLIO
            fonts = [self._typecase.font(name) for name in names if name in self._typecase.assets]
            self._borrow(text, fonts)
            self._set[text, head] = tuple(
                self._noted(font, _shape(font, piece))
                for one_way, leftward in _directed(text, leftward=self._page.mirrored)
                for font, piece in _from_left([*_split(one_way, fonts)], leftward)
            )
        return self._set[text, head]

    def _borrow(self, text: str, fonts: list[FontFile]) -> None:
        """Add to some fonts those of the machine for what they lack: the pages are set in them as well."""
        for character in text:
            if not character.isspace() and not any(ord(character) in font.characters for font in fonts):
                path = machine_font(character)
                font = self._typecase.borrow(path) if path else None
                if font is not None and ord(character) in font.characters:
                    fonts.append(font)

    def _noted(self, font: FontFile, run: _ShapedRun) -> _ShapedRun:
        self._fonts[run.font] = self._typecase.note(font.digest, run.glyphs)
        return run


@lru_cache(maxsize=4096)
def _shape(font: FontFile, text: str) -> _ShapedRun:
    """A piece of a line in one font: the same folios and heads come in every book that is bound again."""
    glyphs = font.shape(text, {"onum": True})
    shown = f"[<{''.join(_shown(glyphs, font))}>]".replace("<>", "")
    width = sum(glyph.advance for glyph in glyphs) / 1000
    return _ShapedRun(name_of(font.digest), shown, width, {glyph.id: glyph.text for glyph in glyphs})


def name_of(digest: str) -> str:
    """The resource name of a font in stamps: no unit has one like it (theirs are six capitals)."""
    return f"S{digest[:8]}"


def _opens(laid: LaidOut, page: int) -> bool:
    """Tell whether a page is an opening: a unit's first, unless its openings are named."""
    if laid.unit.openings:
        return any(anchor in laid.unit.openings for anchor in laid.pages[page].anchors)
    return page == 0


def _directed(text: str, *, leftward: bool) -> list[tuple[str, bool]]:
    """A line cut into pieces that run one way, in the order in which they stand from the left.

    `leftward` is the way of the whole line. What has no way of its own goes with what it stands between, or
    else with the line (Unicode Bidirectional Algorithm, N1 and N2, as far as one line of a head needs it).
    """
    ways = [_LEFTWARD.get(unicodedata.bidirectional(character)) for character in text]
    pieces: list[tuple[str, bool]] = []
    for at, character in enumerate(text):
        way = ways[at]
        if way is None:
            before = next((each for each in reversed(ways[:at]) if each is not None), leftward)
            after = next((each for each in ways[at:] if each is not None), leftward)
            way = before if before == after else leftward
        if pieces and pieces[-1][1] == way:
            pieces[-1] = pieces[-1][0] + character, way
        else:
            pieces.append((character, way))
    return _from_left(pieces, leftward)


def _from_left(pieces: list[T], leftward: bool) -> list[T]:
    return pieces[::-1] if leftward else pieces


def _split(text: str, fonts: Sequence[FontFile]) -> Iterator[tuple[FontFile, str]]:
    """Cut a text into pieces that one font can draw; a space stays with the piece before it."""
    piece, drawing = "", None
    for character in text:
        code = ord(character)
        if (
            drawing is not None
            and (character == " " or code in drawing.characters)
            and not (drawing is not fonts[0] and code in fonts[0].characters and character != " ")
        ):
            piece += character
            continue
        able = next((font for font in fonts if code in font.characters), None)
        if able is None:
            continue
        if drawing is not None and piece:
            yield drawing, piece
        piece, drawing = character, able
    if drawing is not None and piece:
        yield drawing, piece


def _shown(glyphs: Sequence[Glyph], font: FontFile) -> Iterator[str]:
    """The inside of a TJ array's strings: glyph ids, and between them what kerning takes away or adds."""
    for glyph in glyphs:
        if glyph.offset:
            yield f">{-glyph.offset:g}<"
        yield f"{glyph.id:04x}"
        # TJ numbers move against the writing direction, in thousandths of the size (9.4.3)
        if kern := font.width(glyph.id) + glyph.offset - glyph.advance:
            yield f">{kern:g}<"
