"""What both books say about themselves: title, authors, identifier, dates; from book.toml, with defaults."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from recto.model import Book, Manuscript
from recto.notations import blurb
from recto.problems import Problem, warning
from recto.settings import conformance
from recto.settings.config import Config
from recto.settings.people import (
    BookSeries,
    Person,
    Subject,
    is_isbn,
    names,
    nearest_role,
    person,
    relator,
    series,
)

_BEGINNING = 200  # letters: enough that no two books share them
# A fixed namespace, so that a book without an ISBN keeps its identifier from build to build (RFC 4122, 4.3).
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://recto.example/books")
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")  # DOI Handbook, 2.2
# BCP 47, 2.1: language, script, region, variants
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?(?:-[A-Za-z0-9]{4,8})*")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The facts of an edition.

    `identifier` is a URN (`urn:isbn:…`, `urn:uuid:…`) or what the author gave; `modified` is in UTC, whole
    seconds (see recto.settings.dating). `slug` names the output files. `languages` are those beside the first
    one. `description` is in words alone, `blurb` the same as XHTML.
    """

    title: str
    subtitle: str
    authors: tuple[str, ...]
    language: str
    description: str
    publisher: str
    isbn: str
    identifier: str
    date: str
    rights: str
    keywords: tuple[str, ...]
    modified: datetime
    slug: str
    creators: tuple[Person, ...] = ()
    contributors: tuple[Person, ...] = ()
    languages: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    series: BookSeries | None = None
    license: str = ""
    audience: str = ""
    edition: str = ""
    isbn_epub: str = ""
    blurb: str = ""
    short_title: str = ""
    place: str = ""
    first_published: str = ""
    doi: str = ""
    source: str = ""

    @property
    def full_title(self) -> str:
        """Title and subtitle as one line."""
        return f"{self.title}: {self.subtitle}" if self.subtitle else self.title


def metadata(book: Book, manuscript: Manuscript, config: Config) -> Metadata:
    """Gather the facts of the edition. The EPUB's identifier is its own ISBN where it has one."""
    settings = config.book
    return Metadata(
        title=book.title,
        subtitle=settings.subtitle,
        authors=names(settings.authors),
        language=settings.language,
        description=blurb.plain(settings.description),
        publisher=settings.publisher,
        isbn=settings.isbn,
        identifier=_identifier(book, config),
        date=settings.date,
        rights=settings.rights,
        keywords=settings.keywords,
        modified=manuscript.dating.moment,
        slug=slug(book.title),
        creators=tuple(person(each, "author") for each in settings.authors),
        contributors=tuple(person(each, "contributor") for each in settings.contributors),
        languages=tuple(tag for tag in settings.languages if tag != settings.language),
        subjects=tuple(each if isinstance(each, Subject) else Subject(each) for each in settings.subjects),
        series=series(settings.series),
        license=settings.license,
        audience=settings.audience,
        edition=settings.edition,
        isbn_epub=settings.isbn_epub,
        blurb=blurb.markup(settings.description),
        short_title=settings.short_title,
        place=settings.place,
        first_published=settings.first_published,
        doi=_bare_doi(settings.doi),
        source=settings.source,
    )


def check(config: Config) -> Iterator[Problem]:
    """What is wrong with the facts: an ISBN with another check digit, a role that is none, nobody named …"""
    book = config.book
    yield from _nobody(config)
    yield from conformance.check(config)
    yield from _wrong_doi(config)
    for key in ("isbn", "isbn_epub"):
        if (isbn := getattr(book, key)) and not is_isbn(isbn):
            hint = "compare it with the one you were given: a digit is wrong or missing"
            message = f"{isbn} is no ISBN: its check digit does not fit"
            yield warning("isbn-wrong", message, config.place_of("book", key), hint=hint, subject=isbn)
    for key in ("authors", "contributors"):
        for number, each in enumerate(getattr(book, key)):
            if isinstance(each, Person) and each.role and relator(each.role) is None:
                near = nearest_role(each.role)
                hint = f"did you mean `{near}`?" if near else "give a role as `translator`, or its MARC code"
                message = f"there is no role `{each.role}`"
                place = config.place_of("book", key, number, "role")
                yield warning("role-unknown", message, place, hint=hint, subject=each.role)
    for key in ("language", "languages"):
        tags = getattr(book, key)
        for tag in (tags,) if isinstance(tags, str) else tags:
            if not _TAG.fullmatch(tag):
                message, hint = f"{tag!r} is no tag of a language", 'write it as "en", "en-GB", "zh-Hant"'
                yield warning("language-tag", message, config.place_of("book", key), hint=hint, subject=tag)


def _wrong_doi(config: Config) -> Iterator[Problem]:
    doi = config.book.doi
    if doi and not _DOI.fullmatch(_bare_doi(doi)):
        message = f"{doi!r} is no DOI: one begins with 10., has a slash, and no spaces"
        hint = 'write it as in doi = "10.5555/12345678"'
        yield warning("doi-wrong", message, config.place_of("book", "doi"), hint=hint, subject=doi)


def _bare_doi(said: str) -> str:
    """A DOI without what leads to it: `doi:`, the address of its resolver."""
    return re.sub(r"^(?:doi:|https?://(?:dx\.)?doi\.org/)\s*", "", said.strip(), flags=re.IGNORECASE)


def _nobody(config: Config) -> Iterator[Problem]:
    """A book that is given a title and no author; without a title there is no word of its facts at all."""
    if config.book.title and not config.book.authors and ("book", "authors") not in config.places:
        message = "nobody is named as the author: shops and libraries list a book by its people"
        hint = 'write in [book]: authors = ["…"]; or authors = [] for a book without'
        yield warning("author-missing", message, config.place_of("book", "title"), hint=hint)


def slug(text: str) -> str:
    """A name for files and ids: lower-case ASCII letters, digits and hyphens; `book` where none is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:100].strip("-") or "book"


def _identifier(book: Book, config: Config) -> str:
    """The ISBN, or what the author gave; else made of how the text begins, which outlives most titles."""
    settings = config.book
    if isbn := settings.isbn_epub or settings.isbn:
        return "urn:isbn:" + re.sub(r"[^0-9Xx]", "", isbn).upper()
    if settings.identifier:
        return settings.identifier
    name = "\n".join((settings.language, _beginning(book)))
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, name)}"


def _beginning(book: Book) -> str:
    """The first letters and digits of the body, from the title of its first chapter on."""
    body = [chapter for chapter in book.chapters if chapter.kind == "chapter"] or book.chapters
    found = ""
    for chapter in body:
        texts = [chapter.opening, *(section.source for section in chapter.sections)]
        words = (chapter.title, *(f"{each.title} {each.text[: _BEGINNING * 4]}" for each in texts if each))
        for word in words:
            found += re.sub(r"[\W_]+", "", word.casefold())
            if len(found) >= _BEGINNING:
                return found[:_BEGINNING]
    return found or book.title
