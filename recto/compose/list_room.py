"""The room that the numbers of a list take: styles indent it by the places of its widest number."""

from __future__ import annotations

import math
from collections.abc import Sequence

from recto.notations.xhtml import Element
from recto.numbering import roman

# Style sheets have room for numbers of one digit, and names for those of up to six
_USUAL_PLACES, _MOST_PLACES = 1, 6
_ROMAN_DIGIT = 0.65  # as wide as this part of an arabic one, about
_OTHER_KINDS = ("a", "A", "i", "I")  # HTML Standard, 4.4.5


def counted(numbered: Element, items: Sequence[Element]) -> list[int]:
    """The number of each item of a list, by its `start`, `reversed` and the items' `value`."""
    backwards = numbered.get("reversed") is not None
    first = whole(numbered.get("start"), len(items) if backwards else 1)
    shown, numbers = first - (-1 if backwards else 1), []
    for item in items:
        shown = whole(item.get("value"), shown + (-1 if backwards else 1))
        numbers.append(shown)
    return numbers


def give_room(numbered: Element, items: Sequence[Element]) -> None:
    """Name a list `places-3` whose widest number is as wide as three digits; one digit has no name."""
    kind = numbered.get("type") or ""
    places = max((_places(number, kind) for number in counted(numbered, items)), default=0)
    if places > _USUAL_PLACES:
        own = numbered.get("class")
        name = f"places-{min(places, _MOST_PLACES)}"
        numbered.set("class", f"{own} {name}" if own else name)


def whole(written: str | None, otherwise: int) -> int:
    """A number as HTML has it, within bounds that any engine can count to."""
    try:
        return max(-(10**9), min(10**9, int(written or "")))
    except ValueError:
        return otherwise


def _places(number: int, kind: str) -> int:
    if kind in ("i", "I") and 0 < number < 4000:  # CSS Counter Styles 3, 6.1
        return math.ceil(len(roman(number)) * _ROMAN_DIGIT)
    return 1 if kind in _OTHER_KINDS else len(str(number))
