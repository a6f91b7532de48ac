"""Headings and titles of more than one line: no line is much longer than another, and a number stands alone.

As `text-wrap: balance` would have it (CSS Text 4, 6.4.2), lines that are not justified are made as short as
they can be without one more; and in a heading with a number, lines after the first begin below the first word
of the title. Only what takes more than one line is laid out again, and what calls no notes: those are on the
page by then.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from recto.print.engine.inner import Dimension, LineBox
from recto.print.engine.makeup import footnotes

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TITLES = frozenset(("title", "subtitle"))  # blocks within a heading, or of a title page
_MOST = 12  # lines: what is longer is no title
_ROUNDS = 6  # each halves what is not known of the best width
_NUMBER = "number"


def lay_out_block(
    context: Any, box: Any, bottom_space: float, *options: Any, **named: Any
) -> tuple[Any, ...]:
    """In place of `block_level_layout`, and around what lays out notes: a heading in good lines."""
    if not _is_title(box) or named or len(options) < 6 or options[0] is not None:
        return footnotes.lay_out_block(context, box, bottom_space, *options, **named)
    margins = list(options[5])  # the list itself grows with the block's own

    def lay_out(tried: Any) -> tuple[Any, ...]:
        options[5][:] = margins
        return footnotes.lay_out_block(context, tried, bottom_space, *options)

    laid = lay_out(box)
    if not 1 < _lines(laid[0]) <= _MOST or laid[1] is not None or _calls_notes(box):
        return laid
    hung = _hung(box, laid[0])
    if hung is not box:
        laid = lay_out(hung)
    return lay_out(_balanced(hung, laid[0], lay_out))


def _is_title(box: Any) -> bool:
    if box.element is None or "::" in str(box.element_tag):
        return False
    return box.element_tag in _HEADINGS or not _TITLES.isdisjoint((box.element.get("class") or "").split())


def _lines(box: Any) -> int:
    """How many lines a block has that holds nothing else; 0 for another."""
    children = getattr(box, "children", ())
    return len(children) if all(isinstance(child, LineBox) for child in children) else 0


def _calls_notes(box: Any) -> bool:
    return any(getattr(each, "footnote", None) is not None for each in box.descendants())


def _hung(box: Any, laid: Any) -> Any:
    """The heading with its number in a column of its own."""
    number = next((each for each in laid.children[0].children if _is_number(each)), None)
    if number is None or box.style["text_align_all"] not in ("start", "left", "justify"):
        return box
    width = number.margin_width() + _space(laid.children[0], number)
    hung = _changed(box, padding_left=width)
    hung.children = [_changed(line, text_indent=-width) for line in box.children]  # it is inherited
    return hung


def _is_number(box: Any) -> bool:
    return box.element is not None and box.element.get("class") == _NUMBER


def _space(line: Any, number: Any) -> float:
    """The word space between a number and the title."""
    at = line.children.index(number)
    after = line.children[at + 1 : at + 2]
    text = getattr(after[0], "text", "") if after else ""
    if not text.startswith(" ") or not text.strip():
        return 0.0
    return float(number.style["font_size"]) / 4


def _balanced(box: Any, laid: Any, lay_out: Callable[[Any], tuple[Any, ...]]) -> Any:
    """The heading with as much room taken from its lines as leaves their number."""
    count = max(1, _lines(laid))
    least, most = 0.0, laid.width * (1 - 1 / count)
    for _ in range(_ROUNDS):
        room = (least + most) / 2
        tried = lay_out(_narrowed(box, room))
        if tried[1] is None and tried[0] is not None and _lines(tried[0]) == count and _holds(tried[0]):
            least = room
        else:
            most = room
    return _narrowed(box, least) if least else box


def _holds(box: Any) -> bool:
    """Tell whether no line is wider than the block: a word may be."""
    return all(line.width <= box.width + 0.01 for line in box.children)


def _narrowed(box: Any, room: float) -> Any:
    if box.style["text_align_all"] == "center":
        return _changed(box, padding_left=room / 2, padding_right=room / 2)
    if box.style["direction"] == "rtl":
        return _changed(box, padding_left=room)
    return _changed(box, padding_right=room)


def _changed(box: Any, **lengths: float) -> Any:
    """A copy of a box with some lengths of its style set, in pixels."""
    changed = box.copy()
    changed.style = box.style.copy()
    for name, length in lengths.items():
        before = box.style[name].value if name.startswith("padding") else 0.0
        changed.style[name] = Dimension(before + length, "px")
    return changed
