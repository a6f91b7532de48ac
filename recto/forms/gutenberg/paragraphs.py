"""The paragraphs of a text whose lines are wrapped by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_LINE_OF_PROSE = 50  # characters, at least
_LINES_OF_PROSE = 3


@dataclass(frozen=True, slots=True)
class TypedParagraph:
    """Lines without a blank one among them: `first` is the number of the first, from 0."""

    first: int
    lines: tuple[str, ...]

    @property
    def end(self) -> int:
        """The number of the line after its last."""
        return self.first + len(self.lines)

    @property
    def words(self) -> str:
        """Its words on one line."""
        return " ".join(" ".join(self.lines).split())

    @property
    def is_prose(self) -> bool:
        """True for running text: three lines or more, most of them long."""
        lengths = sorted(len(line.strip()) for line in self.lines)
        return len(lengths) >= _LINES_OF_PROSE and lengths[len(lengths) // 2] >= _LINE_OF_PROSE


def paragraphs(lines: Sequence[str], first: int = 0) -> list[TypedParagraph]:
    """The paragraphs of some lines, of which the first has the number `first`."""
    found: list[TypedParagraph] = []
    held: list[str] = []
    for number, line in enumerate((*lines, ""), first):
        if line.strip():
            held.append(line)
        elif held:
            found.append(TypedParagraph(number - len(held), tuple(held)))
            held = []
    return found
