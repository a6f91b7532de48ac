"""How much a chapter and a book may hold.

A chapter is laid out as a whole, and its pages lie in memory until it is printed. These limits are far beyond
what anybody prints; a text that is longer was made by a program, or is many books in one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recto.door import LONGEST_BOOK
from recto.model import Book, Chapter
from recto.problems import Place, Problem, error

LONGEST_CHAPTER = 3_000_000  # characters: a thousand pages
MOST_SECTIONS = 10_000  # of a chapter
# a picture that is written out in its address (RFC 2397) is none of the text
_PICTURE = re.compile(r"data:image/[a-z]{1,9};base64,[A-Za-z0-9+/=]{1,50000000}")


def outsized(book: Book) -> Iterator[Problem]:
    """An error for each chapter that is longer than any may be, and one for such a book."""
    for chapter in book.chapters:
        length, count = _length(chapter), len(chapter.sections)
        if length > LONGEST_CHAPTER:
            yield _too_long("chapter", f"{length:,} characters", LONGEST_CHAPTER, chapter.place)
        elif count > MOST_SECTIONS:
            yield _too_long("chapter", f"{count:,} sections", MOST_SECTIONS, chapter.place)
    whole = sum(map(_length, book.chapters))
    if whole > LONGEST_BOOK:
        yield _too_long("book", f"{whole:,} characters", LONGEST_BOOK, book.chapters[0].place)


def _length(chapter: Chapter) -> int:
    openings = [chapter.opening.text] if chapter.opening else []
    texts = (*openings, *(section.source.text for section in chapter.sections))
    return sum(len(_PICTURE.sub("", text) if "data:image/" in text else text) for text in texts)


def _too_long(what: str, extent: str, limit: int, place: Place) -> Problem:
    hint = "divide it into chapters by headings, or into several books"
    return error(
        "too-long", f"this {what} has {extent}, and none may have more than {limit:,}", place, hint=hint
    )
