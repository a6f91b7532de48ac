"""The people and facts of a book: who did what (MARC relators), codes of subjects, series, ISBN.

An author may give a name alone, or say more in a table; a line such as "Translated by Cara Nilsson" is
understood where it is put so.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

# Codes of https://id.loc.gov/vocabulary/relators, by the word for what somebody did; and how English says it
# on a title page
RELATORS = {
    "author": ("aut", "By"),
    "editor": ("edt", "Edited by"),
    "translator": ("trl", "Translated by"),
    "illustrator": ("ill", "Illustrated by"),
    "photographer": ("pht", "Photographs by"),
    "author of introduction": ("aui", "Introduction by"),
    "author of foreword": ("aui", "Foreword by"),
    "author of afterword": ("aft", "Afterword by"),
    "annotator": ("ann", "Annotated by"),
    "compiler": ("com", "Compiled by"),
    "cover designer": ("cov", "Cover by"),
    "book designer": ("bkd", "Designed by"),
    "cartographer": ("ctg", "Maps by"),
    "contributor": ("ctb", "With"),
    "adapter": ("adp", "Adapted by"),
    "narrator": ("nrt", "Read by"),
    "copyeditor": ("cpe", "Copyedited by"),
    "proofreader": ("pfr", "Proofread by"),
    "indexer": ("inx", "Indexed by"),
    "publisher": ("pbl", "Published by"),
}
_CODES = {code: word for word, (code, _) in RELATORS.items()}
_SAID = {phrase.lower(): word for word, (_, phrase) in RELATORS.items()}
_LINE = re.compile(rf"({'|'.join(map(re.escape, _SAID))})\s+(\S.*)", re.IGNORECASE)
_IN_SERIES = re.compile(r"(?:(?:no\.|vol\.|#|book)\s*)?(\d+(?:\.\d+)?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named on a book: the name as it is printed, as it is sorted (`sort`), and the `role`."""

    name: str
    sort: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a book is about: in words (`term`), and as the `code` of a `scheme` (BISAC, Thema)."""

    term: str = ""
    code: str = ""
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class BookSeries:
    """A series, this book's number in it, and its ISSN."""

    name: str
    number: str = ""
    issn: str = ""

    def __str__(self) -> str:
        return f"{self.name}, {self.number}" if self.number else self.name


def person(said: str | Person, role: str) -> Person:
    """Somebody with a role: the one in the table, or in the line, else `role`."""
    if isinstance(said, Person):
        return said if said.role else Person(said.name, said.sort, role)
    found = _LINE.fullmatch(said.strip())
    return (
        Person(found[2], "", _SAID[found[1].lower()])
        if found and role != "author"
        else Person(said, "", role)
    )


def line(said: str | Person, language: str) -> str:
    """Somebody as the title page has it: in English with what they did; a line of the author's as it is."""
    if not isinstance(said, Person):
        return said
    word = _CODES.get(said.role.lower(), said.role.lower())
    if word in RELATORS and language.lower().partition("-")[0] == "en":
        return f"{RELATORS[word][1]} {said.name}"
    return said.name


def names(said: tuple[str | Person, ...]) -> tuple[str, ...]:
    """The names of people, as they are printed."""
    return tuple(each.name if isinstance(each, Person) else each for each in said)


def relator(role: str) -> str | None:
    """The MARC code of a role, be it given by word or by code; None where it is none."""
    word = role.strip().lower()
    return word if word in _CODES else RELATORS[word][0] if word in RELATORS else None


def nearest_role(role: str) -> str | None:
    """The role that was perhaps meant."""
    return next(iter(difflib.get_close_matches(role.lower(), RELATORS, n=1, cutoff=0.5)), None)


def series(said: str | BookSeries) -> BookSeries | None:
    """A series, whose number may stand at the end of its name (`Books of the Sea, 3`)."""
    if isinstance(said, BookSeries):
        return said
    if not said:
        return None
    title, _, number = said.rpartition(",")
    found = _IN_SERIES.fullmatch(number.strip()) if title.rstrip() else None
    return BookSeries(title.rstrip(), found[1]) if found else BookSeries(said)


def isbn_digits(isbn: str) -> str:
    """The digits of an ISBN, without hyphens and spaces."""
    return re.sub(r"[\s-]", "", isbn.removeprefix("urn:isbn:")).upper()


def is_isbn(isbn: str) -> bool:
    """Tell whether an ISBN has the right count of digits, and the check digit that they give (ISO 2108)."""
    digits = isbn_digits(isbn)
    if re.fullmatch(r"97[89]\d{10}", digits):
        return sum(int(d) * (3 if at % 2 else 1) for at, d in enumerate(digits)) % 10 == 0
    if re.fullmatch(r"\d{9}[\dX]", digits):
        return sum((10 - at) * (10 if d == "X" else int(d)) for at, d in enumerate(digits)) % 11 == 0
    return False
