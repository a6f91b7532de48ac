"""What an indexer checks before letting an index go: cross-references, doubles, bare rows of locators.

`settle` looks at the headings, `review` at what is printed: only then is it known how many folios there are.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from recto.index.asked.marks import spelled
from recto.index.index_model import Entry, Index, LocatedIndex, Path
from recto.index.reading.words import alike
from recto.problems import Place, Problem, warning

MOST_BARE_LOCATORS = 6
_NOWHERE = Place("book.toml")
# A page of print; a book too short for a warning; pages a heading, above which an index is nearly empty.
_LETTERS_A_PAGE = 2000
_SHORT_BOOK = 40
_PAGES_A_HEADING = 10


def settle(entries: Mapping[Path, Entry], language: str) -> tuple[dict[Path, Entry], list[Problem]]:
    """The entries with sound cross-references only, and everything that is wrong with them.

    A see or see also must lead to an entry that has locators of its own, or below it. What leads nowhere is
    taken out; a see that leads to a see leads on to where that one leads; a see beside locators becomes a
    see also.
    """
    problems: list[Problem] = []
    resolver = _Resolver(entries, problems)
    settled = {path: resolver.resolve(entry) for path, entry in entries.items()}
    while (pruned := _without_empty(settled, resolver)) != settled:
        settled = pruned
    problems += _doubles(settled, language)
    return settled, problems


def sparse(entries: Iterable[Entry], letters: int) -> Iterator[Problem]:
    """A warning where the author's few headings keep the machine's out, and leave the index nearly empty.

    `letters` is the length of the book's text.
    """
    pages = letters // _LETTERS_A_PAGE
    headings = {entry.term: entry for entry in entries if entry.locators}
    if pages < _SHORT_BOOK or len(headings) * _PAGES_A_HEADING > pages:
        return
    count = "one heading" if len(headings) == 1 else f"{len(headings)} headings"
    yield warning(
        "index-sparse",
        f"the index has {count} for about {pages} pages: where there are marks or a list of terms, Recto adds"
        " nothing of its own",
        next((entry.place for entry in headings.values() if entry.place), _NOWHERE),
        hint="write `automatic = true` under [index] in book.toml to have headings added,"
        " `automatic = false` to leave the index as it is",
    )


def _without_empty(entries: dict[Path, Entry], resolver: _Resolver) -> dict[Path, Entry]:
    """Take out the entries that neither lead anywhere nor hold any other, and the references to them."""
    parents = _parents(entries)
    kept = {
        path: entry
        for path, entry in entries.items()
        if entry.locators or entry.see or entry.see_also or path in parents
    }
    there = kept.keys() | _parents(kept)
    return {path: resolver.keep_only(entry, there) for path, entry in kept.items()}


def _parents(entries: Mapping[Path, Entry]) -> set[Path]:
    """The headings that have subheadings."""
    return {path[:depth] for path in entries for depth in range(1, len(path))}


class _Resolver:
    """Leads cross-references to the entries they mean."""

    def __init__(self, entries: Mapping[Path, Entry], problems: list[Problem]) -> None:
        self.entries, self.problems = entries, problems
        self.by_likeness: dict[tuple[str, ...], Path] = {}
        for path in entries:
            self.by_likeness.setdefault(_likeness(path), path)
        self.parents = _parents(entries)

    def resolve(self, entry: Entry) -> Entry:
        see = tuple(dict.fromkeys(path for target in entry.see for path in self._lead(entry, target)))
        also = tuple(dict.fromkeys(path for target in entry.see_also for path in self._lead(entry, target)))
        if see and (entry.locators or entry.path in self.parents):
            self._tell(
                entry,
                "index-see-with-locators",
                "has a see, and places or subheadings of its own",
                "a see stands alone: it was printed as see also",
            )
            see, also = (), tuple(dict.fromkeys((*see, *also)))
        if see and also:  # a heading without places of its own sends on in one way only
            see, also = tuple(dict.fromkeys((*see, *also))), ()
        return dataclasses.replace(entry, see=see, see_also=also)

    def _lead(self, entry: Entry, target: Path) -> Iterator[Path]:
        """The path a cross-reference leads to, none where it leads nowhere."""
        came_by = [entry.path]
        found = self._find(target)
        while found is not None and self._only_sends_on(found):
            if found in came_by:
                circle = " → ".join(spelled(path) for path in (*came_by, found))
                hint = "one of these headings must have places in the text"
                self._tell(entry, "index-see-circle", f"sends the reader round in a circle: {circle}", hint)
                return
            came_by.append(found)
            found = self._find((*self.entries[found].see, *self.entries[found].see_also)[0])
        if found is None:
            self._blind(entry, target)
        elif found == entry.path:
            hint = "one of these headings must have places in the text"
            self._tell(entry, "index-see-circle", "sends the reader to itself", hint)
        else:
            if len(came_by) > 1:
                message = f"sends the reader to “{spelled(came_by[1])}”, which only sends on"
                hint = f"it was printed as see {spelled(found)}: write that"
                self._tell(entry, "index-see-see", message, hint)
            yield found

    def _find(self, target: Path) -> Path | None:
        if target in self.entries or target in self.parents:
            return target
        return self.by_likeness.get(_likeness(target))

    def _only_sends_on(self, path: Path) -> bool:
        entry = self.entries.get(path)
        return entry is not None and not entry.locators and path not in self.parents

    def keep_only(self, entry: Entry, there: AbstractSet[Path]) -> Entry:
        """An entry without the references to what is not there (any more)."""
        for gone in (path for path in (*entry.see, *entry.see_also) if path not in there):
            self._blind(entry, gone)
        see = tuple(path for path in entry.see if path in there)
        also = tuple(path for path in entry.see_also if path in there)
        return dataclasses.replace(entry, see=see, see_also=also)

    def _blind(self, entry: Entry, target: Path) -> None:
        wanted = spelled(target)
        message = f"sends the reader to “{wanted}”, which is not in the index"
        self._tell(entry, "index-see-nothing", message, f"index “{wanted}”, or mend the reference")

    def _tell(self, entry: Entry, code: str, message: str, hint: str) -> None:
        if entry.origin == "auto":
            return  # no fault of the author's
        heading = spelled(entry.path)
        place = entry.see_place or entry.place or _NOWHERE
        self.problems.append(
            warning(code, f"the index heading “{heading}” {message}", place, hint=hint, subject=heading)
        )


def _likeness(path: Path, language: str = "en") -> tuple[str, ...]:
    return tuple(alike(level, language) for level in path)


def _doubles(entries: Mapping[Path, Entry], language: str) -> Iterator[Problem]:
    """Headings of the author's that differ in case, plural, hyphen or the order of their words only."""
    found: dict[Path, dict[Path, Place]] = defaultdict(dict)
    for path, entry in entries.items():
        for depth in range(1, len(path) + 1 if entry.origin != "auto" else 0):
            level = (*path[: depth - 1], alike(path[depth - 1], language))
            found[level].setdefault(path[:depth], entry.place or _NOWHERE)
    for (path, place), *others in (tuple(group.items()) for group in found.values()):
        for other, other_place in others:
            heading, same = spelled(other), spelled(path)
            yield warning(
                "index-near-double",
                f"the index has both “{same}” and “{heading}”",
                other_place,
                hint=f"write one of the two everywhere; “{same}” is first used at {place}",
                subject=heading,
            )


