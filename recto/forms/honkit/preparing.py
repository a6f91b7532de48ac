"""The marks of HonKit's templates in a page: hints, included files, variables, text that is none of them.

https://honkit.netlify.app/templating/: of a block of a plugin (`{% filename %}urls{% endfilename %}`) the
words are in the book, and told; what else stands between `{%` and `%}` is left as typed, and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename, dirname

from recto.forms.fences import Line, with_code
from recto.forms.folder import BookFolder
from recto.forms.honkit import glossary
from recto.forms.honkit.gitbook_blocks import unblocked
from recto.forms.honkit.settings import below, settings
from recto.forms.source_file import SourceFile
from recto.problems import Problem, warning

_HINT = re.compile(r"\s*\{%\s*hint\b(?:[^%]*style\s*=\s*[\"'](?P<style>\w+)[\"'])?[^%]*%\}\s*")
_END = re.compile(r"\s*\{%\s*endhint\s*%\}\s*")
_INCLUDE = re.compile(r"\s*\{%\s*include\s+[\"'](?P<name>[^\"']+)[\"']\s*%\}\s*")
_PLUGIN = re.compile(
    r"\{%\s*(?!hint\b|raw\b|if\b|for\b|block\b|set\b|macro\b|filter\b|call\b)(?P<name>[a-z]\w*)\b[^%{}]*%\}"
    r"(?P<words>[^{}]*)\{%\s*end(?P=name)\s*%\}"
)
_RAW = re.compile(r"\{%\s*(?:end)?raw\s*%\}")
_VARIABLE = re.compile(r"\{\{\s*book\.(?P<name>[\w.]+)\s*\}\}")
_STYLES = {"info": "note", "success": "tip", "working": "note"}  # the others are kinds of our boxes


def prepare(file: SourceFile, folder: BookFolder) -> tuple[SourceFile, tuple[Problem, ...]]:
    """A page as Markdown that Recto reads."""
    problems: list[Problem] = []
    included: set[str] = set()
    lines = _included(file, folder, included, problems)
    variables = settings(folder).variables
    made = _hinted(_without_plugins(unblocked(lines), file, problems), variables)
    if basename(file.name) == glossary.NAME:
        made = glossary.defined(made)
    return file.made_of(tuple(made), included), tuple(problems)


def _included(
    file: SourceFile, folder: BookFolder, included: set[str], problems: list[Problem]
) -> Iterator[Line]:
    """The lines of a page, and of the files that it includes."""
    root = settings(folder).root
    for line, origin, code in with_code((line, number) for number, line in enumerate(file.lines, 1)):
        found = None if code else _INCLUDE.fullmatch(line)
        if not found:
            yield line, origin
            continue
        asked = found["name"]  # which begins with a slash where it is below the root of the text
        name = below(root, asked.lstrip("/")) if asked[0] == "/" else below(dirname(file.name), asked)
        other = folder.text(name)[0] if folder.holds(name) else None
        if other is None:
            message = f"{line.strip()} was left as it stands: there is no such file as {name}"
            hint = "put what it stands for in its place"
            problems.append(warning("include-missing", message, file.at(origin), hint=hint, subject=name))
            yield line, origin
            continue
        included.add(name)
        yield from ((each, origin) for each in other.text.removesuffix("\n").split("\n"))


def _without_plugins(lines: Iterator[Line], file: SourceFile, problems: list[Problem]) -> Iterator[Line]:
    """The lines with the words alone of what plugins of HonKit make of them."""
    for line, origin, code in with_code(lines):
        for found in _PLUGIN.finditer(line) if not code and "{%" in line else ():
            message = f"{{% {found['name']} %}} is a plugin's mark: its words alone are in the book"
            hint = "write what it makes of them in Markdown, if it is to be in the book"
            place, name = file.at(origin), found["name"]
            problems.append(warning("markup-unknown", message, place, hint=hint, subject=name))
        yield (line if code else _PLUGIN.sub(lambda plugin: plugin["words"], line)), origin


def _hinted(lines: Iterator[Line], variables: Mapping[str, object]) -> Iterator[Line]:
    """The lines with hints as boxes and variables as what they stand for."""
    hinting = False
    for line, origin, code in with_code(lines):
        if not code and (found := _HINT.fullmatch(line)):
            hinting = True
            style = found["style"] or "info"
            yield f"!!! {_STYLES.get(style, style)}", origin
        elif not code and hinting and _END.fullmatch(line):
            hinting = False
            yield "", origin
        else:
            text = line if code else _VARIABLE.sub(lambda v: _value(v, variables), _RAW.sub("", line))
            yield (f"    {text}" if hinting and text.strip() else text), origin


def _value(found: re.Match[str], variables: Mapping[str, object]) -> str:
    value: object = variables
    for key in found["name"].split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return str(value) if isinstance(value, str | int | float) else found[0]
