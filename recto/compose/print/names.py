"""How the units of the print book are called, and which of them holds each anchor."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from recto.ids import COLOPHON, CONTENTS, INDEX, LISTS, NOTES, OWN
from recto.model import DISPLAYED, Galley

if TYPE_CHECKING:
    from recto.index.index_model import LocatedIndex

NOTES_UNIT = "notes"  # of the book
_RESERVED = ("front", "contents", *LISTS, NOTES_UNIT, "index", "colophon")
_ID = re.compile(r'\bid="([^"]+)"')


def units_of_anchors(
    galleys: tuple[Galley, ...], index: LocatedIndex | None, notes: Mapping[str, str]
) -> dict[str, str]:
    """The unit that each anchor of the book will stand in; `notes` are those at ends, by their unit."""
    found = {CONTENTS: "contents", NOTES: NOTES_UNIT, COLOPHON: "colophon"}
    for galley in galleys:
        name = name_of(galley)
        found[galley.chapter.anchor] = name
        for section in (galley.opening, *galley.sections):
            found[section.heading.anchor] = name
            found.update(dict.fromkeys(_ids(section.heading.html), name))
            found.update(dict.fromkeys(_ids(section.html), name))
        if galley.part is not None:
            part = galley.part.heading.anchor
            name = text_name(part)
            found[part] = name
            found.update(dict.fromkeys(_ids(galley.part.html), name))
    for name, html in notes.items():
        found.update(dict.fromkeys(_ids(html), name))
    if index is not None:
        found[INDEX] = "index"
        for group in index.groups:
            found[group.anchor] = "index"
            found.update((e.anchor, "index") for entry in group.entries for e in entry.walk())
    return found


@lru_cache(maxsize=16384)  # a book is composed in rounds, of the same texts
def _ids(html: str) -> tuple[str, ...]:
    return tuple(_ID.findall(html))


def name_of(galley: Galley) -> str:
    """The name of the unit of a galley."""
    if galley.chapter.role in DISPLAYED:
        return "front"
    if galley.chapter.role == "colophon":
        return "colophon"
    return text_name(galley.chapter.anchor)


def text_name(anchor: str) -> str:
    """The name of a unit that holds an author's text: its anchor, which may be called like one of ours."""
    return f"{OWN}{anchor}" if anchor in _RESERVED else anchor
