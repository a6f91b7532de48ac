"""The indexer's decisions, written into index.toml as an indexer would write them there.

Each is a line or a table of the term list that any build reads (Handbook, 9.8); the author's order, comments
and spelling stay. A decision that can't be written, since the words for it stand elsewhere, is refused with
the place where they stand.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array, Table

from recto.door import LARGEST_SETTINGS, Door

_HEAD = "The term list of the index. What was decided at the desk is written here; so may be what you like."
_MOST_STEPS = 500  # that can be taken back
_LONGEST = 200  # characters of a heading

Asked = Mapping[str, str]


class UndecidedError(Exception):
    """A decision that was not written, and why."""


class TermList:
    """The index.toml of a book."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._steps: list[tuple[str, str]] = []  # what stood there before, and what was written

    @property
    def steps(self) -> int:
        """How many decisions can be taken back."""
        return len(self._steps)

    def decide(self, asked: Asked, origins: Mapping[str, str], *, keeps_automatic: bool) -> None:
        """Write a decision. Raises UndecidedError.

        `origins` tells of each heading of the index whether a mark, the list or the machine made it. Without
        a word in the file the automatic index is on as long as nothing is listed: with `keeps_automatic` the
        first term leaves it on.
        """
        act = _ACTS.get(asked.get("do", ""))
        if act is None:
            raise UndecidedError("there is no such decision")
        before = self._read()
        try:
            document = tomlkit.parse(before) if before else _empty()
            editing = _Editing(document, origins)
            act(editing, _words(asked))
            if keeps_automatic and "automatic" not in document and editing.terms:
                document.add("automatic", True)
            after = tomlkit.dumps(document)
        except (TOMLKitError, ValueError, KeyError, TypeError) as fault:
            raise UndecidedError(f"index.toml can't be changed as it is: {fault}") from fault
        self._write(after)
        self._steps = [*self._steps[-_MOST_STEPS:], (before, after)]

    def take_back(self) -> None:
        """Take the last decision back. Raises UndecidedError where the file was edited since."""
        if not self._steps:
            raise UndecidedError("there is nothing to take back")
        before, after = self._steps[-1]
        if self._read() != after:
            self._steps.clear()
            raise UndecidedError("index.toml has been edited elsewhere since")
        if before:
            self._write(before)
        else:
            self.path.unlink(missing_ok=True)
        self._steps.pop()

    def _read(self) -> str:
        if not os.path.lexists(self.path):
            return ""
        try:
            return Door.of(self.path.parent).read(self.path, LARGEST_SETTINGS).decode("utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            raise UndecidedError(f"index.toml can't be read: {fault}") from fault

    def _write(self, text: str) -> None:
        """Put a text in the place of the file, whole or not at all."""
        try:
            handle, name = tempfile.mkstemp(".tmp", ".index-", self.path.parent)
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            if self.path.exists():
                Path(name).chmod(self.path.stat().st_mode & 0o777)
            else:
                Path(name).chmod(0o644)
            Path(name).replace(self.path.resolve())
        except OSError as fault:
            raise UndecidedError(f"index.toml can't be written: {fault.strerror}") from fault


def _empty() -> tomlkit.TOMLDocument:
    document = tomlkit.document()
    document.add(tomlkit.comment(_HEAD))
    document.add(tomlkit.nl())
    return document


def _words(asked: Asked) -> Asked:
    """What was asked, its words without white space around them."""
    words = {key: " ".join(value.split()) for key, value in asked.items() if isinstance(value, str)}
    if not words.get("term") or any(len(value) > _LONGEST for value in words.values()):
        raise UndecidedError("a heading has between one and 200 characters")
    return words


class _Editing:
    """The document of a term list while a decision is written into it."""

    def __init__(self, document: tomlkit.TOMLDocument, origins: Mapping[str, str]) -> None:
        self.document, self._origins = document, origins

    @property
    def terms(self) -> AoT | None:
        found = self.document.get("terms")
        return found if isinstance(found, AoT) else None

    def origin(self, term: str) -> str:
        """What made a heading: `mark`, `list`, `auto`; "" for one that is not in the index."""
        return self._origins.get(term, "")

    def find(self, term: str, sub: str = "") -> Table | None:
        """The table of a heading; None where the list has none."""
        tables: Iterable[Table] = self.terms or ()
        named = (each for each in tables if str(each.get("term", "")) == term)
        return next((each for each in named if str(each.get("sub", "")) == sub), None)

    def own(self, term: str, sub: str = "") -> Table:
        """The table of a heading, made where the machine found it. Raises UndecidedError for marks."""
        if (table := self.find(term, sub)) is not None:
            return table
        if self.origin(term) == "mark":
            raise UndecidedError(f"“{term}” is made by marks in the text: change them there")
        if self.origin(term) == "list":
            raise UndecidedError(f"“{term}” is listed in book.toml: change it there")
        return self.add(term, takes=[term])

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

    def join(self, key: str, *words: str) -> None:
        """Add words to a list at the top of the file."""
        _joined(self.document, key, words)

    def leave(self, key: str, word: str) -> None:
        """Take a word out of a list at the top of the file."""
        held = self.document.get(key)
        if isinstance(held, Array) and word in held:
            held.remove(word)


def _joined(table: Any, key: str, words: Iterable[str]) -> None:
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


def _finds(table: Table) -> list[str]:
    """The words that a table looks for: those given, or the heading itself."""
    given = table.get("find", ())
    if isinstance(given, str):
        return [given]
    if given or any(table.get(key) for key in ("patterns", "see", "takes")):
        return [str(word) for word in given]
    return [str(table.get("sub") or table["term"]).split("!")[-1]]


# --- the decisions ---------------------------------------------------------------------------------------


def _accept(editing: _Editing, asked: Asked) -> None:
    """A heading of the machine's becomes the author's own."""
    editing.leave("never", asked["term"])
    editing.join("accept", asked["term"])


def _refuse(editing: _Editing, asked: Asked) -> None:
    """A heading leaves the index, and does not come back."""
    if editing.origin(asked["term"]) == "mark":
        raise UndecidedError(f"“{asked['term']}” is made by marks in the text: take them out there")
    editing.leave("accept", asked["term"])
    refused = [asked["term"]]
    for table in [each for each in editing.terms or () if str(each.get("term", "")) == asked["term"]]:
        refused += [str(word) for word in table.get("takes", ())]
        editing.remove(table)
    editing.join("never", *dict.fromkeys(refused))


def _add(editing: _Editing, asked: Asked) -> None:
    """Words of the text become a term that is looked for."""
    editing.leave("never", asked["term"])
    if editing.find(asked["term"]) is None:
        editing.add(asked["term"])


def _rename(editing: _Editing, asked: Asked) -> None:
    table = editing.own(asked["term"], asked.get("sub", ""))
    if finds := _finds(table):
        table["find"] = finds  # it goes on looking for what it looked for
    table["sub" if asked.get("sub") else "term"] = _to(asked)


def _merge(editing: _Editing, asked: Asked) -> None:
    """The places of a heading go to another one."""
    table = editing.own(_to(asked))
    _move(editing, asked["term"], table, _finds(table))


def _subhead(editing: _Editing, asked: Asked) -> None:
    """A heading becomes a subheading of another one."""
    name = asked.get("sub") or asked["term"]
    held = editing.find(_to(asked), name)
    table = editing.add(_to(asked), sub=name) if held is None else held
    _move(editing, asked["term"], table, [] if held is None else _finds(held))


def _move(editing: _Editing, term: str, table: Table, own: list[str]) -> None:
    """The words and automatic headings that lead to a heading lead to a table of the list from now on, which
    has words of its `own`.
    """
    if editing.origin(term) == "mark":
        raise UndecidedError(f"“{term}” is made by marks in the text: change them there")
    former = editing.find(term)
    if former is table:
        raise UndecidedError("a heading can't be merged with itself")
    takes = [str(word) for word in former.get("takes", ())] if former is not None else [term]
    finds = [*own, *(_finds(former) if former is not None else ())]
    if finds:
        _joined(table, "find", finds)
    if takes:
        _joined(table, "takes", takes)
    if former is not None:
        editing.remove(former)
    editing.leave("accept", term)


def _send(editing: _Editing, asked: Asked) -> None:
    """A heading sends the reader to another one, and has no places any more."""
    if editing.origin(asked["term"]) == "mark":
        raise UndecidedError(f"“{asked['term']}” is made by marks in the text: change them there")
    if editing.origin(asked["term"]) != "":
        _refuse(editing, asked)
    editing.add(asked["term"], see=[_to(asked)])


def _main(editing: _Editing, asked: Asked) -> None:
    """The main treatment of a heading is in a section; asked once more, it is nowhere."""
    table = editing.own(asked["term"], asked.get("sub", ""))
    if [str(word) for word in table.get("principal", ())] == [asked["section"]]:
        table.remove("principal")
    else:
        table["principal"] = [asked["section"]]


def _omit(editing: _Editing, asked: Asked) -> None:
    """The places of a heading in a section are left out."""
    table = editing.own(asked["term"], asked.get("sub", ""))
    if "principal" in table and asked["section"] in table["principal"]:
        table.remove("principal")
    _joined(table, "omit", [asked["section"]])


def _to(asked: Asked) -> str:
    if not asked.get("to"):
        raise UndecidedError("to which heading?")
    return asked["to"]


_ACTS: Mapping[str, Callable[[_Editing, Asked], None]] = {
    "accept": _accept,
    "never": _refuse,
    "add": _add,
    "rename": _rename,
    "merge": _merge,
    "sub": _subhead,
    "see": _send,
    "principal": _main,
    "omit": _omit,
}
