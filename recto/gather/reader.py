"""The interface behind which each source form is read: one small module a form.

A new form (say `.adoc`) is a module with a class that has `suffixes` and `read`, and one line in
`gather/__init__.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from recto.model import Section
from recto.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the manuscript: its path as the author sees it, that below the source folder, its text."""

    shown: str
    name: str
    text: str

    def at(self, line: int | None) -> Place:
        """The place of a line of this file."""
        return Place(self.shown, line)

    @property
    def lines(self) -> list[str]:
        """The lines; `lines[0]` is line 1."""
        return self.text.split("\n")


class Reader(Protocol):
    """Reads one source form.

    `suffixes` are the endings of file names that it reads, in lower case, with the dot. `read` returns the
    file's sections in the order found; text under no heading that it understands is a section of kind
    `stray`, for collate to place or report. Nothing of the text may be lost.
    """

    suffixes: tuple[str, ...]

    def read(self, file: SourceFile) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
        """The sections of a file, and what is wrong in it."""
        ...


def body(lines: list[str], first: int, last: int) -> tuple[str, int, int]:
    """The text of lines `first` to `last` (from 1, both included) without blank lines around it.

    Returns (text, line on which it begins, its last line); for no text at all ("", first, first - 1).
    """
    start = first
    while first <= last and not lines[first - 1].strip():
        first += 1
    end = last
    while end >= first and not lines[end - 1].strip():
        end -= 1
    if end < first:
        return "", start, start - 1
    return "\n".join(lines[first - 1 : end]), first, end
