"""A piece: a section on its way to its place in the book."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from recto.model import Section, SectionKind
from recto.numbering import Number
from recto.problems import Place


@dataclass(frozen=True, slots=True)
class Piece:
    """A section, and what it is to be in this book.

    `order` counts the sections in the order found. `kind`, `number`, `title` and `role` begin as the
    manuscript has them; `placed` is True where book.toml has decided them. `follows` is the chapter that
    text without a number stands behind.
    """

    section: Section
    order: int
    kind: SectionKind
    number: Number | None
    title: str
    role: str | None
    placed: bool = False
    follows: Number | None = None

    @property
    def place(self) -> Place:
        """Where it stands in the manuscript."""
        return self.section.place

    @property
    def file(self) -> str:
        """The file that it stands in."""
        return self.section.place.file

    @property
    def line(self) -> int:
        """The line of its heading; 1 where the file as a whole is the section."""
        return self.section.place.line or 1

    @property
    def rank(self) -> int | None:
        """Its place in the order that was given; None where its number, or book.toml, gives it one."""
        return None if self.placed else self.section.rank

    @property
    def chapter(self) -> Number | None:
        """The number of the chapter it belongs to; None for parts, matter and strays."""
        return self.number.chapter if self.number and self.kind in ("chapter", "section") else None

    @property
    def key(self) -> tuple[str, int, int]:
        """A key that orders pieces by place, whatever the order in which the files were read."""
        return self.file, self.line, self.order


def pieces_of(sections: Iterable[Section]) -> list[Piece]:
    """The sections of a manuscript as pieces."""
    return [
        Piece(section, order, section.kind, section.number, section.title, section.role)
        for order, section in enumerate(sections)
    ]


def folded(text: str) -> str:
    """A text without regard to white space, to compare it by."""
    return " ".join(text.split())


def lines_of(pieces: Sequence[Piece]) -> str:
    """The lines that pieces of one file take up: `lines 193–223`."""
    first = min(piece.line for piece in pieces)
    last = max(max(piece.section.end_line, piece.line) for piece in pieces)
    return f"line {first}" if first == last else f"lines {first}–{last}"


def span_of(piece: Piece) -> str:
    """The lines of a piece as book.toml takes them: `1317-1347`, or `5` for one line."""
    last = max(piece.section.end_line, piece.line)
    return str(piece.line) if last == piece.line else f"{piece.line}-{last}"


def numbers_of(pieces: Iterable[Piece]) -> str:
    """The numbers of pieces, first to last: `37.1–37.8`."""
    numbers = sorted(piece.number for piece in pieces if piece.number)
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"


def line_range(lines: str) -> tuple[int, int] | None:
    """Read `"12"` or `"12-40"` (a dash of any kind); None where it is neither."""
    found = re.fullmatch(r"\s*(\d+)\s*(?:[-–—]\s*(\d+))?\s*", lines)
    if not found:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    return (first, last) if 0 < first <= last else None


def free_letters(taken: Iterable[Number]) -> list[str]:
    """The letters that no appendix has yet, in order."""
    used = {number.parts[0] for number in taken}
    return [chr(code) for code in range(ord("A"), ord("Z") + 1) if chr(code) not in used]


def repeated(numbers: Iterable[Number | None]) -> list[Number]:
    """The numbers that occur more than once, in order."""
    return sorted(number for number, count in Counter(numbers).items() if number is not None and count > 1)
