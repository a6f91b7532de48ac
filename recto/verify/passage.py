"""What is compared: passages of the manuscript, and the text of a finished book."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from recto.problems import Place
from recto.verify.bare import letters


@dataclass(frozen=True)
class Wanted:
    """A run of words of the manuscript that must stand in a book as it is, with nothing between.

    place    where it was written
    stands   `here` between its neighbours; `near` them, as a caption does; or `anywhere`, as a note
    single   False for what a book may well have twice: headings, heads of tables
    divided  True where text near by is for one edition alone: then one of the books may be without it
    """

    words: str
    place: Place
    stands: Literal["here", "near", "anywhere"] = "here"
    single: bool = True
    divided: bool = False

    @cached_property
    def letters(self) -> str:
        """Its letters alone."""
        return letters(self.words)


@dataclass(frozen=True)
class ReadBook:
    """The text of a finished book in the order of reading: letters alone, and where each stretch of it is.

    name      what to call it
    stretches (letters, where that is: a file of the e-book, a page) in order
    """

    name: str
    stretches: tuple[tuple[str, str], ...]

    @cached_property
    def letters(self) -> str:
        """All letters in a row."""
        return "".join(text for text, _ in self.stretches)

    def where(self, at: int) -> str:
        """Where in the book the letter with this number stands."""
        return self.stretches[max(0, bisect_right(self._starts, at) - 1)][1]

    @cached_property
    def _starts(self) -> list[int]:
        starts, length = [], 0
        for text, _ in self.stretches:
            starts.append(length)
            length += len(text)
        return starts
