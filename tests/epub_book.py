"""A small e-book set by hand, and ways to look into what became of it."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from PIL import Image

from recto.compose import Composer, epub_documents
from recto.epub import package
from recto.index.index_model import CrossReference, LetterGroup, LocatedEntry, LocatedIndex, PrintedLocator
from recto.model import Asset, Document, PageMap, TextPosition
from recto.settings.config import AccessibilitySettings
from recto.settings.metadata import metadata
from tests.sample_galleys import composer

XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
OPF = "{http://www.idpf.org/2007/opf}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"


def _at(anchor: str, folio: str) -> PrintedLocator:
    return PrintedLocator(folio, folio, anchor)


MESH = LocatedEntry(
    "mesh networks",
    "entry-mesh",
    locators=(_at("mark-1-1", "3"), PrintedLocator("4–8", "4", "section-1-1", "8", "section-2-1", True)),
    see_also=(CrossReference("proofs", "entry-proofs"),),
    entries=(LocatedEntry("and belts", "entry-belts", 2, (_at("figure-1-1", "5"),)),),
)
GALLEYS = LocatedEntry("galleys", "entry-galleys", see=(CrossReference("proofs", "entry-proofs"),))
PROOFS = LocatedEntry("proofs", "entry-proofs", locators=(_at("section-2-1", "8"),))
INDEX = LocatedIndex(
    (LetterGroup("M", "index-m", (MESH,)), LetterGroup("G–P", "index-g", (GALLEYS, PROOFS))),
    headnote="A bold number marks the principal treatment of a subject.",
)

FOLIOS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", *(str(n) for n in range(1, 15)))
PAGES = PageMap(
    FOLIOS,
    {
        "recto.half-title": 0, "recto.title-page": 2, "recto.copyright-page": 3, "dedication": 4,
        "recto.contents": 6, "preface": 7,
        "part-i": 8, "chapter-1": 10, "section-1-1": 11, "figure-1-1": 12, "section-2-1": 15,
        "recto.index": 18, "entry-proofs": 19,
    },
    {
        7: TextPosition("preface:0", 0),
        10: TextPosition("chapter-1:40", 0),
        11: TextPosition("chapter-1:1", 0),
        12: TextPosition("chapter-1:2", 21),
        13: TextPosition("chapter-1:18", 40),
        15: TextPosition("chapter-2:9", 0),
        16: TextPosition("chapter-2:11", 100),
    },
)  # fmt: skip


def documents(
    pages: PageMap | None = PAGES,
    index: LocatedIndex | None = INDEX,
    book: Composer | None = None,
    cover: str = "cover.png",
) -> dict[str, Document]:
    """The files of the sample book by name; a fault of a template fails the test."""
    made, problems = epub_documents(book or composer(), index, pages, cover)
    assert problems == ()
    return {document.name: document for document in made}


def packed(files: dict[str, Document], folder: Path) -> bytes:
    """The sample book as an EPUB, with a picture and a cover made in `folder`."""
    for name, measures in (("net.png", (800, 500)), ("cover.png", (1400, 2240))):
        Image.new("RGB", measures, "#cccccc").save(folder / name)
    picture = Asset("images/net.png", folder / "net.png", "", "image/png", 800, 500)
    unused = Asset("images/unused.png", folder / "net.png", "", "image/png", 800, 500)
    cover = Document(
        "cover.png", "", (folder / "cover.png").read_bytes(), "image/png", ("cover-image",), spine=False
    )
    book = composer()
    facts = metadata(book.book, book.manuscript, book.config)
    return package(
        (*files.values(), cover), (picture, unused), facts, AccessibilitySettings(), print_isbn=facts.isbn
    )


def opened(epub: bytes) -> dict[str, bytes]:
    """The files of an archive by name, in its order."""
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tree(document: Document) -> etree._Element:
    """A document as lxml has it."""
    return etree.fromstring(document.content)


def xhtml_of(files: dict[str, Document]) -> Iterator[tuple[str, etree._Element]]:
    """The XHTML documents as (name, tree)."""
    for document in files.values():
        if document.media_type == "application/xhtml+xml":
            yield document.name, tree(document)


def nav(files: dict[str, Document], kind: str) -> etree._Element:
    """The one `nav` of a type in the contents."""
    (found,) = (n for n in tree(files["nav.xhtml"]).iter(f"{XHTML}nav") if n.get(TYPE) == kind)
    return found


def target(name: str, href: str) -> tuple[str, str]:
    """The file and the id that a link in a file leads to."""
    file, _, anchor = href.partition("#")
    return posixpath.join(posixpath.dirname(name), file) if file else name, anchor


def text_after(element: etree._Element) -> str:
    """The text that follows an element in its document, white space left out."""
    rest = element.xpath("following::text()")
    inside = "".join(element.itertext())
    return "".join((inside + "".join(rest)).split())


def text_before(element: etree._Element) -> str:
    """The text between an element and the beginning of the block that it stands in, white space left out."""
    return "".join("".join(element.xpath("preceding::text()")).split())
