"""How a heading's words are read: `Part II: Title`, `Chapter 4`, `4.2 Title`, `Appendix B`, `Preface`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from recto.forms.matter import role_of
from recto.model import SectionKind
from recto.numbering import Number, letter, unroman

# Only the short parts of a number can be roman: "Part D" is no part 500.
_LARGEST_ROMAN = 89
_WORDS: dict[SectionKind, str] = {
    "part": "part|teil|partie|parte|deel",
    "chapter": "chapter|kapitel|chapitre|capítulo|capitolo|hoofdstuk",
}
_APPENDIX = "appendix|anhang|annexe|apéndice|appendice|bijlage"
_SEPARATOR = r"(?:\s*[.:—–]\s*|\s+-\s+|\s+|$)"
_WORDED = {
    kind: re.compile(rf"(?:{words})\s+(?P<numeral>[^\W_]+(?:-[^\W\d_]+)?){_SEPARATOR}(?P<title>.*)", re.I)
    for kind, words in (*_WORDS.items(), ("appendix", _APPENDIX))
}
_LONE_APPENDIX = re.compile(rf"(?:{_APPENDIX})(?:\s*[:—–]\s*(?P<title>.+))?", re.I)
_BARE = re.compile(
    r"(?:§\s*|(?:section|abschnitt)\s+)?"
    r"(?P<number>[A-Z](?:\.\d{1,4})+|\d{1,4}(?:\.\d{1,4})*)"
    r"(?:[.:)]|\s+[—–-](?=\s))?(?:\s+(?P<title>\S.*))?",
    re.I,
)
_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    + ("sixteen seventeen eighteen nineteen".split())
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


@dataclass(frozen=True, slots=True)
class HeadingText:
    """What a heading says.

    `worded` is True where it calls itself a part, chapter or appendix by that word. `number` is None for
    matter, and for an appendix without a letter.
    """

    kind: SectionKind
    number: Number | None
    title: str
    role: str | None = None
    worded: bool = False


def read_heading(words: str) -> HeadingText | None:
    """Read the words of a heading; None where they carry no number and name no matter known to books."""
    words = " ".join(words.split())
    return _worded(words) or _bare(words) or _matter(words)


def _worded(words: str) -> HeadingText | None:
    for kind in _WORDS:
        found = _WORDED[kind].fullmatch(words)
        number = _numeral(found["numeral"]) if found else None
        if found and number is not None:
            return HeadingText(kind, Number((number,)), found["title"].strip(), worded=True)
    if found := _WORDED["appendix"].fullmatch(words):
        label = _appendix_letter(found["numeral"])
        if label:
            return HeadingText("chapter", Number((label,)), found["title"].strip(), worded=True)
    if found := _LONE_APPENDIX.fullmatch(words):
        return HeadingText("chapter", None, (found["title"] or "").strip(), "appendix", worded=True)
    return None


def _bare(words: str) -> HeadingText | None:
    found = _BARE.fullmatch(words)
    if not found or re.search(r"\.00+$", found["number"]):  # 1.000 is a thousand on the Continent
        return None
    number = Number.parse(found["number"].upper())
    if number is None:
        return None
    kind: SectionKind = "chapter" if number.depth == 1 else "section"
    return HeadingText(kind, number, (found["title"] or "").strip())


def _matter(words: str) -> HeadingText | None:
    role = role_of(words)
    return HeadingText("matter", None, words, role) if role else None


def _numeral(text: str) -> int | None:
    """The value of `4`, `IV` or `Four`."""
    if text.isdecimal():
        return int(text) if len(text) <= 4 else None
    value = unroman(text)
    if value is not None and value <= _LARGEST_ROMAN:
        return value
    return _spelled(text.lower())


def _spelled(word: str) -> int | None:
    if word in _UNITS:
        return _UNITS.index(word) + 1
    tens, _, unit = word.partition("-")
    if tens not in _TENS or (unit and unit not in _UNITS[:9]):
        return None
    return (_TENS.index(tens) + 2) * 10 + (_UNITS.index(unit) + 1 if unit else 0)


def _appendix_letter(text: str) -> str | None:
    if len(text) == 1 and text.isascii() and text.isalpha():
        return text.upper()
    if text.isdecimal() and 1 <= int(text) <= 26:
        return letter(int(text) - 1)
    return None
