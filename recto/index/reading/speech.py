"""What the index has to know of how a language speaks: its little words, and how it defines a term."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from recto.languages import table

_EMPTY: frozenset[str] = frozenset()
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Speech:
    """The ways of one language.

    called        what stands before the name of a thing (`known as`), each perhaps with a pattern in it
    indefinite    the articles for `a`
    definite      those for `the`
    is_one        what stands between a thing and what it is: verbs
    one           what may stand after these, beside articles (`is any`)
    other_openers what opens the phrase of a noun, beside articles
    before_verbs  what a verb follows
    links         what holds a term together from within: “proof of work”, “chef de cuisine”
    capital_nouns whether every noun has a capital
    no_noun       finds words that are no nouns, by their ends, unless they have a plural
    superlative   finds those that are none unless they stand after an indefinite article
    noun          finds nouns by their ends, even where they stand before others as adjectives do
    """

    called: tuple[str, ...] = ()
    indefinite: tuple[str, ...] = ()
    definite: tuple[str, ...] = ()
    is_one: tuple[str, ...] = ()
    one: tuple[str, ...] = ()
    other_openers: frozenset[str] = _EMPTY
    before_verbs: frozenset[str] = _EMPTY
    links: frozenset[str] = _EMPTY
    capital_nouns: bool = False
    no_noun: re.Pattern[str] = _NEVER
    superlative: re.Pattern[str] = _NEVER
    noun: re.Pattern[str] = _NEVER

    @property
    def articles(self) -> tuple[str, ...]:
        """All articles."""
        return (*self.indefinite, *self.definite)

    @property
    def determiners(self) -> frozenset[str]:
        """All that opens the phrase of a noun."""
        return self.other_openers.union(self.articles)


@cache
def speech(language: str) -> Speech:
    """How a language (`de-AT`) speaks; of one that is not known no word is little."""
    return Speech(**{key: _read(key, value) for key, value in table(language, "speech").items()})


def _read(key: str, value: Any) -> Any:
    """What a file says, as `Speech` has it: lists, words in a row, patterns."""
    if key in ("no_noun", "superlative", "noun"):
        return re.compile(value)
    if isinstance(value, str):
        return frozenset(value.split())
    return tuple(value) if isinstance(value, list) else value
