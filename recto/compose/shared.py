"""What the templates of both books see: the title matter and the edition."""

from __future__ import annotations

import re
from dataclasses import dataclass

from recto.model import Book, Manuscript
from recto.settings.config import Config
from recto.settings.people import line, names


@dataclass(frozen=True, slots=True)
class TitleMatter:
    """What title page and copyright page say; "" or () where the author is silent.

    `year` is the year of `date`. `author_line` joins the authors as a sentence does (`A, B & C`).
    """

    title: str
    subtitle: str
    authors: tuple[str, ...]
    author_line: str
    contributors: tuple[str, ...]
    publisher: str
    place: str
    date: str
    year: str
    edition: str
    series: str
    rights: str
    license: str
    credits: tuple[str, ...]
    description: str
    isbn: str
    isbn_epub: str


@dataclass(frozen=True, slots=True)
class Medium:
    """What a book is composed for: its `format`, as templates are told, and its ISBN's key in `[book]`.

    `name` is the one by which text is said to be for it alone (recto.galley).
    """

    name: str
    format: str
    isbn_key: str


PAPER = Medium("paper", "pdf", "isbn")
SCREEN = Medium("screen", "epub", "isbn_epub")


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """What templates are told of the edition at hand: its format and its ISBN ("" without one)."""

    format: str
    isbn: str


def title_matter(book: Book, config: Config, manuscript: Manuscript) -> TitleMatter:
    """The title matter, out of `[book]`; the title of the collated book where book.toml has none."""
    said = config.book
    year = re.match(r"\d{4}", said.date)
    return TitleMatter(
        title=book.title or said.title or manuscript.name,
        subtitle=said.subtitle,
        authors=names(said.authors),
        author_line=author_line(names(said.authors)),
        contributors=tuple(line(each, said.language) for each in said.contributors),
        publisher=said.publisher,
        place=said.place,
        date=said.date,
        year=year[0] if year else "",
        edition=said.edition,
        series=str(said.series),
        rights=said.rights,
        license=said.license,
        credits=said.credits,
        description=said.description,
        isbn=said.isbn,
        isbn_epub=said.isbn_epub,
    )


def author_line(authors: tuple[str, ...]) -> str:
    """Names in one line: `A`, `A & B`, `A, B & C`."""
    *first, last = authors or ("",)
    return f"{', '.join(first)} & {last}" if first else last
