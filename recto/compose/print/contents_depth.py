"""How deep the contents of the print book go: no deeper than that somebody may look something up in them."""

from __future__ import annotations

from collections.abc import Iterable

from recto.model import ContentsEntry
from recto.settings.config import ContentsSettings

_MOST_LINES = 200  # some eight pages


def contents_depth(entries: Iterable[ContentsEntry], settings: ContentsSettings) -> int:
    """The depth that the author asks for, or the usual one; one less where that would take too many pages."""
    if settings.depth is not None or _lines(entries, settings.on_screen) <= _MOST_LINES:
        return settings.on_screen
    return settings.on_screen - 1


def _lines(entries: Iterable[ContentsEntry], depth: int) -> int:
    return sum(1 + _lines(each.children, depth) for each in entries if each.heading.level <= depth)
