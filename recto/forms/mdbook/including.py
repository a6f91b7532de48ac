"""`{{#include FILE:PART}}` and its kin: other files, or parts of them, in the place of those words.

https://rust-lang.github.io/mdBook/format/mdbook.html#including-files
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from posixpath import dirname, join, normpath

from recto.forms.folder import BookFolder
from recto.forms.source_file import SourceFile
from recto.problems import Problem, warning

_ASKED = re.compile(r"(?P<escape>\\)?\{\{\s*#(?P<verb>[a-zA-Z0-9_]+)\s+(?P<what>[^{}\n]+?)\s*\}\}")
_ANCHOR = re.compile(r"ANCHOR:\s*(?P<name>[\w-]+)")
_ANCHOR_END = re.compile(r"ANCHOR_END:\s*(?P<name>[\w-]+)")
DEEPEST = 10  # files in one another, as in mdBook
MOST_LINES = 200_000  # of one file of the manuscript, when all is included


class Includer:
    """Includes files of one book in one of them.

    `included` are the names of all that were, `problems` tell what was asked for and is not there.
    """

    def __init__(self, folder: BookFolder) -> None:
        self._folder, self._count = folder, 0
        self.included: set[str] = set()
        self.problems: list[Problem] = []

    def lines(self, file: SourceFile) -> Iterator[tuple[str, int]]:
        """The lines of a file with all that it includes, each with the line of the file that it came from."""
        for number, line in enumerate(file.lines, 1):
            if "{{" not in line:
                yield line, number
                continue
            for made in self._expanded(line, file, number, file.name, 0).split("\n"):
                yield made, number

    def _expanded(self, text: str, file: SourceFile, number: int, name: str, depth: int) -> str:
        """A text with the files that it asks for; `name` is the file that it stands in."""

        def answer(asked: re.Match[str]) -> str:
            if asked["escape"]:
                return asked[0][1:]
            return self._answer(asked, file, number, name, depth)

        return _ASKED.sub(answer, text)

    def _answer(self, asked: re.Match[str], file: SourceFile, number: int, name: str, depth: int) -> str:
        verb, what = asked["verb"], asked["what"]
        if verb == "title":
            return ""  # that of a browser's window
        if verb not in ("include", "rustdoc_include", "playground", "playpen"):
            self._tell(asked[0], file, number, "no part of mdBook itself")
            return asked[0]
        path, *attributes = what.split() if verb.startswith("play") else [what]
        path, _, part = path.partition(":")
        target = normpath(join(dirname(name), path))
        found = self._folder.text(target)[0] if depth < DEEPEST and self._folder.holds(target) else None
        if found is None:
            self._tell(asked[0], file, number, f"there is no such file as {target}")
            return asked[0]
        self.included.add(target)
        lines = found.text.removesuffix("\n").split("\n")
        chosen = _part(lines, part, kept=verb == "rustdoc_include")
        self._count += len(chosen)
        if self._count > MOST_LINES:
            self._tell(asked[0], file, number, f"more than {MOST_LINES:,} lines are included")
            return asked[0]
        included = "\n".join(chosen)
        if verb.startswith("play"):
            return f"```{','.join(('rust', *attributes))}\n{included}\n```"
        return self._expanded(included, file, number, target, depth + 1) if "{{" in included else included

    def _tell(self, asked: str, file: SourceFile, number: int, why: str) -> None:
        message = f"{asked} was left as it stands: {why}"
        hint = "put what it stands for in its place"
        self.problems.append(warning("include-missing", message, file.at(number), hint=hint, subject=asked))


def _part(lines: Sequence[str], part: str, *, kept: bool) -> list[str]:
    """The lines of a part (`2`, `:10`, `2:`, `2:10`, `NAME`); with `kept` the others stay, behind a `#`."""
    chosen = _ranged(len(lines), part) if not part or part[0] in ":0123456789" else _anchored(lines, part)
    mark = _is_mark if part and part[0] not in ":0123456789" else lambda line: False
    made = []
    for number, line in enumerate(lines):
        if number in chosen and not mark(line):
            made.append(line)
        elif kept and not mark(line):
            made.append(f"# {line}".rstrip())
    return made


def _is_mark(line: str) -> bool:
    return bool(_ANCHOR.search(line) or _ANCHOR_END.search(line))


def _ranged(count: int, part: str) -> range:
    if not part:
        return range(count)
    first, colon, last = part.partition(":")
    start = int(first) - 1 if first.isdecimal() else 0
    end = int(last) if last.isdecimal() else (count if colon else start + 1)
    return range(max(start, 0), min(end, count))


def _anchored(lines: Sequence[str], name: str) -> range:
    """The lines between the two marks of a name."""
    start = None
    for number, line in enumerate(lines):
        if start is None:
            found = _ANCHOR.search(line)
            start = number + 1 if found and found["name"] == name else None
        elif (found := _ANCHOR_END.search(line)) and found["name"] == name:
            return range(start, number)
    return range(0) if start is None else range(start, len(lines))
