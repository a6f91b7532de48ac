"""The part of a file that an `include` or `literalinclude` asks for.

https://www.sphinx-doc.org/en/master/usage/restructuredtext/directives.html#directive-literalinclude
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_STRETCH = re.compile(r"(?P<first>\d{1,6})?(?P<to>-)?(?P<last>\d{1,6})?")


def part_of(lines: Sequence[str], options: Mapping[str, str]) -> list[str]:
    """The lines that the options leave; all where they say nothing, or name words that are not there."""
    chosen = list(lines)
    if (first := options.get("start-line", "")).isdecimal():
        chosen = chosen[int(first) :]
    if (last := options.get("end-line", "")).isdecimal():
        chosen = chosen[: max(0, int(last) - int(options.get("start-line") or 0))]
    chosen = _between(chosen, options)
    if options.get("lines"):
        wanted = [_stretch(each.strip(), len(chosen)) for each in options["lines"].split(",")]
        chosen = [chosen[number] for numbers in wanted for number in numbers]
    if (cut := options.get("dedent", "")).isdecimal():
        return [line[int(cut) :] if not line[: int(cut)].strip() else line for line in chosen]
    return chosen


def _between(lines: list[str], options: Mapping[str, str]) -> list[str]:
    """The lines from and up to those that hold some words."""
    for key, beyond in (("start-after", 1), ("start-at", 0)):
        at = _place(lines, options.get(key, ""))
        lines = lines if at is None else lines[at + beyond :]
    for key, beyond in (("end-before", 0), ("end-at", 1)):
        at = _place(lines, options.get(key, ""))
        lines = lines if at is None else lines[: at + beyond]
    return lines


def _place(lines: Sequence[str], words: str) -> int | None:
    words = words.strip().strip("\"'")
    return next((at for at, line in enumerate(lines) if words in line), None) if words else None


def _stretch(asked: str, count: int) -> range:
    """`3`, `3-5`, `3-`, counted from one."""
    found = _STRETCH.fullmatch(asked)
    if not asked or found is None:
        return range(0)
    first = int(found["first"] or 1)
    last = int(found["last"]) if found["last"] else count if found["to"] else first
    return range(max(0, first - 1), min(last, count))
