"""Checks the index of a finished pair of books, every locator of it, against their pages.

    python tests/indexed.py BOOK.pdf BOOK.epub

The words around the place that a locator of the e-book leads to must stand on the page of the print book
whose folio the locator shows; the printed index must show the same locators in the same order, each a link to
the very place on that page.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from lxml import etree
from pypdfium2.raw import FPDFText_GetUnicode

from tests.reading import EPUB_TYPE, XHTML, Epub, Pdf, squeezed

_NEAR = 14  # squeezed characters before and after a place
_REFERENCE = re.compile(r"(?:,|\()page[0-9ivxlc]+\)?")  # in squeezed text
_NOTE = re.compile(r"n\d+$|[ft]$")


@dataclass(frozen=True)
class Place:
    """A place that a locator of the e-book leads to: the folio shown, the words before it and after it."""

    heading: str
    shown: str
    folio: str
    before: str
    after: str


@dataclass(frozen=True)
class Link:
    """A locator of the printed index: its text, and the page and height that it leads to."""

    shown: str
    page: int
    top: float


def faults(pdf_path: Path, epub_path: Path) -> list[str]:
    """Everything that is wrong with the locators of a pair of books."""
    pdf, epub = Pdf(pdf_path), Epub(epub_path)
    places, links = list(places_of(epub)), list(links_of(pdf))
    shown = [place.shown for place in places], [link.shown for link in links]
    if not places or shown[0] != shown[1]:
        pairs = zip(*shown, strict=False)
        odd = next((f"{ours} and {theirs}" for ours, theirs in pairs if ours != theirs), "their number")
        return [f"{len(places)} locators in the e-book, {len(links)} in print; they differ in {odd}"]
    found = []
    for place, link in zip(places, links, strict=True):
        label = pdf.labels[link.page]
        if label != place.folio:
            found.append(f"{place.heading}: {place.shown} leads to page {label}")
        elif not _stands_in(place, squeezed(pdf.page_text(link.page))):
            found.append(f"{place.heading}: “{place.before}|{place.after}” is not on page {label}")
        elif not _stands_in(place, squeezed(_text_at(pdf, link))):
            found.append(f"{place.heading}: “{place.before}|{place.after}” is not where {place.shown} leads")
    return found


def _stands_in(place: Place, text: str) -> bool:
    text = _REFERENCE.sub("", text)  # print adds pages to what refers to them
    # in print some titles are set in capitals
    return any(words and words.casefold() in text.casefold() for words in (place.before, place.after))


def _text_at(pdf: Pdf, link: Link) -> str:
    """The text around the height to which a link leads: a few lines, or a chapter's opening."""
    width, _ = pdf.text[link.page].get_size()
    return str(pdf.text[link.page].get_textpage().get_text_bounded(0, link.top - 200, width, link.top + 30))


def places_of(epub: Epub) -> Iterator[Place]:
    """Every locator of the index of an e-book, in order, with the words at the place that it leads to."""
    documents = dict(epub.documents())
    ((index, root),) = [(name, root) for name, root in documents.items() if name.endswith("/index.xhtml")]
    folder = index.rpartition("/")[0]
    texts = {name: _text_and_places(document) for name, document in documents.items()}
    for entry in root.iter(f"{XHTML}li"):
        heading, first = "".join(entry[0].itertext()), ""
        for link in (each for each in entry.iter(f"{XHTML}a") if each.getparent() in (entry, *entry)):
            if link.get(EPUB_TYPE) != "index-locator":
                continue
            in_range = link.getparent().get(EPUB_TYPE) == "index-locator-range"
            is_last = in_range and link.getprevious() is not None
            shown = "".join(link.itertext())
            folio = _NOTE.sub("", shown)
            if is_last and folio.isdecimal() and len(folio) < len(first):
                folio = first[: len(first) - len(folio)] + folio
            first = folio
            file, _, anchor = link.get("href").partition("#")
            text, stands = texts[f"{folder}/{file}"]
            at = stands[anchor]
            before, after = squeezed(text[max(0, at - 60) : at]), squeezed(text[at : at + 60])
            yield Place(heading, shown, folio, before[-_NEAR:], after[:_NEAR])


def _text_and_places(root: etree._Element) -> tuple[str, dict[str, int]]:
    """The text of a document, and the character at which each of its ids stands."""
    text, places = "", {}
    for event, element in etree.iterwalk(root.find(f"{XHTML}body"), events=("start", "end")):
        if event == "start":
            if anchor := element.get("id"):
                places[anchor] = len(text)
            text += element.text or ""
        else:
            text += element.tail or ""
    return text, places


def links_of(pdf: Pdf) -> Iterator[Link]:
    """Every locator of the printed index, in reading order: columns from left to right."""
    pages = {page.objgen: at for at, page in enumerate(pdf.objects.pages)}
    first = pages[_index_page(pdf)]
    for at, page in list(enumerate(pdf.objects.pages))[first:]:
        middle = float(page.mediabox[2]) / 2
        found, signs = [], list(_signs(pdf, at))
        for annotation in page.get("/Annots", []):
            target = pdf.destination(annotation)
            if target is None or pages[target[0].objgen] >= first:
                continue  # a see leads to another line of the index
            left, one, right, other = (float(value) for value in annotation.Rect)
            bottom, top = sorted((one, other))
            text = "".join(sign for x, y, sign in signs if left < x < right and bottom < y < top)
            link = Link("".join(text.split()), pages[target[0].objgen], float(target[3]))
            found.append(((left > middle, -round(top), left), link))
        yield from (link for _, link in sorted(found, key=lambda pair: pair[0]))


def _signs(pdf: Pdf, page: int) -> Iterator[tuple[float, float, str]]:
    """Every character of a page, and the middle of it."""
    textpage = pdf.text[page].get_textpage()
    for number in range(textpage.count_chars()):
        left, bottom, right, top = textpage.get_charbox(number)
        yield (left + right) / 2, (bottom + top) / 2, chr(FPDFText_GetUnicode(textpage, number))


def _index_page(pdf: Pdf) -> tuple[int, int]:
    """The page on which the outline says that the index begins."""
    with pdf.objects.open_outline() as outline:
        (item,) = [item for item in outline.root if item.title == "Index"]
        target = item.destination
        if target is None and item.action is not None:
            target = item.action.D
        if isinstance(target, pikepdf.String):
            target = pdf.destinations()[str(target)]
        return target[0].objgen  # type: ignore[union-attr,index]


if __name__ == "__main__":
    complaints = faults(Path(sys.argv[1]), Path(sys.argv[2]))
    print(*complaints, f"{len(complaints)} faults", sep="\n")
    raise SystemExit(bool(complaints))
