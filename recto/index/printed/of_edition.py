"""The index of one edition: without the places of text that is for the other one alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from recto.index.index_model import Entry, Index, Locator, Path


def within(index: Index, anchors: Collection[str] | None) -> Index:
    """The index of a book that has only some of the `anchors`; None for one that has all.

    A heading goes with its last place, and a cross-reference with the heading that it leads to.
    """
    if anchors is None:
        return index
    entries = tuple(replace(entry, locators=_there(entry, anchors)) for entry in index.entries)
    while True:
        known = {entry.path[:depth] for entry in entries for depth in range(1, len(entry.path) + 1)}
        kept = tuple(each for entry in entries if _says_something(each := _led(entry, known)))
        if kept == entries:
            return replace(index, entries=kept)
        entries = kept


def _there(entry: Entry, anchors: Collection[str]) -> tuple[Locator, ...]:
    return tuple(
        each
        if not each.anchor_to or each.anchor_to in anchors
        else replace(each, anchor_to="", section_to="")
        for each in entry.locators
        if each.anchor in anchors
    )


def _led(entry: Entry, known: Collection[Path]) -> Entry:
    see = tuple(path for path in entry.see if path in known)
    return replace(entry, see=see, see_also=tuple(path for path in entry.see_also if path in known))


def _says_something(entry: Entry) -> bool:
    return bool(entry.locators or entry.see or entry.see_also)
