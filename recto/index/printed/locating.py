"""From an index to what is printed: sorted, grouped by letter, with folios; and its rows in the report."""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from recto.ids import index_id
from recto.index.index_model import (
    CrossReference,
    Entry,
    Index,
    LetterGroup,
    LocatedEntry,
    LocatedIndex,
    Origin,
    Path,
    Wording,
)
from recto.index.printed.collation import SortKey, initial, sort_key
from recto.index.printed.locators import SIGNED, print_locators
from recto.index.printed.wording import wording
from recto.model import PageMap

# Pagination, e-book and report want the same index located with the same pages, one after the other.
_RECENT: deque[tuple[Index, LocatedIndex]] = deque(maxlen=2)


def locate(index: Index, pages: PageMap | None) -> LocatedIndex:
    """An index as it is printed. Without a page map the locators are the numbers of sections."""
    for known, located in _RECENT:
        if known is index and located.pages == pages:
            return located
    located = _located(index, pages)
    _RECENT.append((index, located))
    return located


def _located(index: Index, pages: PageMap | None) -> LocatedIndex:
    words = wording(index.language)
    root = _tree(index)
    names = _Names(index.entries)
    printer = _Printer(index, pages, names, words)
    located = [(branch, printer.main_entry(branch)) for branch in printer.ordered(root)]
    groups = tuple(
        LetterGroup(label, index_id(f"letter-{number}"), tuple(entry for _, entry in group))
        for number, (label, group) in enumerate(
            groupby(located, key=lambda pair: printer.label(pair[0], words)), 1
        )
    )
    return LocatedIndex(groups, _headnote(index, groups, words), index.automatic, index.style, words, pages)


@dataclass(slots=True)
class _Branch:
    """A heading on its way into print; `entry` is None where only its subheadings were asked for."""

    path: Path
    entry: Entry | None = None
    key: str = ""
    branches: dict[str, _Branch] = field(default_factory=dict)


def _tree(index: Index) -> _Branch:
    """The entries as a tree, with headings for those that only have subheadings."""
    root = _Branch(())
    for entry in index.entries:
        branch = root
        for depth, heading in enumerate(entry.path, 1):
            branch = branch.branches.setdefault(heading, _Branch(entry.path[:depth]))
            if not branch.key and depth <= len(entry.sort_keys):
                branch.key = entry.sort_keys[depth - 1]
        branch.entry = entry
    return root


