"""The chapters of a manuscript by file and by number: what a piece without a number is held against."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence

from recto.collate.piece import Piece
from recto.numbering import Number


class FoundChapters:
    """The chapters of all pieces, looked up without going through the pieces for each question."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._orders: dict[str, list[int]] = defaultdict(list)
        self._first: dict[str, int] = {}
        self._apart: Counter[str] = Counter()  # pieces of a file that belong to no chapter
        self._in_file: dict[str, list[Number]] = defaultdict(list)
        for piece in sorted(pieces, key=lambda piece: piece.order):
            self._first.setdefault(piece.file, piece.order)
            if not piece.chapter:
                self._apart[piece.file] += 1
            else:
                self._orders[piece.file].append(piece.order)
                self._in_file[piece.file].append(piece.chapter)
        every = {chapter for chapters in self._in_file.values() for chapter in chapters}
        self._body = sorted(chapter for chapter in every if not chapter.lettered)
        self._taken = {int(chapter.parts[0]) for chapter in self._body}
        self._beyond: dict[int, int] = {}  # a number in a run of taken ones, and one further on

    def of_others(self, piece: Piece) -> set[Number | None]:
        """The chapters of the other pieces of a stray's file, with None where one belongs to none."""
        return {*self._in_file[piece.file], *([None] if self._apart[piece.file] > 1 else ())}

    def before(self, piece: Piece) -> Number | None:
        """The chapter that a piece follows: the one above it in its file, else the one before the one below.

        Where its file has none it is the last one; None for a piece that stands before all of them.
        """
        chapters, above = self._in_file[piece.file], self._above(piece)
        if above:
            return chapters[above - 1]
        place = bisect_left(self._body, chapters[0]) if chapters else len(self._body)
        return self._body[place - 1] if place else None

    def offer(self, piece: Piece) -> Number:
        """A number that no chapter has, and that was not offered before: the first behind those above it."""
        if piece.order > self._first[piece.file]:
            chapters, above = self._in_file[piece.file], self._above(piece)
            known = next((chapters[at] for at in reversed(range(above)) if not chapters[at].lettered), None)
        else:
            known = self._body[-1] if self._body else None
        number, passed = (int(known.parts[0]) if known else 0) + 1, []
        while number in self._taken:
            passed.append(number)
            number = self._beyond.get(number, number + 1)
        self._taken.add(number)
        self._beyond |= dict.fromkeys(passed, number + 1)
        return Number((number,))

    def _above(self, piece: Piece) -> int:
        """How many pieces of chapters stand above a stray in its file."""
        return bisect_left(self._orders[piece.file], piece.order)
