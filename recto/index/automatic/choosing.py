"""What becomes of the machine's headings: accepted, renamed, merged or refused by the author."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from recto.index.asked.marks import split_path
from recto.index.automatic.finding import Found
from recto.index.automatic.homes import Home
from recto.index.index_model import Path
from recto.index.printed.wording import wording
from recto.index.reading.words import fold_all
from recto.problems import Place, Problem, warning
from recto.settings.config import Config, IndexSettings, Term

_Key = tuple[str, ...]


def asked_for(settings: IndexSettings) -> list[_Key]:
    """The headings, folded, that the author's list speaks of."""
    named = (*settings.accept, *(taken for term in settings.terms for taken in term.takes))
    return [fold_all(text) for text in named if len(split_path(text)) == 1]


def refused(config: Config) -> frozenset[_Key]:
    """The phrases, folded, that are never to be indexed."""
    language, words = config.book.language, config.index.never
    return frozenset(fold_all(text, language) for text in words if len(split_path(text)) == 1)


def names_automatic(config: Config, marked: AbstractSet[_Key]) -> bool:
    """Whether the list accepts or takes a heading that only the machine can have made."""
    taken = taken_headings(config, config.book.language).keys() - marked
    return bool(config.index.accept or taken)


def choose(
    candidates: Sequence[Found], config: Config, marked: AbstractSet[_Key] = frozenset(), *, whole: bool
) -> tuple[list[Found], list[Problem]]:
    """The machine's headings that enter the index: those the author accepted or took under a term of the
    list, as the author's own; with `whole` all others too, but for those never to be indexed. Problems tell
    of accepted and taken headings that the machine does not know.

    A heading that is taken and `marked` is that of the marks: without `whole` the machine adds nothing to it.
    """
    language = config.book.language
    never = refused(config)
    taken = taken_headings(config, language)
    if not whole:
        accepted = {fold_all(text, language) for text in config.index.accept}
        taken = {key: goes for key, goes in taken.items() if key not in marked or key in accepted}
    chosen, known = [], set(marked)
    for found in candidates:
        folds = {fold_all(found.entry.term, language), fold_all(found.words, language)} - {()}
        under = next((taken[fold] for fold in folds if fold in taken), None)
        known |= folds
        if under is not None:
            path = under[0] or found.entry.path
            entry = dataclasses.replace(found.entry, path=path, origin="list", place=under[1])
            chosen.append(dataclasses.replace(found, entry=entry))
        elif whole and not folds & never:
            chosen.append(found)
    renamed = {
        found.entry.path: taken[fold][0]
        for found in candidates
        for fold in (fold_all(found.entry.term, language), fold_all(found.words, language))
        if fold in taken and taken[fold][0]
    }
    joined = wording(language).joined
    return [_led(found, renamed, joined) for found in chosen], list(_unknown(config, known))


def taken_headings(config: Config, language: str) -> dict[_Key, tuple[Path, Place]]:
    """Where each accepted or taken heading goes: a path (empty: as it is), and the line that says so."""
    taken: dict[_Key, tuple[Path, Place]] = {}
    for number, text in enumerate(config.index.accept):
        taken[fold_all(text, language)] = ((), config.place_of("index", "accept", number))
    for term in config.index.terms:
        path = (*split_path(term.term), *split_path(term.sub))
        for text in term.takes:
            if len(split_path(text)) == 1:  # else a subheading (recto.index.asked.deciding)
                taken[fold_all(text, language)] = (path, _place(term, config))
    return taken


def _led(found: Found, renamed: Mapping[Path, Path], joined: str) -> Found:
    """A heading whose see leads to where its target has gone, and whose subheadings name others as they are
    named now (`joined` is the word for `and`); beside what it has been merged with, it has none.
    """
    see = tuple(renamed.get(path, path) for path in found.entry.see)
    homes = tuple(
        _beside(home, renamed[home.beside], found.entry.path, joined) if home.beside in renamed else home
        for home in found.homes
    )
    if see == found.entry.see and homes == found.homes:
        return found
    return dataclasses.replace(found, entry=dataclasses.replace(found.entry, see=see), homes=homes)


def _beside(home: Home, path: Path, own: Path, joined: str) -> Home:
    return dataclasses.replace(home, sub="" if path == own else f"{joined} {path[-1]}", beside=path)


def _place(term: Term, config: Config) -> Place:
    return term.place or config.place_of("index", "terms")


def _unknown(config: Config, known: set[_Key]) -> Iterator[Problem]:
    accepted = enumerate(config.index.accept)
    places = [(text, config.place_of("index", "accept", number)) for number, text in accepted]
    taken = [(text, _place(term, config)) for term in config.index.terms for text in term.takes]
    for text, place in places + [each for each in taken if len(split_path(each[0])) == 1]:
        if fold_all(text, config.book.language) not in known:
            yield warning(
                "index-term-not-found",
                f"the automatic index has no heading “{text}”",
                place,
                hint='look it up with `automatic = "suggest"`, or list it as a term with `find`',
                subject=text,
            )
