"""Where words may be divided, kept for the words that come again."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from recto.print.engine.inner import get_next_word_boundaries, pyphen

_WORDS_KEPT = 20_000
_DICTIONARIES_KEPT = 8


@lru_cache(_WORDS_KEPT)
def parts(text: str, language: str, dictionary: str, shortest: int, ends: tuple[int, int]) -> tuple[str, ...]:
    """What of a text may stand before a hyphen in its first word that is long enough, the longest first."""
    start, rest = 0, text
    while rest and (bounds := get_next_word_boundaries(rest, language)):
        first, last = bounds
        if last - first >= shortest:
            before = text[: start + first]
            pairs = dictionary_of(dictionary, *ends).iterate(rest[first:last])
            return tuple(before + part for part, _ in pairs)
        rest, start = rest[last:], start + last
    return ()


@lru_cache(_DICTIONARIES_KEPT)
def dictionary_of(language: str, left: int, right: int) -> Any:
    """The hyphens of a language, with no fewer letters than so many on either side."""
    return pyphen.Pyphen(lang=language, left=left, right=right)
