"""Macros that a book defines for its formulas, put in their places: `\\R` for `\\mathbb{R}`.

They are given in settings (https://mystmd.org/guide/math#math-macros), or defined in the text, as Pandoc
reads them (https://pandoc.org/MANUAL.html#extension-latex_macros). `#1` in one stands for what follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from recto.forms.fences import Line, outside_code, with_code
from recto.forms.source_file import SourceFile

_NAME = re.compile(r"\\[A-Za-z]+")
_DEFINED = re.compile(
    r"[ \t]*(?<!\\)\\(?:(?:re|provide)?newcommand\*?|providecommand\*?|DeclareMathOperator\*?|def)"
    r"[ \t]*\{?(?P<name>\\[A-Za-z]+)\}?[ \t]*(?:\[\d\]|(?:#\d)*)[ \t]*"
    r"\{(?P<body>(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}[ \t]*"
)
_MAY_DEFINE = re.compile(r"\\(?:(?:re)?new|provide)command|\\DeclareMathOperator|\\def\b")
_ARGUMENT = re.compile(r"#([1-9])")
_DEEPEST = 10  # macros in one another
_LONGEST = 20_000  # characters of a line

Macros = Mapping[str, str]


def macros_of(settings: object) -> Macros:
    """Macros as settings give them: a text, a list that begins with one, or a table with a `macro`."""
    found: dict[str, str] = {}
    for name, given in settings.items() if isinstance(settings, dict) else ():
        body = given.get("macro") if isinstance(given, dict) else given
        body = body[0] if isinstance(body, list) and body else body
        called = f"\\{str(name).lstrip(chr(92))}"
        if isinstance(body, str) and _NAME.fullmatch(called):
            found[called] = body
    return found


def defined(lines: Iterable[str]) -> Macros:
    """The macros that lines of a text define outside of code."""
    found: dict[str, str] = {}

    def define(text: str) -> str:
        for match in _DEFINED.finditer(text):
            operator = "DeclareMathOperator" in match[0]
            found[match["name"]] = f"\\operatorname{{{match['body']}}}" if operator else match["body"]
        return text

    for line, _, code in with_code((line, 0) for line in lines):
        if "\\" in line and not code:
            outside_code(line, define)
    return found


def with_macros(lines: Iterable[Line], macros: Macros) -> Iterator[Line]:
    """The lines with what macros stand for in their places, and without their definitions."""
    return iter(_without_empty(list(_replaced(lines, macros))) if macros else lines)


def with_own_macros(file: SourceFile) -> SourceFile:
    """The file with the macros that it defines itself in their places; every line stays on its line."""
    if not (macros := defined(file.lines) if _MAY_DEFINE.search(file.text) else {}):
        return file
    lines = with_macros([(line, 0) for line in file.lines], macros)
    return replace(file, text="\n".join(line for line, _ in lines))


def _replaced(lines: Iterable[Line], macros: Macros) -> Iterator[Line]:
    for line, origin, code in with_code(lines):
        if code or "\\" not in line:
            yield line, origin
        else:
            plain = outside_code(line, lambda text: _DEFINED.sub("", text))
            left = "" if plain != line and not plain.strip(" $") else plain
            yield outside_code(left, lambda text: _expanded(text, macros, 0)), origin


def _without_empty(lines: list[Line]) -> list[Line]:
    """The lines without the dollars around definitions that are no more."""
    made = list(lines)
    opened, filled = None, False
    for number, (line, _) in enumerate(lines):
        if line.strip() != "$$":
            filled = filled or bool(line.strip())
        elif opened is None:
            opened, filled = number, False
        else:
            for each in () if filled else (opened, number):
                made[each] = "", made[each][1]
            opened = None
    return made


def _expanded(text: str, macros: Macros, depth: int) -> str:
    pieces: list[str] = []
    at = 0
    for found in _NAME.finditer(text):
        body = macros.get(found[0])
        if body is None or found.start() < at:
            continue
        arguments, end = _arguments(text, found.end(), _count(body))
        if arguments is None:
            continue
        made = _filled(body, arguments)
        if depth < _DEEPEST and len(made) < _LONGEST:
            made = _expanded(made, macros, depth + 1)
        # braces keep the two apart: `\N^2`, and a letter behind a name
        pieces += (text[at : found.start()], f"{{{made}}}")
        at = end
    pieces.append(text[at:])
    made = "".join(pieces)
    return made if len(made) <= _LONGEST else text


def _filled(body: str, arguments: Sequence[str]) -> str:
    return _ARGUMENT.sub(lambda found: arguments[int(found[1]) - 1], body)


def _count(body: str) -> int:
    return max((int(number) for number in _ARGUMENT.findall(body)), default=0)


def _arguments(text: str, at: int, count: int) -> tuple[list[str] | None, int]:
    """What stands behind the name of a macro, and where it ends; None where there is too little."""
    found: list[str] = []
    while len(found) < count:
        while at < len(text) and text[at] == " ":
            at += 1
        end = _end(text, at)
        if end is None:
            return None, at
        found.append(text[at + 1 : end - 1] if text[at] == "{" else text[at:end])
        at = end
    return found, at


def _end(text: str, at: int) -> int | None:
    """Where an argument ends: a group in braces, a name, or one letter."""
    if at >= len(text) or text[at] in "}$":
        return None
    if named := _NAME.match(text, at):
        return named.end()
    if text[at] != "{":
        return at + 1
    depth = 0
    for place in range(at, len(text)):
        depth += (text[place] == "{") - (text[place] == "}")
        if not depth:
            return place + 1
    return None
