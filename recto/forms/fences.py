"""Lines of code, told from lines of text, and code within a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

Line = tuple[str, int]
_FENCE = re.compile(r"[ \t>]*(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)")
_SPAN = re.compile(r"(?<!`)(`+)(?!`).{1,2000}?(?<!`)\1(?!`)")  # of code (CommonMark 0.31, 6.1)


def with_code(lines: Iterable[Line]) -> Iterator[tuple[str, int, bool]]:
    """Each line with its origin, and whether it is one of code (the marks of a fence are)."""
    fence = ""
    for line, origin in lines:
        found = _FENCE.fullmatch(line)
        if fence:
            yield line, origin, True
            marks = found["marks"] if found and not found["info"].strip() else ""
            if marks and marks[0] == fence[0] and len(marks) >= len(fence):
                fence = ""
        else:
            fence = found["marks"] if found else ""
            yield line, origin, bool(found)


def outside_code(line: str, change: Callable[[str], str]) -> str:
    """A line with what stands outside of its spans of code changed."""
    pieces, at = list[str](), 0
    for span in _SPAN.finditer(line):
        pieces += (change(line[at : span.start()]), span[0])
        at = span.end()
    return "".join((*pieces, change(line[at:])))
