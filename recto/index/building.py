"""From galleys to an index: what the author asked for and what the machine found, gathered and checked."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from recto.config import Config
from recto.index import automatic, checks, marks, prose, terms
from recto.index.model import Entry, Index, Origin, Path
from recto.index.places import Places
from recto.index.prose import Spot
from recto.index.words import fold_all
from recto.model import Galley
from recto.problems import Problem


def build(galleys: Sequence[Galley], config: Config) -> tuple[Index, tuple[Galley, ...], tuple[Problem, ...]]:
    """The index of a book, the galleys with an anchor wherever a listed or found term stands, problems.

    `[index] automatic` decides whether the machine adds headings of its own; unset, it does where there are
    neither marks nor a list of terms. With `include = false` the index is empty and the galleys as they were.
    """
    if not config.index.include:
        return Index(), tuple(galleys), ()
    marked = [mark for galley in galleys for mark in galley.marks]
    sought: list[terms.Sought] = []
    found: list[automatic.Found] = []
    problems: list[Problem] = []
    anchors: Mapping[Spot, str] = {}
    wants_automatic = config.index.automatic
    if wants_automatic is None:
        wants_automatic = not marked and not config.index.terms
    if config.index.terms or wants_automatic:
        book = prose.read(galleys)
        sought, problems = terms.find(book, config)
        found = automatic.find(book, config.book.language) if wants_automatic else []
        spots = [spot for term in sought for spot in term.spots]
        spots += [spot for heading in found for spot in heading.spots]
        galleys, anchors = prose.anchored(galleys, book, spots)
    places = Places(galleys)
    entries, mark_problems = marks.entries(marked, places)
    entries += [_placed(terms.entry(each, config), each.spots, anchors, places) for each in sought]
    entries += [_placed(each.entry, each.spots, anchors, places) for each in found]
    kept = _without(entries, config)
    settled, check_problems = checks.settle(_merged(kept, config.book.language), config.book.language)
    index = Index(
        tuple(settled.values()),
        language=config.book.language,
        order=config.index.order,
        style=config.index.style,
        headnote=config.index.headnote,
        automatic=any(entry.origin == "auto" for entry in settled.values()),
    )
    return index, tuple(galleys), (*mark_problems, *problems, *check_problems)


def _placed(entry: Entry, spots: Iterable[Spot], anchors: Mapping[Spot, str], places: Places) -> Entry:
    """An entry with a locator for each spot."""
    locators = dict.fromkeys(places.locator(anchors[spot]) for spot in spots)
    return dataclasses.replace(entry, locators=tuple(locators))


def _without(entries: Iterable[Entry], config: Config) -> list[Entry]:
    """Leave out what found no place and refers to none, and of the automatic what is never to be indexed."""
    never = {fold_all(term, config.book.language) for term in config.index.never}
    return [
        entry
        for entry in entries
        if (entry.locators or entry.see or entry.see_also)
        and not (entry.origin == "auto" and fold_all(entry.term, config.book.language) in never)
    ]


_RANK: Mapping[Origin, int] = {"mark": 0, "list": 1, "auto": 2}


def _merged(entries: Iterable[Entry], language: str) -> dict[Path, Entry]:
    """One entry a path. The machine's join an author's that differ in case, plural or hyphen only."""
    merged: dict[Path, Entry] = {}
    alike: dict[tuple[tuple[str, ...], ...], Path] = {}
    for entry in sorted(entries, key=lambda entry: _RANK[entry.origin]):
        path = entry.path
        key = tuple(fold_all(level, language) or (level,) for level in path)
        if entry.origin == "auto":
            path = alike.get(key, path)
        alike.setdefault(key, path)
        merged[path] = _joined(merged[path], entry) if path in merged else entry
    return merged


def _joined(first: Entry, second: Entry) -> Entry:
    """Two entries of one path as one: the first keeps origin, place and sort key."""
    return dataclasses.replace(
        first,
        sort_keys=first.sort_keys if any(first.sort_keys) else second.sort_keys,
        locators=tuple(dict.fromkeys((*first.locators, *second.locators))),
        see=tuple(dict.fromkeys((*first.see, *second.see))),
        see_also=tuple(dict.fromkeys((*first.see_also, *second.see_also))),
    )
