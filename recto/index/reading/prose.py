"""The prose of galleys: what may be searched for terms, and where an anchor may be put into it.

A section is read by itself (see `reading`), and what was read is kept. A *spot* names a place in it: a
section, a block, a character of that block's text. `anchored` puts an invisible anchor at spots, so
that a locator leads to the very words and the folio is that of the page on which they stand.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from recto.galley import INDEX_MARK
from recto.index.reading import blocks
from recto.index.reading import readings as reading
from recto.index.reading.blocks import Block
from recto.index.reading.readings import Reading
from recto.model import DISPLAYED, Galley, SetSection
from recto.notations import xhtml
from recto.store.cache import Memo, digest

# the ids that ours might be the same as
_TERM_ID = re.compile(r'id="(term-[^"]*)"')


class Spot(NamedTuple):
    """A place in the book: section by its position in the book, block by its position in the section.

    Block -1 is the section's own heading.
    """

    section: int
    block: int = -1
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Prose:
    """A section read for its words."""

    section: SetSection
    reading: Reading

    @property
    def title(self) -> str:
        """The section's own heading."""
        return self.section.heading.title

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Its text, block by block."""
        return self.reading.blocks


def read(galleys: Iterable[Galley], language: str = "en", memo: Memo | None = None) -> tuple[Prose, ...]:
    """Every section of the book in order: part openings, chapter openings, sections."""
    memo = memo or Memo()
    return tuple(_read(section, language, memo) for galley in galleys for section in galley.all_sections)


def _read(section: SetSection, language: str, memo: Memo) -> Prose:
    title, html = section.heading.title, section.html
    key = digest(title, html, language)
    return Prose(section, memo(key, lambda: reading.read(title, html, language)))


def worth_reading(book: Sequence[Prose], galleys: Iterable[Galley]) -> Sequence[Prose]:
    """The book without what stands before its contents: nobody looks up a copyright page."""
    shown = [galley.chapter.role in DISPLAYED for galley in galleys for _ in galley.all_sections]
    return [_unread(each) if is_shown else each for each, is_shown in zip(book, shown, strict=True)]


def _unread(each: Prose) -> Prose:
    """A section in its place, of which nothing was read."""
    heading = dataclasses.replace(each.section.heading, title="", html="")
    section = dataclasses.replace(each.section, heading=heading, html="", text="")
    return Prose(section, _nothing_read())


@cache
def _nothing_read() -> Reading:
    return reading.read("", "", "en")


def anchored(
    galleys: Sequence[Galley], book: Sequence[Prose], spots: Iterable[Spot], memo: Memo | None = None
) -> tuple[tuple[Galley, ...], Mapping[Spot, str]]:
    """The galleys with an anchor at each spot, and the anchor's id by spot.

    A spot in a heading takes the heading's own id where it has one; nothing is put into headings, code or
    links. `book` is what `read` made of the galleys.
    """
    memo = memo or Memo()
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
            here = {
                spot: _own_anchor(book[position], spot) or next(names) for spot in wanted.get(position, ())
            }
            anchors.update(here)
            new = tuple(
                (spot.block, spot.offset, name)
                for spot, name in here.items()
                if not _own_anchor(book[position], spot)
            )
            sections.append(_anchored_section(section, new, memo) if new else section)
            position += 1
        result.append(_with_sections(galley, sections))
    return tuple(result), anchors


def _anchored_section(
    section: SetSection, anchors: tuple[tuple[int, int, str], ...], memo: Memo
) -> SetSection:
    """A section with anchors put in: each a block, a character of it, a name; in the order of the text."""
    html = memo(digest(section.html, anchors), lambda: _with_anchors(section.html, anchors))
    return dataclasses.replace(section, html=html)


def _with_anchors(html: str, anchors: Sequence[tuple[int, int, str]]) -> str:
    tree = xhtml.parse(html)
    standing = blocks.standing(tree)
    for block, offset, name in reversed(anchors):
        standing[block].insert(offset, xhtml.element("span", {"class": INDEX_MARK, "id": name}))
    return xhtml.serialize(tree)


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
        yield from _TERM_ID.findall(section.html)


def _with_sections(galley: Galley, sections: Sequence[SetSection]) -> Galley:
    """A galley with other texts in the places of its sections, in the order of `all_sections`."""
    part, rest = (sections[0], sections[1:]) if galley.part else (None, sections)
    return dataclasses.replace(galley, part=part, opening=rest[0], sections=tuple(rest[1:]))
