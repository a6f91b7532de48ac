"""The book.toml of a tidy folder: the author's own, if any, and every decision of the collation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit

from recto.desk.beginning.tidy_files import TidyFolder
from recto.model import Book, Manuscript
from recto.settings.config import Config

_HEAD = "Written by `init --from`: what the source said, and what was decided in putting it in order."
_DECIDED = ("chapters", "parts", "place", "source")  # tables that are written anew


def settings(own: str, config: Config, manuscript: Manuscript, book: Book, folder: TidyFolder) -> str:
    """The text of book.toml. `own` is that of the source, "" without one; `config` what it came to."""
    document = tomlkit.parse(own) if own else tomlkit.document()
    if not own:
        document.add(tomlkit.comment(_HEAD))
    for name in _DECIDED:
        document.pop(name, None)
    _silences(document)
    _fill(document, "book", _said(config, manuscript, book))
    _fill(document, "source", {"form": folder.form})
    if folder.titles:
        _fill(document, "chapters", folder.titles)
    _append(document, "parts", [{"title": title, "chapters": _range(held)} for title, held in folder.parts])
    # text before the first heading of all has no name of its own: it is placed where it stood
    placed = [{"file": name, "as": "foreword", "title": title} for name, title in folder.placed]
    _append(document, "place", placed)
    return tomlkit.dumps(document)


def _said(config: Config, manuscript: Manuscript, book: Book) -> dict[str, Any]:
    """What `[book]` says: what it said, what the list of another tool says, what was found out."""
    said: dict[str, Any] = {"title": book.title}
    for key in manuscript.said:
        value = getattr(config.book, key, None)
        if isinstance(value, str) and value:
            said[key] = value
        elif isinstance(value, tuple) and value and all(isinstance(each, str) for each in value):
            said[key] = list(value)
    return said


def _fill(document: tomlkit.TOMLDocument, name: str, values: Mapping[str, Any]) -> None:
    """Put values into a table, but where the author has set them."""
    if name not in document:
        document.add(name, tomlkit.table())
    table: Any = document[name]
    for key, value in values.items():
        if key not in table:
            table.add(key, value)


def _append(document: tomlkit.TOMLDocument, name: str, rows: Sequence[Mapping[str, str]]) -> None:
    """Put an array of tables into the document, unless it is empty."""
    tables = tomlkit.aot()
    for row in rows:
        table = tomlkit.table()
        table.update(row)
        tables.append(table)
    if rows:
        document.add(name, tables)


def _silences(document: tomlkit.TOMLDocument) -> None:
    """Silences that name a file or a line of the source are about nothing here."""
    held: Any = document.get("silence")
    if isinstance(held, tomlkit.items.AoT):
        for table in [each for each in held if "file" in each or "line" in each]:
            held.remove(table)
        if not len(held):
            document.remove("silence")


def _range(labels: Sequence[str]) -> str:
    """`1-4`, or labels with commas between where they are no row."""
    if len(labels) < 2 or not all(label.isdecimal() for label in labels):
        return ", ".join(labels)
    first, last = int(labels[0]), int(labels[-1])
    is_row = [int(label) for label in labels] == list(range(first, last + 1))
    return f"{first}-{last}" if is_row else ", ".join(labels)
