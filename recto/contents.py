"""The contents: every heading of the book as a tree.

Parts hold chapters, chapters hold sections, sections hold subsections; front and back matter stand outside
the parts. How deep a table of contents goes is for those who print it: the tree is always whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from recto.model import Contents, ContentsEntry, Galley, Heading, Part


def contents(galleys: Iterable[Galley]) -> Contents:
    """The contents of galleys in their order.

    The `kind` of an entry is `part`, the kind of its chapter (`front`, `chapter`, `appendix`, `back`), or
    `section` for all below.
    """
    top: list[ContentsEntry] = []
    part: Part | None = None
    within: list[ContentsEntry] = []
    for galley in galleys:
        chapter = _chapter_entry(galley)
        if galley.chapter.part is None:
            part = None
            top.append(chapter)
            continue
        if galley.chapter.part != part:
            part = galley.chapter.part
            within = []
            top.append(ContentsEntry(_part_heading(galley, part), "part"))
        within.append(chapter)
        top[-1] = ContentsEntry(top[-1].heading, "part", tuple(within))
    return Contents(tuple(top))


def _part_heading(galley: Galley, part: Part) -> Heading:
    """The heading of a part: as typeset set it, or plain where a chapter out of order opens it again."""
    if galley.part is not None:
        return galley.part.heading
    return Heading(part.anchor, 0, part.label, part.title, escape(part.title, quote=False))


def _chapter_entry(galley: Galley) -> ContentsEntry:
    own, *below = galley.headings
    return ContentsEntry(own, galley.chapter.kind, _nest(below))


def _nest(headings: Sequence[Heading]) -> tuple[ContentsEntry, ...]:
    """Headings in order as a tree: each holds those after it that are of a deeper level.

    A level may be left out (a heading 4 below a heading 2): it then stands below the nearest higher one.
    """
    entries: list[ContentsEntry] = []
    start = 0
    while start < len(headings):
        end = start + 1
        while end < len(headings) and headings[end].level > headings[start].level:
            end += 1
        entries.append(ContentsEntry(headings[start], "section", _nest(headings[start + 1 : end])))
        start = end
    return tuple(entries)
