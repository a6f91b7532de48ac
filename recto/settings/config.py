"""book.toml: what an author may set, and how it is read.

Each table of the file is a dataclass below, each key a field with its default; the reader works from their
types, so that a new setting is one line here and a line in the Handbook. Every fault of the file is
reported at once, with its line and, for an unknown key, the nearest known one.
"""

from __future__ import annotations

import dataclasses
import difflib
import os
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from recto.door import LARGEST_SETTINGS, Door
from recto.notations.toml import KeyPath, TomlError, parse
from recto.problems import Place, Problem, error
from recto.settings.people import BookSeries, Person, Subject

FILE_NAME = "book.toml"
OTHER_NAME = "recto.toml"  # where book.toml is another tool's; it goes before it in any case
INDEX_NAME = "index.toml"
Places = dict[KeyPath, Place]  # where the author has set each thing
_MOST_FAULTS = 200  # that are told of one file
_UNSET: dict[str, bool] = {"setting": False}  # a field that no key of the file sets


@dataclass(frozen=True, slots=True)
class BookSettings:
    """`[book]`: mdBook's keys, and what a book needs beyond them."""

    title: str = ""
    subtitle: str = ""
    authors: tuple[str | Person, ...] = ()
    language: str = "en"
    languages: tuple[str, ...] = ()
    description: str = ""
    publisher: str = ""
    place: str = ""
    isbn: str = ""
    isbn_epub: str = ""
    identifier: str = ""
    date: str = ""
    edition: str = ""
    series: str | BookSeries = ""
    rights: str = ""
    license: str = ""
    keywords: tuple[str, ...] = ()
    subjects: tuple[str | Subject, ...] = ()
    audience: str = ""
    contributors: tuple[str | Person, ...] = ()
    credits: tuple[str, ...] = ()
    cover: str = ""
    cover_alt: str = ""


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """`[source]`: how the folder is read; `form` is the name of a source form, or `numbers`."""

    form: str = ""


@dataclass(frozen=True, slots=True)
class PrintSettings:
    """`[print]`: the PDF."""

    trim: str = "6x9in"
    bleed: str = "0mm"
    openings: Literal["recto", "any"] = "recto"
    gutter: str = ""
    font_size: str = "10pt"
    page_references: bool = True
    outline_depth: int = 3
    hyphenate: bool = True
    paragraphs: Literal["fine", "quick"] = "fine"
    tolerance: int = 200
    expansion: float = 2.0
    letterspacing: float = 1.0
    protrusion: bool = True


@dataclass(frozen=True, slots=True)
class EpubSettings:
    """`[epub]`: the e-book."""

    page_list: bool = True


@dataclass(frozen=True, slots=True)
class PressSettings:
    """`[press]`: the file for a printer. `profile` names the printer, `icc` a file of the book's folder."""

    profile: str = ""
    paper: str = "white"
    color: bool = False
    icc: str = ""
    spine: str = ""


@dataclass(frozen=True, slots=True)
class ContentsSettings:
    """`[contents]`: how deep the contents of both books go (1 chapters, 2 sections, 3 subsections)."""

    depth: int = 2


