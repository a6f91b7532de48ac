"""The page breaks of the print book, put into the documents of the e-book at the very character.

Print tells where in the text a page begins (`TextPosition`: a block, and how many characters of it, white
space left out, stand on earlier pages); a page of which it can't tell is found by the ids that are on it.
A page whose text is not in the e-book (half title, a blank), or stands elsewhere in it (notes at the end of
the book), has no break.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
_CAPTIONS = (tag("figcaption"), tag("caption"))
_XHTML = tag("")
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
        noted = frozenset(each.noted)
        for anchor in each.ids:
            if anchor not in noted and (page := pages.pages.get(anchor)) is not None:
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
    within: dict[str, list[PageBreak]] = {}  # those amid a block, by its name: each block is read once
    for each in breaks:
        if each.start is not None and each.start.offset:
            within.setdefault(each.start.block, []).append(each)
        else:
            placer.place(each)
    for block, amid in within.items():
        placer.split(block, amid)


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
        """Put in a break that stands before a block or another element."""
        marker, start = page_break(each.folio, each.anchor), each.start
        block = self.blocks[start.block] if start else self.ids[each.beside]
        if (captioned := _captioned(block)) is not None:
            _beside(captioned, marker, after=bool(start and start.offset))
        elif start is None:
            _before(block, marker)
        else:
            _before(self._opening(block, each.page), marker)

    def split(self, block: str, breaks: Iterable[PageBreak]) -> None:
        """Put in the breaks that stand amid a block."""
        if (captioned := _captioned(self.blocks[block])) is not None:
            for each in breaks:
                _beside(captioned, page_break(each.folio, each.anchor), after=True)
            return
        offsets = [(each.start.offset if each.start else 0, each) for each in breaks]
        offsets.sort(key=lambda found: found[0])
        markers = [(offset, page_break(each.folio, each.anchor)) for offset, each in offsets]
        _split(self.blocks[block], markers, self.calls)

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


def _captioned(element: Element) -> Element | None:
    """The figure whose caption something stands in, or that it is; no break is to be read amid a name."""
    if element.tag == tag("figure"):
        return element
    while element.tag not in _CAPTIONS:
        parent = element.getparent()
        if parent is None:
            return None
        element = parent
    return element.getparent()


def _beside(element: Element, marker: Element, *, after: bool) -> None:
    """Put a marker before or behind a figure or table."""
    parent = element.getparent()
    if parent is None:
        raise ValueError("a figure can't be the root of a document")
    if after:
        marker.tail, element.tail = element.tail, None
    parent.insert(parent.index(element) + after, marker)


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


def _split(block: Element, markers: Sequence[tuple[int, Element]], firsts: frozenset[Element]) -> None:
    """Put markers before characters of a block's own text, each with its number (white space not counted)."""
    found: list[tuple[Element, bool, int, Element]] = []
    passed, own, waiting = 0, block.get(galley.BLOCK), list(reversed(markers))
    for passage in galley.walk(block, galley.NOT_DRAWN_IN_PLACE, firsts):
        if not waiting:
            break
        if passage.block != own:
            continue
        end = passed + galley.length(passage.text)
        if waiting[-1][0] < end:
            counted = galley.counted(passage.text)
            while waiting and waiting[-1][0] < end:
                offset, marker = waiting.pop()
                found.append((passage.element, passage.is_end, counted[offset - passed], marker))
        passed = end
    for each in reversed(found):  # from the end, so that what stands before is where it was
        _insert(*each)
    for _, marker in reversed(waiting):
        block.append(marker)


def _insert(owner: Element, is_tail: bool, at: int, marker: Element) -> None:
    around = [*(() if is_tail else (owner,)), *owner.iterancestors()]
    foreign = [each for each in around if not str(each.tag).startswith(_XHTML)]
    if foreign:  # a formula, in which no element of HTML may stand (MathML 3, 2.1.2): before it as a whole
        _beside(foreign[-1], marker, after=False)
    elif not is_tail:
        text = owner.text or ""
        owner.text, marker.tail = text[:at], text[at:]
        owner.insert(0, marker)
    else:
        text, parent = owner.tail or "", owner.getparent()
        if parent is None:
            raise ValueError("a block can't be the root of a document")
        owner.tail, marker.tail = text[:at], text[at:]
        parent.insert(parent.index(owner) + 1, marker)
