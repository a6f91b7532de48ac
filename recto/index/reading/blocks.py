"""A section's fragment read block by block: paragraph, list item, cell, heading …

A block is what a term can stand in; a place in the text is a block and a character of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from recto import galley
from recto.notations import xhtml
from recto.notations.xhtml import has_class

_BLOCKS = frozenset(
    "address article aside blockquote caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 header"
    " footer hr li ol p section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_UNREAD = frozenset("pre script style svg math img template".split())
_NO_WORDS = frozenset({"call", "backlink", "label", "inserted"})  # signs of notes, `Figure 4.1`
# an anchor inside one of these would break a link, or a word set in another face, in two
_UNBROKEN = frozenset("a abbr code kbd samp var dfn sub sup ruby".split())
_STYLED = {
    "code": "code", "kbd": "code", "samp": "code", "strong": "strong", "b": "strong", "em": "emphasis",
    "i": "emphasis", "dfn": "definition", "abbr": "abbreviation",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """Characters `start` to `end` of a block that are set apart: code, strong, emphasis, definition …."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of running text: what it is (`text`, `heading`, `term`, `caption` of figure or table, `note`),
    its words, runs set apart.
    """

    kind: str
    anchor: str
    text: str
    runs: tuple[Run, ...] = ()


@dataclass(slots=True)
class Standing:
    """A block as it stands in its tree: there an anchor can be put into it."""

    kind: str
    anchor: str
    text: str = ""
    runs: list[Run] = field(default_factory=list)
    _pieces: list[tuple[int, xhtml.Element, bool]] = field(default_factory=list)

    def add(self, text: str | None, element: xhtml.Element, is_tail: bool) -> None:
        """Append the text of an element, or the text after it."""
        if text:
            self._pieces.append((len(self.text), element, is_tail))
            self.text += text

    def insert(self, offset: int, anchor: xhtml.Element) -> None:
        """Put an element before a character of the text, outside of anything that must not be broken.

        Several have to be put in from the last to the first.
        """
        number = bisect_right(self._pieces, offset, key=lambda piece: piece[0]) - 1
        start, element, is_tail = self._pieces[max(0, number)]
        parent = element.getparent()
        unbroken = _outermost_unbroken(parent if is_tail else element)
        if unbroken is not None:
            outer = unbroken.getparent()
            assert outer is not None
            outer.insert(outer.index(unbroken), anchor)
        elif is_tail:
            assert parent is not None
            text = element.tail or ""
            element.tail, anchor.tail = text[: offset - start], text[offset - start :]
            parent.insert(parent.index(element) + 1, anchor)
        else:
            text = element.text or ""
            element.text, anchor.tail = text[: offset - start], text[offset - start :]
            element.insert(0, anchor)


def blocks(html: str) -> tuple[Block, ...]:
    """The blocks of a fragment that hold any text, in order."""
    return tuple(
        Block(each.kind, each.anchor, each.text, tuple(each.runs)) for each in standing(xhtml.parse(html))
    )


def standing(tree: xhtml.Element) -> list[Standing]:
    """The same blocks, in the tree of the fragment."""
    return [block for block in _BlockReader().read(tree) if block.text.strip()]


class _BlockReader:
    """Walks a fragment, cutting it into blocks."""

    def __init__(self) -> None:
        self.found: list[Standing] = [Standing("text", "")]

    def read(self, tree: xhtml.Element) -> Iterator[Standing]:
        self.walk(tree, "text")
        yield from self.found

    def walk(self, element: xhtml.Element, kind: str) -> None:
        """Add an element's text to the block at hand; a block element opens one before and after itself."""
        tag = element.tag if isinstance(element.tag, str) else ""
        is_block = tag in _BLOCKS
        kind = _kind(element, tag, kind)
        if is_block:
            self.found.append(Standing(kind, element.get("id", "")))
        block = self.found[-1]
        start = len(block.text)
        block.add(element.text, element, False)
        for child in element:
            if _is_read(child):
                self.walk(child, kind)
            if child.tag in _BLOCKS or child.tag == "pre":
                self.found.append(Standing(kind, ""))
            self.found[-1].add(child.tail, child, True)
        if tag in _STYLED and self.found[-1] is block:
            block.runs.append(Run(start, len(block.text), _STYLED[tag]))


def _is_read(child: xhtml.Element) -> bool:
    """False for what holds no words of the author's: signs of notes, labels, what stands in for a target."""
    stands_in = has_class(child, galley.MISSING) or has_class(child, galley.TYPED)
    return child.tag not in _UNREAD and not stands_in and galley.kind(child) not in _NO_WORDS


def _kind(element: xhtml.Element, tag: str, around: str) -> str:
    if tag in _HEADINGS:
        return "heading"
    if tag == "dt":
        return "term"
    if tag == "caption" or (tag == "figcaption" and _is_picture(element.getparent())):
        return "caption"
    return "note" if element.get("role") == galley.NOTE_ROLE else around


def _is_picture(holder: xhtml.Element | None) -> bool:
    """Tell whether an element is a figure or a table; listings are figures in HTML, and text to an index."""
    return holder is not None and holder.get("class", "").startswith(("figure", "table"))


def _outermost_unbroken(element: xhtml.Element | None) -> xhtml.Element | None:
    """The outermost inline element around a place that may not be broken; None where there is none."""
    outermost = None
    while element is not None and element.tag not in _BLOCKS:
        if element.tag in _UNBROKEN:
            outermost = element
        element = element.getparent()
    return outermost
