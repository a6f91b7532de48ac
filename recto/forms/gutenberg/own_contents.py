"""The list of contents that a text has of its own, and where each of its entries stands in the text.

The list tells what no form of a line could: that `Letter 2`, `A Wet Night` alone on a line, or a `3` above
one are headings. It is known by this, that its entries come once more, in its order.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from recto.forms.gutenberg.paragraphs import TypedParagraph
from recto.forms.gutenberg.unit_names import UnitName, letters, unit_name
from recto.forms.naming.matter import reserved

_LEADERS = re.compile(r"(?:[ .·…_\t]{2,200}|\t)(?:\d{1,4}|[ivxlIVXL]{1,7})\s*$")
_PAGE = re.compile(r"(?<!\s)\s+\d{1,4}\s*$")
_FEW = 3  # one line in so many has the number of a page
_TITLE_OF_COLUMN = frozenset(("page", "pages", "chapter", "chapters", "chap"))
_ABREAST = re.compile(r"(?<!\s)\s+(?=(?:CHAPTER|Chapter)\s+(?:[IVXLC]+|\d+)\b)")
_FEWEST, _FEWEST_NAMED = 3, 2  # entries; of a list under the heading Contents
_WITHOUT_HEADING = 4  # entries of a list that has no heading
_FOUND_AGAIN = 0.8  # of the entries
_AHEAD = 4  # entries that are looked at, so that one which is missing takes no other's place
_LONGEST = 3  # lines of a heading


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """An entry of a list: the number of its last line from 0, what it says, where it is indented to."""

    line: int
    name: UnitName
    indent: int
    above: int = -1  # the line before that of its title, where a title was joined to it


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """A heading in the text: its lines, from `first` to before `end`, and what it says."""

    first: int
    end: int
    name: UnitName


@dataclass(frozen=True, slots=True)
class OwnContents:
    """A list: the lines it takes up, how many entries it has, and those found again in the text."""

    first: int
    end: int
    count: int
    units: tuple[FoundUnit, ...]


def own_contents(found: Sequence[TypedParagraph], title: str) -> OwnContents | None:
    """The list of contents of a text, given its paragraphs; None where it has none that comes again.

    `title` is that of the book, which is no entry.
    """
    at = next((n for n, each in enumerate(found) if _begins(each)), None)
    if at is None:
        return None
    prose = next((n for n in range(at + 1, len(found)) if _is_text(found[n])), len(found))
    entries = [each for each in _entries(found[at:prose]) if each.name.key != letters(title)]
    entries = entries[: _again(entries)]
    if len(entries) < (_FEWEST_NAMED if _is_named(found[at]) else _FEWEST):
        return None
    entries = _without_odd_titles(entries)
    end = max(each.line for each in entries) + 1
    body = [each for each in found if each.first >= end]
    units = _located(entries, body)
    if len(units) < _FOUND_AGAIN * len(entries):
        return None
    return OwnContents(found[at].first, end, len(entries), tuple(units))


def _begins(paragraph: TypedParagraph) -> bool:
    """True for the heading of a list, or a list without one: rows of numbers that begin with 1."""
    if _is_named(paragraph):
        return True
    names = [unit_name(line) for line in paragraph.lines]
    numbers = [name.number for name in names if name.kind == "number" and name.title]
    return len(numbers) >= _WITHOUT_HEADING and numbers == list(range(1, len(paragraph.lines) + 1))


def _is_named(paragraph: TypedParagraph) -> bool:
    return reserved(paragraph.lines[0].strip().strip("_*=")) == "contents"


def _is_text(paragraph: TypedParagraph) -> bool:
    first = unit_name(_bare(paragraph.lines[0]))
    numbered = sum(bool(_LEADERS.search(line)) for line in paragraph.lines)
    return paragraph.is_prose and first.kind in ("title", "other") and numbered * 2 < len(paragraph.lines)


def _bare(line: str) -> str:
    return _LEADERS.sub("", line).strip(" .·…_*\t")


def _entries(found: Sequence[TypedParagraph]) -> Iterator[ListedEntry]:
    """The entries of a list, those of several lines joined."""
    held: ListedEntry | None = None
    lines = [line for paragraph in found for line in paragraph.lines]
    numbered = _FEW * sum(bool(_LEADERS.search(line)) for line in lines) > len(lines)
    apart = 2 * sum(len(paragraph.lines) == 1 for paragraph in found) > len(found)
    for paragraph in found:
        for number, line in enumerate(paragraph.lines, paragraph.first):
            words = _bare(_PAGE.sub("", line) if numbered else line)
            if not words or set(words.casefold().split()) <= _TITLE_OF_COLUMN or reserved(words):
                continue
            indent = len(line) - len(line.lstrip())
            for piece in _ABREAST.split(words):
                further = apart and number > paragraph.first  # as if it were set further in
                entry = ListedEntry(number, unit_name(piece), indent + 2 * further)
                joined = _joined(held, entry, same=number > paragraph.first) if held else None
                if joined is None and held:
                    yield held
                held = joined or entry
    if held:
        yield held


def _joined(held: ListedEntry, entry: ListedEntry, *, same: bool) -> ListedEntry | None:
    """Two lines as one entry: a number and its title, or a title that goes on; None where they are two."""
    if entry.name.kind != "title" or held.name.kind == "title":
        goes_on = entry.name.kind == "title" and same and entry.indent > held.indent + 1
        if not goes_on:
            return None
    is_own = held.name.number is not None and not held.name.title
    of_part = held.name.kind in ("part", "other") and same
    if not (is_own or of_part or (same and entry.indent > held.indent + 1)):
        return None
    title = f"{held.name.title} {entry.name.title}".strip()
    name = replace(held.name, title=title)
    return replace(held, line=entry.line, name=name, above=held.line if is_own else held.above)


def _without_odd_titles(entries: Sequence[ListedEntry]) -> list[ListedEntry]:
    """The entries without titles that were joined to few numbers: such a line is the text's own."""
    numbered = [entry for entry in entries if entry.name.number]
    joined = [entry for entry in numbered if entry.above >= 0]
    if 2 * len(joined) >= len(numbered):
        return list(entries)
    return [
        replace(entry, line=entry.above, name=replace(entry.name, title="")) if entry in joined else entry
        for entry in entries
    ]