class _Names:
    """The id of every heading in the index: `recto.index.to.networks-mesh`, told apart by numbers."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._names: dict[Path, str] = {}
        self._taken: set[str] = set()
        for entry in entries:
            for depth in range(1, len(entry.path) + 1):
                self.name(entry.path[:depth])

    def name(self, path: Path) -> str:
        """The id of a heading."""
        if path not in self._names:
            plain = unicodedata.normalize("NFKD", "-".join(path)).encode("ascii", "ignore").decode().lower()
            stem = index_id("to." + (re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "sign"))
            name, number = stem, 1
            while name in self._taken:
                number += 1
                name = f"{stem}-n{number}"
            self._taken.add(name)
            self._names[path] = name
        return self._names[path]


class _Printer:
    """Turns branches into located entries."""

    def __init__(self, index: Index, pages: PageMap | None, names: _Names, words: Wording) -> None:
        self.index, self.pages, self.names, self.words = index, pages, names, words
        self._before: dict[Path, Path] = {}
        self._shown = {
            entry.path[:depth]: html
            for entry in reversed(index.entries)
            for depth, html in enumerate(entry.shown, 1)
            if html
        }

    def ordered(self, branch: _Branch) -> list[_Branch]:
        """The headings below one, in order."""
        if not branch.branches:
            return []
        return sorted(branch.branches.values(), key=self._key)

    def _key(self, branch: _Branch) -> tuple[SortKey, str]:
        heading = branch.path[-1]
        sub = len(branch.path) > 1 and not branch.key
        key = sort_key(branch.key or heading, language=self.index.language, order=self.index.order, sub=sub)
        return key, heading

    def label(self, branch: _Branch, words: Wording) -> str:
        """The letter group a main heading stands in."""
        return initial(branch.key or branch.path[0], words, language=self.index.language)

    def main_entry(self, branch: _Branch) -> LocatedEntry:
        """A main heading as it is printed, with all below it."""
        self._before = dict(self._lines_before(branch)) if self.pages and branch.branches else {}
        return self.entry(branch)

    def entry(self, branch: _Branch) -> LocatedEntry:
        """A heading as it is printed, with all below it."""
        entry = branch.entry or Entry(branch.path, origin=_origin(branch))
        return LocatedEntry(
            term=branch.path[-1],
            anchor=self.names.name(branch.path),
            level=len(branch.path),
            locators=print_locators(entry.locators, self.pages, self.words),
            see=self._references(entry.see),
            see_also=self._references(entry.see_also),
            entries=tuple(self.entry(below) for below in self.ordered(branch)),
            origin=entry.origin,
            continued=self._continued(branch),
            html=self._shown.get(branch.path, ""),
        )

    def _continued(self, branch: _Branch) -> str:
        """The heading above a subentry that is the first line of a spread, "" for any other.

        Pages come in rounds: those that the last round gave to the lines of the index itself are known now.
        The repeated heading takes no room of its own, so that nothing moves for it.
        """
        if branch.path not in self._before:
            return ""
        at, before = self._page(branch.path), self._page(self._before[branch.path])
        is_verso = at is not None and at % 2 == 1
        if not is_verso or before is None or at == before or self.index.style == "run-in":
            return ""
        return ", ".join(branch.path[:-1])

    def _page(self, path: Path) -> int | None:
        return self.pages.pages.get(self.names.name(path)) if self.pages and path else None

    def _lines_before(self, branch: _Branch) -> Iterator[tuple[Path, Path]]:
        """For each subentry below a heading, the line that stands above it."""
        last = branch.path
        for below in self.ordered(branch):
            yield below.path, last
            pairs = list(self._lines_before(below))
            yield from pairs
            last = pairs[-1][0] if pairs else below.path

    def _references(self, paths: Sequence[Path]) -> tuple[CrossReference, ...]:
        """Cross-references in the order of the index, `networks: mesh` for a subheading."""
        ordered = sorted(
            paths, key=lambda path: [sort_key(each, language=self.index.language) for each in path]
        )
        return tuple(
            CrossReference(": ".join(path), self.names.name(path), self._set(path)) for path in ordered
        )

    def _set(self, path: Path) -> str:
        """A heading with all above it as XHTML; "" where all of it is plain."""
        levels = [self._shown.get(path[:depth], "") for depth in range(1, len(path) + 1)]
        shown = (html or escape(level, quote=False) for html, level in zip(levels, path, strict=True))
        return ": ".join(shown) if any(levels) else ""


def _origin(branch: _Branch) -> Origin:
    """Where a heading without places comes from: where its first subheading does."""
    first = next(iter(branch.branches.values()))
    return first.entry.origin if first.entry else _origin(first)


def _headnote(index: Index, groups: Sequence[LetterGroup], words: Wording) -> str:
    """The author's headnote, then what a reader must be told."""
    entries = [each for group in groups for entry in group.entries for each in entry.walk()]
    locators = [locator for entry in entries for locator in entry.locators]
    kinds = {locator.kind for locator in locators}
    signs = [said for kind, said in zip(SIGNED, words.signs_words, strict=True) if kind in kinds]
    notes = (
        index.headnote,
        words.principal if any(locator.principal for locator in locators) else "",
        words.signs_note.format(", ".join(signs)) if signs else "",
        words.automatic if index.automatic else "",
    )
    return " ".join(note for note in notes if note)


def report_rows(index: Index, located: LocatedIndex) -> list[dict[str, object]]:
    """The rows of `index` in the build report, in the order of the printed index.

    Each is {"term", "sub", "locators": [{"section", "page", "page_to"}], "see", "see_also", "origin"};
    there is one locator for each place, not merged as in print. The opening of chapter 3 is `3.0`, for `3` is
    the whole of it.
    """
    by_path = {entry.path: entry for entry in index.entries}
    rows = []
    for path, _ in located.by_path():
        if (entry := by_path.get(path)) is not None:
            rows.append(_row(entry, located.pages))
    return rows


def _row(entry: Entry, pages: PageMap | None) -> dict[str, object]:
    locators = [
        {
            "section": f"{locator.section}.0" if locator.opens else locator.section,
            "page": pages.folio(locator.anchor) if pages else None,
            "page_to": pages.folio(locator.anchor_to) if pages and locator.anchor_to else None,
        }
        for locator in sorted(entry.locators, key=lambda locator: locator.order)
    ]
    return {
        "term": entry.term,
        "sub": ", ".join(entry.sub) or None,
        "locators": locators,
        "see": [": ".join(path) for path in entry.see],
        "see_also": [": ".join(path) for path in entry.see_also],
        "origin": entry.origin,
    }
