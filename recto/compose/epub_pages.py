"""The page breaks of the print book, put into the documents of the e-book at the very character.

Print tells where in the text a page begins (`TextPosition`: a block, and how many characters of it, white
space left out, stand on earlier pages); a page of which it can't tell is found by the ids that are on it.
A page whose text is not in the e-book (half title, a blank) has no break.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from recto import xhtml
from recto.compose.epub_text import TYPE, calls, tag
from recto.model import PageMap
from recto.xhtml import Element

_HEADINGS = frozenset(tag(f"h{level}") for level in range(1, 7))
# Elements that hold other elements only: a break can't stand directly in them
_CLOSED = frozenset(tag(name) for name in "ul ol dl table thead tbody tfoot tr hgroup".split())
_SKIPPED = frozenset(("footnote", "page-reference", "page-ref"))


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A line of the page list: the folio, and the file and id of its break."""

    page: int
    folio: str
    file: str
    anchor: str


def insert_breaks(trees: Mapping[str, Element], pages: PageMap) -> tuple[PageBreak, ...]:
    """Put a break into the documents (by file name) for every page that is in them; returns them in order."""
    placer = _Placer(trees, pages)
    for page, folio in enumerate(pages.folios):
        placer.place(page, folio)
    return tuple(placer.breaks)


class _Placer:
    def __init__(self, trees: Mapping[str, Element], pages: PageMap) -> None:
        self.pages = pages
        self.breaks: list[PageBreak] = []
        self.ids: set[str] = set()
        self.blocks: dict[str, tuple[str, Element]] = {}
        self.first: dict[int, tuple[str, Element]] = {}  # the first element on each page that has an id
        self.calls: set[Element] = set()
        for name, root in trees.items():
            self.calls.update(calls(root))
            for element in root.iter():
                self._note(name, element)

    def _note(self, name: str, element: Element) -> None:
        if block := element.get("data-b"):
            self.blocks[block] = (name, element)
        if anchor := element.get("id"):
            self.ids.add(anchor)
            if (page := self.pages.pages.get(anchor)) is not None:
                self.first.setdefault(page, (name, element))

    def place(self, page: int, folio: str) -> None:
        """Put the break of one page in."""
        start = self.pages.starts.get(page)
        block = self.blocks.get(start.block) if start else None
        if start and block:
            file, element = block
            marker = self._marker(folio)
            if start.offset == 0:
                _before(self._opening(element, page), marker)
            else:
                _split(element, start.offset, marker, self.calls)
        elif page in self.first:
            file, element = self.first[page]
            marker = self._marker(folio)
            _before(element, marker)
        else:
            return
        self.breaks.append(PageBreak(page, folio, file, marker.get("id", "")))

    def _marker(self, folio: str) -> Element:
        anchor = f"page-{folio}"
        while anchor in self.ids:  # an author may have called something so
            anchor += "-"
        self.ids.add(anchor)
        return page_break(folio, anchor)

    def _opening(self, block: Element, page: int) -> Element:
        """The first heading above a block, where nothing but headings stands between: it opens the page."""
        spot = node = block
        while (parent := node.getparent()) is not None and parent.tag != tag("html"):
            before = node.getprevious()
            if before is None and not (parent.text or "").strip():
                node = parent
            elif before is not None and self._opens(before, page):
                spot = node = before
            else:
                break
        return spot

    def _opens(self, element: Element, page: int) -> bool:
        parent = element.getparent()
        anchor = element.get("id") or (parent.get("id") if parent is not None else None) or ""
        on_page = self.pages.pages.get(anchor) == page
        return element.tag in _HEADINGS and on_page and not (element.tail or "").strip()


def page_break(folio: str, anchor: str) -> Element:
    """The marker of a page's beginning, with its folio as its name."""
    attributes = {TYPE: "pagebreak", "role": "doc-pagebreak", "id": anchor, "aria-label": folio}
    return xhtml.element(tag("span"), attributes)


def _before(element: Element, marker: Element) -> None:
    """Put a marker before the text of an element: within it where that is allowed, else just above it."""
    parent = element.getparent()
    above = element.tag in _HEADINGS or element.tag == tag("img")
    while parent is not None and (above or element.tag in _CLOSED) and parent.tag in _CLOSED:
        element, parent = parent, parent.getparent()
    if parent is not None and (above or element.tag in _CLOSED):
        parent.insert(parent.index(element), marker)
        return
    marker.tail, element.text = element.text, None
    element.insert(0, marker)


def _split(block: Element, offset: int, marker: Element, unread: Iterable[Element]) -> None:
    """Put a marker before the character number `offset` (white space not counted) of a block's own text."""
    passed = 0
    for owner, is_tail in list(_runs(block, frozenset(unread))):
        text = (owner.tail if is_tail else owner.text) or ""
        for at, character in enumerate(text):
            if character.isspace():
                continue
            if passed == offset:
                _insert(owner, is_tail, at, marker)
                return
            passed += 1
    block.append(marker)


def _insert(owner: Element, is_tail: bool, at: int, marker: Element) -> None:
    if not is_tail:
        text = owner.text or ""
        owner.text, marker.tail = text[:at], text[at:]
        owner.insert(0, marker)
        return
    text, parent = owner.tail or "", owner.getparent()
    if parent is None:
        raise ValueError("a block can't be the root of a document")
    owner.tail, marker.tail = text[:at], text[at:]
    parent.insert(parent.index(owner) + 1, marker)


def _runs(element: Element, unread: frozenset[Element]) -> Iterator[tuple[Element, bool]]:
    """The pieces of text of a block in order, as (element, False: its text, True: its tail).

    Left out is what print does not count either: blocks within it, note numbers, what was added for print.
    """
    yield element, False
    for child in element:
        skipped = child.get("data-b") or child in unread or _SKIPPED & set(child.get("class", "").split())
        if not skipped:
            yield from _runs(child, unread)
        yield child, True
