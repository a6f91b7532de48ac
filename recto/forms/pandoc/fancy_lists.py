"""Lists with letters, Roman numerals, brackets and `#.`: https://pandoc.org/MANUAL.html#extension-fancy_lists.

Each item gets the sign of a list with numbers, and the list its kind below it: `{type=a}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from recto.forms.fences import Line, with_code
from recto.numbering import letter, roman

_ITEM = re.compile(
    r"(?P<indent> {0,8})(?P<sign>\(?(?P<count>#|[A-Za-z]|[ivxIVX]{1,5}|\d{1,3})[.)])(?P<space> +)(?=\S)"
)
_PLAIN = re.compile(r"\d{1,3}[.)]")  # Markdown's own
_FIRSTS = ("#", "a", "A", "i", "I", "1")


def with_numbers(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with such lists as Markdown's; a lone item stays text, as `A. Lincoln` is none."""
    known = list(with_code(lines))
    signs: dict[int, str] = {}
    ends: dict[int, str] = {}
    for at in range(len(known)):
        if at not in signs and (found := _list(known, at)):
            items, last = found
            kind = _count(known[at][0])
            signs |= {item: _renumbered(known[item][0]) for item in items}
            if kind in "aAiI":
                ends[last] = f"{' ' * _indent(known[at][0])}{{type={kind}}}"
    for at, (line, origin, _) in enumerate(known):
        yield signs.get(at, line), origin
        if at in ends:
            yield ends[at], origin


def _list(known: Sequence[tuple[str, int, bool]], first: int) -> tuple[list[int], int] | None:
    """The lines of the items of a list that begins on a line, and the last line of it; None for none."""
    line, _, code = known[first]
    begun = None if code else _ITEM.match(line)
    if begun is None or begun["count"] not in _FIRSTS or _PLAIN.fullmatch(begun["sign"]):
        return None
    if first and known[first - 1][0].strip():
        return None
    if begun["count"] in "AI" and len(begun["space"]) < 2 and begun["sign"].endswith("."):
        return None  # it may be the initial of a name
    items, last, around = [first], first, re.sub(r"\w+|#", "", begun["sign"])
    for at in range(first + 1, len(known)):
        text = known[at][0]
        found = None if known[at][2] else _ITEM.match(text)
        own = found is not None and found["indent"] == begun["indent"]
        if found and own and re.sub(r"\w+|#", "", found["sign"]) == around:
            if found["count"] != _next(begun["count"], len(items)):
                break
            items.append(at)
        elif text.strip() and _indent(text) <= _indent(line) and (own or not known[at - 1][0].strip()):
            break
        last = at if text.strip() else last
    return (items, last) if len(items) > 1 else None


def _next(first: str, number: int) -> str:
    """The count of an item, from 0, of a list that begins so."""
    if first == "#":
        return "#"
    if first == "1":
        return str(number + 1)
    made = letter(number) if first in "aA" else roman(number + 1)
    return made.lower() if first.islower() else made.upper()


def _count(line: str) -> str:
    found = _ITEM.match(line)
    return found["count"] if found else ""


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _renumbered(line: str) -> str:
    """An item with `1.` in the place of its sign, its text where it was."""
    found = _ITEM.match(line)
    if found is None:
        return line
    room = max(1, len(found["sign"]) + len(found["space"]) - 2)
    return f"{found['indent']}1.{' ' * min(room, 4)}{line[found.end() :]}"
