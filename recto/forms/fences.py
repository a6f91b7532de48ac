"""Lines of code, told from lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

Line = tuple[str, int]
_FENCE = re.compile(r"[ \t>]*(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)")


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
