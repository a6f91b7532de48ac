"""Fences called `admonish`, of a widely used preprocessor of mdBook: boxes, with Markdown in them.

    ```admonish warning title="Mind the gap"
    Words.
    ```

https://tommilligan.github.io/mdbook-admonish/overview.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from recto.forms.callouts import first_line
from recto.forms.fences import Line

_OPEN = re.compile(
    r"(?P<indent>[ \t]*)(?P<marks>`{3,}|~{3,})[ \t]*\{?[ \t]*admonish\b(?P<info>[^`{}]*)\}?[ \t]*"
)
_TITLE = re.compile(r"""(?:\btitle[ \t]*=[ \t]*)?(?P<mark>["'])(?P<title>(?:\\.|(?!(?P=mark)).)*)(?P=mark)""")
_KIND = re.compile(r"(?:\btype[ \t]*=[ \t]*[\"']?)?(?P<kind>[a-z][a-z-]*)\b(?![ \t]*=)")
_SETTING = re.compile(r"""\b(?!type\b|title\b)\w+[ \t]*=[ \t]*(?:"[^"]*"|'[^']*'|[\w.-]+),?""")
_FENCE = re.compile(r"[ \t]*(?P<marks>`{3,}|~{3,})[ \t]*")


def boxed(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with such fences as boxes, in one another too; one without end goes to that of the file."""
    ends: list[str] = []  # the marks of each box that is open
    code = ""
    for line, origin in lines:
        indent = "    " * len(ends)
        shut = _FENCE.fullmatch(line)
        if code:
            code = "" if shut and _shuts(shut["marks"], code) else code
        elif ends and shut and _shuts(shut["marks"], ends[-1]):
            ends.pop()
            yield "", origin
            continue
        elif found := _OPEN.fullmatch(line):
            yield "", origin
            yield f"{indent}{found['indent']}{_first_line(found['info'])}", origin
            ends.append(found["marks"])
            continue
        elif begun := re.match(r"[ \t>]*(`{3,}(?=[^`]*$)|~{3,})", line):
            code = begun[1]
        yield (f"{indent}{line}" if line.strip() else line), origin


def _shuts(marks: str, opened: str) -> bool:
    return marks[0] == opened[0] and len(marks) >= len(opened)


def _first_line(info: str) -> str:
    info = _SETTING.sub(" ", info)
    title = _TITLE.search(info)
    said = _KIND.search(_TITLE.sub(" ", info))
    words = re.sub(r"\\(.)", r"\1", title["title"]) if title else ""
    return first_line(said["kind"] if said else "note", words)
