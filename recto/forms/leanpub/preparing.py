"""Leanpub's Markdown and Markua as Markdown that Recto reads: boxes, parts, ids, widths, where pictures lie.

https://leanpub.com/markua/read, https://leanpub.com/lfm/read
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from posixpath import dirname, join

from recto.forms.fences import Line, with_code
from recto.forms.folder import BookFolder
from recto.forms.source_file import SourceFile
from recto.problems import Problem

PART = "⁂"  # at the end of a heading of a part, until the outline is read
_MATTER = re.compile(r"\s*\{(?:front|main|back)matter\}\s*", re.I)
_PART = re.compile(r"-# +(?P<title>\S.*)")
_BOX = re.compile(r"(?P<mark>[ATWIEDQXB])>(?: (?P<words>.*)|$)")
_KINDS = {"T": "tip", "W": "warning", "E": "danger", "D": "note", "I": "note", "Q": "note", "X": "example"}
_LIST = re.compile(r"\{(?P<list>[^{}]*)\}\s*")
_ID = re.compile(r"(?:^|[,\s])(?:id:\s*\"?|#)(?P<id>[\w-]+)")
_WIDTH = re.compile(r"(?:^|[,\s])width\s*[:=]\s*\"?(?P<width>\d{1,3})%?\"?")
_PICTURE = re.compile(r"(!\[[^\]]*\]\()(?P<name>[^()\s]+)")


def prepare(file: SourceFile, folder: BookFolder) -> tuple[SourceFile, tuple[Problem, ...]]:
    """A file of a Leanpub book as Markdown."""
    lines = ((line, number) for number, line in enumerate(file.lines, 1))
    boxed = _boxed(_attributed(lines))
    return file.made_of(tuple(_pictured(boxed, file, folder))), ()


def _attributed(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines without marks of matter, with parts marked and ids and widths where Markdown has them."""
    waiting, at = "", 0
    for line, origin, code in with_code(lines):
        if not code and _MATTER.fullmatch(line):
            yield "", origin
            continue
        if not code and not waiting and (attributes := _ours(line)):
            waiting, at = attributes, origin
            yield "", origin
            continue
        if waiting and line.strip():
            fits = not code and at == origin - 1 and line.startswith("#" if "#" in waiting else "![")
            line = f"{line}{' ' * (waiting[0] == '#')}{{{waiting}}}" if fits else line
            waiting = ""
        part = None if code else _PART.fullmatch(line)
        yield (f"# {part['title']} {PART}" if part else line), origin


def _ours(line: str) -> str:
    """The attributes of a line that holds nothing else, as ours; "" where there are none that we have."""
    found = _LIST.fullmatch(line)
    if not found:
        return ""
    if given := _ID.search(found["list"]):
        return f"#{given['id']}"
    width = _WIDTH.search(found["list"])
    return f"width={width['width']}%" if width else ""


def _boxed(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with asides, warnings and tips (`A>`, `W>`, `T>` …) as boxes."""
    kind = ""
    for line, origin, code in with_code(lines):
        found = None if code else _BOX.fullmatch(line)
        if found:
            if found["mark"] != kind:
                kind = found["mark"]
                yield "", origin
                yield f"!!! {_KINDS.get(kind, 'note')}", origin
            words = found["words"] or ""
            yield (f"    {words}" if words.strip() else ""), origin
            continue
        if kind:
            kind = ""
            yield "", origin
        yield line, origin


def _pictured(lines: Iterable[Line], file: SourceFile, folder: BookFolder) -> Iterator[Line]:
    """The lines with pictures by the names that they have below `resources`."""
    top = dirname(file.name).partition("/")[0]

    def found(picture: re.Match[str]) -> str:
        name = join("resources", picture["name"])
        return f"{picture[1]}{name}" if folder.holds(join(top, name)) else picture[0]

    for line, origin, code in with_code(lines):
        yield (line if code or "![" not in line else _PICTURE.sub(found, line)), origin
