"""The words of the index in the languages of books."""

from __future__ import annotations

from functools import cache
from typing import Any

from recto.index.index_model import Wording
from recto.languages import comma, index_words, words


@cache
def wording(language: str) -> Wording:
    """The words for a language tag (`de-AT`); English where none are known."""
    own, book = index_words(language), words(language)
    given: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in own.items()
    }
    return Wording(book["index"], book["see"], book["see_also"], comma=comma(language), **given)
