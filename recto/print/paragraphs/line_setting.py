"""How a line is brought to its measure, once it is known what stands in it.

First the glyphs are made wider or narrower, by so little that nobody sees it; then the spaces between words
give, within their comfort; then letters are spaced; what is left the spaces take again. A line whose spaces
would be wider than is bearable is left short.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

_STRETCH, _SHRINK = 0.5, 0.25  # of a space: what it gives in comfort
_COMFORT = 0.25  # of a space: what it is widened by before letters are spaced
_TIGHTEST = 0.4  # of a space: by what it may be narrowed where a line is too long


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a line may be brought.

    expansion   of glyphs, as a part of their width, both ways
    tracking    of letters: what is added to each at most, as a part of the size of the type
    loosest     how many times as wide as its own width a space may be
    """

    expansion: float = 0.02
    tracking: float = 0.01
    loosest: float = 3.0


class Content(NamedTuple):
    """What stands in a line: the width of its text, spaces with it; the spaces, and what may be spaced."""

    text: float
    blank: float  # the width of all spaces
    spaces: int
    letters: int
    size: float  # of the type


class Setting(NamedTuple):
    """How a line is set: what glyphs are scaled by, and what is added to each space and letter, unscaled."""

    scale: float = 1.0
    space: float = 0.0
    track: float = 0.0


AS_IT_IS = Setting()


def stretch_of(space: float) -> float:
    """What a space of some width stretches by in comfort."""
    return space * _STRETCH


def shrink_of(space: float) -> float:
    """What a space of some width shrinks by in comfort."""
    return space * _SHRINK


def set_line(short: float, content: Content, limits: Limits) -> Setting:
    """How a line is set that is short of its measure by a length, or longer, where that is negative."""
    if not content.text:
        return AS_IT_IS
    most = limits.expansion * content.text
    given = max(-most, min(most, short))
    scale = 1.0 + given / content.text
    rest = short - given
    spaces = max(-_TIGHTEST * content.blank, min(_COMFORT * content.blank, rest)) if rest else 0.0
    rest -= spaces
    track = 0.0
    if rest > 0 and content.letters:
        track = min(rest, limits.tracking * content.size * content.letters)
        rest -= track
        if content.spaces and content.blank + spaces + rest <= limits.loosest * content.blank:
            spaces, rest = spaces + rest, 0.0
        if rest > 1e-6:
            return AS_IT_IS  # ragged
    return Setting(
        scale,
        spaces / content.spaces / scale if content.spaces else 0.0,
        track / content.letters / scale if content.letters else 0.0,
    )
