"""The words of a style as the items of a paragraph: how wide they are, and where they may be divided.

Words come again and again, so what one is made of is found out once for all texts of a style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple
from unicodedata import category

from recto.print.engine.fine.asked import Asked
from recto.print.engine.inner import FROM_UNITS, TextBox, pyphen
from recto.print.engine.sparing.hyphens import dictionary_of
from recto.print.engine.sparing.shaped_words import PLAIN, SPACES, Face, UnknownWordError, face_of
from recto.print.engine.sparing.styles import kept
from recto.print.engine.sparing.word_lines import split
from recto.print.paragraphs.items import FORBIDDEN, Box, Glue, Item, Penalty
from recto.print.paragraphs.line_setting import shrink_of, stretch_of
from recto.print.paragraphs.margins import NONE, margins

_SOFT_HYPHEN = "\u00ad"
_HYPHENS = f"-\u2010{_SOFT_HYPHEN}"
_WORD = re.compile(r"[^\W\d_]+")
# where code and addresses are parted: after these, where more than one letter stands on either side
_JOINTS = re.compile(r"(?<=[^\W_]{2}[_./:=&?#@-])(?=[^\W_]{2})")
_HYPHEN, _COMPOUND, _JOINT, _ANYWHERE = 50, 250, 300, 5_000  # what it costs to divide there
_WORDS_KEPT = 20_000
# what the items of a word hang on, beside its face
_DIVIDING = (
    "letter_spacing word_spacing white_space overflow_wrap hyphens hyphenate_character hyphenate_limit_chars"
).split()


class WordPart(NamedTuple):
    """An item of a word; where a line may end at it, after how many letters, and whether with a hyphen."""

    item: Item
    cut: int = 0
    hyphen: bool = False


WordParts = tuple[WordPart, ...]


class _WordDivision(NamedTuple):
    """What it costs to divide a word somewhere, and what kind of division that is (see Penalty)."""

    cost: int
    flagged: bool
    hyphen: bool
    divides: bool


class Measurer:
    """The words of one style as items; `latin` tells whether any letter stands in the text around them."""

    def __init__(self, style: Any, asked: Asked, latin: bool) -> None:
        self._limits, self._latin = asked.limits, latin
        self._margins = margins() if asked.hangs else NONE
        self._box = TextBox("measured", style, None, "-")
        face = face_of(style)
        is_plain = style["letter_spacing"] == "normal" and not style["word_spacing"]
        self._face: Face | None = face if is_plain and face.usable else None
        self.size: float = style["font_size"]
        self.hyphen: str = style["hyphenate_character"]
        language = style["lang"]
        automatic = style["hyphens"] == "auto" and language
        self._dictionary = pyphen.language_fallback(language) if automatic else None
        self._shortest, *ends = style["hyphenate_limit_chars"]
        self._ends = (ends[0], ends[1])
        self._wraps = style["white_space"] == "normal"
        self._breaks_words = style["overflow_wrap"] in ("anywhere", "break-word")
        self.known: dict[str, tuple[tuple[Item, ...], WordParts]] = {}  # what `word` gives
        self.plans: dict[Any, Any] = {}  # of paragraphs that begin in this style, by their digests
        self._known: dict[Any, WordParts] = {}
        self._glues: dict[str, Glue] = {}
        self._widths: dict[str, float] = {}

    def learn(self, text: str) -> None:
        """Have the words of a text shaped at once."""
        if self._face is not None and PLAIN.fullmatch(text):
            self._face.learn(text, self._latin)

    def glue(self, space: str) -> Glue:
        """A space, as it is before most letters."""
        glue = self._glues.get(space)
        if glue is None:
            width = self._space(space)
            glue = self._glues[space] = Glue(width, stretch_of(width), shrink_of(width))
        return glue

    def word(self, token: str) -> tuple[tuple[Item, ...], WordParts]:
        """The items of a word with the space after it, where a line may end at the space, and its parts."""
        if len(self.known) > _WORDS_KEPT:
            self.known.clear()
        letters, space = token.rstrip(SPACES), token[-1]
        parts: WordParts = self.parts(token, b"", True) if letters else ()
        if space == " ":
            parts += (WordPart(self.glue(space), len(token)),)
        elif space in SPACES:
            parts += (WordPart(Penalty(FORBIDDEN)), WordPart(self.glue(space)))
        made = self.known[token] = (tuple([part.item for part in parts]), parts)
        return made

    def parts(self, token: str, breaks: bytes, whole: bool) -> WordParts:
        """What a word is made of.

        token    the word, maybe with the space after it
        breaks   for each offset in the word but the first, whether a line may end there; nothing if at none
        whole    tells whether it is no part of a word that begins or goes on in another box
        """
        key = token if whole and not breaks else (token, breaks, whole)
        parts = self._known.get(key)
        if parts is None:
            if len(self._known) > _WORDS_KEPT:
                self._known.clear()
            parts = self._known[key] = tuple(self._divide(token, breaks, whole))
        return parts

    def anywhere(self, part: WordPart, start: int, end: int) -> WordParts:
        """A part of a word, between two offsets, by its letters, where the style lets words be broken so."""
        box, letters = part.item, end - start
        if not self._breaks_words or letters < 2:
            return (part,)
        each = WordPart(Box(box.width / letters, self._limits.expansion * box.width / letters, letters=1))
        parts = [each]
        for at in range(start + 1, end):
            parts += [WordPart(Penalty(_ANYWHERE, divides=True), at), each]
        return tuple(parts)

    def width(self, text: str) -> float:
        """The width of a text as the print engine sets it."""
        if text not in self._widths:
            if len(self._widths) > _WORDS_KEPT:
                self._widths.clear()
            made = split(None, self._box.copy_with_text(text), None, 0)[0] if text else None
            self._widths[text] = made.width if made else 0.0
        return self._widths[text]

    def _divide(self, token: str, breaks: bytes, whole: bool) -> Iterator[WordPart]:
        word = token.rstrip(SPACES)
        cuts = self._cuts(word, breaks, whole) if self._wraps else {}
        places = [*sorted(cuts), len(word)]
        start, before = 0, 0.0
        for cut, end in zip(places, self._widths_before(token, word, places), strict=True):
            yield WordPart(self._part(word[start:cut], end - before))
            if cut in cuts:
                cost, flagged, hyphen, divides = cuts[cut]
                width = self.width(self.hyphen) if hyphen else 0.0
                right = self._margins.right.get(self.hyphen, 0.0) * width
                yield WordPart(Penalty(cost, width, flagged, divides, right), cut, hyphen)
            start, before = cut, end

    def _cuts(self, word: str, breaks: bytes, whole: bool) -> dict[int, _WordDivision]:
        """Where a word may be divided, by the letters before."""
        cuts: dict[int, _WordDivision] = {}
        if self._dictionary and whole and _SOFT_HYPHEN not in word:
            dictionary = dictionary_of(self._dictionary, *self._ends)
            cost = _COMPOUND if breaks else _HYPHEN
            for match in _WORD.finditer(word):
                letters = match[0]
                if len(letters) >= self._shortest and not letters.isupper():
                    places = (at for at in dictionary.positions(letters) if not at.data)
                    cuts |= {match.start() + int(at): _WordDivision(cost, True, True, True) for at in places}
        if self._breaks_words:
            cuts |= {
                match.start(): _WordDivision(_JOINT, False, False, True) for match in _JOINTS.finditer(word)
            }
        for at, may_end in enumerate(breaks, 1):
            if may_end and at < len(word):
                letter = word[at - 1]
                hyphened = letter in _HYPHENS
                cost = _HYPHEN if hyphened or letter == "/" else 0
                cuts[at] = _WordDivision(cost, hyphened, letter == _SOFT_HYPHEN, False)
        return cuts

    def _part(self, letters: str, width: float) -> Box:
        left = self._margins.left.get(letters[:1], 0.0)
        right = self._margins.right.get(letters[-1:], 0.0)
        return Box(
            width,
            self._limits.expansion * width,
            self._limits.tracking * self.size * len(letters),
            len(letters) if letters.isalpha() else sum(map(_counts, letters)),
            left and left * self.width(letters[0]),
            right and right * self.width(letters[-1]),
        )

    def _widths_before(self, token: str, word: str, places: list[int]) -> list[float]:
        """The widths of the letters of a word before each of some places, of which the last is its end."""
        if self._face is not None and PLAIN.fullmatch(token):
            with suppress(UnknownWordError):
                known = self._face.word(token, self._latin)
                offsets = places if word.isascii() else [len(word[:at].encode()) for at in places]
                widths = [known.before(at) * FROM_UNITS for at in offsets[:-1]]
                return [*widths, known.width * FROM_UNITS]
        return [self.width(word[:at]) for at in places]

    def _space(self, space: str) -> float:
        if self._face is not None:
            with suppress(UnknownWordError):
                return float(self._face.space(space, 1).width * FROM_UNITS)
        return self.width("\u00a0")


def _counts(sign: str) -> bool:
    """Whether a sign counts for a letter in a last line: stops and quotes don't."""
    return sign.isalnum() or category(sign).startswith("S")


def measurer_of(style: Any, asked: Asked, latin: bool) -> Measurer:
    """The measurer of a style; styles of one face share it, if they divide words alike."""
    known = kept(style).setdefault("measurers", {})
    found: Measurer | None = known.get((asked, latin))
    if found is None:
        shared, key = face_of(style).measurers, (asked, latin, *[style[name] for name in _DIVIDING])
        if key not in shared:
            shared[key] = Measurer(style, asked, latin)
        found = known[asked, latin] = shared[key]
    return found