@dataclass(frozen=True, slots=True)
class TypesetSettings:
    """`[typeset]`: how Markdown is set."""

    smart_punctuation: bool = True
    number_figures: bool = True
    highlight: bool = True
    abbreviations: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Term:
    """`[[index.terms]]`, or `[[terms]]` of index.toml: a heading of the index, and what finds it in the text.

    `find` are words, `patterns` expressions; `sections` are the only ones to look in, each for one place;
    `divide` parts the places by subheadings; `takes` are automatic headings that this one takes in. `place`
    is the line that the term begins on.
    """

    term: str
    sub: str = ""
    find: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    exact: bool = False
    sections: tuple[str, ...] = ()
    divide: Literal["", "chapter", "neighbor"] = ""
    takes: tuple[str, ...] = ()
    sort: str = ""
    see: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    place: Place | None = field(default=None, metadata=_UNSET)


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """`[index]`, and the whole of index.toml: the back-of-book index.

    `automatic` unset means: only where there are no marks and no terms. `accept` are automatic headings that
    enter whatever `automatic` says, `never` those that never do.
    """

    include: bool = True
    automatic: Literal[True, False, "suggest"] | None = None
    order: Literal["word-by-word", "letter-by-letter"] = "word-by-word"
    style: Literal["indented", "run-in"] = "indented"
    headnote: str = ""
    accept: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class PartSetting:
    """`[[parts]]`: a part and the chapters in it, by number: `chapters = "1-9"` or `"1, 3, 5-7"`."""

    title: str
    chapters: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """`[[place]]`: puts something elsewhere.

    What: `chapter`, `section` (by the number typed in the manuscript) or `lines` ("1317-1347", with `file`
    where the manuscript has more than one). A chapter or section that stands twice is told apart by `lines`.
    Where (`as`): "appendix", "appendix B", "chapter 44", "section 5.9", "omit", or the name of a piece of
    front or back matter ("preface").
    """

    as_: str
    chapter: str = ""
    section: str = ""
    file: str = ""
    lines: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Silence:
    """`[[silence]]`: one problem that the author has looked at and accepts, with the reason."""

    code: str
    reason: str
    subject: str = ""
    file: str = ""
    line: int | None = None

    def covers(self, problem: Problem) -> bool:
        """Tell whether this silence is meant for a problem; errors can't be silenced."""
        return (
            problem.severity == "warning"
            and problem.code == self.code
            and self.subject in ("", problem.subject)
            and (not self.file or Path(problem.place.file).match(self.file))
            and self.line in (None, problem.place.line)
        )


@dataclass(frozen=True, slots=True)
class AccessibilitySettings:
    """`[accessibility]`: what only a person can state (EPUB Accessibility 1.1, 2.4 and 4)."""

    summary: str = ""
    hazards: tuple[str, ...] = ("none",)
    conforms_to: str = ""
    certified_by: str = ""


@dataclass(frozen=True, slots=True)
class LimitSettings:
    """`[limits]`: what a build of this book may spend, in seconds and megabytes; never more than the command
    line allows. 0 sets none.
    """

    seconds: int = 0
    memory: int = 0


