"""What the print engine gets wrong, put right: one function a fault, each to go when the engine is mended.

lines   WeasyPrint 70 ends a line at the first chance where a text before an inline element fits but for
        its last space (a space at a line's end hangs: CSS Text 3, 4.1.3)
notes   WeasyPrint 70 divides no note, and lets those longer than their page run off it (footnotes.py)
"""

from __future__ import annotations

from typing import Any

from recto.print.engine.footnotes import divide_notes
from recto.print.engine.inner import inline

_split_first_line = inline.split_first_line
LETTERS_AN_EM = 4  # more than fit in an em of any text: what is longer than a line is not looked at twice


def mend() -> None:
    """Mend the print engine in this process; doing so twice does nothing more."""
    inline.split_first_line = _split_hanging
    divide_notes()


def _split_hanging(
    text: str, style: Any, context: Any, max_width: Any, spacing: float, **options: bool
) -> tuple[Any, ...]:
    """The first line of a text, as `split_first_line` gives it, but with its last space hanging."""
    split: tuple[Any, ...] = _split_first_line(text, style, context, max_width, spacing, **options)
    if split[2] is None or not text.endswith(" ") or style["white_space"] != "normal":
        return split
    if len(text) * style["font_size"] > max_width * LETTERS_AN_EM:
        return split
    without = _split_first_line(text.rstrip(" "), style, context, max_width, spacing, **options)
    if without[2] is not None:
        return split
    return tuple(_split_first_line(text, style, context, None, spacing, **options))
