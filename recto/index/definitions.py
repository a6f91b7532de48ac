"""Where a text defines a term: `… is called a mesh`, `A mesh is a …`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from recto.index.words import Word, words

_CALLED = re.compile(
    r"\b(?:called|known as|termed|named|referred to as|so-called)\s+(?:an?\s+|the\s+)?[“\"'‘]?(?=\w)",
    re.IGNORECASE,
)
_LAST_SENTENCE = re.compile(r"(?:^|[.!?]\s+)(?:An?\s+|The\s+|An?\s+[“\"]|[“\"])?(\w[^.!?]{1,60})$")
_IS = re.compile(r"[”\"’']?\s+(?:\([^)]{1,60}\)\s+)?(?:is|are)\s+(?:an?|the|any|one)\s", re.IGNORECASE)
_REACH = 80


class Definition(NamedTuple):
    """Words that a sentence defines, and where they begin.

    After `called` it is open where the term ends: the term is then some of the first of the words.
    """

    words: list[Word]
    offset: int
    called: bool


def definitions(text: str, language: str) -> Iterator[Definition]:
    """The definitions in a text."""
    for match in _CALLED.finditer(text):
        yield Definition(words(text[match.end() : match.end() + _REACH], language), match.end(), True)
    for match in _IS.finditer(text):
        begin = _LAST_SENTENCE.search(text[max(0, match.start() - _REACH) : match.start()])
        if begin is not None:
            yield Definition(words(begin[1], language), match.start() - len(begin[1]), False)
