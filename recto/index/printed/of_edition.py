"""The index of one edition: without the places of text that is for the other one alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Protocol

from recto.index.index_model import Entry, Index, Locator, Path
from recto.index.places import Places
from recto.model import Galley


class Abridged(Protocol):
    """A book that may have only some of the text."""

    @property
    def anchors(self) -> Collection[str] | None:
        """Every id in it; None where it has all."""

    @property
    def galleys(self) -> Sequence[Galley]:
        """Its text."""


def within(index: Index, edition: Abridged) -> Index:
    """The index of an edition.

    A heading goes with its last place, and a cross-reference with the heading that it leads to. A note has
    the number that it has in this edition.
    """
    anchors = edition.anchors
    if anchors is None:
        return index
    places = Places(edition.galleys)
    entries = tuple(replace(entry, locators=_there(entry, anchors, places)) for entry in index.entries)
    while True:
        known = {entry.path[:depth] for entry in entries for depth in range(1, len(entry.path) + 1)}
        kept = tuple(each for entry in entries if _says_something(each := _led(entry, known)))
        if kept == entries:
            return replace(index, entries=kept)
        entries = kept


def _there(entry: Entry, anchors: Collection[str], places: Places) -> tuple[Locator, ...]:
    return tuple(
        replace(each, note=places.locator(each.anchor).note if each.note else "")
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