@dataclass(frozen=True, slots=True)
class Config:
    """The whole of book.toml, with defaults where it is silent. `path` is None where there is no file.

    `places` are the lines of the file, and of the index.toml beside it, by the way to what each of them sets.
    `name` is what the file is called, or would be.
    """

    path: Path | None = field(default=None, metadata=_UNSET)
    name: str = field(default=FILE_NAME, metadata=_UNSET)
    book: BookSettings = field(default_factory=BookSettings)
    source: SourceSettings = field(default_factory=SourceSettings)
    print: PrintSettings = field(default_factory=PrintSettings)
    epub: EpubSettings = field(default_factory=EpubSettings)
    press: PressSettings = field(default_factory=PressSettings)
    contents: ContentsSettings = field(default_factory=ContentsSettings)
    typeset: TypesetSettings = field(default_factory=TypesetSettings)
    index: IndexSettings = field(default_factory=IndexSettings)
    accessibility: AccessibilitySettings = field(default_factory=AccessibilitySettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
    chapters: dict[str, str] = field(default_factory=dict)
    parts: tuple[PartSetting, ...] = ()
    place: tuple[Placement, ...] = ()
    silence: tuple[Silence, ...] = ()
    places: Places = field(default_factory=dict, metadata=_UNSET)

    def place_of(self, *path: str | int) -> Place:
        """The line that sets something (`"parts", 0, "title"`), or else the table that it would stand in."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return Place(shown(self.path) if self.path else self.name)


def shown(path: Path) -> str:
    """A path as it is shown to the author: relative to the current folder where it lies below it."""
    for found in (os.path.abspath, os.path.realpath):  # a link has the name that the author gave it
        with suppress(ValueError, OSError):  # elsewhere, or no path at all
            return str(Path(found(path)).relative_to(Path.cwd()))
    return str(path)


def read(path: Path | None, index: Path | None = None) -> tuple[Config, tuple[Problem, ...]]:
    """Read book.toml, and the index.toml beside it; without them (None) all has its default.

    Each problem is an error with its line. A list of index.toml adds to that of `[index]` in book.toml; any
    other key goes before it.
    """
    settings = Config(path)
    problems: tuple[Problem, ...] = ()
    if path is not None:
        data, places, problems = _parsed(path)
        reader = _SettingsReader(places)
        settings = Config(path, places=places, **reader.table(Config, data, ()))
        problems = (*problems, *reader.problems)
    if index is not None:
        data, places, more = _parsed(index)
        reader = _SettingsReader(places)
        read_here = reader.table(IndexSettings, data, ())
        joined = {**settings.places, **dict(_moved(places, settings.index))}
        settings = dataclasses.replace(settings, index=_merged(settings.index, read_here), places=joined)
        problems = (*problems, *more, *reader.problems)
    return settings, problems


def informed(config: Config, said: Mapping[str, object]) -> Config:
    """The settings with what a list file of another tool says of the book, where the author's own are silent.

    `said` has keys of `[book]`; values of the wrong kind, and unknown keys, are passed over.
    """
    hints = get_type_hints(BookSettings)
    taken: dict[str, Any] = {}
    for key, value in said.items():
        if key in hints and ("book", key) not in config.places:
            kind = str if hints[key] is str else tuple
            fitting = (value,) if kind is tuple and isinstance(value, str) else value
            if isinstance(fitting, kind):
                taken[key] = fitting
    return dataclasses.replace(config, book=dataclasses.replace(config.book, **taken)) if taken else config


def _parsed(path: Path) -> tuple[dict[str, Any], Places, tuple[Problem, ...]]:
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


def _moved(places: Places, first: IndexSettings) -> Iterator[tuple[KeyPath, Place]]:
    """The places of index.toml as those of `[index]`, whose lists begin with those of book.toml."""
    for path, place in places.items():
        listed = getattr(first, str(path[0]), None) if path[1:] else None
        before = len(listed) if isinstance(listed, tuple) else 0
        number = (path[1] + before,) if path[1:] and isinstance(path[1], int) else path[1:2]
        yield ("index", path[0], *number, *path[2:]), place


def _merged(first: IndexSettings, more: Mapping[str, Any]) -> IndexSettings:
    joined: dict[str, Any] = {
        key: (*getattr(first, key), *value) if isinstance(value, tuple) else value
        for key, value in more.items()
    }
    return dataclasses.replace(first, **joined)


_hints: Callable[[Any], dict[str, Any]] = lru_cache(get_type_hints)


class _SettingsReader:
    """Checks parsed TOML against the dataclasses, gathering every fault."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self.problems: list[Problem] = []
        self._faults = 0

    def table(self, cls: type[Any], data: Mapping[str, Any], path: KeyPath) -> dict[str, Any]:
        """The values of a table as keyword arguments for its dataclass; what is wrong is left out."""
        hints = _hints(cls)
        known = {
            f.name.removesuffix("_"): f for f in dataclasses.fields(cls) if f.metadata.get("setting", True)
        }
        values = {}
        for key, value in data.items():
            if key not in known:
                self._unknown(key, (*path, key), known)
                continue
            name = known[key].name
            read = self.value(hints[name], value, (*path, key))
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
            return self._mapping(value, path)
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            return self._record(kind, value, path)
        read = _simple(kind, value, path)
        return self._wrong(path, value, _TYPE_NAMES[kind]) if read is None else read

    def _list(self, kind: Any, value: Any, path: KeyPath) -> Any:
        if kind in (str, str | Person, str | Subject) and isinstance(value, str):
            return (value,)  # authors = "One Name" is plain enough
        if not isinstance(value, list):
            return self._wrong(path, value, "a list")
        read = [self.value(kind, item, (*path, number)) for number, item in enumerate(value)]
        return tuple(item for item in read if item is not None)

    def _mapping(self, value: Any, path: KeyPath) -> Any:
        if not isinstance(value, dict):
            return self._wrong(path, value, "a table")
        read = {str(key): self.value(str, item, (*path, str(key))) for key, item in value.items()}
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
        if cls is Term:
            values["place"] = self._places.get((*path, "term"), self._places[path])
        return cls(**values) if self._faults == before else None

    def _unknown(self, key: str, path: KeyPath, known: Mapping[str, object]) -> None:
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
        where = f" in [{_dotted(path[:-1])}]" if path[1:] else ""
        hint = f"did you mean `{near[0]}`?" if near else f"known here: {', '.join(sorted(known))}"
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
