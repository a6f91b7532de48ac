"""Custom properties of style sheets, which stand for one another: few lines may double a text forty times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

MOST_COPIES = 1_000  # of values that one of them stands for


def doubling(sheet: list[Any]) -> int | None:
    """The line of a custom property that stands for too many others; None where there is none.

    `sheet` are the component values of a style sheet, without comments.
    """
    lines: dict[str, int] = {}
    used: dict[str, list[str]] = {}
    for name, line, value in _given(sheet):
        names = list(_asked_for(value))
        if name not in used or len(names) > len(used[name]):
            used[name], lines[name] = names, line
    copies: dict[str, int] = {}
    return next((lines[name] for name in used if _count(name, used, copies) > MOST_COPIES), None)


def _count(name: str, used: dict[str, list[str]], copies: dict[str, int]) -> int:
    """How many values one stands for; what leads back to itself has none (CSS Variables 1, 2.3).

    `copies` are those that are known, and become more.
    """
    waiting, begun = [name], set[str]()
    while waiting:
        each = waiting[-1]
        begun.add(each)
        ahead = [other for other in used.get(each, ()) if other not in copies and other not in begun]
        if ahead:
            waiting += ahead
        else:
            waiting.pop()
            count = 1 + sum(copies.get(other, 0) for other in used.get(each, ()))
            copies.setdefault(each, min(count, MOST_COPIES + 1))
    return copies[name]


def _given(sheet: list[Any]) -> Iterator[tuple[str, int, list[Any]]]:
    """Each custom property that is given a value, with its line and the component values of that."""
    waiting = [sheet]
    while waiting:
        held = [token for token in waiting.pop() if token.type != "whitespace"]
        waiting += (token.content for token in held if token.type == "{} block")
        at = 0
        while at < len(held):
            token, at = held[at], at + 1
            if token.type == "ident" and token.value.startswith("--") and held[at : at + 1] == [":"]:
                end = next((end for end in range(at, len(held)) if held[end] == ";"), len(held))
                yield token.value, token.source_line, held[at + 1 : end]
                at = end


def _asked_for(tokens: Iterable[Any]) -> Iterator[str]:
    """The custom properties that component values ask for, as often as they do."""
    waiting = list(tokens)
    while waiting:
        token = waiting.pop()
        if token.type == "function":
            if token.lower_name == "var":
                yield next((each.value for each in token.arguments if each.type == "ident"), "")
            waiting += token.arguments
        elif token.type in ("() block", "[] block", "{} block"):
            waiting += token.content
