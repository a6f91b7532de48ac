"""Metadata amid a file, which Pandoc reads wherever it stands: https://pandoc.org/MANUAL.html#metadata-blocks.

---
nocite: "@marsh12"
---
"""

from __future__ import annotations

import re

from recto.forms.fences import with_code
from recto.forms.markdown.front_matter import read_front_matter
from recto.forms.source_file import SourceFile

_KEY = re.compile(r"[A-Za-z][\w-]*:(?:[ \t]|$)")
_ENDS = ("---", "...")
_MOST_LINES = 200


def gathered_in_front(file: SourceFile) -> SourceFile:
    """The file with such blocks in its front matter, where all that is set for it stands."""
    first = read_front_matter(file)[0].body_line
    known = [*with_code((line, number) for number, line in enumerate(file.lines, 1))]
    taken: list[tuple[str, int]] = []
    body: list[tuple[str, int]] = []
    at = first - 1
    while at < len(known):
        line, number, code = known[at]
        end = 0 if code or line.rstrip() != "---" else _end(file.lines, at)
        taken += [(each, at + 2 + n) for n, each in enumerate(file.lines[at + 1 : end])]
        body += [("", n + 1) for n in range(at, end + 1)] if end else [(line, number)]
        at = end + 1 if end else at + 1
    if not taken:
        return file
    front = [(line, number) for number, line in enumerate(file.lines[: first - 1], 1)]
    opening = front[:-1] or [("---", 1)]
    return file.made_of([*opening, *taken, ("---", first), *body])


def _end(lines: list[str], start: int) -> int:
    """The index of the line that ends a block which begins below a blank line; 0 for none."""
    if start + 1 >= len(lines) or (start and lines[start - 1].strip()) or not _KEY.match(lines[start + 1]):
        return 0
    ends = range(start + 1, min(len(lines), start + _MOST_LINES))
    return next((at for at in ends if lines[at].rstrip() in _ENDS), 0)
