"""What a paragraph is made of: boxes, which have ink; glue, which gives; penalties, where a line may end."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

FORBIDDEN = 10_000  # the cost of a penalty at which no line ends; below minus this, one always does

FIRM = 9_500  # the cost of one at which a line ends only if no other trial does without


class Box(NamedTuple):
    """What is set as it is: a word, a part of one, a picture.

    give          by how much it may be widened or narrowed without anybody seeing it: glyphs scaled
    stretch       by how much more, if nothing else helps: letter-spacing
    letters       how many letters it counts for, in a last line
    left, right   how far it may stand in a margin that it comes to stand at
    """

    width: float
    give: float = 0.0
    stretch: float = 0.0
    letters: int = 0
    left: float = 0.0
    right: float = 0.0


class Glue(NamedTuple):
    """A space: it stretches, shrinks, and vanishes at a line's ends. After a box a line may end at it."""

    width: float
    stretch: float = 0.0
    shrink: float = 0.0


class Penalty(NamedTuple):
    """A place where a line may end, and what that costs; `width` is of what is then added: a hyphen.

    flagged   two such ends one upon the other, or one over the turn of a leaf, are worse than two others
    divides   it is within a word: first the paragraph is tried without
    right     how far what is added may stand in the margin
    """

    cost: int
    width: float = 0.0
    flagged: bool = False
    divides: bool = False
    right: float = 0.0


Item: TypeAlias = Box | Glue | Penalty

END = (Penalty(FORBIDDEN), Glue(0.0, stretch=1e9), Penalty(-FORBIDDEN))
"""What every paragraph ends with: its last line is filled with blank."""
