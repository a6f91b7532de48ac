"""Running heads and folios: drawn when the book is bound, for only then each page's folio is known.

They are real pagination artifacts (ISO 32000-1, 14.8.2.2), which a screen reader passes over. The folio
stands at the outer edge of the head line, the running head beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from recto.model import LaidOut
from recto.print.fonts import FontFile, Glyph, Typecase
from recto.print.imposition import BoundPage
from recto.trim import Geometry

_SIZE = 0.85  # of the text
_GAP = 1.6  # em between folio and running head
_OPEN = "/Artifact <</Type/Pagination/Subtype/Header/Attached[/Top]>> BDC"


@dataclass(frozen=True, slots=True)
class StampStyle:
    """What heads and folios are set in: assets by name, the first that has a character draws it."""

    head: tuple[str, ...] = ("styles/fonts/SourceSerif4-Italic.ttf",)
    folio: tuple[str, ...] = ("styles/fonts/SourceSerif4-Regular.ttf",)
    fallback: tuple[str, ...] = (
        "styles/fonts/SourceSerif4-Regular.ttf",
        "styles/fonts/NotoSansMath-Regular.ttf",
        "styles/fonts/NotoSansSymbols2-Regular.ttf",
        "styles/fonts/MPLUS1p-Regular.ttf",
    )
    small_caps: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    font: FontFile
    glyphs: tuple[Glyph, ...]

    @property
    def width(self) -> float:
        return sum(glyph.advance for glyph in self.glyphs) / 1000


class Stamper:
    """Makes the content streams of heads and folios; the glyphs drawn are noted in the typecase."""

    def __init__(self, page: Geometry, typecase: Typecase, style: StampStyle | None = None) -> None:
        self._page, self._typecase, self._style = page, typecase, style or StampStyle()
        self._size = round(page.font_size * _SIZE, 2)
        self._set: dict[tuple[str, bool], tuple[_Run, ...]] = {}
        self.fonts: dict[str, str] = {}
        """Name of each font in the content streams -> digest of its file."""

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
        # the running head stands inward of the folio
        folio_width, head_width = (self._size * sum(run.width for run in runs) for runs in (folio, head))
        left = self._page.left(recto=recto) + self._page.bleed
        right = left + self._page.text_width
        gap = folio_width + _GAP * self._size
        lines = [
            self._line(folio, right - folio_width if recto else left),
            self._line(head, right - gap - head_width if recto else left + gap),
        ]
        return "\n".join((_OPEN, "0 g", "BT", *(line for line in lines if line), "ET", "EMC")).encode("ascii")

    def _line(self, runs: Sequence[_Run], x: float) -> str:
        y = self._page.height + self._page.bleed - self._page.head
        parts = []
        for run in runs:
            font = name_of(run.font.digest)
            self.fonts[font] = run.font.digest
            shown = f"[<{''.join(_shown(run.glyphs, run.font))}>]".replace("<>", "")
            parts.append(f"/{font} {self._size} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm {shown} TJ")
            x += run.width * self._size
        return "\n".join(parts)

    def _runs(self, text: str, *, head: bool) -> tuple[_Run, ...]:
        """A line shaped, each run in the first font that has its characters; what none has is left out."""
        if (text, head) not in self._set:
            names = (self._style.head if head else self._style.folio) + self._style.fallback
            fonts = [self._typecase.font(name) for name in names if name in self._typecase.assets]
            features = {"smcp": True} if head and self._style.small_caps else {"onum": True}
            runs = tuple(_Run(font, font.shape(piece, features)) for font, piece in _split(text, fonts))
            for run in runs:
                self._typecase.note(run.font.digest, {glyph.id: glyph.text for glyph in run.glyphs})
            self._set[text, head] = runs
        return self._set[text, head]


def name_of(digest: str) -> str:
    """The resource name of a font in stamps: no unit has one like it (theirs are six capitals)."""
    return f"S{digest[:8]}"


def _opens(laid: LaidOut, page: int) -> bool:
    """Tell whether a page is an opening: a unit's first, unless its openings are named."""
    if laid.unit.openings:
        return any(anchor in laid.unit.openings for anchor in laid.pages[page].anchors)
    return page == 0


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
