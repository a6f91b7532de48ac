"""The outline (bookmarks) of the bound book: the contents to a depth, and what the contents don't list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pydyf

from recto.languages import numbered
from recto.model import Contents, ContentsEntry, LaidOut
from recto.print.binding.links import Destinations
from recto.print.binding.pdf_file import PdfFile, reference


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the outline: its title, the page it leads to, the anchor on it ("" for the page's top)."""

    title: str
    page: int
    anchor: str = ""
    children: tuple[OutlineEntry, ...] = ()


def outline_entries(
    contents: Contents,
    laid_out: Sequence[LaidOut],
    first_pages: Sequence[int],
    places: Destinations,
    depth: int,
    labels: Mapping[str, str],
) -> tuple[OutlineEntry, ...]:
    """The outline: contents down to level `depth`, and each titled unit that no contents line leads into.

    `labels` are the book's words for kinds of entries: a chapter without a title is its label and number.
    """
    entries = _from_contents(contents.entries, places, depth, labels)
    listed = {each.heading.anchor for entry in contents.entries for each in entry.walk()}
    for laid, first in zip(laid_out, first_pages, strict=True):
        anchors = {anchor for page in laid.pages for anchor in page.anchors}
        if laid.unit.title and not anchors & listed:
            entries.append(OutlineEntry(laid.unit.title, first))
    return tuple(sorted(entries, key=lambda entry: entry.page))


def _from_contents(
    entries: Iterable[ContentsEntry], places: Destinations, depth: int, labels: Mapping[str, str]
) -> list[OutlineEntry]:
    made = []
    for entry in entries:
        heading = entry.heading
        page = places.page_of(heading.anchor)
        if heading.level > depth or page is None:
            continue
        name = heading.title or labels.get(entry.kind, entry.kind.capitalize())
        title = f"{heading.number} {name}" if heading.title else numbered(name, heading.number)
        children = tuple(_from_contents(entry.children, places, depth, labels))
        made.append(OutlineEntry(title.strip(), page, heading.anchor, children))
    return made


def write_outline(
    file: PdfFile, entries: Sequence[OutlineEntry], places: Destinations, pages: Sequence[int]
) -> int | None:
    """Write the outline, each entry with children closed (ISO 32000-1, 12.3.3); returns its number.

    `pages` are the numbers of the pages. None where there is nothing to list.
    """
    if not entries:
        return None
    root = file.allot()
    first, last, _ = _write_level(file, root, entries, places, pages)
    outline = {"Type": "/Outlines", "First": first, "Last": last, "Count": len(entries)}
    return file.add(pydyf.Dictionary(outline), root)


def _write_level(
    file: PdfFile, parent: int, entries: Sequence[OutlineEntry], places: Destinations, pages: Sequence[int]
) -> tuple[bytes, bytes, int]:
    """Write the children of an item; returns the first, the last, and how many items there are in all."""
    numbers = range(begin := file.allot(len(entries)), begin + len(entries))
    below = 0
    for number, entry in zip(numbers, entries, strict=True):
        item = [b"/Title%s/Parent %d 0 R" % (pydyf.String(entry.title).data, parent)]
        if entry.anchor:
            places.want([entry.anchor])
            item.append(b"/Dest%s" % pydyf.String(entry.anchor).data)
        else:
            item.append(b"/Dest[%d 0 R/Fit]" % pages[entry.page])
        if number > numbers[0]:
            item.append(b"/Prev %d 0 R" % (number - 1))
        if number < numbers[-1]:
            item.append(b"/Next %d 0 R" % (number + 1))
        if entry.children:
            first, last, count = _write_level(file, number, entry.children, places, pages)
            item.append(b"/First %s/Last %s/Count %d" % (first, last, -count))
            below += count
        file.add(b"<<%s>>" % b"".join(item), number)
    return reference(numbers[0]), reference(numbers[-1]), below + len(entries)
