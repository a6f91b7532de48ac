"""Lines broken by the widths of words, as WeasyPrint and Pango would break them.

Of a text that goes on for several lines the places where a line may end are found once. A line takes words
as long as they fit (a space at its end hangs), then, if much room is left, a part of the next word.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Any, NamedTuple

from recto.print.engine.inner import (
    FROM_UNITS,
    TO_UNITS,
    Layout,
    TextBox,
    count_expandable_spaces,
    ffi,
    get_log_attrs,
    percentage,
    pyphen,
    split_text_box,
)
from recto.print.engine.mending import LETTERS_AN_EM, widen
from recto.print.engine.sparing.hyphens import parts
from recto.print.engine.sparing.shaped_words import (
    DOUBLE,
    LATIN,
    PLAIN,
    TOKEN,
    Face,
    ShapedWord,
    UnknownWordError,
    face_of,
)
from recto.print.engine.sparing.styles import kept, strut_of

_WIDEST = 2**21  # pixels; what is wider has no limit
_LOW = 0 if sys.byteorder == "little" else 3
_IS_BREAK = bytes(value & 1 for value in range(256))  # the first bit of PangoLogAttr
_BREAK = b"\1"


class WordLine(Layout):  # type: ignore[misc] # WeasyPrint has no types
    """A line whose words are known. It becomes one of Pango's when something else is asked of it."""

    def __init__(self, face: Face, text: str, spacing: float = 0, max_width: float | None = None) -> None:
        self.face, self.text = face, text
        self.justification_spacing, self.max_width = spacing, max_width
        self.first_line_direction = 0


class _Rules(NamedTuple):
    """How the texts of a style are broken."""

    face: Face
    language: str | None
    wraps: bool
    dictionary: str | None  # of hyphens
    shortest: int
    ends: tuple[int, int]
    zone: Any
    hyphen: str


class _Copy:
    """A text to be set, and what is found out about it."""

    __slots__ = ("_breaks", "_language", "face", "latin", "plain", "text")

    def __init__(self, text: str, language: str | None) -> None:
        self.text = text
        self.plain = PLAIN.fullmatch(text) is not None and DOUBLE.search(text) is None
        self.latin = LATIN.search(text) is not None
        self._language = language
        self.face: Face | None = None  # the one that has learned its words
        self._breaks: bytes | None = None

    @property
    def breaks(self) -> bytes:
        """For each place in the text, whether a line may end there."""
        if self._breaks is None:
            marks = get_log_attrs(self.text, self._language)
            self._breaks = bytes(ffi.buffer(marks))[_LOW::4].translate(_IS_BREAK)
        return self._breaks


class _Set(NamedTuple):
    """What a line is made of: its text, its width in Pango's units, where the next one begins."""

    text: str
    width: int
    resume: int | None


class _WordInLine(NamedTuple):
    """A word in a line that is being filled."""

    start: int
    end: int
    before: int  # the width of what stands before it
    width: int  # without a space that hangs at a line's end
    word: ShapedWord


def split(
    context: Any, box: Any, available_width: float | None, skip: int | None, is_line_start: bool = True
) -> tuple[Any, int | None, Any]:
    """In place of `split_text_box`: the box of the next line, and where in the text, in bytes, it ends."""
    rules = _rules(box.style)
    if rules is not None:
        copy = _copy(box, rules)
        start = len(copy.text.encode()[:skip].decode()) if skip else 0
        if copy.plain and start < len(copy.text):
            with suppress(UnknownWordError):
                line = _Measure(copy, rules, box.style, available_width, start).fill()
                resume = None if line.resume is None else len(copy.text[: line.resume].encode())
                return _boxed(box, line, rules.face, available_width), resume, False
    found: tuple[Any, int | None, Any] = split_text_box(context, box, available_width, skip, is_line_start)
    return found


def whole(box: Any, text: str) -> Any:
    """The box of a text that is a part of another box's, and is not broken."""
    rules = _rules(box.style)
    try:
        if rules is None or not PLAIN.fullmatch(text) or DOUBLE.search(text):
            raise UnknownWordError
        width = rules.face.measure(text, LATIN.search(text) is not None)
        return _boxed(box, _Set(text, width, None), rules.face, None)
    except UnknownWordError:
        return split_text_box(None, box.copy_with_text(text), None, 0)[0]


def justify(context: Any, box: Any, spacing: float, advance: float) -> float:
    """In place of `add_word_spacing`: widen the spaces of a box; gives how far what follows it moves."""
    if not isinstance(box, TextBox) or type(box.pango_layout) is not WordLine:
        return widen(context, box, spacing, advance)
    box.justification_spacing = spacing
    box.position_x += advance
    if spaces := count_expandable_spaces(box):
        box.pango_layout = WordLine(box.pango_layout.face, box.text, spacing)
        box.width += spacing * spaces
        advance += spacing * spaces
    return advance


