"""First-fit line breaking: lines as full as they get, one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from recto.print.paragraphs.items import FORBIDDEN, Item
from recto.print.paragraphs.line_ends import Breakpoint, places_of


def fill_lines(items: Sequence[Item], widths: Sequence[float]) -> tuple[int, ...]:
    """The items that the lines of a paragraph end at; `items` and `widths` are as for `break_lines`.

    For texts where a line may end after each letter: many ways are as good as each other there, and to
    compare them takes as long as a hundred pages of words.
    """
    ends: list[int] = []
    last: Breakpoint | None = None
    start = (0.0, 0.0, 0.0, 0.0)
    for place in places_of(items, divided=True):
        width, _, shrink, give = start
        least = place.width - width - (place.shrink - shrink) - (place.give - give)
        if last is not None and least > widths[min(len(ends), len(widths) - 1)]:
            ends.append(last.item)
            start = last.after[:4]
        last = place
        if place.cost <= -FORBIDDEN:
            ends.append(place.item)
            start, last = place.after[:4], None
    return tuple(ends)
