"""Titles in print: their last line is not left to one short word.

The words at the end of a title are joined by no-break spaces until they make a line that can stand alone,
as long as enough is left for the line above. What fits on one line anyway looks no different.
"""

from __future__ import annotations

import re

from recto.notations.xhtml import Element

_LEAST = 12  # characters that a last line should have
_MOST = 0.4  # of the title's characters that may be joined
_SPACE = re.compile(r"[ \t\r\n]+")
_NO_BREAK_SPACE = "\u00a0"


def bound(title: str) -> str:
    """A title in plain text, its last words joined."""
    return _replaced(title, 0, _joints(title))


def bind(title: Element) -> None:
    """Join the last words of a title in place, whatever elements they stand in."""
    _bind(title, 0, _joints("".join(title.itertext())))


def _joints(title: str) -> frozenset[int]:
    """Where the spaces begin that must not break."""
    joints = set[int]()
    spaces = [(found.start(), found.end()) for found in _SPACE.finditer(title)]
    while spaces:
        start, end = spaces.pop()
        word = spaces[-1][1] if spaces else 0
        if len(title) - end >= _LEAST or len(title) - word > _MOST * len(title):
            break
        joints.add(start)
    return frozenset(joints)


def _bind(element: Element, start: int, joints: frozenset[int]) -> int:
    """Join within an element whose text begins at `start` of the title; returns where its text ends."""
    if element.text:
        start, element.text = start + len(element.text), _replaced(element.text, start, joints)
    for child in element:
        start = _bind(child, start, joints)
        if child.tail:
            start, child.tail = start + len(child.tail), _replaced(child.tail, start, joints)
    return start


def _replaced(text: str, start: int, joints: frozenset[int]) -> str:
    return _SPACE.sub(lambda space: _NO_BREAK_SPACE if start + space.start() in joints else space[0], text)
