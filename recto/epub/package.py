"""The package document and the archive, by EbookLib, made right afterwards.

EbookLib packs and no more: it gets every file as finished bytes (`EpubItem`), never as an `EpubHtml`, which
would be parsed and written anew. Its own generators of navigation, covers and pages are not used. What it
can't be told (the language of the package, dates in the archive) is set on the way out, in `archive`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence

from ebooklib import epub

from recto.door import LARGEST_IMAGE, read
from recto.epub.accessibility import statements
from recto.epub.archive import rewrite
from recto.epub.packed_fonts import encryption
from recto.languages import direction
from recto.model import Asset, Document
from recto.settings.config import AccessibilitySettings
from recto.settings.metadata import Metadata
from recto.settings.people import Person, relator
from recto.version import __version__

_FOLDER = "EPUB"
_COVER = "cover-image"
_IBOOKS = "ibooks: http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/"
# EPUB 3.3, 5.5.3.2: W3CDTF, as far as EPUBCheck reads it (OPF-053); "Spring 2026" stays out of the package
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
# ids that the package document has for what it says of the book (a chapter may be called so)
_OF_METADATA = re.compile(
    r"title|subtitle|short-title|edition|series|doi|pub-id|(creator|contributor|subject)-\d+"
)
# OPF 2.0.1, 2.6: what readers before EPUB 3 call the places that the landmarks name
_GUIDE = {
    "cover": "cover",
    "titlepage": "title-page",
    "copyright-page": "copyright-page",
    "toc": "toc",
    "bodymatter": "text",
    "glossary": "glossary",
    "bibliography": "bibliography",
    "index": "index",
    "colophon": "colophon",
}


def package(
    documents: Sequence[Document],
    assets: Iterable[Asset],
    metadata: Metadata,
    accessibility: AccessibilitySettings,
    *,
    print_isbn: str = "",
    fonts: bool = False,
    obfuscated: Sequence[str] = (),
) -> bytes:
    """Bind documents and images into an EPUB 3.3 file and return its bytes.

    `documents` come in reading order and hold everything but the images of the text: XHTML, `nav.xhtml`, the
    NCX, style sheets, the cover. Of `assets` only those that a document shows are packed. `print_isbn` is
    the ISBN of the book whose folios the page list gives, "" where it has none. `fonts` tells whether there
    are any, `obfuscated` are the names of those that are so.

    Raises ValueError where two files share a name or a name is not safe (a fault of ours, not an author's),
    OSError where an image can't be read any more.
    """
    shown = _shown(documents, assets)
    _check_names([document.name for document in documents] + [asset.name for asset in shown])
    book = _described(metadata)
    for name, value, attributes in statements(documents, metadata, accessibility, print_isbn):
        # EbookLib makes a `meta` of all that it is given as OPF
        book.add_metadata("OPF" if name == "meta" else None, name, value or None, attributes)
    if fonts:  # Apple Books shows them only in a book that says so
        book.add_metadata("OPF", "meta", "true", {"property": "ibooks:specified-fonts"})
    for document in documents:
        _add(book, document.name, document.media_type, document.content, document.properties)
    for asset in shown:
        content = read(asset.path, LARGEST_IMAGE) if asset.content is None else asset.content
        _add(book, asset.name, asset.media_type, content, ())
    _order(book, documents)
    written = io.BytesIO()
    options = {"mtime": metadata.modified, "raise_exceptions": True, "compresslevel": 0}
    if epub.write_epub(written, book, options) is False:  # it has returned False instead of raising (0.19)
        raise OSError("EbookLib could not write the archive")
    added = {"META-INF/encryption.xml": encryption(f"{_FOLDER}/{name}" for name in obfuscated)}
    return rewrite(
        written.getvalue(),
        language=metadata.language,
        prefix=_IBOOKS if fonts else "",
        added=added if obfuscated else {},
    )


def _order(book: epub.EpubBook, documents: Sequence[Document]) -> None:
    """The order of reading, and the places that readers before EPUB 3 know by name."""
    book.spine = [
        (identifier(document.name), "yes" if document.linear else "no")
        for document in documents
        if document.spine
    ]
    book.guide = [
        {"type": _GUIDE[document.landmark], "title": document.title, "href": document.name}
        for document in documents
        if document.landmark in _GUIDE
    ]


def identifier(name: str) -> str:
    """The id of a file's manifest item: its name, made fit for an XML id."""
    stem = "ncx" if name.endswith(".ncx") else name.removesuffix(".xhtml")
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", stem)
    return plain if plain[:1].isalpha() and not _OF_METADATA.fullmatch(plain) else f"item-{plain}"


def _described(metadata: Metadata) -> epub.EpubBook:
    """A book of EbookLib with the Dublin Core of the edition and nothing of EbookLib's own."""
    book = epub.EpubBook()
    book.metadata.clear()  # a random identifier and its own name as generator
    book.FOLDER_NAME, book.IDENTIFIER_ID = _FOLDER, "pub-id"
    book.set_identifier(metadata.identifier)
    if metadata.doi:
        book.add_metadata("DC", "identifier", f"doi:{metadata.doi}", {"id": "doi"})
        kind = {"refines": "#doi", "property": "identifier-type", "scheme": "onix:codelist5"}
        book.add_metadata("OPF", "meta", "06", kind)
    _title(book, metadata)
    book.set_language(metadata.language)
    for tag in metadata.languages:
        book.add_metadata("DC", "language", tag, {})
    creators = metadata.creators or tuple(Person(name, "", "author") for name in metadata.authors)
    _people(book, "creator", creators)
    _people(book, "contributor", metadata.contributors)
    if direction(metadata.language) == "rtl":
        book.set_direction("rtl")  # page-progression-direction (EPUB 3.3, 5.6.1)
    for name, value in (
        ("description", metadata.description),
        ("publisher", metadata.publisher),
        ("rights", metadata.rights),
        ("source", metadata.source),
        ("date", metadata.date if _DATE.fullmatch(metadata.date) else ""),
    ):
        if value:
            book.add_metadata("DC", name, value, {})
    for keyword in metadata.keywords:
        book.add_metadata("DC", "subject", keyword, {})
    _subjects(book, metadata)
    _series(book, metadata)
    for name, value in (
        ("license", metadata.license),
        ("audience", metadata.audience),
        ("issued", metadata.first_published if _DATE.fullmatch(metadata.first_published) else ""),
    ):
        if value:
            book.add_metadata("OPF", "meta", value, {"property": f"dcterms:{name}"})
    book.add_metadata("OPF", "meta", "", {"name": "generator", "content": f"Recto {__version__}"})
    return book


def _people(book: epub.EpubBook, kind: str, people: Iterable[Person]) -> None:
    """Who did what: each with the MARC code of the role, and the name as it is sorted (EPUB 3.3, 5.5.3)."""
    for number, each in enumerate(people, 1):
        name = f"{kind}-{number}"
        book.add_metadata("DC", kind, each.name, {"id": name})
        code = relator(each.role) or "ctb"
        role = {"refines": f"#{name}", "property": "role", "scheme": "marc:relators"}
        book.add_metadata("OPF", "meta", code, role)
        if each.sort:
            book.add_metadata("OPF", "meta", each.sort, {"refines": f"#{name}", "property": "file-as"})


def _subjects(book: epub.EpubBook, metadata: Metadata) -> None:
    """Subjects, with authority and code where they have them (EPUB 3.3, D.3.1 and D.3.8: both or none)."""
    for number, each in enumerate(metadata.subjects, 1):
        name = f"subject-{number}"
        book.add_metadata("DC", "subject", each.term or each.code, {"id": name})
        if each.code and each.scheme:
            for what, value in (("authority", each.scheme), ("term", each.code)):
                book.add_metadata("OPF", "meta", value, {"refines": f"#{name}", "property": what})


def _series(book: epub.EpubBook, metadata: Metadata) -> None:
    """The series and the place in it (EPUB 3.3, D.3.2 to D.3.5)."""
    series = metadata.series
    if series is None:
        return
    book.add_metadata("OPF", "meta", series.name, {"property": "belongs-to-collection", "id": "series"})
    for what, value in (
        ("collection-type", "series"),
        ("group-position", series.number),
        ("dcterms:identifier", f"urn:issn:{series.issn}" if series.issn else ""),
    ):
        if value:
            book.add_metadata("OPF", "meta", value, {"refines": "#series", "property": what})


def _title(book: epub.EpubBook, metadata: Metadata) -> None:
    """Title, subtitle, short title and edition, told apart as EPUB 3 does (EPUB 3.3, D.3.10); a reader that
    knows no better takes the first.
    """
    book.title = metadata.title
    said = [("title", "main", metadata.title)]
    for name, kind, text in (
        ("subtitle", "subtitle", metadata.subtitle),
        ("short-title", "short", metadata.short_title),
        ("edition", "edition", metadata.edition),
    ):
        if text:
            said.append((name, kind, text))
    for name, _, text in said:
        book.add_metadata("DC", "title", text, {"id": name})
    if len(said) > 1:
        for name, kind, _ in said:
            book.add_metadata("OPF", "meta", kind, {"refines": f"#{name}", "property": "title-type"})


def _add(book: epub.EpubBook, name: str, media_type: str, content: bytes, properties: Sequence[str]) -> None:
    item = epub.EpubItem(uid=identifier(name), file_name=name, media_type=media_type, content=content)
    item.properties = list(properties)
    book.add_item(item)
    if _COVER in properties:  # Kobo and others before EPUB 3 find the cover by this
        book.add_metadata("OPF", "meta", "", {"name": "cover", "content": item.id})


def _shown(documents: Sequence[Document], assets: Iterable[Asset]) -> list[Asset]:
    """The images that a document shows, once each, by name: one that nothing shows is a fault (OPF-097)."""
    text = [document.content for document in documents if document.media_type.endswith("+xml")]
    named = {asset.name: asset for asset in assets}
    return [
        asset
        for name, asset in sorted(named.items())
        if any(f'"{name}"'.encode() in content for content in text)
    ]


def _check_names(names: Sequence[str]) -> None:
    """OCF 3.3, 4.2.2: safe names, no two the same even to a system that ignores case."""
    seen: dict[str, str] = {}
    for name in names:
        if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*", name, re.IGNORECASE):
            raise ValueError(f"not a safe name for a file of an EPUB: {name!r}")
        for key in (name.casefold(), f"id {identifier(name)}"):
            if key in seen:
                raise ValueError(f"two files of the EPUB share a name: {seen[key]!r} and {name!r}")
            seen[key] = name
