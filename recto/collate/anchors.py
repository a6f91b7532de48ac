"""Ids of headings, unique in the book."""

from __future__ import annotations

from recto.collate.piece import Piece
from recto.problems import Problem, error


class Anchors:
    """Hands out each id once; two headings with one id given by the author are an error."""

    def __init__(self) -> None:
        self.owners: dict[str, Piece | None] = {}
        self.problems: list[Problem] = []

    def claim(self, made: str, piece: Piece | None) -> str:
        """The anchor of a heading: the author's id, else the made one, with a count where it is taken."""
        given = piece.section.anchor if piece else ""
        if given and given in self.owners:
            self._twice(given, piece)
            given = ""
        anchor, count = given or made, 2
        while anchor in self.owners:
            anchor, count = f"{made}-{count}", count + 1
        self.owners[anchor] = piece
        return anchor

    def _twice(self, anchor: str, piece: Piece | None) -> None:
        if piece is None:
            return
        owner = self.owners[anchor]
        where = f"at {owner.place}" if owner else "elsewhere"
        message = f"the id “{anchor}” is given twice: here and {where}"
        self.problems.append(
            error("id-duplicate", message, piece.place, hint="give one of them another id", subject=anchor)
        )
