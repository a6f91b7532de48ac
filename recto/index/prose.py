"""The prose of galleys: what may be searched for terms, and where an anchor may be put into it.

A section's fragment is read block by block (paragraph, list item, cell, heading …). A *spot* names a place
in it: a section, a block, a character of that block's text. `anchored` puts an invisible anchor at spots, so
that a locator leads to the very words and the folio is that of the page on which they stand.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from recto import xhtml
from recto.model import Galley, SetSection

_BLOCKS = frozenset(
    "address article aside blockquote caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 header"
    " footer hr li ol p section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_UNREAD = frozenset("pre script style svg math img template".split())
# an anchor inside one of these would break a link, or a word set in another face, in two
_UNBROKEN = frozenset("a abbr code kbd samp var dfn sub sup ruby".split())
_STYLED = {
    "code": "code", "kbd": "code", "samp": "code", "strong": "strong", "b": "strong", "em": "emphasis",
    "i": "emphasis", "dfn": "definition", "abbr": "abbreviation",
}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place in the book: section by its position in the book, block by its position in the section.

    Block -1 is the section's own heading.
    """

    section: int
    block: int = -1
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """Characters `start` to `end` of a block that are set apart: code, strong, emphasis, definition …."""

    start: int
    end: int
    kind: str


@dataclass(slots=True)
class Block:
    """A piece of running text: what it is (`text`, `heading`, `term`, `note`), its words, runs set apart."""

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


@dataclass(frozen=True, slots=True)
class Prose:
    """A section read for its words. `tree` is its fragment; the blocks point into it."""

    section: SetSection
    tree: xhtml.Element
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """The section's own heading."""
        return self.section.heading.title


def read(galleys: Iterable[Galley]) -> tuple[Prose, ...]:
    """Every section of the book in order: part openings, chapter openings, sections."""
    return tuple(_read(section) for galley in galleys for section in galley.all_sections)


def _read(section: SetSection) -> Prose:
    tree = xhtml.parse(section.html)
    blocks = [block for block in _Reader().blocks(tree) if block.text.strip()]
    return Prose(section, tree, tuple(blocks))


class _Reader:
    """Walks a fragment, cutting it into blocks."""

    def __init__(self) -> None:
        self.found: list[Block] = [Block("text", "")]

    def blocks(self, tree: xhtml.Element) -> list[Block]:
        self.walk(tree, "text")
        return self.found

    def walk(self, element: xhtml.Element, kind: str) -> None:
        """Add an element's text to the block at hand; a block element opens one before and after itself."""
        tag = element.tag if isinstance(element.tag, str) else ""
        is_block = tag in _BLOCKS
        kind = _kind(element, tag, kind)
        if is_block:
            self.found.append(Block(kind, element.get("id", "")))
        block = self.found[-1]
        start = len(block.text)
        block.add(element.text, element, False)
        for child in element:
            if child.tag not in _UNREAD and child.get("role") not in ("doc-noteref", "doc-backlink"):
                self.walk(child, kind)
            if child.tag in _BLOCKS or child.tag == "pre":
                self.found.append(Block(kind, ""))
            self.found[-1].add(child.tail, child, True)
        if tag in _STYLED and self.found[-1] is block:
            block.runs.append(Run(start, len(block.text), _STYLED[tag]))


def _kind(element: xhtml.Element, tag: str, around: str) -> str:
    if tag in _HEADINGS:
        return "heading"
    if tag == "dt":
        return "term"
    return "note" if element.get("role") == "doc-footnote" else around


def _outermost_unbroken(element: xhtml.Element | None) -> xhtml.Element | None:
    """The outermost inline element around a place that may not be broken; None where there is none."""
    outermost = None
    while element is not None and element.tag not in _BLOCKS:
        if element.tag in _UNBROKEN:
            outermost = element
        element = element.getparent()
    return outermost


def anchored(
    galleys: Sequence[Galley], book: Sequence[Prose], spots: Iterable[Spot]
) -> tuple[tuple[Galley, ...], Mapping[Spot, str]]:
    """The galleys with an anchor at each spot, and the anchor's id by spot.

    A spot in a heading takes the heading's own id where it has one; nothing is put into headings, code or
    links. `book` is what `read` made of the galleys; its trees are changed, so it serves once.
    """
    wanted: dict[int, list[Spot]] = {}
    for spot in sorted(set(spots)):
        wanted.setdefault(spot.section, []).append(spot)
    taken = {found for galley in galleys for found in _ids(galley)}
    anchors: dict[Spot, str] = {}
    result: list[Galley] = []
    position = 0
    for galley in galleys:
        names = _names(galley.chapter.anchor, taken)
        sections = []
        for section in galley.all_sections:
            here = wanted.get(position, [])
            sections.append(
                _anchored_section(section, book[position], here, names, anchors) if here else section
            )
            position += 1
        result.append(_with_sections(galley, sections))
    return tuple(result), anchors


def _anchored_section(
    section: SetSection, prose: Prose, spots: Sequence[Spot], names: Iterator[str], anchors: dict[Spot, str]
) -> SetSection:
    inserted = False
    ids = {spot: _own_anchor(prose, spot) or next(names) for spot in spots}
    anchors.update(ids)
    for spot in reversed(spots):
        if not _own_anchor(prose, spot):
            mark = xhtml.element("span", {"class": "index-mark", "id": ids[spot]})
            prose.blocks[spot.block].insert(spot.offset, mark)
            inserted = True
    return dataclasses.replace(section, html=xhtml.serialize(prose.tree)) if inserted else section


def _own_anchor(prose: Prose, spot: Spot) -> str:
    """The id that is at a spot already: that of the heading it lies in."""
    if spot.block < 0:
        return prose.section.heading.anchor
    block = prose.blocks[spot.block]
    if block.kind != "heading":
        return ""
    return block.anchor or prose.section.heading.anchor


def _names(stem: str, taken: set[str]) -> Iterator[str]:
    """Ids not yet in the book: `term-chapter-4-1` …."""
    number = 0
    while True:
        number += 1
        if (name := f"term-{stem}-{number}") not in taken:
            yield name


def _ids(galley: Galley) -> Iterator[str]:
    for section in galley.all_sections:
        yield from re.findall(r'\bid="([^"]*)"', section.html)


def _with_sections(galley: Galley, sections: Sequence[SetSection]) -> Galley:
    """A galley with other texts in the places of its sections, in the order of `all_sections`."""
    part, rest = (sections[0], sections[1:]) if galley.part else (None, sections)
    return dataclasses.replace(galley, part=part, opening=rest[0], sections=tuple(rest[1:]))
