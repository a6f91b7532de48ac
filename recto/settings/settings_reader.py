"""Settings in TOML files, read against dataclasses.

Each table of a file is a dataclass, each key a field; the reader works from their types, so that a new
setting is one line there. Every fault of a file is reported at once, with its line and, for an unknown key,
the nearest known one.
"""

from __future__ import annotations

import dataclasses
import difflib
import types
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from recto.door import LARGEST_SETTINGS, Door
from recto.notations.toml import KeyPath, TomlError, parse
from recto.notations.xml_characters import FORBIDDEN
from recto.problems import Place, Problem, error, shown
from recto.settings.people import Person, Subject

Places = dict[KeyPath, Place]  # where the author has set each thing
LINE_OF = "line of"  # metadata of a field that no key sets: it gets the line of the key named here
BOUNDS = "bounds"  # metadata of a field with a number: the least and the most it may be
# Keys of released versions that are gone, each with what took its place; tests/settings/keys.txt has them all
REPLACED: dict[str, str] = {}
_MOST_FAULTS = 200  # that are told of one file
LONGEST = 20_000  # characters of a text: five times the longest description that a shop takes
MOST_ITEMS = 50_000  # of a list


def parsed(path: Path) -> tuple[dict[str, Any], Places, tuple[Problem, ...]]:
    """A TOML file: what is in it, where each thing stands, and what keeps it from being read."""
    file = shown(path)
    try:
        data, lines = parse(Door.of(path.parent).read(path, LARGEST_SETTINGS).decode("utf-8"))
        return data, {key: Place(file, line) for key, line in lines.items()}, ()
    except UnicodeDecodeError:
        message, hint = f"{path.name} is not UTF-8 text", "save the file as UTF-8"
        return {}, {}, (error("config-encoding", message, Place(file), hint=hint),)
    except OSError as fault:
        message = f"{path.name} can't be read: {fault.strerror}"
        return {}, {}, (error("config-unreadable", message, Place(file)),)
    except TomlError as fault:
        hint = 'text stands in quotes (title = "My Book"), a list in brackets (authors = ["A", "B"])'
        message = f"this is not TOML: {str(fault)[:1].lower()}{str(fault)[1:]}"
        return {}, {}, (error("config-syntax", message, Place(file, fault.line), hint=hint),)


_hints: Callable[[Any], dict[str, Any]] = lru_cache(get_type_hints)


