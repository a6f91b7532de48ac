"""Words shaped once: a face keeps the glyphs of each word that was set in it, and their widths.

WeasyPrint lets Pango shape each line some four times to break it, and once more to draw it. But words come
again and again; and where a space stands between them, no word bears upon the next one's glyphs. So a text
is measured and drawn by its words, each with the space after it, on which its last letter may be kerned.

What is not sure to come out as Pango would have it, is not known here: other scripts than Latin, texts set
from right to left, glyphs from a second font, glyphs off the baseline, colour fonts, letter-spacing.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from recto.print.engine.inner import FROM_UNITS, Layout, ffi, get_pango_font_key, gobject, line_size, pango
from recto.print.engine.sparing.styles import kept

_LAST_GLYPH = 0xFFFF  # of a font; Pango's own numbers for what isn't there are higher
_SMALLEST = 0.1  # size of type in pixels that is worth the while
_FACES_KEPT = 200
_KEPT = 10_000  # words a face keeps
_GLYPH = struct.Struct("=Iiiii")  # PangoGlyphInfo: glyph, width, x offset, y offset, attributes
LATIN = re.compile("[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f]")
PLAIN = re.compile("[ -~\u00a0-\u00ac\u00ae-\u017f\u2010-\u2027\u2030-\u203a\u20ac\u2122\u2212]*")
DOUBLE = re.compile("[ \u00a0]{2}")
TOKEN = re.compile("[^ \u00a0]+[ \u00a0]?|[ \u00a0]")
SPACES = " \u00a0"
_LETTER = "n "  # what a token without letters stands after, to be of its neighbours' script
_LETTERS = tuple(filter(PLAIN.fullmatch, map(chr, (*range(0x21, 0xA0), *range(0xA1, 0x2200)))))
_FONT = tuple(
    """font_language_override font_family font_style font_stretch font_weight font_size font_kerning
    font_variant_ligatures font_variant_position font_variant_caps font_variant_numeric
    font_variant_alternates font_variant_east_asian font_feature_settings font_variation_settings
    lang direction""".split()
)
_setup = Layout.setup
# Where the text of a glyph begins, in bytes; the glyph as Pango has it: number, width, offsets x and y, flags
Glyph = tuple[int, tuple[int, int, int, int, int]]
ffi.cdef(
    """
    PangoLayout * pango_layout_copy (PangoLayout *src);
    guint pango_font_map_get_serial (PangoFontMap *fontmap);
    gpointer g_object_ref (gpointer object);
    """,
    override=True,
)


class UnknownWordError(LookupError):
    """Words alone don't tell how a line comes out: the print engine has to do it."""


class ShapedWord:
    """A word as it is shaped: widths in Pango's units, glyphs as a PDF draws them."""

    __slots__ = ("_glyphs", "_letters", "_start", "count", "drawn", "names", "run", "width")

    def __init__(self, width: int, drawn: str, letters: str, start: int, glyphs: list[Glyph]) -> None:
        self.width = width  # without the space
        self.drawn = drawn  # the operand of TJ, without the brackets around it, and without the space
        self.run = run(drawn)
        self.names = {glyph for _, (glyph, *_) in glyphs}
        self._letters, self._start, self._glyphs = letters, start, glyphs
        self.count = len(glyphs)

    def glyphs(self) -> Iterator[tuple[int, str]]:
        """The number of each glyph, and the text it stands for."""
        letters = self._letters.encode()
        ends = [at - self._start for at, _ in self._glyphs[1:]]
        ends.append(len(letters))
        for (at, (glyph, *_)), end in zip(self._glyphs, ends, strict=False):
            yield glyph, letters[at - self._start : end].decode()

    def before(self, offset: int) -> int:
        """The width of what stands before an offset, which counts bytes."""
        offset += self._start
        return sum(glyph[1] for at, glyph in self._glyphs if at < offset)

    def at_least(self, offset: int) -> int:
        """The width of the glyphs that end before an offset: without a ligature that goes on beyond it."""
        offset += self._start
        ends = [at for at, _ in self._glyphs[1:]]
        return sum(glyph[1] for (_, glyph), end in zip(self._glyphs, ends, strict=False) if end <= offset)


def run(drawn: str) -> str:
    """Glyphs as a whole operand of TJ."""
    return f"<{drawn}"[:-1] if drawn.endswith("<") else f"<{drawn}>"


class Space(NamedTuple):
    """A space before some letter, on which it may be kerned."""

    width: int
    drawn: str
    glyph: int


_NO_SPACE = Space(0, "", -1)