def review(index: Index, located: LocatedIndex) -> tuple[Problem, ...]:
    """Headings of the author's with more locators in print than a reader will look up (CMOS 18, 15.28).

    A principal locator does not count. The hint proposes subheadings: the titles of the sections in which
    the places lie.
    """
    by_path = {entry.path: entry for entry in index.entries}
    problems = []
    for path, printed in located.by_path():
        entry = by_path.get(path)
        bare = [locator.text for locator in printed.locators if not locator.principal]
        if entry is None or entry.origin == "auto" or len(bare) <= MOST_BARE_LOCATORS:
            continue
        heading = spelled(path)
        message = f"the index heading “{heading}” has {len(bare)} locators, and nothing to tell them apart: "
        hint = f"part them by subheadings, such as {_proposal(entry, located)}"
        if entry.origin == "list":
            hint += ', or by chapters with divide = "chapter"'
        place = entry.place or _NOWHERE
        problems.append(
            warning("index-many-locators", message + ", ".join(bare), place, hint=hint, subject=heading)
        )
    return tuple(problems)


def _proposal(entry: Entry, located: LocatedIndex) -> str:
    """Three subheadings that the places of an entry could stand under, with the folios of each."""
    places: dict[str, list[str]] = defaultdict(list)
    for locator in sorted(entry.locators, key=lambda each: each.order):
        folio = located.pages.folio(locator.anchor) if located.pages else None
        places[locator.title or locator.section].append(folio or locator.section)
    ranked = sorted(places, key=lambda title: -len(places[title]))[:3]
    shown = (f"“{title}” ({', '.join(dict.fromkeys(places[title]))})" for title in places if title in ranked)
    return "; ".join(shown)
