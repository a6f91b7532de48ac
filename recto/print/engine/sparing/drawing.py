"""Lines drawn out of the glyphs of their words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, NamedTuple

from recto.print.engine.inner import TO_UNITS, draw_text
from recto.print.engine.sparing.shaped_words import LATIN, SPACES, TOKEN, Face, UnknownWordError, run
from recto.print.engine.sparing.word_lines import WordLine

_PIECE = re.compile("[^ \u00a0]+|[ \u00a0]")
_UNIT = 1024  # Pango's units a pixel


def draw(stream: Any, box: Any, offset_x: float, text_overflow: str = "clip", ellipsis: str = "none") -> None:
    """In place of `draw_text`: draw a box of text to the stream of a page."""
    line = box.pango_layout
    style = box.style
    if (
        type(line) is WordLine
        and text_overflow == "clip"
        and ellipsis == "none"
        and style["visibility"] == "visible"
    ):
        with suppress(UnknownWordError):
            font, operand = _typed(stream, line)
            stream.set_color(style["color"])
            stream.begin_text()
            if operand:
                stream.set_text_matrix(1, 0, 0, -1, box.position_x, box.position_y + box.baseline)
                stream.set_font_size(font.hash, line.face.size)
                stream.show_text(operand)
            stream.end_text()
            return
    draw_text(stream, box, offset_x, text_overflow, ellipsis)


def _typed(stream: Any, line: WordLine) -> tuple[Any, str]:
    """The font of a line, and what TJ draws of it. Raises UnknownWordError."""
    face, text = line.face, line.text
    if not text.strip():
        return None, ""
    font = stream._fonts.get(face.font_key) or stream.add_font(face.font)[0]
    if font.bitmap or font.png or font.svg or font.colr:
        raise UnknownWordError
    latin = LATIN.search(text) is not None
    known = font.__dict__.setdefault("_recto_known", {}).setdefault(face, set())
    drawn = _justified if line.justification_spacing else _drawn
    return font, drawn(_Ink(font, face, known), line, latin)


class _Ink(NamedTuple):
    """A document's font, the face it is of, and the glyphs that are noted in it already."""

    font: Any
    face: Face
    known: set[int]

    def add(self, glyphs: Iterable[tuple[int, str]]) -> None:
        """Note what is drawn with the font. Raises UnknownWordError if its widths are others."""
        font, widths = self.font, self.face.widths
        for glyph, said in glyphs:
            font.to_unicode.setdefault(glyph, said)
            if font.widths.setdefault(glyph, widths[glyph]) != widths[glyph]:
                raise UnknownWordError
            self.known.add(glyph)


def _drawn(ink: _Ink, line: WordLine, latin: bool) -> str:
    """The words of a line and the spaces between them, as one run."""
    face, text, known = ink.face, line.text, ink.known
    drawn: list[str] = []
    for match in TOKEN.finditer(text):
        word, space = face.word(match[0], latin), face.space(text, match.end())
        if not word.names <= known:
            ink.add(word.glyphs())
        if space.width and space.glyph not in known:
            ink.add([(space.glyph, match[0][-1])])
        drawn += word.drawn, space.drawn
    return run("".join(drawn))


def _justified(ink: _Ink, line: WordLine, latin: bool) -> str:
    """The words of a justified line, and its spaces widened, each a run of its own as Pango has them."""
    face, known, pieces = ink.face, ink.known, _PIECE.findall(line.text)
    spacing = int(line.justification_spacing * TO_UNITS)
    last = len(pieces) - 1
    drawn: list[str] = []
    inner: dict[str, str] = {}
    for at, piece in enumerate(pieces):
        if piece not in SPACES:
            word = face.word(piece, latin)
            if not word.names <= known:
                ink.add(word.glyphs())
            drawn.append(word.run)
            continue
        if at not in (0, last) and piece in inner:
            drawn.append(inner[piece])
            continue
        if (glyph := face.space(piece, 1).glyph) not in known:
            ink.add([(glyph, piece)])
        inner[piece] = _widened(face, piece, spacing, at == 0, at == last)
        drawn.append(inner.pop(piece) if at in (0, last) else inner[piece])
    return "".join(drawn)


def _widened(face: Face, piece: str, spacing: int, first: bool, last: bool) -> str:
    """A space of a justified line, as Pango widens it: half before and half after, but at the line's ends."""
    if first or (last and piece == " "):
        spacing *= 2
    before = spacing // 2
    if spacing % _UNIT == 0:
        before = (before + _UNIT // 2) // _UNIT * _UNIT
    after = 0 if last else spacing - before
    before = 0 if first else before
    space = face.space(piece, 1)
    return run(face.draw(space.glyph, space.width + before + after, before))
