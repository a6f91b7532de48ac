"""Chapters that a plain text calls otherwise: `Lesson 3: Verbs`, `Letter IV`, `Day 12`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from recto.forms.naming.heading_text import SEPARATOR, HeadingText, numeral
from recto.forms.stops import CLAUSE_END
from recto.forms.text.simple import Found, have_text, lines_alone
from recto.languages import everywhere
from recto.numbering import Number

_LONGEST = 80  # characters
_FEWEST = 2


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, everywhere("headings", "kinds")), key=len, reverse=True))
    return re.compile(
        rf"(?P<word>{words})\s+(?P<numeral>[^\W_]+(?:-[^\W\d_]+)?)(?P<mark>{SEPARATOR})(?P<title>.*)",
        re.IGNORECASE,
    )


def chapters_called(lines: list[str]) -> tuple[str, list[Found]]:
    """The word for chapters and the chapters, in a text that has several, each number once and text below.

    Of several such words (`Act`, `Scene`) it is the one that comes first. ("", []) where there is none.
    """
    named = [(word.casefold(), word, found) for word, found in _named(lines)]
    for first, word, _ in named[:1]:
        rows = [found for each, _, found in named if each == first]
        numbers = {heading.number for _, heading in rows}
        if len(rows) >= _FEWEST and len(numbers) == len(rows) and have_text(rows, lines):
            return word.capitalize() if word.isupper() else word, rows
    return "", []


def is_called(words: str) -> bool:
    """Whether a line may be such a heading, by itself."""
    return _pattern().fullmatch(words) is not None


def _named(lines: list[str]) -> Iterator[tuple[str, Found]]:
    for line, words in lines_alone(lines, _LONGEST):
        found = _pattern().fullmatch(words)
        value = numeral(found["numeral"]) if found else None
        if found is None or not value or CLAUSE_END.search(found["title"]):
            continue
        title = found["title"].strip()
        if not title or found["mark"].strip() or title[0].isupper():  # `Day 3 was worse` is a sentence
            yield found["word"], (line, HeadingText("chapter", Number((value,)), title, worded=True))
