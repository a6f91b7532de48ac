"""What depends on the language of the book: quotation marks, and the words of labels and references.

The words and marks themselves are data (recto.languages). Quotation marks follow the Unicode CLDR
(delimiters) and the usage of the trade where that differs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from recto.languages import admonitions, numbered, table, words

_CAPTIONED = ("figure", "table", "listing")


@dataclass(frozen=True, slots=True)
class Quotes:
    """Outer and inner quotation marks, with the spaces that belong to them.

    `apostrophes` are words that begin with one (’tis); `endings` may follow a quotation at once (‚Faust‘s).
    `geresh` and `gershayim` are the signs of Hebrew for words cut short and for acronyms, typed as ' and ".
    """

    left: str
    right: str
    inner_left: str
    inner_right: str
    apostrophes: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    geresh: str = ""
    gershayim: str = ""


@cache
def quotes(language: str) -> Quotes | None:
    """The quotation marks of a language tag; None for a language that is not known."""
    known = dict(table(language, "quotes"))
    apostrophes = tuple(known.pop("apostrophes", ()))
    endings = tuple(known.pop("endings", ()))
    return Quotes(**known, apostrophes=apostrophes, endings=endings) if known else None


def spaced(language: str) -> Mapping[str, str]:
    """The marks that have a space before them, and which."""
    found: Mapping[str, str] = table(language, "punctuation").get("spaced", {})
    return found


def reference(kind: str, number: str, said: Mapping[str, str]) -> str:
    """What a figure, table, listing, section, chapter, appendix, part or equation is called in a sentence, by
    the words of the book (recto.languages.words).
    """
    return numbered(said[kind], number)


def label(kind: str, number: str, said: Mapping[str, str]) -> str:
    """The same words at the head of a caption."""
    return _capital(reference(kind, number, said))


def description(language: str) -> str:
    """What leads from a picture to its description."""
    return _capital(words(language)["description"])


def back(language: str) -> str:
    """What leads back to where one came from."""
    return words(language)["note_back"]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _noun(kind: str, language: str) -> str:
    """What a figure, table or listing is called, without a number."""
    return _capital(reference(kind, "", words(language)).strip(" ."))


@cache
def caption_signs(language: str) -> re.Pattern[str]:
    """What captions begin with, by the kind of their block: `Table:`, or the word of the book's language.

    The group `colon` is Pandoc's sign for the caption of a table.
    """
    kinds = "|".join(
        f"(?P<{kind}>{kind.capitalize()}|{re.escape(_noun(kind, language))})" for kind in _CAPTIONED
    )
    return re.compile(rf"(?:{kinds})(?:\s?:\s+|：\s*)|(?P<colon>:)\s+")


def admonition(kind: str, language: str) -> str:
    """The title of an admonition that the author gave none."""
    return admonitions(language).get(kind, kind.capitalize())
