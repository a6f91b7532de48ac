"""Numbered lists in print: the engine takes `start`, `reversed`, `type` and `value` from styles alone."""

from __future__ import annotations

from recto.compose.list_room import give_room, whole
from recto.notations.xhtml import Element

# HTML Standard, 4.4.5: the values of `type`
_STYLES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman", "1": "decimal"}


def number(numbered: Element) -> None:
    """Give a numbered list, and its items, the numbers of the e-book, and the room that these take."""
    items = [item for item in numbered if item.tag == "li"]
    backwards = numbered.get("reversed") is not None
    step = -1 if backwards else 1
    start = whole(numbered.get("start"), len(items) if backwards else 1)
    if start != 1 or backwards:
        _style(numbered, f"counter-reset: list-item {start - step}")
    if kind := _STYLES.get(numbered.get("type") or ""):
        _style(numbered, f"list-style-type: {kind}")
    for item in items:
        if backwards:
            _style(item, "counter-increment: list-item -1")
        if (value := item.get("value")) is not None:
            _style(item, f"counter-set: list-item {whole(value, start)}")
    give_room(numbered, items)


def _style(element: Element, declaration: str) -> None:
    own = element.get("style")
    element.set("style", f"{own}; {declaration}" if own else declaration)
