"""What a style asks for: `--paragraphs: fine TOLERANCE EXPANSION LETTER-SPACING HANGING`."""

from __future__ import annotations

from typing import Any, NamedTuple

from recto.print.engine.sparing.styles import kept
from recto.print.paragraphs.costs import DEFAULT, Costs
from recto.print.paragraphs.line_setting import Limits

_PROPERTY = "__paragraphs"
_NUMBERS = 4
_UNDIVIDED = DEFAULT.pretolerance / DEFAULT.tolerance


class Asked(NamedTuple):
    """How a paragraph is to be broken and set."""

    costs: Costs
    limits: Limits
    hangs: bool  # letters in the margins


def asked(style: Any) -> Asked | None:
    """What a style asks for; None where lines are to be broken by the print engine."""
    known = kept(style)
    if "asked" not in known:
        known["asked"] = _read(style)
    found: Asked | None = known["asked"]
    return found


def _read(style: Any) -> Asked | None:
    if style["text_align_all"] != "justify" or style["white_space"] != "normal":
        return None
    words = [token for token in style[_PROPERTY] if token.type in ("ident", "number")]
    if not words or words[0].value != "fine":
        return None
    numbers = [float(token.value) for token in words[1:] if token.type == "number"]
    if len(numbers) != _NUMBERS:
        return None
    tolerance, expansion, tracking, hanging = numbers
    if style["direction"] == "rtl":  # its lines are set by the print engine, which gives spaces alone
        expansion = tracking = hanging = 0.0
    return Asked(
        Costs(tolerance=tolerance, pretolerance=tolerance * _UNDIVIDED),
        Limits(expansion=expansion / 100, tracking=tracking / 100),
        hanging > 0,
    )
