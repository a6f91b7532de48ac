"""Chapters cut into files: Adobe's engine gives up on long documents, so a long chapter takes several.

A chapter is cut between its sections; a section that is too long by itself, between its blocks; a table
between its rows, and a listing between its lines. The limit is calibre's figure for Adobe Digital Editions:
260 KB a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from recto.galley import BLOCK, NOTE_ROLE
from recto.model import Galley, Heading, SetSection
from recto.notations import xhtml
from recto.notations.xhtml import Element

LIMIT = 260_000
_FRAME = 4_000  # bytes for the head of a file, its headings, backlinks, `epub:type` and page breaks
_BREAK = 70  # bytes that one page break adds


@dataclass(frozen=True, slots=True)
class FilePiece:
    """A section, or what of it stands in one file; `heading` is None for an opening or a continuation."""

    heading: Heading | None
    html: str


def files_of(galley: Galley, limit: int = LIMIT) -> tuple[tuple[FilePiece, ...], ...]:
    """The pieces of a chapter, file by file; each file holds `limit` bytes at most, unless a paragraph, a row
    or a line is longer.

    Headings of the galley's sections go with the text below them.
    """
    room = limit - _FRAME
    files: list[list[FilePiece]] = [[]]
    used = 0
    for piece in _pieces(galley, room):
        size = _size(piece.html)
        if files[-1] and used + size > room:
            files.append([])
            used = 0
        files[-1].append(piece)
        used += size
    return tuple(tuple(pieces) for pieces in files)


def _pieces(galley: Galley, room: int) -> Iterator[FilePiece]:
    yield from _cut(None, galley.opening, room)
    for section in galley.sections:
        yield from _cut(section.heading, section, room)


def _cut(heading: Heading | None, section: SetSection, room: int) -> Iterator[FilePiece]:
    """A section as pieces that fit: its blocks in order, each note in the piece that calls it."""
    if _size(section.html) <= room:
        yield FilePiece(heading, section.html)
        return
    root = xhtml.parse(section.html)
    notes = {e.get("id", ""): e for e in root if e.get("role") == NOTE_ROLE}
    unset = set(notes.values())
    called = xhtml.parse(heading.html if heading else section.heading.html)
    gathered = "".join(xhtml.outer(note) for note in _called(called, notes))
    used = _size(gathered)
    for block in [part for each in root for part in _parted(each, room)]:
        if block in unset:
            continue
        html = xhtml.outer(block) + "".join(xhtml.outer(note) for note in _called(block, notes))
        if gathered and used + _size(html) > room:
            yield FilePiece(heading, gathered)
            heading, gathered, used = None, "", 0
        gathered += html
        used += _size(html)
    yield FilePiece(heading, gathered)


def _parted(block: Element, room: int) -> Iterator[Element]:
    """A block; a table or listing without room as several, each with the head, the first with the rest."""
    rows = _rows(block) if _size(xhtml.outer(block)) > room else []
    if len(rows) < 2:
        yield block
        return
    frame = _size(xhtml.outer(block)) - sum(_size(xhtml.outer(row)) for row in rows)
    groups: list[list[Element]] = [[]]
    used = frame
    for row in rows:
        size = _size(xhtml.outer(row))
        if groups[-1] and used + size > room:
            groups.append([])
            used = frame
        groups[-1].append(row)
        used += size
    for number, group in enumerate(groups):
        kept = {rows.index(group[0]), rows.index(group[-1])}
        yield _part(block, min(kept), max(kept), first=number == 0)


def _rows(block: Element) -> list[Element]:
    """What a table or a listing can be parted between: the rows of its body, its lines."""
    if next(block.iter("table"), None) is not None:
        return list(block.iterfind(".//tbody/tr")) if next(block.iter("pre"), None) is None else []
    return [
        line for listing in block.iter("pre") for line in listing.iter("span") if line.get("class") == "line"
    ]


def _part(block: Element, begin: int, end: int, *, first: bool) -> Element:
    """A copy of a block with its rows from `begin` to `end`; one that goes on has no caption and no ids."""
    made = deepcopy(block)
    for at, row in enumerate(_rows(made)):
        if not begin <= at <= end:
            _take(row)
    if not first:
        for caption in list(made.iter("caption", "figcaption")):
            _take(caption)
        inside = set(_rows(made))
        for element in made.iter():
            if not any(above in inside for above in (element, *element.iterancestors())):
                for name in ("id", BLOCK):
                    element.attrib.pop(name, None)
    return made


def _take(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _called(block: Element, notes: dict[str, Element]) -> Iterator[Element]:
    for call in block.iter("a"):
        note = notes.pop(call.get("href", "").removeprefix("#"), None)
        if note is not None:
            yield note


def _size(html: str) -> int:
    # a page holds 2,000 characters or so: leave room for its break
    return len(html.encode()) * (2000 + _BREAK) // 2000 + html.count('role="doc-') * 24
