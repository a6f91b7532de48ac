"""Numbered lists in print: the engine takes `start`, `reversed`, `type` and `value` from styles alone."""

from __future__ import annotations

import math

from recto.notations.xhtml import Element
from recto.numbering import roman

# HTML Standard, 4.4.5: the values of `type`
_STYLES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman", "1": "decimal"}

# The style sheet has room for numbers of one digit, and names for those of up to six
_USUAL_PLACES, _MOST_PLACES = 1, 6
_ROMAN_DIGIT = 0.65  # as wide as this part of an arabic one, about


def number(numbered: Element) -> None:
    """Give a numbered list, and its items, the numbers of the e-book, and the room that these take."""
    items = [item for item in numbered if item.tag == "li"]
    backwards = numbered.get("reversed") is not None
    step = -1 if backwards else 1
    start = _whole(numbered.get("start"), len(items) if backwards else 1)
    if start != 1 or backwards:
        _style(numbered, f"counter-reset: list-item {start - step}")
    if kind := _STYLES.get(numbered.get("type") or ""):
        _style(numbered, f"list-style-type: {kind}")
    shown, places = start - step, 0
    for item in items:
        shown += step
        if backwards:
            _style(item, "counter-increment: list-item -1")
        if (value := item.get("value")) is not None:
            shown = _whole(value, start)
            _style(item, f"counter-set: list-item {shown}")
        places = max(places, _places(shown, kind))
    if places > _USUAL_PLACES:
        own = numbered.get("class")
        name = f"places-{min(places, _MOST_PLACES)}"
        numbered.set("class", f"{own} {name}" if own else name)


def _places(number: int, kind: str | None) -> int:
    """How many digits are as wide as the number of an item."""
    if kind in ("lower-roman", "upper-roman") and 0 < number < 4000:  # CSS Counter Styles 3, 6.1
        return math.ceil(len(roman(number)) * _ROMAN_DIGIT)
    return len(str(number)) if kind in (None, "decimal") else 1


def _style(element: Element, declaration: str) -> None:
    own = element.get("style")
    element.set("style", f"{own}; {declaration}" if own else declaration)


def _whole(written: str | None, otherwise: int) -> int:
    try:
        return max(-(10**9), min(10**9, int(written or "")))
    except ValueError:
        return otherwise
