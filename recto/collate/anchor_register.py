"""Ids of headings, unique in the book."""

from __future__ import annotations

from collections.abc import Iterable

from recto.collate.piece import Piece
from recto.ids import fit
from recto.problems import Problem, warning


class AnchorRegister:
    """Hands out each id once: first those that authors gave, so that none of ours is in their way."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._owners: dict[str, Piece | None] = {}
        self._counts: dict[str, int] = {}  # with which count the next of a name is tried
        self.problems: list[Problem] = []
        for piece in pieces:
            if not piece.section.anchor:
                continue
            given = fit(piece.section.anchor)
            if (owner := self._owners.setdefault(given, piece)) is not None and owner is not piece:
                self._twice(piece, owner)

    def claim(self, made: str, piece: Piece | None) -> str:
        """The anchor of a heading: the author's id, else the made one, with a count where it is taken."""
        if piece is not None and piece.section.anchor:
            given = fit(piece.section.anchor)
            owner = self._owners.get(given)
            if owner is not None and owner.order == piece.order:
                return given
        anchor, count = made, self._counts.get(made, 2)
        while anchor in self._owners:
            anchor, count = f"{made}-{count}", count + 1
        self._counts[made] = count
        self._owners[anchor] = piece
        return anchor

    def _twice(self, piece: Piece, owner: Piece) -> None:
        name = piece.section.anchor
        message = f"the id “{name}” is given twice: here and at {owner.place}"
        hint = "references lead to the first; give one of them another id"
        self.problems.append(warning("id-duplicate", message, piece.place, hint=hint, subject=name))
