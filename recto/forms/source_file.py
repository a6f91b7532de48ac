"""A file of the manuscript as forms read it, and its headings as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from recto.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the manuscript: its path as the author sees it, that below the source folder, its text.

    `origins` are the lines of the file that those of `text` came from, where a form has made it of more than
    the file holds; () where they are one and the same. `included` names the files that it then holds, too.
    `said` is what the file says of the whole book, by the keys of `[book]`.
    """

    shown: str
    name: str
    text: str
    origins: tuple[int, ...] = ()
    included: frozenset[str] = frozenset()
    said: Mapping[str, object] = field(default_factory=dict)

    def made_of(self, lines: Sequence[tuple[str, int]], included: Iterable[str] = ()) -> SourceFile:
        """The same file with other lines, each with the line of this text that it came from."""
        origins = tuple(self.origins[number - 1] if self.origins else number for _, number in lines)
        same = origins == tuple(range(1, len(origins) + 1))
        return replace(
            self,
            text="\n".join(line for line, _ in lines),
            origins=() if same else origins,
            included=self.included | set(included),
        )

    def at(self, line: int | None) -> Place:
        """The place of a line of this file."""
        return Place(self.shown, line)

    @property
    def lines(self) -> list[str]:
        """The lines; `lines[0]` is line 1."""
        return self.text.split("\n")


@dataclass(frozen=True, slots=True)
class SourceHeading:
    """A heading as it stands: its level, its words without marks and attributes, its id, its line.

    `text_line` is the first line below it. `numbered` is False where the author asked for no number; `begins`
    tells what it is the heading of, where that is no chapter or section; `medium` the one that it
    is for with all below it, "" for both; `label` is the number of a chapter that was typed in it, taken out
    of its words, where the text stands in its order.
    """

    level: int
    words: str
    anchor: str
    line: int
    text_line: int
    numbered: bool = True
    begins: Literal["", "part", "appendices"] = ""
    medium: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """The headings of a file in their order, and what stands at its head.

    `first` is the line on which the text begins, below what `settings` were read from. `text` is that of the
    file, line for line, without what its form leaves out of it; None where that is nothing.
    """

    headings: tuple[SourceHeading, ...]
    first: int = 1
    settings: Mapping[str, object] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    text: str | None = None

    def source(self, file: SourceFile) -> SourceFile:
        """The file without what is left out of it."""
        return file if self.text is None else replace(file, text=self.text)


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