class Face:
    """The type of all styles that have a font and its features in common."""

    def __init__(self, style: Any) -> None:
        self.pattern = pattern = Layout.__new__(Layout)
        _setup(pattern, style)
        del pattern.style  # or the style would keep itself alive
        self._layout = pango.pango_layout_copy(pattern.layout)
        self._layout = ffi.gc(self._layout, gobject.g_object_unref)
        self._words: dict[bool, dict[str, ShapedWord | None]] = {True: {}, False: {}}
        self._naturals: dict[int, tuple[int, int]] = {}
        self._operands: dict[tuple[int, ...], str] = {}
        self._loose: dict[str, int] = {}  # letters that no space is kerned on, and their glyphs
        self.widths: dict[int, int] = {}  # of glyphs, in thousandths of an em, as a PDF has them
        self.measurers: dict[Any, Any] = {}  # of its words as items of paragraphs, by how they are divided
        self._size: float = style["font_size"]

    def word(self, text: str, latin: bool) -> ShapedWord:
        """A word, maybe with the space after it. Raises UnknownWordError where its line has to be shaped.

        latin   tells whether any letter stands in the text around it
        """
        words = self._words[latin]
        word = words.get(text)
        if word is None:
            if text not in words:
                self._learn(f"{_LETTER}{text}" if latin and not LATIN.search(text) else text, words)
                word = words.setdefault(text, None)
            if word is None:
                raise UnknownWordError
        return word

    def learn(self, text: str, latin: bool) -> None:
        """Shape all words of a text at once that are not known yet."""
        words = self._words[latin]
        new = [token for token in dict.fromkeys(TOKEN.findall(text)) if token not in words]
        if len(new) > 1:
            joined = "".join(token if token[-1] in SPACES else f"{token} " for token in new)
            self._learn(f"{_LETTER}{joined}" if latin and not LATIN.search(joined) else joined, words)

    def measure(self, text: str, latin: bool) -> int:
        """The width of a text in Pango's units. Raises UnknownWordError."""
        words, spaces = self._words[latin], self._spaces
        width = end = 0
        for token in TOKEN.findall(text):
            end += len(token)
            width += (words.get(token) or self.word(token, latin)).width
            if token[-1] in SPACES:
                width += (spaces.get(text[end - 1 : end + 1]) or self.space(text, end)).width
        return width

    def count(self, text: str) -> int:
        """How many glyphs a text is set in. Raises UnknownWordError."""
        words = (self.word(each, LATIN.search(text) is not None) for each in TOKEN.findall(text))
        return sum(word.count for word in words) + sum(map(text.count, SPACES))

    def space(self, text: str, end: int) -> Space:
        """The space that ends a token; nothing, if none does. Raises UnknownWordError."""
        if text[end - 1] not in SPACES:
            return _NO_SPACE
        space = self._spaces.get(text[end - 1 : end + 1])
        if space is None:
            raise UnknownWordError
        return space

    @cached_property
    def usable(self) -> bool:
        """Whether words can be set in this face, one by one. To be asked first: it measures the font."""
        runs, line = self._shape(_LETTER)
        if len(runs) != 1 or self._size < _SMALLEST:  # from right to left the space is a run of its own
            return False
        font = runs[0].item.analysis.font
        self.font = ffi.gc(ffi.cast("PangoFont *", gobject.g_object_ref(font)), gobject.g_object_unref)
        self.font_key, _, self.size = get_pango_font_key(font)
        self.em = round(self._size / FROM_UNITS)
        _, self.height = line_size(line, {"letter_spacing": "normal"})
        self.baseline = pango.pango_layout_get_baseline(self._layout) * FROM_UNITS
        self._extents = ffi.new("PangoRectangle[2]")
        self._spaces: dict[str, Space] = {}
        for space in SPACES:
            self._measure_space(space)
        self.blank = self._spaces[SPACES[0]].width * FROM_UNITS
        return True

    def _measure_space(self, space: str) -> None:
        """Find what a space is before each letter and at the end, and which letters it leaves as they are."""
        length = len(space.encode())
        glyphs = dict(self._own_glyphs(f"n{space}"))
        self._spaces[space] = self._make_space(*glyphs[1]) if 1 in glyphs else _NO_SPACE
        glyphs = dict(self._own_glyphs("".join(space + each for each in _LETTERS)))
        loose, at = {}, 0
        for letter in _LETTERS:
            if at in glyphs:
                self._spaces[space + letter] = self._make_space(*glyphs[at])
            at += length
            if at in glyphs and glyphs[at][1] == self._natural(glyphs[at][0])[0]:
                loose[letter] = glyphs[at][0]
            at += len(letter.encode())
        self._loose = loose if space == SPACES[0] else dict(loose.items() & self._loose.items())

    def _make_space(self, glyph: int, width: int, x: int, *_: int) -> Space:
        return Space(width, self.draw(glyph, width, x), glyph)

    def _shape(self, text: str) -> tuple[list[Any], Any]:
        """Shape a text: its runs, and its first line."""
        encoded = text.encode()
        pango.pango_layout_set_text(self._layout, encoded, len(encoded))
        line = pango.pango_layout_get_line_readonly(self._layout, 0)
        runs, item = [], line.runs
        while item != ffi.NULL:
            runs.append(item.data)
            item = item.next
        return runs, line

    def _own_glyphs(self, text: str) -> list[Glyph]:
        """The glyphs of a text that are of this font."""
        found: list[Glyph] = []
        for shaped in self._shape(text)[0]:
            analysis = shaped.item.analysis
            if analysis.font == self.font:
                offset, string = shaped.item.offset, shaped.glyphs
                clusters = ffi.unpack(string.log_clusters, string.num_glyphs)
                if offset:
                    clusters = [at + offset for at in clusters]
                glyphs = _GLYPH.iter_unpack(ffi.buffer(string.glyphs, len(clusters) * _GLYPH.size))
                found += zip(clusters, glyphs, strict=True)
        return found

    def _learn(self, text: str, words: dict[str, ShapedWord | None]) -> None:
        """Shape the words of a text."""
        if len(words) > _KEPT:
            words.clear()
        glyphs = self._own_glyphs(text)
        starts = [at for at, _ in glyphs]
        start = first = 0
        for match in TOKEN.finditer(text):
            token = match[0]
            bare = token.rstrip(SPACES)
            end = start + (len(token) if token.isascii() else len(token.encode()))
            last = bisect_left(starts, end, first)
            if token not in words:
                space = (
                    self._spaces.get(text[match.end() - 1 : match.end() + 1]) if bare != token else _NO_SPACE
                )
                words[token] = word = self._make(bare, space, start, glyphs[first:last])
                if word and bare and glyphs[last - 1 - (bare != token)][1][0] == self._loose.get(bare[-1]):
                    words.setdefault(bare, word)
            start, first = end, last

    def _make(self, bare: str, space: Space | None, start: int, glyphs: list[Glyph]) -> ShapedWord | None:
        """The word that some glyphs are; None where one is missing, off the baseline, or an odd space."""
        if space is not _NO_SPACE and not (
            space and glyphs and glyphs.pop()[1][:2] == (space.glyph, space.width)
        ):
            return None
        if bare and not (glyphs and glyphs[0][0] == start):
            return None
        width, operands, drawn = 0, self._operands, ""
        for _, glyph in glyphs:
            operand = operands.get(glyph)
            if operand is None:
                number, advance, x, y, _ = glyph
                if number > _LAST_GLYPH or y:
                    return None
                operand = operands[glyph] = self.draw(number, advance, x)
            drawn += operand
            width += glyph[1]
        return ShapedWord(width, drawn, bare, start, glyphs)

    def draw(self, glyph: int, width: int, x_offset: int) -> str:
        """A glyph as operand of TJ, between `<` and `>`, moved and kerned."""
        offset = x_offset / self.size
        kerning = self._natural(glyph)[1] + offset - width * 1000 * FROM_UNITS / self.size
        moved = f">{-offset}<" if offset else ""
        kerned = f">{int(kerning)}<" if kerning else ""
        return f"{moved}{glyph:04x}{kerned}"

    def _natural(self, glyph: int) -> tuple[int, int]:
        """The width of a glyph alone: in Pango's units, and in thousandths of an em, as a PDF has it."""
        if glyph not in self._naturals:
            ink, logical = self._extents, self._extents + 1
            pango.pango_font_get_glyph_extents(self.font, glyph, ink, logical)
            self.widths[glyph] = round(logical.width * 1000 * FROM_UNITS / self.size)
            self._naturals[glyph] = logical.width, self.widths[glyph]
        return self._naturals[glyph]


def face_of(style: Any) -> Face:
    """The face of a style, which lists families in drawings. Faces are kept until fonts are added."""
    known = kept(style)
    if "face" not in known:
        fonts = style.font_config
        key = tuple(tuple(each) if isinstance(each := style[name], list) else each for name in _FONT)
        if style["text_decoration_line"] != "none":
            key += tuple(sorted(style["text_decoration_line"]))
        serial = pango.pango_font_map_get_serial(fonts.font_map)
        faces = fonts.__dict__.setdefault("_recto_faces", {})
        if len(faces) > _FACES_KEPT:
            faces.clear()
        if (serial, key) not in faces:
            faces[serial, key] = Face(style)
        known["face"] = faces[serial, key]
    face: Face = known["face"]
    return face


def set_up(layout: Any, style: Any) -> None:
    """In place of `Layout.setup`: a copy of the face's own layout will do."""
    pattern = face_of(style).pattern
    layout.__dict__.update(pattern.__dict__)
    layout.style = style
    layout.layout = ffi.gc(pango.pango_layout_copy(pattern.layout), gobject.g_object_unref)
