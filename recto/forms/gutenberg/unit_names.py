"""What a line that heads a piece of a book calls it: `CHAPTER IV. The Mill`, `Book the First`, `VII.`"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from recto.forms.naming.heading_text import numeral
from recto.languages import everywhere
from recto.numbering import unroman

UnitKind = Literal["part", "chapter", "other", "number", "title"]

_LONGEST = 200  # characters
_LARGEST_ROMAN = 399
_NUMERAL = r"(?P<numeral>\d{1,3}|[^\W\d_]+(?:-[^\W\d_]+)?)"
_ENDS = r"(?P<ends>[ \t]*(?:\.?[ \t]*[-–—]{1,2}|[.:,)\]])[ \t]*|[ \t]+|$)"
_WORDED = re.compile(rf"(?P<word>[^\W\d_]{{3,12}})[ \t]+(?:the[ \t]+)?{_NUMERAL}{_ENDS}(?P<title>.*)", re.I)
_BARE = re.compile(r"(?P<numeral>\d{1,3}|[IVXLC]{1,9})(?:[.:)]|[ \t]*[-–—]{1,2}|$)[ \t]*(?P<title>.*)")
# words before a number that begin no piece of a book
_NOT_UNITS = frozenset("page note number line verse footnote plate figure figs vol since about only".split())


@dataclass(frozen=True, slots=True)
class UnitName:
    """What heads a piece: `word` as typed (`Book`), its number, its title; each may be missing.

    kind    `part` and `chapter` by their words in any language; `other` by another word before a number
            (Letter, Canto, Stave); `number` without a word; `title` by neither
    """

    kind: UnitKind
    word: str
    number: int | None
    title: str

    @property
    def key(self) -> str:
        """The title as it is compared."""
        return letters(self.title)


def letters(words: str) -> str:
    """Words without all but letters and digits, whatever their case."""
    return "".join(letter for letter in words.casefold() if letter.isalnum())


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(form.casefold() for form in everywhere("headings", kind) if "{}" not in form)


def unit_name(words: str) -> UnitName:
    """Read a line as the head of a piece; a line that is none has a title alone."""
    words = " ".join(words.split())[:_LONGEST]
    found = _WORDED.fullmatch(words)
    value = _value(found["numeral"]) if found else None
    if found and value and found["word"].casefold() not in _NOT_UNITS:
        word = found["word"].casefold()
        kind: UnitKind = "chapter" if word in _words("chapter") else "other"
        kind = "part" if word in _words("part") or word in _words("volume") else kind
        title, parted = found["title"].strip(), bool(found["ends"].strip())
        if parted or not title or (kind != "other" and not title[0].islower()):
            return UnitName(kind, found["word"], value, title)
    found = _BARE.fullmatch(words)
    value = _value(found["numeral"]) if found else None
    if found and value and not found["title"][:1].islower():
        return UnitName("number", "", value, found["title"].strip())
    return UnitName("title", "", None, words)


def _value(text: str) -> int | None:
    """The value of `4`, `IV`, `iv` or `Fourth`."""
    value = unroman(text) if text.isupper() or text.islower() else None
    if value is not None and value <= _LARGEST_ROMAN:
        return value
    return numeral(text)
