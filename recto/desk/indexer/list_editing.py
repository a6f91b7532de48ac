"""The document of a term list (Handbook, 9.8) while a decision is written into it.

A heading is named by its term and, for a subheading, what stands below it (`sub`, levels parted by `!`); both
together, as `takes` and `never` have it, are a path: `networks!mesh`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

import tomlkit
from tomlkit.items import AoT, Array, Table


class UndecidedError(Exception):
    """A decision that was not written, and why."""


class ListEditing:
    """The document, and what made each heading of the index."""

    def __init__(self, document: tomlkit.TOMLDocument, origins: Mapping[str, str]) -> None:
        self.document, self._origins = document, origins

    @property
    def terms(self) -> AoT | None:
        """The tables of the list; None where it has none."""
        found = self.document.get("terms")
        return found if isinstance(found, AoT) else None

    def origin(self, term: str) -> str:
        """What made a heading: `mark`, `list`, `auto`; "" for one that is not in the index."""
        return self._origins.get(term, "")

    def find(self, term: str, sub: str = "") -> Table | None:
        """The table of a heading; None where the list has none."""
        return next((each for each in self.of(term) if str(each.get("sub", "")) == sub), None)

    def of(self, term: str) -> list[Table]:
        """The tables of a heading and of its subheadings."""
        return [each for each in self.terms or () if str(each.get("term", "")) == term]

    def own(self, term: str, sub: str = "") -> Table:
        """The table of a heading, made where it comes from elsewhere. Raises UndecidedError for one that
        book.toml lists.
        """
        if (table := self.find(term, sub)) is not None:
            return table
        if not sub and self.origin(term) == "list" and not self.holds("accept", term):
            raise UndecidedError(f"“{term}” is listed in book.toml: change it there")
        self.leave("accept", spelled(term, sub))
        return self.add(term, **{"sub": sub} if sub else {}, takes=[spelled(term, sub)])

    def add(self, term: str, **values: Any) -> Table:
        """A new table at the end of the list."""
        table = tomlkit.table()
        table.add("term", term)
        for key, value in values.items():
            table.add(key, value)
        if self.terms is None:
            self.document.add("terms", tomlkit.aot())
        terms = self.terms
        assert terms is not None
        table.trivia.indent = "\n"  # a blank line before it
        terms.append(table)
        return table

    def remove(self, table: Table) -> None:
        """Take a table out of the list."""
        terms = self.terms or tomlkit.aot()
        terms.remove(table)
        if not len(terms):
            self.document.remove("terms")

    def rehead(self, former: str, path: str) -> None:
        """What the list says below a heading, and what it sends there, follow the heading to another path."""
        term, _, sub = path.partition("!")
        for table in self.of(former):
            if below := str(table.get("sub", "")):
                table["term"] = term
                table["sub"] = f"{sub}!{below}" if sub else below
        for held in self._lists():
            for at in (at for at, word in enumerate(held) if str(word).startswith(f"{former}!")):
                held[at] = path + str(held[at])[len(former) :]
        for table, key in product(self.terms or (), ("see", "see_also")):
            sent = table.get(key, ())
            if sent == former:
                table[key] = path
            elif isinstance(sent, Array) and former in sent:
                sent[list(sent).index(former)] = path

    def _lists(self) -> Iterator[Array]:
        """The lists that name subheadings."""
        for held in (self.document.get("never"), *(table.get("takes") for table in self.terms or ())):
            if isinstance(held, Array):
                yield held

    def holds(self, key: str, word: str) -> bool:
        """Whether a list at the top of the file has a word."""
        held = self.document.get(key)
        return isinstance(held, Array) and word in held

    def join(self, key: str, *words: str) -> None:
        """Add words to a list at the top of the file."""
        joined(self.document, key, words)

    def leave(self, key: str, word: str) -> None:
        """Take a word out of a list at the top of the file."""
        held = self.document.get(key)
        if isinstance(held, Array) and word in held:
            held.remove(word)


def spelled(term: str, sub: str) -> str:
    """A heading or subheading as `takes` and `never` name it."""
    return f"{term}!{sub}" if sub else term


def joined(table: Any, key: str, words: Iterable[str]) -> None:
    """Add words to a list of a table, those that it has not."""
    held = table.get(key)
    if isinstance(held, str):
        held = tomlkit.array()
        held.append(str(table[key]))
        table[key] = held
    if held is None:
        table.add(key, tomlkit.array())
        held = table[key]
    for word in words:
        if word not in held:
            held.append(word)


def finds(table: Table) -> list[str]:
    """The words that a table looks for: those given, or the heading itself."""
    given = table.get("find", ())
    if isinstance(given, str):
        return [given]
    if given or any(table.get(key) for key in ("patterns", "see", "takes")):
        return [str(word) for word in given]
    return [str(table.get("sub") or table["term"]).split("!")[-1]]