class SettingsReader:
    """Checks parsed TOML against dataclasses, gathering every fault."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self.problems: list[Problem] = []
        self._faults = 0
        self._whole: type[Any] | None = None  # the dataclass of the file

    def table(self, cls: type[Any], data: Mapping[str, Any], path: KeyPath) -> dict[str, Any]:
        """The values of a table as keyword arguments for its dataclass; what is wrong is left out."""
        hints, known = _hints(cls), _keys(cls)
        self._whole = cls if not path else self._whole
        values = {}
        for key, value in data.items():
            if key not in known:
                self._unknown(key, (*path, key), known)
                continue
            name = known[key].name
            read = self.value(hints[name], value, (*path, key))
            if read is not None and (bounds := known[key].metadata.get(BOUNDS)):
                read = self._bounded(read, bounds, (*path, key))
            if read is not None:
                values[name] = read
        return values

    def value(self, kind: Any, value: Any, path: KeyPath) -> Any:
        """One value as its type wants it; None (and a problem) where it does not fit."""
        origin, arguments = get_origin(kind), get_args(kind)
        if origin in (Union, types.UnionType):
            kinds = [each for each in arguments if each is not type(None)]
            return self.value(kinds[-1] if isinstance(value, dict) else kinds[0], value, path)
        if origin is Literal:
            known = any(type(value) is type(each) and value == each for each in arguments)
            return value if known else self._wrong(path, value, _one_of(arguments))
        if origin is tuple:
            return self._list(arguments[0], value, path)
        if origin is dict:
            return self._mapping(arguments[1], value, path)
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            return self._record(kind, value, path)
        if isinstance(value, str) and len(value) > LONGEST:
            return self._too_long(path, f"{LONGEST:,} characters")
        if isinstance(value, str) and (unfit := FORBIDDEN.search(value)):
            message = f"`{_dotted(path)}` holds the control character U+{ord(unfit[0]):04X}"
            return self._add("config-type", path, message, "no book can show it: leave it out")
        read = _simple(kind, value, path)
        return self._wrong(path, value, _TYPE_NAMES[kind]) if read is None else read

    def _list(self, kind: Any, value: Any, path: KeyPath) -> Any:
        if kind in (str, str | Person, str | Subject) and isinstance(value, str):
            return (value,)  # authors = "One Name" is plain enough
        if not isinstance(value, list):
            return self._wrong(path, value, "a list")
        if len(value) > MOST_ITEMS:
            return self._too_long(path, f"{MOST_ITEMS:,} items")
        read = [self.value(kind, item, (*path, number)) for number, item in enumerate(value)]
        return tuple(item for item in read if item is not None)

    def _too_long(self, path: KeyPath, most: str) -> Any:
        return self._add("config-type", path, f"`{_dotted(path)}` has more than {most}", None)

    def _bounded(self, value: float, bounds: tuple[float, float], path: KeyPath) -> Any:
        least, most = bounds
        if least <= value <= most:
            return value
        message = f"`{_dotted(path)}` must be from {least:g} to {most:g}, not {value:g}"
        return self._add("config-type", path, message, None)

    def _mapping(self, kind: Any, value: Any, path: KeyPath) -> Any:
        if not isinstance(value, dict):
            return self._wrong(path, value, "a table")
        read = {str(key): self.value(kind, item, (*path, str(key))) for key, item in value.items()}
        return {key: item for key, item in read.items() if item is not None}

    def _record(self, cls: type[Any], value: Any, path: KeyPath) -> Any:
        if not isinstance(value, dict):
            return self._wrong(path, value, "a table")
        before = self._faults
        values = self.table(cls, value, path)
        for required in _required(cls):
            if required not in values and self._faults == before:
                key = required.removesuffix("_")
                self._add(
                    "config-missing", path, f"this [[{_dotted(path)}]] has no `{key}`", f"add `{key} = …`"
                )
        for each in dataclasses.fields(cls):
            if line_of := each.metadata.get(LINE_OF):
                values[each.name] = self._places.get((*path, line_of), self._places[path])
        return cls(**values) if self._faults == before else None

    def _unknown(self, key: str, path: KeyPath, known: Mapping[str, object]) -> None:
        if now := REPLACED.get(_dotted(path)):
            hint = f"{now} has taken its place"
            self._add("config-unknown-key", path, f"`{_dotted(path)}` is no key any more", hint)
            return
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
        where = f" in [{_dotted(path[:-1])}]" if path[1:] else ""
        hint = f"did you mean `{near[0]}`?" if near else f"known here: {', '.join(sorted(known))}"
        if at_home := _tables_with(key, self._whole):
            hint = f"it belongs in [{'] or ['.join(at_home)}]"
        self._add("config-unknown-key", path, f"unknown key `{key}`{where}", hint)

    def _wrong(self, path: KeyPath, value: Any, wanted: str) -> None:
        found = repr(value)[:60] if wanted.startswith("one of") else _TYPE_NAMES.get(type(value), "this")
        message = f"`{_dotted(path)}` must be {wanted}, not {found}"
        example = _EXAMPLES.get(wanted, "take one of these").format(key=_dotted(path).rpartition(".")[2])
        self._add("config-type", path, message, example)

    def _add(self, code: str, path: KeyPath, message: str, hint: str | None) -> None:
        self._faults += 1
        if self._faults <= _MOST_FAULTS:
            self.problems.append(error(code, message, self._places[path], hint=hint))
        elif self._faults == _MOST_FAULTS + 1:
            message = f"there are more than {_MOST_FAULTS} faults in this file; the rest is not told"
            self.problems.append(error(code, message, self._places[path], hint="mend these first"))


def _keys(cls: type[Any]) -> dict[str, dataclasses.Field[Any]]:
    """The fields of a dataclass that keys of the file set, by these keys; none of what is no dataclass."""
    fields = dataclasses.fields(cls) if dataclasses.is_dataclass(cls) else ()
    return {f.name.removesuffix("_"): f for f in fields if f.metadata.get("setting", True)}


def _tables_with(key: str, whole: type[Any] | None) -> list[str]:
    """The tables of a file that have a key: where one that stands elsewhere belongs."""
    tables = {name: _hints(whole)[name] for name in _keys(whole)} if whole else {}
    return [name for name, kind in tables.items() if isinstance(kind, type) and key in _keys(kind)]


def _simple(kind: Any, value: Any, path: KeyPath) -> Any:
    """A text, a number or a switch as its type wants it: a date and the number in a series may be bare."""
    if kind is str and path[-1] == "date" and hasattr(value, "isoformat"):
        return value.isoformat()
    if kind is str and path[-1] == "number" and type(value) in (int, float):
        return str(value)
    if kind is float and type(value) is int:
        return float(value)
    return value if type(value) is kind else None


_TYPE_NAMES = {
    str: "text in quotes",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
}

_EXAMPLES = {
    "text in quotes": 'write {key} = "…"',
    "a whole number": "write {key} = 2, without quotes",
    "a number": "write {key} = 1.5, without quotes",
    "true or false": "write {key} = true or {key} = false, without quotes",
    "a list": 'write {key} = ["…", "…"]',
    "a table": "write a line [{key}] and its settings below it",
}


def _dotted(path: KeyPath) -> str:
    """The way to a setting as the author writes it, without the numbers of items."""
    return ".".join(key for key in path if isinstance(key, str))


def _one_of(choices: tuple[Any, ...]) -> str:
    return "one of " + ", ".join(repr(choice) for choice in choices)


def _required(cls: type[Any]) -> Iterator[str]:
    for each in dataclasses.fields(cls):
        if each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING:
            yield each.name
