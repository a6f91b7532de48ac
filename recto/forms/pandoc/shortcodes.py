"""Quarto's shortcodes: `{{< include FILE >}}` and what a word stands for; others stay as typed, and are told.

https://quarto.org/docs/authoring/includes.html, https://quarto.org/docs/authoring/variables.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath

from recto.forms.fences import Line
from recto.forms.folder import BookFolder
from recto.forms.list_files import yaml_list
from recto.forms.markdown.front_matter import read_front_matter
from recto.forms.source_file import SourceFile

_ALONE = re.compile(r"[ \t]*\{\{<\s*(?P<verb>include|pagebreak)\b(?P<what>[^{}<>]*)>\}\}[ \t]*")
_WORD = re.compile(r"(?<!\{)\{\{<\s*(?P<verb>meta|var|kbd|video)\s+(?P<what>[^{}<>\n]+?)\s*>\}\}")
_PROJECT, _VARIABLES = "_quarto.yml", "_variables.yml"
_DEEPEST = 10  # files in one another
_MOST_LINES = 200_000  # of one file of the manuscript, when all is included


class Shortcodes:
    """Reads the shortcodes of one file; `included` are the names of the files that it asked for."""

    def __init__(self, file: SourceFile, folder: BookFolder) -> None:
        self._file, self._folder, self._count = file, folder, 0
        self._facts: dict[str, Mapping[str, object]] = {}
        self.included: set[str] = set()

    def lines(self) -> Iterator[Line]:
        """The lines of the file with all that stands for others, each with the line that it came from."""
        for number, line in enumerate(self._file.lines, 1):
            yield from ((made, number) for made in self._made(line, self._file.name, 0))

    def _made(self, line: str, name: str, depth: int) -> Iterator[str]:
        if "{{<" not in line:
            yield line
        elif found := _ALONE.fullmatch(line):
            yield from self._alone(found, name, depth)
        else:
            yield _WORD.sub(self._word, line)

    def _alone(self, found: re.Match[str], name: str, depth: int) -> Iterator[str]:
        path = found["what"].strip().strip("\"'")
        target = normpath(path.lstrip("/") if path.startswith("/") else join(dirname(name), path))
        holds = found["verb"] == "include" and depth < _DEEPEST and self._folder.holds(target)
        other = self._folder.text(target)[0] if holds else None
        if found["verb"] == "pagebreak":
            yield ""
        elif other is None or self._count > _MOST_LINES:
            yield found[0]
        else:
            self.included.add(target)
            lines = other.lines[read_front_matter(other)[0].body_line - 1 :]
            self._count += len(lines)
            for line in lines:
                yield from self._made(line, target, depth + 1)

    def _word(self, found: re.Match[str]) -> str:
        verb, what = found["verb"], found["what"].strip("\"' ")
        if verb == "video":
            return f"<{what.split()[0]}>" if what.startswith("http") else found[0]
        if verb == "kbd":
            return f"`{what.split()[0]}`"
        value = self._value(_PROJECT if verb == "meta" else _VARIABLES, what)
        return found[0] if value is None else value

    def _value(self, name: str, path: str) -> str | None:
        """What stands under a path such as `book.title`; what a file says of itself goes before."""
        if name not in self._facts:
            data = yaml_list(self._folder, name)[0] if self._folder.holds(name) else {}
            own = read_front_matter(self._file)[0].settings if name == _PROJECT else {}
            self._facts[name] = {**data, **own}
        value: object = self._facts[name]
        for key in path.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        return str(value) if isinstance(value, (str, int, float)) else None
