"""Acronyms: `simplified payment verification (SPV)` makes one heading of two forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from recto.index.prose import Prose
from recto.index.words import Word, words

_SHORT = re.compile(r"\s?\((?:or |aka )?([A-Z][A-Za-z0-9&/-]{1,9}?)s?\)")
_LITTLE = frozenset("a an and as by for from in of on or the to with".split())

Key = tuple[str, ...]


def acronyms(book: Sequence[Prose], language: str) -> dict[str, tuple[str, Key]]:
    """The short forms that the book explains: short form -> (long form as written, its folded words).

    A long form is the words before the brackets whose initials spell the short form; little words (`of`)
    may be passed over, and the parts of a hyphenated word count as words.
    """
    found: dict[str, Counter[str]] = {}
    for prose in book:
        for text in (prose.title, *(block.text for block in prose.blocks)):
            for short, long in _in_text(text, language):
                found.setdefault(short, Counter())[long] += 1
    result = {}
    for short, forms in found.items():
        long = max(forms, key=lambda form: (forms[form], form.islower()))
        result[short] = (long, tuple(word.fold for word in words(long, language)))
    return result


def _in_text(text: str, language: str) -> Iterator[tuple[str, str]]:
    for match in _SHORT.finditer(text):
        short = match[1]
        letters = re.sub(r"[^A-Za-z0-9]", "", short)
        if sum(letter.isupper() for letter in letters) < 2:
            continue
        before = words(text[max(0, match.start() - 90) : match.start()], language)
        long = _long_form(before, letters.lower())
        if long and long.lower() != short.lower():
            yield short, long


def _long_form(before: Sequence[Word], letters: str) -> str:
    """The last words before the brackets that spell the letters; "" where none do."""
    for count in range(1, min(len(before), len(letters) + 3) + 1):
        taken = before[-count:]
        if taken[0].text.lower() not in _LITTLE and _spells(taken, letters):
            return " ".join(word.text for word in taken)
    return ""


def _spells(taken: Sequence[Word], letters: str) -> bool:
    """Tell whether letters are the initials of words, little words giving one or none."""
    parts = [part for word in taken for part in re.split(r"[-/]", word.text.lower()) if part]
    rest = letters
    for part in parts:
        if rest and part[0] == rest[0]:
            rest = rest[1:]
        elif part not in _LITTLE:
            return False
    return not rest
