"""Directives of MyST, by fence and by colon, in one another and in items, as what they stand for.

https://mystmd.org/guide/directives: one that is not known (directive_kinds.py) stays as it is typed, and is
told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from posixpath import dirname, join, normpath

from recto.forms.fences import Line
from recto.forms.folder import BookFolder
from recto.forms.jupyter_book.directive_kinds import Directive, meaning
from recto.forms.jupyter_book.file_parts import part_of
from recto.forms.source_file import SourceFile
from recto.problems import Problem, warning

_OPEN = re.compile(
    r"(?P<indent>[ \t]*)(?P<marks>`{3,}|:{3,}|~{3,})[ ]?\{(?P<name>[\w:+-]+)\}[ \t]*(?P<words>.*?)[ \t]*"
)
_OPTION = re.compile(r"[ \t]*:(?P<key>[\w-]+):[ \t]*(?P<value>.*)")
_KEY = re.compile(r"(?P<key>[\w-]+):[ \t]*(?P<value>.*)")
_DEEPEST = 20  # directives in one another, and files
_MOST_LINES = 200_000  # that all files included in one have
_UNREAD_PARTS = ("pyobject", "diff")


class DirectiveReader:
    """Reads the directives of one file; `included` names the files that it asked for, `problems` are told."""

    def __init__(self, file: SourceFile, folder: BookFolder) -> None:
        self._file, self._folder, self._count = file, folder, 0
        self.included: set[str] = set()
        self.problems: list[Problem] = []

    def directed(self, lines: Sequence[Line], depth: int = 0) -> Iterator[Line]:
        """The lines with every directive as what it stands for."""
        shut = {line.strip(): index for index, (line, _) in enumerate(lines) if line.strip()}
        number = 0
        while number < len(lines):
            found = _OPEN.fullmatch(lines[number][0])
            closes = found is not None and depth < _DEEPEST and shut.get(found["marks"], 0) > number
            end = _end(lines, number, found["marks"]) if found and closes else 0
            if not found or not end:
                yield lines[number]
                number += 1
                continue
            held, last = list(lines[number + 1 : end]), end
            if found["name"].endswith("-start") and (gate := _gate(lines, end, found["name"])):
                held += lines[end + 1 : gate[0]]
                last = gate[1]
            yield from self._directive(found, held, (lines[number][1], lines[last][1]), depth)
            number = last + 1

    def _directive(
        self, found: re.Match[str], held: Sequence[Line], ends: tuple[int, int], depth: int
    ) -> Iterator[Line]:
        indent = found["indent"]
        name = found["name"].lower().removesuffix("-start")
        plain = [(line[len(indent) :] if line.startswith(indent) else line.lstrip(), at) for line, at in held]
        options, inside = _options(plain)
        make = meaning(name)
        directed = tuple(self.directed(inside, depth + 1)) if make else ()
        directive = Directive(name, found["words"], options, tuple(inside), directed, *ends)
        if name in ("include", "literalinclude"):
            made = self._included(directive, depth)
        elif name == "raw":
            made = self._raw(directive)
        else:
            made = make(directive) if make else None
        for line, at in made if made is not None else self._as_typed(found, plain, ends):
            yield (f"{indent}{line}" if line.strip() else ""), at

    def _included(self, asked: Directive, depth: int) -> Iterator[Line] | None:
        """The lines of another file; None where it is not there, or a part of it is asked for."""
        path = asked.words.removeprefix("/")
        name = normpath(path if path != asked.words else join(dirname(self._file.name), path))
        if set(asked.options) & set(_UNREAD_PARTS) or depth >= _DEEPEST or not self._folder.holds(name):
            return None
        other = self._folder.text(name)[0]
        held = other.text.rstrip("\n").split("\n") if other else []
        lines = [(line, asked.origin) for line in part_of(held, asked.options)]
        self._count += len(lines)
        if other is None or self._count > _MOST_LINES:
            return None
        self.included.add(name)
        if asked.name == "include" and not {"literal", "code", "lang"} & set(asked.options):
            return self.directed(lines, depth + 1)
        listing = meaning("code")
        named = (asked.options.get(key) for key in ("language", "code", "lang"))
        language = next(filter(None, named), "")
        parts = (asked.options, tuple(lines), (), asked.origin, asked.last)
        return listing(Directive("code", language, *parts)) if listing else None

    def _raw(self, raw: Directive) -> Iterator[Line]:
        """What is for one kind of output, and for no book."""
        code = "latex-left-out" if "tex" in raw.words else "html-removed"
        message = f"a piece for {raw.words or 'another program'} alone was left out"
        hint = "write what it says in Markdown, if it is to be in the book"
        self.problems.append(
            warning(code, message, self._file.at(raw.origin), hint=hint, subject=raw.words or "raw")
        )
        yield "", raw.origin

    def _as_typed(self, found: re.Match[str], held: Sequence[Line], ends: tuple[int, int]) -> Iterator[Line]:
        origin, last = ends
        message = f"the directive {{{found['name']}}} is none that Recto knows: it was set as typed"
        hint = "write what it stands for in Markdown"
        self.problems.append(
            warning("directive-unknown", message, self._file.at(origin), hint=hint, subject=found["name"])
        )
        longest = max((len(run) for line, _ in held for run in re.findall(r"`{3,}", line)), default=2)
        fence = "`" * (longest + 1)  # longer than any in it
        yield fence, origin
        yield found[0].lstrip("`:~ \t"), origin
        yield from (*held, (fence, last))


def _end(lines: Sequence[Line], start: int, marks: str) -> int:
    for number in range(start + 1, len(lines)):
        if lines[number][0].strip() == marks:
            return number
    return 0


def _gate(lines: Sequence[Line], start: int, name: str) -> tuple[int, int] | None:
    """Where a directive `NAME-start` is ended by its `NAME-end`: the first and the last line of that one."""
    wanted = f"{name.removesuffix('-start')}-end"
    for number in range(start + 1, len(lines)):
        found = _OPEN.fullmatch(lines[number][0])
        if found and found["name"] == wanted:
            return number, _end(lines, number, found["marks"]) or number
    return None


def _options(lines: Sequence[Line]) -> tuple[dict[str, str], list[Line]]:
    """The options at the head of a directive, as `:key: value` or between `---`, and what stands below."""
    options: dict[str, str] = {}
    first = 0
    while first < len(lines) and not lines[first][0].strip():
        first += 1
    if first < len(lines) and lines[first][0].strip() == "---" and (end := _end(lines, first, "---")):
        for line, _ in lines[first + 1 : end]:
            if found := _KEY.fullmatch(line.strip()):
                options[found["key"]] = found["value"].strip("\"'|> ")
        return options, list(lines[end + 1 :])
    while first < len(lines) and (found := _OPTION.fullmatch(lines[first][0])):
        options[found["key"]] = found["value"]
        first += 1
    return options, list(lines[first:]) if options else list(lines)
