"""The page breaks of the print book, put into the documents of the e-book at the very character.

Print tells where in the text a page begins (`TextPosition`: a block, and how many characters of it, white
space left out, stand on earlier pages); a page of which it can't tell is found by the ids that are on it.
A page whose text is not in the e-book (half title, a blank) has no break.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from recto import galley
from recto.compose.epub.inside import Inside
from recto.compose.epub.screen import TYPE, tag
from recto.ids import page_id
from recto.model import PageMap, TextPosition
from recto.notations import xhtml
from recto.notations.xhtml import Element

_NEAR = 50  # blocks
_HEADINGS = frozenset(tag(f"h{level}") for level in range(1, 7))
# Elements that hold other elements only: a break can't stand directly in them
_CLOSED = frozenset(tag(name) for name in "ul ol dl table thead tbody tfoot tr hgroup".split())


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A line of the page list: the folio, and the file and id of its break.

    The break stands at `start`, or (None) before the element with the id `beside`.
    """

    page: int
    folio: str
    file: str
    anchor: str
    start: TextPosition | None = None
    beside: str = ""


def allot(insides: Mapping[str, Inside], pages: PageMap) -> tuple[PageBreak, ...]:
    """The break of every page that is in the documents (by file name), in order."""
    blocks = {block: name for name, each in insides.items() for block in each.blocks}
    first: dict[int, tuple[str, str]] = {}  # file and id of the first on each page that has an id
    for name, each in insides.items():
        for anchor in each.ids:
            if (page := pages.pages.get(anchor)) is not None:
                first.setdefault(page, (name, anchor))
    breaks = []
    for page, folio in enumerate(pages.folios):
        start = pages.starts.get(page)
        if start is not None and start.block not in blocks:
            start = _after(start, blocks)
        if start is not None:
            file, beside = blocks[start.block], ""
        elif page in first:
            (file, beside), start = first[page], None
        else:
            continue
        breaks.append(PageBreak(page, folio, file, page_id(folio), start, beside))
    return tuple(breaks)


def _after(start: TextPosition, blocks: Mapping[str, str]) -> TextPosition | None:
    """Where the page of a place begins that print alone has: before the next block of its chapter."""
    series, _, number = start.block.rpartition(":")
    if not number.isdecimal():
        return None
    following = (f"{series}:{each}" for each in range(int(number) + 1, int(number) + _NEAR))
    return next((TextPosition(block, 0) for block in following if block in blocks), None)


def insert_breaks(root: Element, breaks: Iterable[PageBreak], pages: Mapping[str, int]) -> None:
    """Put the breaks of a document into it; `pages` has the page of each of its ids that is in print."""
    placer = _BreakPlacer(root, pages)
    for each in breaks:
        placer.place(each)


class _BreakPlacer:
    def __init__(self, root: Element, pages: Mapping[str, int]) -> None:
        self.pages = pages
        self.calls = frozenset(galley.calls(root))
        self.blocks: dict[str, Element] = {}
        self.ids: dict[str, Element] = {}
        for element in root.iter():
            if block := element.get(galley.BLOCK):
                self.blocks[block] = element
            if anchor := element.get("id"):
                self.ids.setdefault(anchor, element)

    def place(self, each: PageBreak) -> None:
        """Put one break in."""
        marker, start = page_break(each.folio, each.anchor), each.start
        if start is None:
            _before(self.ids[each.beside], marker)
        elif start.offset == 0:
            _before(self._opening(self.blocks[start.block], each.page), marker)
        else:
            _split(self.blocks[start.block], start.offset, marker, self.calls)

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
        on_page = self.pages.get(anchor) == page
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


def _split(block: Element, offset: int, marker: Element, firsts: frozenset[Element]) -> None:
    """Put a marker before the character number `offset` (white space not counted) of a block's own text."""
    passed = 0
    own = block.get(galley.BLOCK)
    for passage in galley.walk(block, galley.NOT_DRAWN_IN_PLACE, firsts):
        if passage.block != own or passed + galley.length(passage.text) <= offset:
            passed += galley.length(passage.text) if passage.block == own else 0
            continue
        at = _index(passage.text, offset - passed)
        _insert(passage.element, passage.is_end, at, marker)
        return
    block.append(marker)


def _index(text: str, count: int) -> int:
    """The index of the character before which so many others stand, white space not counted."""
    return [at for at, character in enumerate(text) if not character.isspace()][count]


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
