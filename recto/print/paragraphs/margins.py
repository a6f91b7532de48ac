"""Letters that stand in the margin by a part of their width, so that the edge of a column looks straight."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from recto.notations.shipped_tables import shipped


class Margins(NamedTuple):
    """For each letter, what part of its width stands in the margin on the left, and on the right."""

    left: Mapping[str, float]
    right: Mapping[str, float]


NONE = Margins({}, {})


@cache
def margins() -> Margins:
    """The table of margins.toml, where one key may name many letters."""
    table = shipped(__package__, "margins.toml")
    left, right = (
        {letter: percent / 100 for letters, percent in table[side].items() for letter in letters}
        for side in ("left", "right")
    )
    return Margins(left, right)
