"""What both books say about themselves: title, authors, identifier, dates; from book.toml, with defaults."""

from __future__ import annotations

import re
import unicodedata
import uuid
from dataclasses import dataclass
from datetime import datetime

from recto.config import Config
from recto.model import Book, Manuscript

# A fixed namespace, so that a book without an ISBN keeps its identifier from build to build (RFC 4122, 4.3).
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://recto.example/books")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The facts of an edition.

    `identifier` is a URN (`urn:isbn:…`, `urn:uuid:…`) or what the author gave; `modified` is in UTC, whole
    seconds (see recto.dating). `slug` names the output files.
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
        authors=settings.authors,
        language=settings.language,
        description=settings.description,
        publisher=settings.publisher,
        isbn=settings.isbn,
        identifier=_identifier(book.title, config),
        date=settings.date,
        rights=settings.rights,
        keywords=settings.keywords,
        modified=manuscript.dating.moment,
        slug=slug(book.title),
    )


def slug(text: str) -> str:
    """A name for files and ids: lower-case ASCII letters, digits and hyphens; `book` where none is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:100].strip("-") or "book"


def cover_name(config: Config) -> str:
    """The name of the cover image inside the EPUB: as the author's file ends, `.png` for one made by us."""
    given = config.book.cover.lower()
    return "cover.jpg" if given.endswith((".jpg", ".jpeg")) else "cover.png"


def _identifier(title: str, config: Config) -> str:
    settings = config.book
    if isbn := settings.isbn_epub or settings.isbn:
        return "urn:isbn:" + re.sub(r"[^0-9Xx]", "", isbn).upper()
    if settings.identifier:
        return settings.identifier
    name = "\n".join((title, *settings.authors, settings.language))
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, name)}"
