"""Where each line of a paragraph ends.

A plan is made when a line is asked for that none is known of: at the start of a paragraph, after a line ended
by the author, or where it is set in another width. It is kept with the line box, so that what is laid out
again, or goes on overleaf, is not broken again. What was broken is known by its digest besides, for as long
as the process has its styles: a chapter that is set at another depth, or anew after an edit, is broken where
it differs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from recto.print.engine.fine.content import Paragraph, TextRun, UnfitError, read
from recto.print.engine.fine.itemising import Items
from recto.print.paragraphs.breaking import break_lines
from recto.print.paragraphs.first_fit import fill_lines
from recto.print.paragraphs.items import Box, Item, Penalty

_CLOSE = 1e-3  # pixels
_PLANS_KEPT = 5_000
_LOOSE = 1_000  # letters that may be parted anywhere, beyond which a paragraph is no text to be read


class PlannedLine(NamedTuple):
    """A line: the box its text is cut in, after how many letters, with what hyphen; what hangs.

    The box is None for the last line, which ends by itself.
    """

    box: Any
    letters: int
    hyphen: str
    left: float
    right: float


# where a line starts, the number of the text that it is cut in, and the line without its box
KnownLine: TypeAlias = tuple[int, int | None, PlannedLine]


class Room(NamedTuple):
    """The column that a paragraph is set in."""

    widths: tuple[float, ...]  # of the lines from here on; those beyond are as wide as the last
    indent: float
    lines: int  # that fit on this page, as far as is known
    widows: int  # lines that no page is to begin with fewer of


class Plan:
    """The plans of one line box, as they come to be needed."""

    def __init__(self, paragraph: Paragraph) -> None:
        self.paragraph = paragraph
        self._lines: dict[
            tuple[int, int], PlannedLine
        ] = {}  # by where a line starts, and the width of the column
        self._made: dict[tuple[int, tuple[int, ...], int, int], list[tuple[int, PlannedLine]]] = {}

    def line(self, start: int, room: Room) -> PlannedLine:
        """The line that starts at an offset of the text."""
        columns = tuple([round(width / _CLOSE) for width in room.widths])
        key = (start, columns[0])
        if key not in self._lines or start == 0:
            for number, (at, line) in enumerate(self._plan(start, room, columns)):
                self._lines[at, columns[min(number, len(columns) - 1)]] = line
        return self._lines[key]

    def _plan(self, start: int, room: Room, columns: tuple[int, ...]) -> list[tuple[int, PlannedLine]]:
        """A plan in which the page ends with no divided word, as far as is known."""
        lines = self._broken(start, room, columns, 0)
        turn = min(room.lines, len(lines) - room.widows)
        if room.lines < len(lines) and turn > 0 and lines[turn - 1][1].hyphen:
            return self._broken(start, room, columns, turn)
        return lines

    def _broken(
        self, start: int, room: Room, columns: tuple[int, ...], turn: int
    ) -> list[tuple[int, PlannedLine]]:
        key = (start, columns, round(room.indent / _CLOSE), turn)
        if key not in self._made:
            known, same = self.paragraph.known, (self.paragraph.digest, *key)
            if same not in known:
                if len(known) > _PLANS_KEPT:
                    known.clear()
                known[same] = tuple(self._break(start, room, turn))
            runs = self.paragraph.runs
            self._made[key] = [
                (at, line if run is None else line._replace(box=runs[run].box))
                for at, run, line in known[same]
            ]
        return self._made[key]

    def _break(self, start: int, room: Room, turn: int) -> Iterator[KnownLine]:
        """Break the paragraph from an offset on."""
        made = Items(self.paragraph, start, min(room.widths))
        items = made.items
        if room.indent > 0 and isinstance(items[0], Box):
            items[0] = items[0]._replace(left=0.0)
        widths = (room.widths[0] - room.indent, *(room.widths[1:] or room.widths))
        turns = (turn,) if turn else ()
        if made.loose > _LOOSE:
            broken = fill_lines(items, widths)
        else:
            broken = break_lines(items, widths, self.paragraph.asked.costs, turns=turns)
        return self._named(start, made, broken)

    def _named(self, start: int, made: Items, broken: tuple[int, ...]) -> Iterator[KnownLine]:
        """The lines of a plan, with where they start."""
        items, first, runs = made.items, 0, self.paragraph.runs
        for at in broken[:-1]:
            end = made.end(at)
            number, letters = _cut(runs, end.offset)
            measurer = runs[number].measurer
            hyphen = measurer.hyphen if end.hyphen and measurer else ""
            left, right = _left(items, first), _right(items, at)
            yield start, number, PlannedLine(None, letters, hyphen, left, right)
            start, first = end.offset, at
        yield start, None, PlannedLine(None, 0, "", _left(items, first), 0.0)


def _left(items: list[Item], first: int) -> float:
    for at in range(first, len(items)):
        if isinstance(item := items[at], Box):
            return item.left
    return 0.0


def _right(items: list[Item], at: int) -> float:
    item, before = items[at], items[at - 1]
    if isinstance(item, Penalty) and item.width:
        return item.right
    return before.right if isinstance(before, Box) else 0.0


def _cut(runs: list[TextRun], offset: int) -> tuple[int, int]:
    """The number of the text to be cut so that a line ends before an offset, and where. Raises UnfitError."""
    for number in range(bisect_left(runs, offset, key=_end), len(runs)):
        run = runs[number]
        if run.start < offset <= run.end and run.measurer is not None:
            return number, offset - run.start
        if run.start >= offset and run.measurer is not None:
            return number, 0
    raise UnfitError


_end = attrgetter("end")


def plan_of(context: Any, linebox: Any, containing_block: Any) -> Plan:
    """The plan of a line box. Raises UnfitError if its lines are to be broken by the print engine."""
    known = linebox.__dict__.get("_recto_plan")
    if known is None or known[0] is not linebox.children:
        try:
            plan = Plan(read(context, linebox, containing_block))
        except UnfitError:
            plan = None
        known = linebox._recto_plan = (linebox.children, plan)
    if known[1] is None:
        raise UnfitError
    found: Plan = known[1]
    return found
