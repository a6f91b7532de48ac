"""Acronyms: `simplified payment verification (SPV)` makes one heading of two forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from recto.index.reading.words import Word, words

_SHORT = re.compile(r"\s?\((?:or |aka )?([A-Z][A-Za-z0-9&/-]{1,9}?)s?\)")
_OR_SHORT = re.compile(r",? (?:or|abbreviated(?: as| to)?|called) ([A-Z][A-Z0-9]{1,8})s?\b")
_SHORT_FIRST = re.compile(
    r"\b([A-Z][A-Z0-9]{1,8})s?(?: \(|,? or |,? (?:which )?(?:stands|(?:is )?short) for )(?:the |an? )?(?=\w)"
)
_LITTLE = frozenset("a an and as by for from in of on or the to with".split())
_FIGURES = {"to": "2", "for": "4"}
_REACH = 90  # letters

Key = tuple[str, ...]


def acronyms(pairs: Iterable[tuple[str, str]], language: str) -> dict[str, tuple[str, Key]]:
    """The short forms that the book explains: short form -> (long form as written, its folded words).

    `pairs` are what `explained` found, of the whole book and in its order. A long form is the words before
    the brackets whose initials spell the short form; little words (`of`) may be passed over, and the parts of
    a hyphenated word count as words.
    """
    found: dict[str, Counter[str]] = {}
    for short, long in pairs:
        found.setdefault(short, Counter())[long] += 1
    result = {}
    for short, forms in found.items():
        long = max(forms, key=lambda form: (forms[form], form.islower()))
        result[short] = (long, tuple(word.fold for word in words(long, language)))
    return result


def explained(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Each short form that a text explains, and the long form, which may stand before it or after it."""
    for pattern, comes_after in ((_SHORT, True), (_OR_SHORT, True), (_SHORT_FIRST, False)):
        for match in pattern.finditer(text):
            short = match[1]
            if sum(not letter.islower() for letter in short if letter.isalnum()) < 2:
                continue
            start, end = match.span()
            around = text[max(0, start - _REACH) : start] if comes_after else text[end : end + _REACH]
            readings = _readings(re.sub(r"[^a-z0-9]", "", short.lower()))
            long = _long_form(words(around, language), readings, is_last=comes_after)
            if long and long.lower() != short.lower():
                yield short, long


def _readings(short: str) -> set[str]:
    """What a short form may stand for, letter by letter: a figure may repeat a letter (S3 is sss)."""
    repeated = re.sub(r"([a-z])([2-4])", lambda match: match[1] * int(match[2]), short)
    return {short, repeated}


def _long_form(around: Sequence[Word], readings: set[str], *, is_last: bool) -> str:
    """The last words, or the first, that spell one of the readings; "" where none do."""
    longest = max(map(len, readings)) + 3
    for count in range(1, min(len(around), longest) + 1):
        taken = around[-count:] if is_last else around[:count]
        parts = [part for word in taken for part in re.split(r"[-/]", word.text.lower()) if part]
        if parts[0] not in _LITTLE and any(_spells(parts, reading) for reading in readings):
            return " ".join(word.text for word in taken)
    return ""


def _spells(parts: Sequence[str], letters: str) -> bool:
    """Tell whether letters are the initials of words; little words give one or none, `to` may be a 2."""
    if not parts:
        return not letters
    first, rest = parts[0], parts[1:]
    initials = {first[0], _FIGURES.get(first, "")}
    if letters and letters[0] in initials and _spells(rest, letters[1:]):
        return True
    return first in _LITTLE and _spells(rest, letters)
