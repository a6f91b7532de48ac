"""How a heading's words are read: `Part II: Title`, `Chapter 4`, `4.2 Title`, `Appendix B`, `Preface`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from recto.forms.naming.matter import role_of
from recto.languages import everywhere
from recto.model import SectionKind
from recto.numbering import Number, letter, unroman

# Only the short parts of a number can be roman: "Part D" is no part 500.
_LARGEST_ROMAN = 89
_LAST_CHAPTER = 999  # of those that are counted without the word Chapter
_WORDED: tuple[SectionKind, ...] = ("part", "chapter")
_MARK = r"\s*[.:：—–]\s*|\s+(?:-{1,3}|[/|~>»•·])\s+"
SEPARATOR = rf"(?:{_MARK}|\s+|$)"
_NUMERAL = r"(?:the\s+)?(?P<numeral>[^\W_]+(?:-[^\W\d_]+)?)(?!\.\d)"


def _names(kind: str) -> tuple[str, ...]:
    """The words before a number, in any language: `chapter`, `ch.`; the longest first."""
    return tuple(sorted((form for form in everywhere("headings", kind) if "{}" not in form), key=len)[::-1])


def _before(*kinds: str) -> str:
    """A pattern of these words and the space behind them; a full stop, or a digit, needs none: `Chapter9`."""
    names = (name for kind in kinds for name in _names(kind))
    return "|".join(re.escape(name) + (r"\s*" if name.endswith(".") else r"(?:\s+|(?=\d))") for name in names)


@cache
def _worded_pattern(kind: str) -> re.Pattern[str]:
    """How a part, a chapter or an appendix is headed, in any language: `Chapter 4`, `Ch. 4`, `第4章`."""
    forms = (form for form in everywhere("headings", kind) if "{}" in form)
    around = [re.escape(form).replace(r"\{\}", r"\s*{}\s*") for form in forms]
    numerals = [f"(?:{_before(kind)}){_NUMERAL}"]
    for each, form in enumerate(around):
        numerals.append(form.format(_NUMERAL.replace("numeral", f"numeral{each}")))
    ordinal = _NUMERAL.replace("numeral", "ordinal")
    after = "|".join(map(re.escape, _names(kind)))
    return re.compile(
        rf"(?:(?:{'|'.join(numerals)}){SEPARATOR}|{ordinal}\s+(?:{after})(?:{_MARK}|$))(?P<title>.*)",
        re.IGNORECASE,
    )


@cache
def _chained_pattern() -> re.Pattern[str]:
    """A section called by its chapter: `Chapter 3, Section 2: Title`, `Ch 3, Sec 2`."""
    short = (name.rstrip(".") for name in _names("section") if name.endswith("."))
    sections = "|".join((_before("section"), *(rf"{re.escape(name)}\s+" for name in short)))
    return re.compile(
        rf"(?:{_before('chapter')})(?P<chapter>[^\W_]+)(?P<joint>\s*[,;/]\s*|{_MARK}|\s+)"
        rf"(?:{sections})(?P<section>[^\W_]+)(?P<mark>{SEPARATOR})(?P<title>.*)",
        re.IGNORECASE,
    )


@cache
def _volume() -> re.Pattern[str]:
    """How the books of one book are headed: `Book the Second`, `Volume 2: Rain`, nothing else on the line."""
    words = "|".join(map(re.escape, _names("volume")))
    ordinal = _NUMERAL.replace("numeral", "ordinal")
    return re.compile(
        rf"(?:(?:{words})\s+{_NUMERAL}|{ordinal}\s+(?:{words}))(?:{_MARK}|$)(?P<title>.*)", re.IGNORECASE
    )


@cache
def _lone_appendix() -> re.Pattern[str]:
    words = "|".join(map(re.escape, _names("appendix")))
    return re.compile(rf"(?:{words})(?:\s*[:—–]\s*(?P<title>.+))?", re.IGNORECASE)


@cache
def _bare_pattern() -> re.Pattern[str]:
    """A number, perhaps behind the word for what it counts, and in brackets if it has several parts."""
    return re.compile(
        rf"(?:§\s*|(?:{_before('section')})|(?P<word>{_before('chapter', 'appendix')}))?(?P<bracket>[\[(])?"
        r"(?P<number>[A-Z](?:\.\d{1,4})+|\d{1,4}(?:\.\d{1,4})*)(?(bracket)[\])])"
        r"(?:[.:)]{1,2}|\s+(?:[—–|/~>»•·]|-{1,3})(?=\s))?(?:\s+(?P<title>\S.*))?",
        re.IGNORECASE,
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
    return _chained(words) or _worded(words) or _bare(words) or _matter(words)


def _chained(words: str) -> HeadingText | None:
    found = _chained_pattern().fullmatch(words)
    if not found or (found["joint"].strip(" ,;/") and not found["mark"].strip() and found["title"]):
        return None  # `Chapter 3: Section 2 of the Act` has a title
    parts = numeral(found["chapter"]), numeral(found["section"])
    if parts[0] is None or parts[1] is None:
        return None
    return HeadingText("section", Number((parts[0], parts[1])), found["title"].strip())


def _worded(words: str) -> HeadingText | None:
    for kind in _WORDED:
        found = _worded_pattern(kind).fullmatch(words)
        number = numeral(_numeral_of(found)) if found else None
        if found and number is not None:
            return HeadingText(kind, Number((number,)), found["title"].strip(), worded=True)
    found = _volume().fullmatch(words)
    number = numeral(_numeral_of(found)) if found else None
    if found and number is not None:  # a part, under the author's own name for it
        return HeadingText("part", Number((number,)), found["title"].strip() or words, worded=True)
    if found := _worded_pattern("appendix").fullmatch(words):
        label = _appendix_letter(_numeral_of(found))
        if label:
            return HeadingText("chapter", Number((label,)), found["title"].strip(), worded=True)
    if found := _lone_appendix().fullmatch(words):
        return HeadingText("chapter", None, (found["title"] or "").strip(), "appendix", worded=True)
    return None


def _bare(words: str) -> HeadingText | None:
    found = _bare_pattern().fullmatch(words)
    if not found or re.search(r"\.00+$", found["number"]):  # 1.000 is a thousand on the Continent
        return None
    number = Number.parse(found["number"].upper())
    if number is None or (number.depth == 1 and (found["word"] or found["bracket"] or is_year(number))):
        return None
    if _of_a_date().match(found["title"] or ""):
        return None
    kind: SectionKind = "chapter" if number.depth == 1 else "section"
    return HeadingText(kind, number, (found["title"] or "").strip())


@cache
def _of_a_date() -> re.Pattern[str]:
    """What follows the day of a date, in any language: `January`, `de mayo de 1931`, `мая: Dew`."""
    months = "|".join(sorted(map(re.escape, everywhere("headings", "months")), key=len, reverse=True))
    return re.compile(
        rf"(?:de\s+)?(?:{months})(?:,?\s+(?:de\s+)?\d{{4}})?(?:\s*[,.:–—-].*)?\Z", re.IGNORECASE
    )


def is_year(number: Number) -> bool:
    """True for a number by itself that no chapter has: `2024` is a title."""
    return number.depth == 1 and isinstance(number.last, int) and number.last > _LAST_CHAPTER


def _matter(words: str) -> HeadingText | None:
    role = role_of(words)
    return HeadingText("matter", None, words, role) if role else None


def _numeral_of(found: re.Match[str]) -> str:
    return next(text for name, text in found.groupdict().items() if name != "title" and text)


def numeral(text: str) -> int | None:
    """The value of `4`, `IV` or `Four`."""
    if text.isdecimal():
        return int(text) if len(text) <= 4 else None
    if (value := _han(text)) is not None:
        return value
    value = unroman(text)
    if value is not None and value <= _LARGEST_ROMAN:
        return value
    return _spelled(text.lower())


def _han(text: str) -> int | None:
    """The value of a Chinese numeral below a hundred: `三`, `十二`, `四十`."""
    if not text or text.strip("一二三四五六七八九十") or text.count("十") > 1:
        return None
    tens, ten, units = text.rpartition("十")
    if len(tens) > 1 or len(units) > 1:
        return None
    return (10 * ("一二三四五六七八九".find(tens) + 1 if tens else 1) if ten else 0) + (
        "一二三四五六七八九".find(units) + 1 if units else 0
    )


def _spelled(word: str) -> int | None:
    spelled = _spelled_numbers()
    if word in spelled:
        return spelled[word]
    tens, _, unit = word.partition("-")
    if tens not in _TENS or (unit and not 0 < spelled.get(unit, 0) < 10):
        return None
    return (_TENS.index(tens) + 2) * 10 + (spelled[unit] if unit else 0)


@cache
def _spelled_numbers() -> dict[str, int]:
    """Words that count chapters, in any language: `three`, `third`, `dritte`."""
    return {
        word: value
        for words in everywhere("numerals", "spelled")
        for value, line in enumerate(words.strip().split("\n"), 1)
        for word in line.split()
    }


def _appendix_letter(text: str) -> str | None:
    if len(text) == 1 and text.isascii() and text.isalpha():
        return text.upper()
    if text.isdecimal() and 1 <= int(text) <= 26:
        return letter(int(text) - 1)
    return None