class _Measure:
    """The width of a column, and the words that are put into one line of it."""

    def __init__(self, copy: _Copy, rules: _Rules, style: Any, width: float | None, start: int) -> None:
        self._copy, self._rules, self._style, self._start = copy, rules, style, start
        self._text, self._face, self._latin = copy.text, rules.face, copy.latin
        self._width = width if rules.wraps and width is not None and width < _WIDEST else None
        self._room = 0 if self._width is None else int(self._width * TO_UNITS)
        self._tokens: list[_WordInLine] = []

    def fill(self) -> _Set:
        """Fill the line. Raises UnknownWordError where that can't be done by words."""
        total, face, text = 0, self._face, self._text
        for match in TOKEN.finditer(text, self._start):
            word = face.word(match[0], self._latin)
            whole = word.width + face.space(text, match.end()).width
            width = word.width if match[0][-1] == " " else whole
            self._tokens.append(_WordInLine(*match.span(), total, width, word))
            if self._width is not None and total + width > self._room:
                return self._end()
            total += whole
        hangs = self._width is not None and total > self._room  # with its last space alone
        if hangs and (self._is_short() or self._upto(self._tokens[-1], len(text)) > self._room):
            raise UnknownWordError
        return self._line(self._text[self._start :], total, None)

    def _is_short(self) -> bool:
        """Tell whether the column is so narrow that `mending` leaves it alone."""
        assert self._width is not None
        letters = len(self._text) - self._start
        return bool(letters * self._style["font_size"] > self._width * LETTERS_AN_EM)

    def _end(self) -> _Set:
        """End the line, whose last word is too much for it."""
        last, text, breaks = self._tokens[-1], self._text, self._copy.breaks
        over = last.before + last.width - self._room
        if text[last.end - 1] == " " and over < self._face.em and breaks[last.end]:
            # without the space its last letter is not kerned, and it may fit
            width = self._upto(last, last.end)
            if width <= self._room and last.end == len(text):
                if self._is_short():
                    raise UnknownWordError
                whole = last.before + last.word.width + self._face.space(text, last.end).width
                return self._line(text[self._start :], whole, None)
            if width <= self._room:
                return self._line(text[self._start : last.end - 1], width, last.end)
        end, used, token = self._last_break()
        hyphenated = self._hyphenated(end, used) if self._rules.dictionary else None
        return hyphenated or self._line(text[self._start : end].rstrip(" "), self._upto(token, end), end)

    def _last_break(self) -> tuple[int, int, _WordInLine]:
        """The last place where the line may end, the width before it (without a space), and its word."""
        breaks, tokens = self._copy.breaks, self._tokens
        for at in range(len(tokens) - 1, -1, -1):
            token = tokens[at]
            end = token.end
            while (end := breaks.rfind(_BREAK, token.start + 1, end)) > 0:
                used = token.before + token.word.before(len(self._text[token.start : end].encode()))
                if used <= self._room:
                    if self._upto(token, end) > self._room:  # shaped anew it is wider: Pango tries others
                        raise UnknownWordError
                    return end, used, token
            if at and breaks[token.start]:
                return token.start, tokens[at - 1].before + tokens[at - 1].width, tokens[at - 1]
        raise UnknownWordError

    def _hyphenated(self, end: int, used: int) -> _Set | None:
        """The line with a part of the word after its end, where enough room is left for one."""
        text, rules, face = self._text, self._rules, self._face
        assert self._width is not None
        if self._width - used * FROM_UNITS <= percentage(rules.zone, self._style, self._width):
            return None
        following = self._copy.breaks.find(_BREAK, end + 1, len(text))
        if following == end + 1:
            return None
        rest = text[end : following - 1] if following > 0 else text[end:]
        token = next(token for token in reversed(self._tokens) if token.start <= end)
        begun, before = text[token.start : end], token.before
        widest = self._room + face.em // 4
        for part in parts(rest, rules.language, rules.dictionary, rules.shortest, rules.ends):
            if before + token.word.at_least(len(f"{begun}{part}".encode())) > widest:
                continue
            width = before + face.measure(f"{begun}{part}{rules.hyphen}", self._latin)
            if width <= self._room:
                line = f"{text[self._start : end]}{part}{rules.hyphen}"
                return self._line(line, width, end + len(part))
        return None

    def _upto(self, token: _WordInLine, end: int) -> int:
        """The width of a line that ends within a word, or after it."""
        word = self._text[token.start : end].rstrip(" ")
        return token.before + (self._face.word(word, self._latin).width if word else 0)

    def _line(self, text: str, width: int, resume: int | None) -> _Set:
        if self._latin and not LATIN.search(text):  # alone it has no letters, which may change its glyphs
            width = self._face.measure(text, latin=False)
        return _Set(text, width, resume)


def _rules(style: Any) -> _Rules | None:
    known = kept(style)
    if "rules" not in known:
        known["rules"] = _find_rules(style)
    rules: _Rules | None = known["rules"]
    return rules


def _find_rules(style: Any) -> _Rules | None:
    """The rules of a style; None where words don't tell how its lines come out."""
    if (
        style["white_space"] not in ("normal", "nowrap")
        or style["letter_spacing"] != "normal"
        or style["word_spacing"]
        or style["text_decoration_line"] != "none"
        or not (face := face_of(style)).usable
    ):
        return None
    language = style["lang"]
    hyphenated = style["hyphens"] == "auto" and language
    shortest, *ends = style["hyphenate_limit_chars"]
    return _Rules(
        face,
        language,
        style["white_space"] == "normal",
        pyphen.language_fallback(language) if hyphenated else None,
        shortest,
        (ends[0], ends[1]),
        style["hyphenate_limit_zone"],
        style["hyphenate_character"],
    )


def _copy(box: Any, rules: _Rules) -> _Copy:
    copy: _Copy | None = box.__dict__.get("_recto_copy")
    if copy is None or copy.text is not box.text:
        copy = _Copy(box.text, rules.language)
        box._recto_copy = copy
    if copy.plain and copy.face is not rules.face:
        copy.face = rules.face
        rules.face.learn(copy.text, copy.latin)
    return copy


def _boxed(box: Any, line: _Set, face: Face, max_width: float | None) -> Any:
    if not line.text:
        return None
    new = box.copy_with_text(line.text)
    new.width = line.width * FROM_UNITS
    new.pango_layout = WordLine(face, line.text, 0, max_width)
    new.height = face.height
    line_height, _ = strut_of(box.style)
    new.margin_top = new.margin_bottom = (line_height - face.height) / 2
    new.baseline = face.baseline + new.margin_top
    return new
