"""The languages of books: a file each, read by all that depends on the language. A new one is a file alone.

A file is named by its BCP 47 tag, in small letters (`de.toml`); that of a region (`de-ch.toml`) has only what
is other there. What it may hold, a table a purpose, and each may be missing:

    name, also      its own name; other tags that mean it
    direction       "rtl" where it is written from right to left
    spaces          false where words are not parted by spaces
    words           what the book says in its own voice; {} is where a number goes ("第{}章"), else it follows
    admonitions     the titles of boxes
    headings        what chapters are called in manuscripts, what else they may be called (`kinds`), what is a
                    section in the names of files (`scene`), what joins a name to them, and the months as
                    they stand behind a day
    numerals        `spelled`: a line a number, from one on, with the words for it that count chapters
    matter          what front and back matter are called in manuscripts
    dedications     how one begins that stands above the first heading, without a heading of its own
    quotes          quotation marks, and the words that begin with an apostrophe
    punctuation     `spaced`: marks, and the space that stands before each; `comma`, with its space
    index           the words of the index
    collation       letters in places of their own, and little words that do not count
    forms           how the forms of a noun end
    speech          how a term is defined and what stands around it (recto.index.reading.speech)
    stop_words      words that make no term
    holding         what holds together at the end of a line
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from recto.notations.toml import tomllib

_TABLE = re.compile(r"^\[(\w+)[\w.]*\]$", re.MULTILINE)
_FALLBACK = "en"  # what the book says where its language has no words


@cache
def tags() -> tuple[str, ...]:
    """The tags of all files, in order."""
    names = (each.name for each in files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def _aliases() -> dict[str, str]:
    return {alias: tag for tag in tags() for alias in (tag, *_table(tag).get("also", ()))}


@cache
def _texts(tag: str) -> Mapping[str, str]:
    """The text of a file by its tables; "" is what stands before the first of them.

    Whoever asks all languages for one table need not have the rest of all files read.
    """
    text = files(__package__).joinpath(f"{tag}.toml").read_text(encoding="utf-8")
    heads = [("", 0), *((head[1], head.start()) for head in _TABLE.finditer(text))]
    found: dict[str, str] = {}
    for (name, start), (_, end) in zip(heads, [*heads[1:], ("", len(text))], strict=True):
        found[name] = found.get(name, "") + text[start:end]
    return found


@cache
def _table(tag: str, name: str = "") -> Mapping[str, Any]:
    """A table of a file, or what stands before the first; empty where it has none."""
    data: dict[str, Any] = tomllib.loads(_texts(tag).get(name, ""))
    return data.get(name, {}) if name else data


@cache
def _chain(tag: str) -> tuple[str, ...]:
    """The files for a BCP 47 tag, from the widest to the closest: `zh-Hant-TW` is `zh-hant`, `de-CH` both."""
    parts = tag.replace("_", "-").lower().split("-")
    prefixes = ["-".join(parts[:length]) for length in range(1, len(parts) + 1)]
    found = dict.fromkeys(_aliases()[prefix] for prefix in prefixes if prefix in _aliases())
    closest = list(found)[-1:]
    related = [name for name in found if closest and closest[0].startswith(f"{name}-")]
    return (*related, *closest)


@cache
def table(tag: str, name: str) -> Mapping[str, Any]:
    """A table of a language, by a BCP 47 tag; empty where the language has none. Not to be changed."""
    return {key: value for file in _chain(tag) for key, value in _table(file, name).items()}


def words(tag: str, chapter: str = "") -> Mapping[str, str]:
    """What a book says in its own voice within a sentence; English where its language has no words.

    `chapter` is what it calls its chapters, where that is another word: within a sentence it is small where
    the language's own is.
    """
    said: Mapping[str, str] = table(tag, "words") or table(_FALLBACK, "words")
    if not chapter:
        return said
    small = chapter.istitle() and said["chapter"].islower()
    return {**said, "chapter": chapter.lower() if small else chapter}


def admonitions(tag: str) -> Mapping[str, str]:
    """The titles of boxes, by their kind; English where the language has none."""
    return table(tag, "admonitions") or table(_FALLBACK, "admonitions")


def index_words(tag: str) -> Mapping[str, Any]:
    """The words of the index; English where the language has none."""
    return table(tag, "index") or table(_FALLBACK, "index")


def comma(tag: str) -> str:
    """What stands between the words that the book puts in a row: the folios of the index, a page."""
    found: str = table(tag, "punctuation").get("comma", ", ")
    return found


def has_words(tag: str) -> bool:
    """Whether a book in a language can speak in its own voice."""
    return bool(table(tag, "words"))


def direction(tag: str) -> str:
    """`rtl` for a language that is written from right to left, else `ltr`."""
    heads = map(_table, reversed(_chain(tag)))
    return next((str(head["direction"]) for head in heads if "direction" in head), "ltr")


def parts_words(tag: str) -> bool:
    """Whether words are parted by spaces."""
    return all(_table(file).get("spaces", True) for file in _chain(tag))


def numbered(word: str, number: str, space: str = " ") -> str:
    """A word of the book with its number, which follows it or stands where the language has it (`第3章`)."""
    if not number:
        return word.replace("{}", "").strip(" .")
    return word.replace("{}", number) if "{}" in word else word + space + number


def everywhere(name: str, key: str) -> Iterator[str]:
    """What stands under a key of a table in the file of any language: for manuscripts that name none."""
    for tag in tags():
        found = _table(tag, name).get(key, ())
        yield from (found,) if isinstance(found, str) else found