def _again(entries: Sequence[ListedEntry]) -> int:
    """How many entries there are before the first that says what one before it says: the text's own."""
    seen: dict[tuple[object, ...], list[str]] = defaultdict(list)
    part = 0
    for count, entry in enumerate(entries):
        name = entry.name
        part += name.kind in ("part", "other")
        own = ("",) if name.kind in ("part", "other") else (part,)  # chapters may begin anew in each part
        key: tuple[object, ...] = (*own, letters(name.word), name.number or name.key)
        first = entries[0].name
        if count and first.key and (name.key, name.number) == (first.key, first.number):
            return count
        if any(was.startswith(name.key) or name.key.startswith(was) for was in seen[key]):
            return count
        seen[key].append(name.key)
    return len(entries)


def _located(entries: Sequence[ListedEntry], body: Sequence[TypedParagraph]) -> list[FoundUnit]:
    """The headings of the entries in the text, in order."""
    index = _ParagraphsByName(body)
    units: list[FoundUnit] = []
    at = 0
    for count, entry in enumerate(entries):
        found = index.after(at, entry.name)
        ahead = [index.after(at, other.name) for other in entries[count + 1 : count + 1 + _AHEAD]]
        if found is None or any(found > other + _LONGEST for other in ahead if other is not None):
            continue
        unit, at = index.unit(found, entry.name)
        units.append(unit)
    return units


class _ParagraphsByName:
    """Where short paragraphs stand, by their titles and by their numbers."""

    def __init__(self, body: Sequence[TypedParagraph]) -> None:
        self._body = body
        self._names: dict[int, UnitName] = {}
        self._by_title: dict[str, list[int]] = defaultdict(list)
        self._by_number: dict[tuple[str, int], list[int]] = defaultdict(list)
        for at, paragraph in enumerate(body):
            if len(paragraph.lines) > _LONGEST or paragraph.is_prose:
                continue
            name = unit_name(paragraph.words.strip("_*="))
            self._names[at] = name
            self._by_title[letters(paragraph.words)].append(at)
            if name.key:
                self._by_title[name.key].append(at)
            if name.number:
                self._by_number[letters(name.word), name.number].append(at)

    def after(self, at: int, name: UnitName) -> int | None:
        """The first paragraph from `at` on that may head the piece of this name."""
        if name.number and name.word:
            found = _next(self._by_number[letters(name.word), name.number], at)
            if found is not None:
                return found
        whole = letters(f"{name.word}{name.number or ''}{name.title}")
        ways = [self._by_title[key] for key in (name.key, whole) if key]
        if name.kind == "number" and not any(_next(way, at) is not None for way in ways):
            ways = [row for (word, number), row in self._by_number.items() if word and number == name.number]
        found_ways = [self._head_of(found, at, name) for way in ways if (found := _next(way, at)) is not None]
        return min(found_ways, default=None)

    def _head_of(self, at: int, least: int, name: UnitName) -> int:
        """The paragraph of the number, where that stands alone above its title."""
        above = self._names.get(at - 1)
        return at - 1 if above and at > least and above.number == name.number and not above.title else at

    def unit(self, at: int, name: UnitName) -> tuple[FoundUnit, int]:
        """The heading that begins there, with the paragraphs that go on with its title, and what is next."""
        said = self._names[at]
        title, last = said.title, at
        while last + 1 in self._names:
            joined = letters(title) + letters(self._body[last + 1].words)
            goes_on = name.key.startswith(joined) or (not title and name.key and joined.startswith(name.key))
            if not goes_on or letters(title) == name.key:
                break
            title = f"{title} {self._body[last + 1].words}".strip()
            last += 1
        first = self._body[at].first
        own = replace(name, title=better(title, name.title), kind=name.kind)
        return FoundUnit(first, self._body[last].end, own), last + 1


def _next(row: Sequence[int], at: int) -> int | None:
    index = bisect_left(row, at)
    return row[index] if index < len(row) else None


def better(typed: str, listed: str) -> str:
    """Of a title in the text and in the list the one that is not all in capitals, without its full stop."""
    same = typed[: len(listed)].upper() == listed.upper() and typed[: len(listed)].isupper()
    title = listed + typed[len(listed) :] if same else typed or listed
    if letters(title) == letters(listed) and title.isupper():
        title = listed
    return title if title.endswith("..") else title.removesuffix(".")
