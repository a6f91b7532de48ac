"""The places where the lines of a paragraph may end, with the sums that lines are measured by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from recto.print.paragraphs.items import FORBIDDEN, Box, Glue, Item

_End = tuple[int, float, float, float, float, int, int, int, bool, bool]
_Start = tuple[float, float, float, float, int, int]


class Breakpoint(NamedTuple):
    """A place where a line may end: sums up to the end of a line there, and up to the start of the next."""

    item: int
    width: float
    stretch: float
    shrink: float
    give: float
    letters: int
    glues: int
    cost: int
    flagged: bool
    divides: bool
    after: _Start


def places_of(items: Sequence[Item], divided: bool) -> list[Breakpoint]:
    """The places where lines may end; `divided` tells whether those within words are among them."""
    places: list[Breakpoint] = []
    waiting: list[_End] = []  # those after which no box has come yet
    width = stretch = shrink = give = right = 0.0
    letters = glues = 0
    after_box = False
    new, add = tuple.__new__, places.append
    for at, item in enumerate(items):
        if isinstance(item, Box):
            own, gives, stretches, counts, left, right_of_it = item
            if waiting:
                start = (width + left, stretch, shrink, give, letters, glues)
                for end in waiting:
                    add(new(Breakpoint, (*end, start)))  # quicker than by its name, and there are many
                waiting.clear()
            width += own
            give += gives
            stretch += stretches
            letters += counts
            right, after_box = right_of_it, True
            continue
        if isinstance(item, Glue):
            if after_box:
                waiting.append((at, width - right, stretch, shrink, give, letters, glues, 0, False, False))
            own, stretches, shrinks = item
            width += own
            stretch += stretches
            shrink += shrinks
            glues += 1
        elif item.cost < FORBIDDEN:
            cost, added, flagged, divides, hang = item
            if divided or not divides:
                ends = width + added - (hang if added else right if after_box else 0.0)
                waiting.append((at, ends, stretch, shrink, give, letters, glues, cost, flagged, divides))
        after_box = False
    start = (width, stretch, shrink, give, letters, glues)
    return places + [Breakpoint(*end, start) for end in waiting]
