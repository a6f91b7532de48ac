"""Total-fit line breaking: of all ways to break a paragraph into lines, the one with the fewest demerits.

The places where a line may end are gone through once. For each the ways that lead there are compared, and of
those that can't be told apart by what follows, the best is kept (Knuth and Plass 1981, pp. 1157-1164). What
a line may give without anybody seeing it (`Box.give`) costs nothing; where lines end and begin, letters may
stand in the margin.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from itertools import dropwhile
from typing import NamedTuple

from recto.print.paragraphs.costs import AVOIDED, BEARABLE, DEFAULT, Costs
from recto.print.paragraphs.items import FORBIDDEN, Box, Item
from recto.print.paragraphs.line_ends import Breakpoint, places_of

_WORST = 10_000.0  # the badness of what is worse than bad
# fitness classes: lines of more than one apart are not to stand one beside the other
_TIGHT, _DECENT, _LOOSE, _VERY_LOOSE = range(4)
_SHARE = 0.5  # of a line, to which spaces alone may at most add up that stretch by half
_LADDER = 2  # divided words one upon the other that are no ladder yet


class _Way(NamedTuple):
    """A way that leads to a place: the sums where the next line starts, and what it has cost."""

    width: float
    stretch: float
    shrink: float
    give: float
    least: float  # the sum of widths from which on a line from here is not too short
    demerits: float
    line: int  # how many lines there are
    fitness: int
    run: int  # of divided words, up to here
    place: Breakpoint | None
    before: _Way | None


def break_lines(
    items: Sequence[Item],
    widths: Sequence[float],
    costs: Costs = DEFAULT,
    *,
    turns: Collection[int] = (),
    looseness: int = 0,
) -> tuple[int, ...]:
    """The items that the lines of a paragraph end at.

    widths      of the lines from the first on; those beyond are as wide as the last
    turns       lines, counted from 1, that are the last of a leaf as far as is known: none is to end in a
                divided word
    looseness   how many lines more (or fewer) than is best are wished for, as far as that is tolerable

    Items should end with END. There is always an answer; where the paragraph has no better, a line in it is
    too long or too loose.
    """
    hung = next((item.left for item in items if isinstance(item, Box)), 0.0)
    places = places_of(items, divided=looseness != 0)
    trials = (costs.tolerance, 4 * costs.tolerance, None)
    for tolerance in trials if looseness else (costs.pretolerance, *trials):
        if tolerance == costs.tolerance and not looseness:
            places = places_of(items, divided=True)
        way = _Search(widths, costs, tolerance, turns, looseness).best(places, hung)
        if way is not None and (way.demerits < BEARABLE or tolerance is None):
            return _items(way)
    return ()


def _items(way: _Way) -> tuple[int, ...]:
    found: list[int] = []
    at: _Way | None = way
    while at is not None and at.place is not None:
        found.append(at.place.item)
        at = at.before
    return tuple(reversed(found))


class _Search:
    """One go through the places, with a limit to how bad a line may be; None is no limit."""

    def __init__(
        self,
        widths: Sequence[float],
        costs: Costs,
        tolerance: float | None,
        turns: Collection[int],
        looseness: int,
    ) -> None:
        self._widths, self._costs, self._turns, self._looseness = widths, costs, turns, looseness
        self._worst = _WORST if tolerance is None else tolerance
        self._any = tolerance is None
        reach = (self._worst / 100.0) ** (1 / 3) * _SHARE * 0.5 + 0.1
        self._reach = 0.0 if self._any else max(0.0, 1.0 - reach)
        # how many lines there were makes a difference up to here
        self._counted = sys.maxsize if looseness else max(len(widths) - 1, *turns, 0)
        self._ordered = len(widths) <= 2
        self._active: list[_Way] = []

    def best(self, places: Sequence[Breakpoint], hung: float) -> _Way | None:
        """The best way to the last place, or None; `hung` is what stands in the margin of the first line."""
        least = self._reach * self._width(0)
        self._active = [_Way(hung, 0.0, 0.0, 0.0, least, 0.0, 0, _DECENT, 0, None, None)]
        if not places:
            return None
        last, ordered = places[-1], self._ordered
        for place in places:
            if ordered and place[1] < self._active[0][4] and place[7] > -FORBIDDEN:
                continue  # too near to where the first way starts, and the others start farther on
            self._visit(place, place is last)
            if not self._active:
                return None
        return self._chosen()

    def _width(self, line: int) -> float:
        return self._widths[min(line, len(self._widths) - 1)]

    def _chosen(self) -> _Way:
        best = min(self._active, key=lambda way: way.demerits)
        if self._looseness:
            meant = best.line + self._looseness
            best = min(self._active, key=lambda way: (abs(way.line - meant), way.demerits))
        return best

    def _visit(self, place: Breakpoint, is_last: bool) -> None:
        """Try to end a line at a place, from wherever it may have started."""
        _, width, stretch, shrink, give, *_ = place
        forced = place.cost <= -FORBIDDEN
        found: dict[tuple[int, int, int], _Way] = {}
        ends: list[tuple[_Way, float, float]] = []
        gone = 0
        first, rest, widths = self._widths[0], self._widths[-1], self._widths
        for way in self._active:
            if width < way[4] and not forced:
                if self._ordered:
                    break  # the ways after it start farther on
                continue
            line = way[6]
            measure = rest if line >= len(widths) - 1 else widths[line] if line else first
            short = measure - width + way[0]
            given = give - way[3]
            if short > given:
                room = stretch - way[1]
                ratio = (short - given) / room if room > 0 else _WORST
            elif short < -given:
                room = shrink - way[2]
                ratio = (short + given) / room if room > 0 else -_WORST
                if ratio < -1.0:
                    gone += 1
                    continue
            else:
                ratio = 0.0
            badness = min(100.0 * abs(ratio) ** 3, _WORST)
            if badness <= self._worst:
                ends.append((way, ratio, badness))
        self._try_all(place, ends, is_last, found)
        if gone or forced:
            self._retire(place, forced, found)
        self._active += found.values()

    def _try_all(
        self,
        place: Breakpoint,
        ends: Sequence[tuple[_Way, float, float]],
        is_last: bool,
        found: dict[tuple[int, int, int], _Way],
    ) -> None:
        """Try every way that may end a line at a place, with how far it is stretched and how bad that is.

        Of those as bad as can be the best will do: a text without spaces has many.
        """
        hopeless: dict[tuple[int, int, int], tuple[float, float, _Way]] = {}
        for way, ratio, badness in ends:
            if badness < _WORST or is_last:
                self._try(way, place, ratio, badness, is_last, found)
                continue
            alike = (way.fitness, way.run, way.line)
            badness += _WORST * max(0.0, 1.0 - (place.width - way.width) / self._width(way.line))
            demerits = way.demerits + badness**2  # the emptier a line, the worse
            if alike not in hopeless or demerits < hopeless[alike][0]:
                hopeless[alike] = demerits, badness, way
        for _, badness, way in hopeless.values():
            self._try(way, place, _WORST, badness, is_last, found)

    def _retire(self, place: Breakpoint, forced: bool, found: dict[tuple[int, int, int], _Way]) -> None:
        """Take the ways out from which no line can end any more; if it must, one line is too long."""
        kept = [] if forced else self._kept(place)
        if not kept and not found and self._any:
            best = min(self._active, key=lambda way: (-way.width, way.demerits))
            self._try(best, place, 0.0, _WORST, forced, found)
        self._active = kept

    def _kept(self, place: Breakpoint) -> list[_Way]:
        """The ways from which a line may still end behind a place."""
        if not self._ordered:
            return [way for way in self._active if not self._is_too_long(way, place)]
        return list(dropwhile(lambda way: self._is_too_long(way, place), self._active))

    def _is_too_long(self, way: _Way, place: Breakpoint) -> bool:
        least = place.width - way.width - (place.give - way.give) - (place.shrink - way.shrink)
        return least > self._width(way.line)

    def _try(
        self,
        way: _Way,
        place: Breakpoint,
        ratio: float,
        badness: float,
        is_last: bool,
        found: dict[tuple[int, int, int], _Way],
    ) -> None:
        """Keep a way that ends a line at a place, if it is the best of those that are alike from there."""
        line = way.line + 1
        fitness = _fitness(ratio)
        run = way.run + 1 if place.flagged else 0
        demerits = way.demerits + self._demerits(way, place, badness)
        if abs(fitness - way.fitness) > 1:
            demerits += self._costs.contrast
        if run:
            demerits += self._of_divided(run, line)
        if is_last and way.place is not None:
            demerits += self._of_last(way, way.place, place)
        key = (fitness, min(run, _LADDER), min(line, self._counted))
        other = found.get(key)
        if other is None or demerits < other.demerits:
            width, stretch, shrink, give, *_ = place.after
            least = width + self._reach * self._width(line)
            found[key] = _Way(width, stretch, shrink, give, least, demerits, line, fitness, run, place, way)

    def _demerits(self, way: _Way, place: Breakpoint, badness: float) -> float:
        asked = place.cost * abs(place.cost) if place.cost > -FORBIDDEN else 0
        return float((self._costs.line + badness) ** 2 + asked)

    def _of_divided(self, run: int, line: int) -> float:
        """What speaks against a divided word at the end of a line."""
        if run > _LADDER or line in self._turns:
            return AVOIDED
        return self._costs.ladder if run == _LADDER else 0.0

    def _of_last(self, way: _Way, before: Breakpoint, place: Breakpoint) -> float:
        """What speaks against a last line."""
        start_letters, start_glues = before.after[4:]
        letters, costs = place.letters - start_letters, self._costs
        # the glue that fills the line is one
        if letters < costs.least or (before.flagged and place.glues - start_glues <= 1):
            return AVOIDED
        return (costs.before_last if before.flagged else 0.0) + (costs.meagre if letters < costs.few else 0.0)


def _fitness(ratio: float) -> int:
    if ratio < -0.5:
        return _TIGHT
    if ratio <= 0.5:
        return _DECENT
    return _LOOSE if ratio <= 1.0 else _VERY_LOOSE
