"""What the list decides of headings that are there without it: of marks, and of subheadings of any origin.

A `takes` or `never` of the list names a heading as marks write it, `networks!mesh` for a subheading. Headings
of the machine's own are decided before they have places (recto.index.automatic.choosing).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from recto.index.asked.marks import split_path
from recto.index.index_model import Entry, Path
from recto.index.reading.words import fold_all
from recto.model import IndexMark
from recto.problems import Place, Problem, warning
from recto.settings.config import Config

Levels = tuple[tuple[str, ...], ...]  # a path, each level folded


def headings_of(marks: Iterable[IndexMark], language: str) -> frozenset[tuple[str, ...]]:
    """The main headings of marks, folded."""
    return frozenset(fold_all(term, language) for term in {mark.terms[0] for mark in marks})


def decided(entries: Sequence[Entry], config: Config) -> tuple[list[Entry], list[Problem]]:
    """Entries as the list has them: those that it takes in stand under its own headings, those that it
    refuses are gone. A subheading that it speaks of and that is not there is reported.
    """
    book = _Decisions(config)
    if not (book.taken or book.never):
        return list(entries), []
    main = [each for entry in entries if (each := book.main(entry)) is not None]
    kept = [each for entry in main if (each := book.below(entry)) is not None]
    return [book.led(entry) for entry in kept], list(book.unknown())


@dataclass(frozen=True, slots=True)
class _Taken:
    """Where a heading goes, and the line that says so."""

    path: Path
    place: Place
    text: str


class _Decisions:
    """What the list takes and refuses, by folded paths."""

    def __init__(self, config: Config) -> None:
        self._language, self._used = config.book.language, set[Levels]()
        self.taken: dict[Levels, _Taken] = {}
        for term in config.index.terms:
            path = (*split_path(term.term), *split_path(term.sub))
            for text in term.takes:
                place = term.place or config.place_of("index", "terms")
                self.taken[self._key(split_path(text))] = _Taken(path, place, text)
        self.never = {self._key(split_path(text)) for text in config.index.never}

    def main(self, entry: Entry) -> Entry | None:
        """An entry of a mark whose main heading may have been renamed or refused."""
        return self._at(entry, 1) if entry.origin == "mark" else entry

    def below(self, entry: Entry) -> Entry | None:
        """An entry of any origin, decided by its subheadings, the deepest first."""
        for depth in range(len(entry.path), 1, -1):
            found = self._at(entry, depth)
            if found is not entry:
                return found
        return entry

    def led(self, entry: Entry) -> Entry:
        """An entry whose see and see also lead to where their targets have gone."""
        if not (entry.see or entry.see_also):
            return entry
        see, also = (tuple(map(self._moved, each)) for each in (entry.see, entry.see_also))
        return replace(entry, see=see, see_also=also)

    def unknown(self) -> Iterable[Problem]:
        """A problem for each subheading that is taken, and that nothing makes."""
        for key, taken in self.taken.items():
            if len(key) > 1 and key not in self._used:
                yield warning(
                    "index-term-not-found",
                    f"the index has no subheading “{taken.text}”",
                    taken.place,
                    hint="take it out of `takes`, or write it as it is printed, levels parted by !",
                    subject=taken.text,
                )

    def _at(self, entry: Entry, depth: int) -> Entry | None:
        key = self._key(entry.path[:depth])
        if key in self.never:
            return None
        taken = self.taken.get(key)
        if taken is None:
            return entry
        self._used.add(key)
        path = (*taken.path, *entry.path[depth:])
        if path == entry.path:
            return replace(entry, origin="list", place=taken.place)
        unset = ("",) * len(taken.path)
        keys, shown = ((*unset, *each[depth:]) for each in (entry.sort_keys, entry.shown))
        return replace(entry, path=path, sort_keys=keys, shown=shown, origin="list", place=taken.place)

    def _moved(self, path: Path) -> Path:
        for depth in range(len(path), 0, -1):
            if (taken := self.taken.get(self._key(path[:depth]))) is not None:
                return (*taken.path, *path[depth:])
        return path

    def _key(self, path: Path) -> Levels:
        return tuple(fold_all(level, self._language) for level in path)
