"""The outline (bookmarks) of the bound book: the contents to a depth, and what the contents don't list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from recto.model import Contents, ContentsEntry, LaidOut
from recto.print.links import Destinations


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
        title = f"{heading.number} {name}" if heading.title else f"{name} {heading.number}"
        children = tuple(_from_contents(entry.children, places, depth, labels))
        made.append(OutlineEntry(title.strip(), page, heading.anchor, children))
    return made


def write_outline(pdf: Pdf, entries: Sequence[OutlineEntry], places: Destinations) -> None:
    """Write the outline, each entry with children closed (ISO 32000-1, 12.3.3)."""
    if not entries:
        return
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    pages = [page.obj for page in pdf.pages]
    _write_level(pdf, root, entries, places, pages)
    root.Count = len(entries)
    pdf.Root.Outlines = root
    pdf.Root.PageMode = Name.UseOutlines


def _write_level(
    pdf: Pdf, parent: Object, entries: Sequence[OutlineEntry], places: Destinations, pages: Sequence[Object]
) -> int:
    """Write the children of an item; returns how many items stand below it in all."""
    items = []
    below = 0
    for entry in entries:
        item = pdf.make_indirect(Dictionary(Title=String(entry.title), Parent=parent))
        if entry.anchor:
            places.want(entry.anchor)
            item.Dest = String(entry.anchor)
        else:
            item.Dest = Array([pages[entry.page], Name.Fit])
        if entry.children:
            count = _write_level(pdf, item, entry.children, places, pages)
            item.Count = -count
            below += count
        items.append(item)
    for item, following in pairwise(items):
        item.Next, following.Prev = following, item
    parent.First, parent.Last = items[0], items[-1]
    return below + len(items)
