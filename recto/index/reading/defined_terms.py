"""Where a text defines a term: `… is called a mesh`, `A mesh is a …`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from recto.index.reading.speech import speech
from recto.index.reading.words import Word, words

_QUOTES = "“”„«»\"'‘’"
_REACH = 80


class _Patterns(NamedTuple):
    """`subject` finds, before the verb, what a sentence speaks of, without its article."""

    called: re.Pattern[str]
    copula: re.Pattern[str]
    subject: re.Pattern[str]


@lru_cache(maxsize=8)
def _patterns(language: str) -> _Patterns | None:
    """The patterns of a language; None for one that is not known."""
    ways = speech(language)
    if not ways.called:
        return None
    called, article = _any(ways.called), _any(ways.articles)
    is_one, one = _any(ways.is_one), _any((*ways.articles, *ways.one))
    return _Patterns(
        re.compile(rf"\b{called}\s+(?:{article}\s+)?[{_QUOTES}]?(?=\w)", re.IGNORECASE),
        re.compile(rf"[{_QUOTES}]?(?<!\s)\s+(?:\([^)]{{1,60}}\)\s+)?{is_one}\s+{one}\s", re.IGNORECASE),
        re.compile(rf"(?:^|[.!?]\s+)(?:(?i:{article})\s+)?[{_QUOTES}]?(\w[^.!?]{{1,60}})$"),
    )


def _any(words: Iterable[str]) -> str:
    """A pattern for any of some words."""
    choice = "|".join(word.replace(" ", r"\s+") for word in words)
    return f"(?:{choice})"


class DefinedTerm(NamedTuple):
    """Words that a sentence defines, and where they begin.

    After `called` it is open where the term ends: the term is then some of the first of the words.
    """

    words: list[Word]
    offset: int
    called: bool


def definitions(text: str, language: str) -> Iterator[DefinedTerm]:
    """The definitions in a text; none in a language whose ways of speaking are not known."""
    patterns = _patterns(language)
    if patterns is None:
        return
    for match in patterns.called.finditer(text):
        yield DefinedTerm(words(text[match.end() : match.end() + _REACH], language), match.end(), True)
    for match in patterns.copula.finditer(text):
        begin = patterns.subject.search(text[max(0, match.start() - _REACH) : match.start()])
        if begin is not None:
            yield DefinedTerm(words(begin[1], language), match.start() - len(begin[1]), False)
