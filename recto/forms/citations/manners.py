"""How works are named in the text and listed: by author and year, in notes, or by numbers.

[see @marsh12, p. 3; @lee]   (see Marsh 2012, p. 3; Lee 1999)   ¹ See Ada Marsh. …, p. 3; …   [see 1, p. 3; 2]
@marsh12 [p. 3]              Marsh (2012, p. 3)                 Marsh¹                        Marsh [1, p. 3]
[-@marsh12]                  (2012)                             ¹                             [1]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from recto.forms.citations.works import CitedWork, by_name, set_entry, told_apart

_ESCAPED = re.compile(r"[\\`*_{}\[\]<>#|~^$@]")


@dataclass(frozen=True, slots=True)
class NamedWork:
    """A work as a citation names it, with words before and behind it; `work` is None where there is none.

    `without` says that its authors stand in the sentence already.
    """

    before: str
    key: str
    after: str
    without: bool
    work: CitedWork | None


class CitationManner(Protocol):
    """Sets citations, and says how the works are listed."""

    def grouped(self, works: Sequence[NamedWork], *, in_note: bool) -> str:
        """Works in one pair of brackets."""

    def in_text(self, work: CitedWork, where: str, *, in_note: bool) -> str:
        """A work named in a sentence, and where in it."""

    def listed(self, works: Iterable[CitedWork]) -> list[tuple[CitedWork, str]]:
        """Works in the order of the list, each with its entry."""

    def notes(self) -> list[str]:
        """The bodies of notes that have come up since this was asked last."""


class ByAuthorAndYear:
    """Author and year, with letters for those of one year."""

    def __init__(self, works: Mapping[str, CitedWork]) -> None:
        self._years = told_apart(works.values())

    def grouped(self, works: Sequence[NamedWork], *, in_note: bool) -> str:
        """See CitationManner."""
        return f"({'; '.join(map(self._one, works))})"

    def _one(self, named: NamedWork) -> str:
        if named.work is None:
            return _unknown(named)
        year = self._years[named.key]
        shown = year if named.without else f"{named.work.by} {year}"
        return f"{named.before}{link(named.work, shown)}{named.after}"

    def in_text(self, work: CitedWork, where: str, *, in_note: bool) -> str:
        """See CitationManner."""
        where = f", {where}" if where else ""
        return f"{escaped(work.by)} ({link(work, self._years[work.key])}{where})"

    def listed(self, works: Iterable[CitedWork]) -> list[tuple[CitedWork, str]]:
        """See CitationManner."""
        return [(work, set_entry(work, self._years[work.key])) for work in by_name(works)]

    def notes(self) -> list[str]:
        """See CitationManner."""
        return []


class ByNumber:
    """Numbers in the order in which works are cited first."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def _number(self, work: CitedWork) -> str:
        return str(self._numbers.setdefault(work.key, len(self._numbers) + 1))

    def grouped(self, works: Sequence[NamedWork], *, in_note: bool) -> str:
        """See CitationManner."""
        return f"\\[{'; '.join(map(self._one, works))}\\]"

    def _one(self, named: NamedWork) -> str:
        if named.work is None:
            return _unknown(named)
        return f"{named.before}{link(named.work, self._number(named.work))}{named.after}"

    def in_text(self, work: CitedWork, where: str, *, in_note: bool) -> str:
        """See CitationManner."""
        where = f", {where}" if where else ""
        return f"{escaped(work.by)} \\[{link(work, self._number(work))}{where}\\]"

    def listed(self, works: Iterable[CitedWork]) -> list[tuple[CitedWork, str]]:
        """See CitationManner."""
        cited = sorted(works, key=lambda work: int(self._number(work)))
        return [(work, f"\\[{self._number(work)}\\] {set_entry(work, work.year)}") for work in cited]

    def notes(self) -> list[str]:
        """See CitationManner."""
        return []


@dataclass(slots=True)
class InNotes:
    """Notes that have the whole entry the first time, and then the authors and the title."""

    _seen: set[str] = field(default_factory=set)
    _waiting: list[str] = field(default_factory=list)
    _count: int = 0

    def grouped(self, works: Sequence[NamedWork], *, in_note: bool) -> str:
        """See CitationManner."""
        words = "; ".join(map(self._one, works))
        return f"({words})" if in_note else self._call(words)

    def _one(self, named: NamedWork) -> str:
        return f"{named.before}{self._named(named.work)}{named.after}" if named.work else _unknown(named)

    def _named(self, work: CitedWork) -> str:
        if work.key in self._seen:
            return f"{link(work, work.by)}, *{escaped(work.title)}*" if work.title else link(work, work.by)
        self._seen.add(work.key)
        return re.sub(r"\\?\.$", "", set_entry(work, work.year))

    def _call(self, words: str) -> str:
        self._count += 1
        name = f"^recto-cited-{self._count}"
        end = "" if re.search(r"[.?!]\W*$", words) else "."
        self._waiting += [f"[{name}]: {words[:1].upper()}{words[1:]}{end}", ""]
        return f"[{name}]"

    def in_text(self, work: CitedWork, where: str, *, in_note: bool) -> str:
        """See CitationManner."""
        named = self._named(work) + (f", {where}" if where else "")
        return named if in_note else f"{escaped(work.by)}{self._call(named)}"

    def listed(self, works: Iterable[CitedWork]) -> list[tuple[CitedWork, str]]:
        """See CitationManner."""
        return [(work, set_entry(work, work.year)) for work in by_name(works)]

    def notes(self) -> list[str]:
        """See CitationManner."""
        made, self._waiting = self._waiting, []
        return made


def _unknown(named: NamedWork) -> str:
    return f"{named.before}**{escaped(named.key)}?**{named.after}"


def link(work: CitedWork, shown: str) -> str:
    """Words that lead to the entry of a work."""
    return f"[{escaped(shown)}](#{work.anchor})"


def escaped(words: str) -> str:
    """Words as Markdown."""
    return _ESCAPED.sub(r"\\\g<0>", words)
