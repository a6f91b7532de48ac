"""The title of a document, and its author's name below it: how they stand at the head of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from recto.forms.fences import Line
from recto.languages import everywhere

_HEADING = re.compile(r"#{1,6} ")


def is_title(lines: Sequence[Line]) -> bool:
    """Tell whether a text begins with a heading that has none below it before the next of its level.

    So it is where the author made the title a heading like all others, for its size.
    """
    heads = [(index, line) for index, (line, _) in enumerate(lines) if re.match(r"#{1,6} ", line)]
    level = len(heads[0][1].split()[0]) if heads else 0
    same = next((index for index, line in heads[1:] if len(line.split()[0]) <= level), 0)
    first = [line for line, _ in lines if line.strip()][:1]
    if not same or first != [heads[0][1]]:
        return False
    return not any(line.strip() and not line.startswith("#") for line, _ in lines[heads[0][0] : same])


def demoted(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with headings one level down, below the title, which is the first."""
    code, title = False, True
    for line, origin in lines:
        code = code != line.startswith("```")
        if not code and re.match(r"#{1,5} ", line):
            yield (line if title else f"#{line}"), origin
            title = False
        else:
            yield line, origin


def byline(lines: Sequence[Line]) -> tuple[list[Line], str]:
    """The lines without the one below the title that names the author, and the name; "" where none does."""
    written = [index for index, (line, _) in enumerate(lines) if line.strip()][:2]
    if len(written) == 2 and _HEADING.match(lines[written[0]][0]):
        found = _by().fullmatch(lines[written[1]][0].strip("#*_ "))
        if found:
            return [line for index, line in enumerate(lines) if index != written[1]], found["name"]
    return list(lines), ""


@cache
def _by() -> re.Pattern[str]:
    words = "|".join(map(re.escape, everywhere("words", "by")))
    return re.compile(rf"(?:{words})\s+(?P<name>[^.:;?!]{{3,60}}\.?[^.:;?!]{{0,30}})", re.IGNORECASE)
