"""What plug-ins of Obsidian write, which only they can read: queries, and notes that hold a drawing.

https://blacksmithgu.github.io/obsidian-dataview, https://github.com/zsviczian/obsidian-excalidraw-plugin
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from recto.forms.fences import Line, with_code
from recto.forms.source_file import SourceFile

_QUERY = re.compile(
    r"[ \t>]*(?:`{3,}|~{3,})[ \t]*(?P<name>dataview|dataviewjs|tasks|query|button|tracker)\b.*"
)
QUERY_IN_LINE = re.compile(r"(?<!`)`\$?=[ ][^`]{1,500}`(?!`)")
_PROPERTY = re.compile(r"[ \t]*(?:[\w .-]{1,60}:(?:[ \t].*)?|-[ \t].*)?")
_LONGEST = 60  # lines of properties
_DRAWING = re.compile(r"^excalidraw-plugin:", re.M)
_HEAD = 1_000  # characters


def is_drawing(file: SourceFile) -> bool:
    """Tell whether a note holds a drawing of Excalidraw, as its properties say."""
    return file.text.startswith("---") and _DRAWING.search(file.text[:_HEAD]) is not None


def properties_end(file: SourceFile) -> int:
    """The line that ends properties below a blank line, as plug-ins write them; 0 where there are none."""
    lines = file.lines[:_LONGEST]
    if len(lines) < 3 or lines[0].rstrip() != "---" or lines[1].strip():
        return 0
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() == "---":
            return number
        if not _PROPERTY.fullmatch(line):
            break
    return 0


def without_queries(lines: Iterable[Line]) -> Iterator[tuple[str, int, str]]:
    """The lines without queries between fences, each with the name of the one that began there, or ""."""
    name, before = "", False
    for line, at, code in with_code(lines):
        opens = code and not before
        found = _QUERY.fullmatch(line) if opens else None
        if opens:
            name = found["name"] if found else ""
        yield ("", at, name if found else "") if name and code else (line, at, "")
        before = code
