"""mdBook's own book.toml: what it says of the book, and of the code in it.

https://rust-lang.github.io/mdBook/format/configuration/general.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from recto.forms.folder import BookFolder
from recto.notations.toml import TomlError, parse

FILE = "book.toml"
_SAID = ("title", "authors", "language", "description")


@dataclass(frozen=True, slots=True)
class MdBookSettings:
    """`src` is the folder of the text, `book` what is said of the book, `hidden` are marks by language."""

    src: str = "src"
    book: Mapping[str, object] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)


def settings(folder: BookFolder) -> MdBookSettings:
    """The settings of a folder; the defaults where there are none, or none that can be read."""
    file = folder.text(FILE)[0] if folder.holds(FILE) else None
    return _read(file.text) if file else MdBookSettings()


@lru_cache(maxsize=8)  # asked for every file of a book
def _read(text: str) -> MdBookSettings:
    try:
        data = parse(text)[0]
    except TomlError:
        return MdBookSettings()
    book = _table(data, "book")
    said = {key: tuple(value) if isinstance(value, list) else value for key, value in book.items()}
    hidden = _table(_table(_table(_table(data, "output"), "html"), "code"), "hidelines")
    src = book.get("src")
    return MdBookSettings(
        src.strip("/") if isinstance(src, str) and src.strip("/") else "src",
        {key: said[key] for key in _SAID if key in said},
        {language: mark for language, mark in hidden.items() if isinstance(mark, str) and mark},
    )


def _table(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = data.get(key)
    return found if isinstance(found, dict) else {}
