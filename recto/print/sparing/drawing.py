"""Lines drawn out of the glyphs of their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from typing import Any

from weasyprint.draw.text import draw_text
from weasyprint.text.ffi import TO_UNITS

from recto.print.sparing.lines import Line
from recto.print.sparing.words import LATIN, SPACES, TOKEN, Face, UnknownWordError

_PIECE = re.compile("[^ \u00a0]+|[ \u00a0]")
_UNIT = 1024  # Pango's units a pixel


def draw(stream: Any, box: Any, offset_x: float, text_overflow: str = "clip", ellipsis: str = "none") -> None:
    """In place of `draw_text`: draw a box of text to the stream of a page."""
    line = box.pango_layout
    style = box.style
    if (
        type(line) is Line
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


def _typed(stream: Any, line: Line) -> tuple[Any, str]:
    """The font of a line, and what TJ draws of it. Raises UnknownWordError."""
    face, text = line.face, line.text
    if not text.strip():
        return None, ""
    font = stream._fonts.get(face.font_key) or stream.add_font(face.font)[0]
    if font.bitmap or font.png or font.svg or font.colr:
        raise UnknownWordError
    latin = LATIN.search(text) is not None
    if not line.justification_spacing:
        return font, _run("".join(_drawn(font, face, text, latin)))
    return font, "".join(_justified(font, line, latin))


def _drawn(font: Any, face: Face, text: str, latin: bool) -> Iterator[str]:
    """The words of a line and the spaces between them."""
    for match in TOKEN.finditer(text):
        word, space = face.word(match[0], latin), face.space(text, match.end())
        _add(font, face, word.names, word.glyphs)
        if space.width:
            _add(font, face, {space.glyph}, {space.glyph: match[0][-1]})
        yield word.drawn
        yield space.drawn


def _justified(font: Any, line: Line, latin: bool) -> Iterator[str]:
    """The words of a justified line, and its spaces widened, each a run of its own as Pango has them."""
    face, pieces = line.face, _PIECE.findall(line.text)
    spacing = int(line.justification_spacing * TO_UNITS)
    last = len(pieces) - 1
    inner: dict[str, str] = {}
    for at, piece in enumerate(pieces):
        if piece not in SPACES:
            word = face.word(piece, latin)
            _add(font, face, word.names, word.glyphs)
            yield _run(word.drawn)
            continue
        space = face.space(piece, 1)
        _add(font, face, {space.glyph}, {space.glyph: piece})
        if at in (0, last):
            yield _widened(face, piece, spacing, at == 0, at == last)
            continue
        if piece not in inner:
            inner[piece] = _widened(face, piece, spacing, False, False)
        yield inner[piece]


def _add(font: Any, face: Face, names: Set[int], glyphs: Mapping[int, str]) -> None:
    """Note in a document's font what is drawn with it. Raises UnknownWordError if its widths are others."""
    known = font.__dict__.setdefault("_recto_known", {}).setdefault(face, set())
    if not names <= known:
        for glyph, said in glyphs.items():
            font.to_unicode.setdefault(glyph, said)
            if font.widths.setdefault(glyph, face.widths[glyph]) != face.widths[glyph]:
                raise UnknownWordError
        known |= names


def _run(glyphs: str) -> str:
    return f"<{glyphs}"[:-1] if glyphs.endswith("<") else f"<{glyphs}>"


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
    return _run(face.draw(space.glyph, space.width + before + after, before))
