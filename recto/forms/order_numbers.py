"""The numbers of what stands in an order: of parts, chapters, appendices and the sections in them."""

from __future__ import annotations

from recto.numbering import Number, letter


class OrderNumbers:
    """Counts parts, chapters, appendices and what stands below them."""

    def __init__(self) -> None:
        self._parts, self._chapters, self._appendices = 0, 0, 0
        self._above: tuple[int | str, ...] = ()
        self._lettered = False

    def letter_from_here(self) -> None:
        """All chapters that come are appendices."""
        self._lettered = True

    def part(self) -> Number:
        """The next part's."""
        self._parts += 1
        return Number((self._parts,))

    def next(self, depth: int, *, lettered: bool) -> Number | None:
        """The number of what comes next; None below a chapter that has none."""
        if depth <= 1:
            self._above = (self._chapter(lettered),)
        elif not self._above:
            return None
        else:
            # a list may leave a level out, a number can't
            parent = self._above[: depth - 1]
            count = self._above[len(parent)] if len(self._above) > len(parent) else 0
            self._above = (*parent, int(count) + 1)
        return Number(self._above)

    def skip(self) -> None:
        """A chapter without a number comes: nothing below it has one."""
        self._above = ()

    def _chapter(self, lettered: bool) -> int | str:
        if lettered or self._lettered:
            self._appendices += 1
            return letter(self._appendices - 1)
        self._chapters += 1
        return self._chapters
