"""Fitting words into a space: as large as they can be set without a word broken or a line too many."""

from __future__ import annotations

import re
from collections.abc import Callable

Measure = Callable[[str], float]
"""How wide a piece of text is, in ems."""

_STEP = 0.5  # points
_SLACK = 0.97  # of the width: what kerning and rounding may take
# Compiled when a title has to be fitted, which few builds do: it is a large one.
# A line may end after any of these signs: Chinese, Japanese and Korean have no spaces
_WORD = r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uac00-\ud7af]+"


def lines(text: str, size: float, width: float, measure: Measure) -> int:
    """How many lines a text takes at a size, each filled as far as it goes; 0 for none."""
    space, count, at = measure(" ") * size, 0, 0.0
    for found in re.finditer(_WORD, text):
        wide = measure(found[0]) * size
        gap = space if found.start() and text[found.start() - 1].isspace() else 0.0
        if count and at + gap + wide <= width * _SLACK:
            at += gap + wide
        else:
            count, at = count + 1, wide
    return count


def divided(text: str, letters: int) -> str:
    """A text whose words may end a line after so many letters at most, wherever a hyphen will really stand.

    A sign of its own follows each piece, for the hyphen.
    """
    return re.sub(rf"(\w{{{letters}}})(?=\w{{3}})", r"\1- ", text)


def fit(
    text: str, width: float, height: float, measure: Measure, *, largest: float, least: float, leading: float
) -> float:
    """The size in points at which a text fills a space best: no word wider than a line, no line too many.

    `leading` is that of a line in ems. Where nothing fits it is `least`.
    """
    widest = max((measure(found[0]) for found in re.finditer(_WORD, text)), default=0.0)
    size = largest
    while size > least:
        if widest * size <= width * _SLACK and lines(text, size, width, measure) * size * leading <= height:
            return size
        size -= _STEP
    return least
