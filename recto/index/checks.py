"""What an indexer checks before letting an index go: cross-references, doubles, bare rows of locators."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from recto.index.marks import spelled
from recto.index.model import Entry, Path
from recto.index.words import fold_all
from recto.problems import Place, Problem, warning

MOST_BARE_LOCATORS = 6
_NOWHERE = Place("book.toml")


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
    problems += _bare_rows(settled)
    return settled, problems


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
        self.by_fold: dict[tuple[tuple[str, ...], ...], Path] = {}
        for path in entries:
            self.by_fold.setdefault(_folded(path), path)
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
        return self.by_fold.get(_folded(target))

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
        place = entry.place or _NOWHERE
        self.problems.append(
            warning(code, f"the index heading “{heading}” {message}", place, hint=hint, subject=heading)
        )


def _folded(path: Path) -> tuple[tuple[str, ...], ...]:
    return tuple(fold_all(level) for level in path)


def _doubles(entries: Mapping[Path, Entry], language: str) -> Iterator[Problem]:
    """Headings of the author's that differ in case, plural or hyphen only."""
    alike: dict[tuple[tuple[str, ...], ...], list[Entry]] = defaultdict(list)
    for path, entry in entries.items():
        key = tuple(fold_all(level, language) for level in path)
        if entry.origin != "auto" and all(key):
            alike[key].append(entry)
    for first, *others in alike.values():
        for other in others:
            heading, same = spelled(other.path), spelled(first.path)
            yield warning(
                "index-near-double",
                f"the index has both “{same}” and “{heading}”",
                other.place or _NOWHERE,
                hint=f"write one of the two everywhere; “{same}” is first used at {first.place}",
                subject=heading,
            )


def _bare_rows(entries: Mapping[Path, Entry]) -> Iterator[Problem]:
    """Headings of the author's with more places than a reader will look up (CMOS 18, 15.28)."""
    for path, entry in entries.items():
        sections = {locator.section for locator in entry.locators if not locator.anchor_to}
        if entry.origin != "auto" and len(sections) > MOST_BARE_LOCATORS:
            heading = spelled(path)
            yield warning(
                "index-many-locators",
                f"the index heading “{heading}” has places in {len(sections)} sections, and nothing to tell"
                " them apart",
                entry.place or _NOWHERE,
                hint=f"part them by subheadings ({{^{path[0]}!…}}), or mark the main one with |main",
                subject=heading,
            )
