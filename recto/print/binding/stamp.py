"""Running heads and folios: drawn when the book is bound, for only then each page's folio is known.

They are real pagination artifacts (ISO 32000-1, 14.8.2.2), which a screen reader passes over. What stands
where, and in what letters, is a matter of the theme (recto.theme.look).
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from recto.model import LaidOut
from recto.print.binding.fonts import FontFile, Glyph, Typecase
from recto.print.engine.machine_fonts import machine_font
from recto.print.layout.imposition import BoundPage
from recto.print.layout.scripts import script_of
from recto.settings.trim import Geometry
from recto.theme.look import Letters, Look, Role

_GAP = 1.6  # em between folio and running head
# what stands in for a typeface that lacks a character
_FALLBACK = (
    "styles/fonts/NotoSansMath-Regular.ttf",
    "styles/fonts/NotoSansSymbols2-Regular.ttf",
    "styles/fonts/MPLUS1p-Regular.ttf",
)
_TRACKING = 60.0  # of small capitals, in thousandths of the size
_LONGEST = 500  # letters of a head: more than any page is wide
_RULE, _BELOW = 0.75, 0.4  # the width of the line below heads in points, and how far below, in leadings
# the way that characters have of their own, by their class of direction (UAX #9)
_LEFTWARD = {"R": True, "AL": True, "L": False, "EN": False, "AN": False}
T = TypeVar("T")
_HEADER = "/Artifact <</Type/Pagination/Subtype/Header/Attached[/Top]>> BDC"
_FOOTER = "/Artifact <</Type/Pagination/Subtype/Footer/Attached[/Bottom]>> BDC"


@dataclass(frozen=True, slots=True)
class _ShapedRun:
    """A piece of a line in one font, shaped: what shows it, its width in ems, its glyphs with their texts."""

    font: str
    shown: str
    width: float
    glyphs: Mapping[int, str]


class Stamper:
    """Makes the content streams of heads and folios; the glyphs drawn are noted in the typecase."""

    def __init__(self, page: Geometry, typecase: Typecase, look: Look) -> None:
        self._page, self._typecase, self._look = page, typecase, look
        self._set: dict[tuple[str, Letters, Role], tuple[_ShapedRun, ...]] = {}
        self._fonts: dict[str, bytes] = {}

    def fonts(self) -> bytes:
        """The entries of a font dictionary for all that has been stamped so far."""
        return b"".join(b"/%s %s" % (name.encode(), font) for name, font in self._fonts.items())

    def stamp(self, laid: LaidOut, bound: BoundPage, *, recto: bool) -> bytes | None:
        """The content stream for a page; None where nothing is stamped (blank, display, most openings, and
        pages that a picture covers).
        """
        unit, folio = laid.unit, self._look.folio
        if bound.page is None or unit.display:
            return None
        if laid.pages[bound.page].blank or laid.pages[bound.page].covered:
            return None
        if _opens(laid, bound.page):
            return self._footer(bound.folio, recto).encode("ascii") if folio.openings else None
        head = unit.recto_head if recto else unit.verso_head
        at_head = folio.place == "head"
        header = _artifact(_HEADER, *self._header(bound.folio if at_head else "", head, recto))
        footer = "" if at_head else self._footer(bound.folio, recto)
        return "\n".join(part for part in (header, footer) if part).encode("ascii")

    def _header(self, number: str, head: str, recto: bool) -> tuple[str, list[str]]:
        """The running head, the folio where it stands beside it, and the path of the rule below them."""
        heads, folio = self._look.heads, self._look.folio
        y = self._page.height + self._page.bleed - self._page.head
        size, numbers = self._size(heads.size), self._size(folio.size)
        shown = self._runs(number, folio.face, folio.typeface)
        taken = _width(shown, numbers) + _GAP * numbers if number else 0.0
        runs = self._fitting(head, size, self._room(heads.place, folio.align, taken))
        # the folio stands at the outer edge, the running head inward of it
        gap = taken if folio.align == heads.place else 0.0
        lines = [
            self._line(shown, numbers, self._start(folio.align, _width(shown, numbers), recto), y),
            self._line(runs, size, self._start(heads.place, _width(runs, size), recto, gap), y),
        ]
        return self._rule(recto, y) if heads.rule and head else "", lines

    def _room(self, place: str, align: str, taken: float) -> float:
        """How wide a running head may be at its place, where the folio and the gap take a length."""
        page = self._page
        if place == "center":
            return page.text_width - 2 * taken * (align != "center")
        # from the spine it may go on above the notes that stand beside the text
        return page.text_width - taken + (page.side_gap + page.side) * (place == "inner")

    def _fitting(self, head: str, size: float, room: float) -> tuple[_ShapedRun, ...]:
        """A running head shaped; one wider than its room is cut at a word, and ends in an ellipsis."""
        heads = self._look.heads
        head = head if len(head) <= _LONGEST else _cut(head, _LONGEST)
        whole = self._runs(head, heads.face, heads.typeface)
        if _width(whole, size) <= room:
            return whole
        words = [at for at, letter in enumerate(head) if letter == " "] or range(len(head))

        def is_wider(at: int) -> bool:
            return _width(self._runs(_cut(head, at), heads.face, heads.typeface), size) > room

        fitting = bisect_left(words, True, key=is_wider)
        return self._runs(_cut(head, words[max(0, fitting - 1)]), heads.face, heads.typeface)

    def _footer(self, number: str, recto: bool) -> str:
        """The folio at the foot."""
        folio = self._look.folio
        runs, size = self._runs(number, folio.face, folio.typeface), self._size(folio.size)
        x = self._start(folio.align, _width(runs, size), recto)
        return _artifact(_FOOTER, "", [self._line(runs, size, x, self._page.bleed + self._page.foot)])

    def _size(self, size: float) -> float:
        return round(self._page.font_size * size, 2)

    def _start(self, place: str, width: float, recto: bool, gap: float = 0.0) -> float:
        """Where a line begins that stands at a side of the text block, or in its middle."""
        left = self._page.left(recto=recto) + self._page.bleed
        right = left + self._page.text_width
        if place == "center":
            return (left + right - width) / 2
        at_right = (recto is not self._page.mirrored) is (place == "outer")
        return right - gap - width if at_right else left + gap

    def _rule(self, recto: bool, top: float) -> str:
        left = self._page.left(recto=recto) + self._page.bleed
        y = top - _BELOW * self._page.leading
        return f"{_RULE} w {left:.2f} {y:.2f} m {left + self._page.text_width:.2f} {y:.2f} l S"

    def _line(self, runs: Sequence[_ShapedRun], size: float, x: float, y: float) -> str:
        parts = []
        for run in runs:
            parts.append(f"/{run.font} {size} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm {run.shown} TJ")
            x += run.width * size
        return "\n".join(parts)

    def _runs(self, text: str, letters: Letters, role: Role) -> tuple[_ShapedRun, ...]:
        """A line shaped, each run in the first font that has its characters; what none has is left out."""
        if (text, letters, role) not in self._set:
            family = self._look.families[self._look.faces.of(role)]
            names = dict.fromkeys((f"styles/{family.file(letters)}", f"styles/{family.regular}", *_FALLBACK))
            fonts = [self._typecase.font(name) for name in names if name in self._typecase.assets]
            self._borrow(text, fonts)
            self._set[text, letters, role] = tuple(
                self._noted(font, _shape(font, piece, letters))
                for one_way, leftward in _directed(text, leftward=self._page.mirrored)
                for font, piece in _from_left([*_split(one_way, fonts)], leftward)
            )
        return self._set[text, letters, role]

    def _borrow(self, text: str, fonts: list[FontFile]) -> None:
        """Add to some fonts those of the machine for what they lack: the pages are set in them as well."""
        held = frozenset().union(*(font.characters for font in fonts))
        missing = "".join(each for each in text if not each.isspace() and ord(each) not in held)
        for script in dict.fromkeys(map(script_of, missing)):
            path = machine_font("".join(each for each in missing if script_of(each) == script))
            font = self._typecase.borrow(path) if path else None
            if font is not None:
                fonts.append(font)

    def _noted(self, font: FontFile, run: _ShapedRun) -> _ShapedRun:
        self._fonts[run.font] = self._typecase.note(font.digest, run.glyphs)
        return run


def _cut(head: str, at: int) -> str:
    return f"{head[:at].rstrip(' ,;:–—-')}…"


def _width(runs: Sequence[_ShapedRun], size: float) -> float:
    return size * sum(run.width for run in runs)


def _artifact(opening: str, path: str, lines: Sequence[str]) -> str:
    """Content between the marks of an artifact: a path, and lines of text; "" where there is no text."""
    shown = [line for line in lines if line]
    drawn = [path] if path else []
    return "\n".join((opening, "0 g", *drawn, "BT", *shown, "ET", "EMC")) if shown else ""


@lru_cache(maxsize=4096)
def _shape(font: FontFile, text: str, letters: Letters) -> _ShapedRun:
    """A piece of a line in one font: the same folios and heads come in every book that is bound again."""
    is_small = letters == "small-capitals"
    glyphs = font.shape(text, {"onum": True, "smcp": True} if is_small else {"onum": True})
    if is_small:
        glyphs = tuple(replace(glyph, advance=glyph.advance + _TRACKING) for glyph in glyphs)
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
