"""From galleys to an index: what the author asked for and what the machine found, gathered and checked."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from recto.index import index_checks
from recto.index.asked import deciding, editing, marks, terms
from recto.index.automatic import choosing, suggesting
from recto.index.automatic import finding as automatic
from recto.index.automatic.homes import Home
from recto.index.index_model import Entry, Index, Origin, Path, Suggestion
from recto.index.places import Places
from recto.index.reading import prose
from recto.index.reading.prose import Spot
from recto.index.reading.words import alike
from recto.index.surroundings import TextsAround
from recto.model import Galley, IndexMark
from recto.problems import Problem
from recto.settings.config import Config
from recto.store.cache import Cache


def build(
    galleys: Sequence[Galley], config: Config, cache: Cache | None = None
) -> tuple[Index, tuple[Galley, ...], tuple[Problem, ...]]:
    """The index of a book, the galleys with an anchor wherever a listed or found term stands, problems.

    What each section tells by itself is kept in the cache, so that only those that changed are read again.

    `[index] automatic` decides whether the machine adds headings of its own; unset, it does where there are
    neither marks nor a list of terms; with "suggest" its headings are only suggested (`Index.suggestions`).
    With `include = false` the index is empty and the galleys as they were.
    """
    if not config.index.include:
        return Index(), tuple(galleys), ()
    cache = cache or Cache(None)
    marked = [mark for galley in galleys for mark in galley.marks]
    drafted = _draft(galleys, config, marked, cache)
    spots = [spot for term in drafted.sought for spot in term.spots]
    spots += [spot for heading in drafted.found for spot in heading.spots]
    anchors: Mapping[Spot, str] = {}
    if spots:
        galleys, anchors = prose.anchored(galleys, drafted.book, spots, cache.memo("anchors"))
    places = Places(galleys)
    entries, problems = marks.entries(marked, places)
    entries += [_placed(terms.entry(each, config), each.spots, anchors, places) for each in drafted.sought]
    entries += [entry for each in drafted.found for entry in _entries(each, anchors, places)]
    entries, taken_problems = deciding.decided(entries, config)
    entries, place_problems = editing.edited(entries, config, TextsAround(galleys))
    merged = _merged(_worth_printing(entries), config.book.language)
    settled, check_problems = index_checks.settle(merged, config.book.language)
    index = Index(
        tuple(settled.values()),
        language=config.book.language,
        order=config.index.order,
        style=config.index.style,
        headnote=config.index.headnote,
        automatic=any(entry.origin == "auto" for entry in settled.values()),
        suggestions=drafted.suggestions,
    )
    if config.index.automatic is None and (marked or config.index.terms):
        letters = sum(len(section.text) for galley in galleys for section in galley.all_sections)
        check_problems += index_checks.sparse(settled.values(), letters)
    list_problems = (*drafted.problems, *taken_problems, *place_problems)
    return index, tuple(galleys), (*problems, *list_problems, *check_problems)


@dataclass(slots=True)
class _Drafted:
    """What the list and the machine contribute: terms sought, headings found, those only suggested."""

    book: Sequence[prose.Prose] = ()
    sought: Sequence[terms.Sought] = ()
    found: Sequence[automatic.Found] = ()
    suggestions: tuple[Suggestion, ...] = ()
    problems: Sequence[Problem] = ()


def _draft(galleys: Sequence[Galley], config: Config, marked: Sequence[IndexMark], cache: Cache) -> _Drafted:
    """Look for the terms of the list, and let the machine find headings where that is wanted."""
    settings = config.index
    wanted = settings.automatic
    if wanted is None:
        wanted = not marked and not settings.terms
    own = deciding.headings_of(marked, config.book.language)
    chosen = choosing.names_automatic(config, own)
    if not (settings.terms or wanted or chosen):
        return _Drafted()
    book = prose.read(galleys, config.book.language, cache.memo("readings"))
    sought, problems = terms.find(book, config, _chapters(galleys))
    if not (wanted or chosen):
        return _Drafted(book, sought, problems=problems)
    candidates = automatic.find(
        prose.worth_reading(book, galleys),
        config.book.language,
        asked_for=choosing.asked_for(settings),
        never=choosing.refused(config),
    )
    found, missed = choosing.choose(candidates, config, own, whole=wanted is True)
    suggestions = suggesting.suggestions(candidates, book, config) if wanted == "suggest" else ()
    return _Drafted(book, sought, found, suggestions, (*problems, *missed))


def _chapters(galleys: Iterable[Galley]) -> list[str]:
    """The title of its chapter for each section of the book."""
    titles = ((galley, galley.opening.heading.title or galley.chapter.label) for galley in galleys)
    return [title for galley, title in titles for _ in galley.all_sections]


def _entries(found: automatic.Found, anchors: Mapping[Spot, str], places: Places) -> Iterator[Entry]:
    """The entry of a found heading, and one for each of its subheadings."""
    has_room = len(found.entry.path) < _DEEPEST
    parted: dict[str, list[Home]] = {"": []}
    for home in found.homes:
        parted.setdefault(home.sub if has_room else "", []).append(home)
    for sub, homes in parted.items():
        locators = dict.fromkeys(
            locator
            for home in homes
            for locator in (
                places.locator(anchors[home.spot], anchors[home.to] if home.to else ""),
                *([places.locator(anchors[home.caption])] if home.caption else ()),
            )
        )
        entry = dataclasses.replace(found.entry, locators=tuple(locators))
        yield dataclasses.replace(entry, path=(*entry.path, sub), see=()) if sub else entry


def _placed(entry: Entry, spots: Iterable[Spot], anchors: Mapping[Spot, str], places: Places) -> Entry:
    """An entry with a locator for each spot."""
    locators = dict.fromkeys(places.locator(anchors[spot]) for spot in spots)
    return dataclasses.replace(entry, locators=tuple(locators))


def _worth_printing(entries: Iterable[Entry]) -> list[Entry]:
    """Leave out what found no place and refers to none."""
    return [entry for entry in entries if entry.locators or entry.see or entry.see_also]


_DEEPEST = 3  # a heading, a subheading, one below that
_Told = TypeVar("_Told")
_RANK: Mapping[Origin, int] = {"mark": 0, "list": 1, "auto": 2}


def _merged(entries: Iterable[Entry], language: str) -> dict[Path, Entry]:
    """One entry a path. The machine's join an author's that differ in case, plural or hyphen only, and so do
    their subheadings.
    """
    alike_by_path: dict[Path, list[Entry]] = {}
    known: dict[tuple[str, ...], Path] = {}
    for entry in sorted(entries, key=lambda entry: _RANK[entry.origin]):
        path = entry.path
        key = tuple(alike(level, language) for level in path)
        if entry.origin == "auto":
            depth = next((depth for depth in range(len(key), 0, -1) if key[:depth] in known), 0)
            path = (*known[key[:depth]], *path[depth:]) if depth else path
        for depth in range(1, len(key) + 1):
            known.setdefault(key[:depth], path[:depth])
        alike_by_path.setdefault(path, []).append(entry)
    return {path: _joined(path, found) for path, found in alike_by_path.items()}


def _joined(path: Path, entries: Sequence[Entry]) -> Entry:
    """The entries of one path as one: place and origin are those of the first."""
    first = entries[0]
    return dataclasses.replace(
        first,
        path=path,
        sort_keys=next((each.sort_keys for each in entries if any(each.sort_keys)), entries[-1].sort_keys),
        locators=_each(entry.locators for entry in entries),
        see=_each(entry.see for entry in entries),
        see_also=_each(entry.see_also for entry in entries),
        see_place=next((each.see_place for each in entries if each.see_place), None),
        shown=next((each.shown for each in entries if any(each.shown)), entries[-1].shown),
    )


def _each(several: Iterable[Iterable[_Told]]) -> tuple[_Told, ...]:
    """What stands in several lists, each thing once."""
    return tuple(dict.fromkeys(chain.from_iterable(several)))
