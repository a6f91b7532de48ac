"""Reads finished books back, by other libraries than those that made them, for tests to compare."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
from lxml import etree

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


def squeezed(text: str) -> str:
    """Text without white space, hyphens and the difference between a ligature and its letters.

    What is left is the same however lines are broken.
    """
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u00ad\u2010\u2011\u200b\u2060\ufffe\x02-]+", "", text)


@dataclass(frozen=True)
class ContentsLine:
    """A line of the printed contents: its text, and the page label of the page that its link leads to."""

    text: str
    leads_to: str


class Pdf:
    """A print book, read with pdfium (text) and qpdf's object model (labels, links)."""

    def __init__(self, path: Path) -> None:
        self.text = pypdfium2.PdfDocument(path)
        self.objects = pikepdf.open(path)
        self._names: dict[str, pikepdf.Array] | None = None
        self.labels = [self.text.get_page_label(index) for index in range(len(self.text))]

    def page_text(self, index: int, *, body_only: bool = False) -> str:
        """The text of a page; `body_only` leaves the strips of running head and folio out."""
        textpage = self.text[index].get_textpage()
        if not body_only:
            return str(textpage.get_text_range())
        width, height = self.text[index].get_size()
        return str(textpage.get_text_bounded(0, 0.05 * height, width, 0.925 * height))

    def body(self) -> str:
        """The text of all pages without running heads and folios, squeezed."""
        return squeezed("\n".join(self.page_text(index, body_only=True) for index in range(len(self.text))))

    def contents(self) -> Iterator[ContentsLine]:
        """Every line of the contents: found by its links, read from the page at the height of the link."""
        pages = {page.objgen: index for index, page in enumerate(self.objects.pages)}
        for index, page in enumerate(self.objects.pages):
            if not re.fullmatch("[ivxlc]+", self.labels[index]):
                break
            textpage = self.text[index].get_textpage()
            for annotation in page.get("/Annots", []):
                destination = self.destination(annotation)
                if destination is None:
                    continue
                _, bottom, _, top = (float(value) for value in annotation.Rect)
                text = textpage.get_text_bounded(0, bottom - 1, float(page.mediabox[2]), top + 1)
                yield ContentsLine(" ".join(text.split()), self.labels[pages[destination[0].objgen]])

    def destination(self, annotation: pikepdf.Object) -> pikepdf.Array | None:
        """Where a link leads within the book: page, fit, left, top; None for one that leads out of it."""
        target = annotation.get("/Dest") or annotation.get("/A", {}).get("/D")
        return self.destinations()[str(target)] if isinstance(target, pikepdf.String) else target

    def destinations(self) -> dict[str, pikepdf.Array]:
        """The named destinations of the book."""
        if self._names is None:
            self._names = self._read_destinations()
        return self._names

    def _read_destinations(self) -> dict[str, pikepdf.Array]:
        names = self.objects.Root.get("/Names", {}).get("/Dests")
        if names is None:
            return {}
        tree = pikepdf.NameTree(names)
        return {key: value.get("/D", value) if isinstance(value, pikepdf.Dictionary) else value
                for key, value in tree.items()}  # fmt: skip


class Epub:
    """An e-book as its files, in reading order."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        container = etree.fromstring(self.files["META-INF/container.xml"])
        self.package_path = container.find(".//{*}rootfile").get("full-path")
        self.package = etree.fromstring(self.files[self.package_path])
        folder = self.package_path.rpartition("/")[0]
        items = {item.get("id"): item for item in self.package.iterfind(".//{*}item")}
        self.hrefs = {
            key: f"{folder}/{item.get('href')}" if folder else item.get("href") for key, item in items.items()
        }
        self.spine = [self.hrefs[ref.get("idref")] for ref in self.package.iterfind(".//{*}itemref")]

    def documents(self) -> Iterator[tuple[str, etree._Element]]:
        """The XHTML documents of the spine."""
        for name in self.spine:
            yield name, etree.fromstring(self.files[name])

    def body(self) -> str:
        """The text of the whole book, squeezed."""
        return squeezed(
            "\n".join("".join(root.find(f"{XHTML}body").itertext()) for _, root in self.documents())
        )
