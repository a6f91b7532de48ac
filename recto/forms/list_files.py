"""The list files of other tools, in YAML and JSON, read without trust."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from posixpath import normpath

from recto.forms.folder import BookFolder
from recto.notations.json_text import read_json
from recto.notations.yaml_text import YamlError, read_yaml
from recto.problems import Place, Problem, error, warning
from recto.settings.config import OTHER_NAME

_MOST_STARS = 6  # of a pattern of names
_LONGEST = 1_000_000  # characters
_ADDRESS = re.compile(r"\s+<?[^\s<>@]+@[^\s<>@]+>?\s*$")  # of electronic mail, behind a name
_REMARK = re.compile(r"^[ \t]*//.*", re.M)


def yaml_list(folder: BookFolder, name: str) -> tuple[Mapping[str, object], tuple[Problem, ...]]:
    """What a YAML file of a folder holds, every value as typed; nothing, and why, where it can't be read."""
    file, problems = folder.text(name)
    if file is None:
        return {}, problems
    try:
        data = read_yaml(file.text[:_LONGEST])
    except YamlError as fault:
        message = f"this list can't be read: {fault}"
        hint = f'mend it, or have the book without it: [source] form = "numbers" in {OTHER_NAME}'
        place = file.at((fault.line or 0) + 1)
        return {}, (*problems, error("list-unreadable", message, place, hint=hint, subject=name))
    return _table(data), problems


def json_list(folder: BookFolder, name: str) -> tuple[Mapping[str, object], tuple[Problem, ...]]:
    """The same of a JSON file."""
    file, problems = folder.text(name)
    if file is None:
        return {}, problems
    try:
        return _table(read_json(file.text[:_LONGEST])), problems
    except (ValueError, RecursionError) as fault:
        line = fault.lineno if isinstance(fault, json.JSONDecodeError) else None
        meant = _as_meant(file.text[:_LONGEST])
        message = f"these settings can't be read, and are passed over: {fault}"
        if meant:
            message = f"this is no JSON, and was read as it seems to be meant: {fault}"
        return meant, (*problems, warning("list-unreadable", message, file.at(line), subject=name))


def _as_meant(text: str) -> Mapping[str, object]:
    """Settings with a comma too many or with comments, both of which YAML's own braces may hold."""
    try:
        return _table(read_yaml(_REMARK.sub("", text).expandtabs()))
    except YamlError:
        return {}


def _table(data: object) -> Mapping[str, object]:
    return {str(key): value for key, value in data.items()} if isinstance(data, dict) else {}


def table(data: Mapping[str, object], key: str) -> Mapping[str, object]:
    """A table in a table; an empty one where there is none."""
    return _table(data.get(key))


def words(data: Mapping[str, object], key: str) -> str:
    """A text in a table, "" where there is none."""
    value = data.get(key)
    return value.strip() if isinstance(value, str) else ""


def names(value: object) -> tuple[str, ...]:
    """Authors, however they are given: one name, several, or tables with a `name`."""
    return tuple(_names(value))


def _names(value: object) -> Iterator[str]:
    if isinstance(value, str) and (name := _ADDRESS.sub("", value).strip()):
        yield name
    elif isinstance(value, list):
        for each in value:
            yield from _names(each)
    elif isinstance(value, dict):
        called = value.get("name")
        parts = called if isinstance(called, dict) else {}
        joined = " ".join(str(parts[key]) for key in ("given", "family") if parts.get(key))
        yield from _names(joined or parts.get("literal") or called)


def matching(folder: BookFolder, pattern: str, suffixes: tuple[str, ...]) -> list[str]:
    """The files of a folder that a pattern of names fits, of those endings, in the order of their names.

    `*` is any letters but a slash, `**` those too, `?` one letter. A pattern of very many stars fits nothing.
    """
    plain = normpath(pattern.lstrip("/"))
    if plain.count("*") > _MOST_STARS:
        return []
    pieces = re.split(r"(\*\*/?|\*|\?)", plain)
    known = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    wanted = re.compile("".join(known.get(piece, re.escape(piece)) for piece in pieces))
    return [
        name for name in folder.names(suffixes) if wanted.fullmatch(name) or wanted.fullmatch(_stem(name))
    ]


def _stem(name: str) -> str:
    return name.rpartition(".")[0]


def picture(folder: BookFolder, *named: str) -> str:
    """The first picture of those named that lies in the folder, "" where none does."""
    return next((name for name in named if name and folder.holds(name)), "")


def elsewhere(what: str, place: Place) -> Problem:
    """The warning that a list names what is no file: an address on the web, mostly."""
    return warning("listed-missing", f"“{what}” is no file of the book: it was left out", place, subject=what)


def said(**facts: object) -> dict[str, object]:
    """What a list says of the book, without what it does not say."""
    return {key: value for key, value in facts.items() if value}
