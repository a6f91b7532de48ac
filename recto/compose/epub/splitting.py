"""Chapters cut into files: Adobe's engine gives up on long documents, so a long chapter takes several.

A chapter is cut between its sections; a section that is too long by itself, between its blocks. The limit
is calibre's figure for Adobe Digital Editions: 260 KB a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from recto.galley import NOTE_ROLE
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
    """The pieces of a chapter, file by file; each file holds `limit` bytes at most, unless a block is longer.

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
    for block in root:
        if block in unset:
            continue
        html = xhtml.outer(block) + "".join(xhtml.outer(note) for note in _called(block, notes))
        if gathered and used + _size(html) > room:
            yield FilePiece(heading, gathered)
            heading, gathered, used = None, "", 0
        gathered += html
        used += _size(html)
    yield FilePiece(heading, gathered)


def _called(block: Element, notes: dict[str, Element]) -> Iterator[Element]:
    for call in block.iter("a"):
        note = notes.pop(call.get("href", "").removeprefix("#"), None)
        if note is not None:
            yield note


def _size(html: str) -> int:
    # a page holds 2,000 characters or so: leave room for its break
    return len(html.encode()) * (2000 + _BREAK) // 2000 + html.count('role="doc-') * 24
