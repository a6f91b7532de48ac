"""Where links of the e-book lead, and places for them to lead to.

Kobo opens a link as a pop-up where it leads to a short passage further on (its guide: of 9 to 5,000
characters), whatever the link is; for a note that is welcome, for a line of the contents it is not. So a link
to what opens a file names the file alone, and the id of any other short passage moves to an empty place at
its beginning, which no reader takes for a note.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from recto.compose.epub.inside import Inside
from recto.notations import xhtml
from recto.notations.xhtml import XHTML, Element

# An empty place stands within the first of what these hold, and before any of those
_OPENS = frozenset(
    f"{{{XHTML}}}{name}" for name in "section div figure blockquote article hgroup li dd".split()
)
_CLOSED = frozenset(f"{{{XHTML}}}{name}" for name in "table thead tbody tr ul ol dl img".split())


def addresses(insides: Mapping[str, Inside]) -> dict[str, str]:
    """The address of each anchor of the documents (by file name) as links write it."""
    found: dict[str, str] = {}
    for name, each in insides.items():
        found |= {anchor: f"{name}#{anchor}" for anchor in each.ids}
        found |= dict.fromkeys(each.heads, name)
    return found


def moving(insides: Mapping[str, Inside], listed: Iterable[str]) -> frozenset[str]:
    """The ids that would make links pop up: plain links lead to them, or the contents (`listed`) do."""
    linked = {anchor for each in insides.values() for anchor in each.plain}.union(listed)
    short = {anchor for each in insides.values() for anchor in each.short}
    return frozenset(linked & short).difference(*(each.heads for each in insides.values()))


def move(root: Element, anchors: Collection[str]) -> None:
    """Move ids of a document to empty places at the beginning of what had them."""
    for element in [each for each in root.iter() if each.get("id") in anchors]:
        _put(element, xhtml.element(f"{{{XHTML}}}span", {"id": str(element.attrib.pop("id"))}))


def _put(element: Element, place: Element) -> None:
    while element.tag in _OPENS and len(element) and not (element.text or "").strip():
        element = element[0]
    parent = element.getparent()
    while element.tag in _CLOSED and parent is not None and parent.tag in _CLOSED:
        element, parent = parent, parent.getparent()
    if element.tag in _CLOSED and parent is not None:
        parent.insert(parent.index(element), place)
        return
    place.tail, element.text = element.text, None
    element.insert(0, place)
