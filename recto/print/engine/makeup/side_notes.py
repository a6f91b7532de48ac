"""Notes in the margin: beside the line that calls them, in a column of the outer margin.

A theme asks for them with `html { --notes: side GAP }`, where the gap parts text and notes; how wide they are
is the `width` of a note. They are notes as others are (footnotes.py), but take no room from the text: when a
page is laid out, its notes are moved from the foot to the margin. Where two calls are near one another the
second note moves down, and all move up from the foot of the page as far as they must. What does not fit on a
page goes to the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recto.print.engine.inner import LineBox

_PROPERTY = "__notes"
_CALL = "::footnote-call"
_APART = 0.5  # of the size of a note, between two


def asked(root: Any) -> float | None:
    """How far from the text notes stand beside it, in pixels; None where they stand at the foot."""
    tokens = [token for token in root.style[_PROPERTY] or () if token.type in ("ident", "dimension")]
    if len(tokens) != 2 or getattr(tokens[0], "value", "") != "side" or tokens[1].type != "dimension":
        return None
    size: float = root.style["font_size"]
    return float(tokens[1].value) * size if tokens[1].unit == "rem" else None


def has_room(context: Any, note: Any) -> bool:
    """Tell whether a note fits into the margin with those that are there; the first one need not."""
    others = context.current_page_footnotes
    context.current_page_footnotes = [*others, note]
    over = excess(context)
    context.current_page_footnotes = context.current_footnote_area.children = others
    return not others or over <= 0


def excess(context: Any) -> float:
    """By how many pixels the notes of a page are higher, with what parts them, than the margin."""
    area, bottom, notes = context.current_footnote_area, context.page_bottom, context.current_page_footnotes
    area.height = "auto"
    context._update_footnote_area()
    height = area.margin_height() + (len(notes) - 1) * _APART * notes[-1].style["font_size"]
    context.page_bottom, area.height = bottom, "auto"
    return float(height - area.page.height)


def put_aside(context: Any) -> None:
    """Hide the notes of a page while WeasyPrint asks one after the other for room, until there is none."""
    aside, context.current_page_footnotes = context.current_page_footnotes, []
    context.recto_aside = (aside, context.current_page_footnotes)


def recall(context: Any) -> None:
    """Let the notes that were put aside be those of their page again."""
    aside, instead = context.__dict__.pop("recto_aside", (None, None))
    if context.current_page_footnotes is instead:  # it is the same page
        context.current_page_footnotes = aside


def place(page: Any, gap: float) -> None:
    """Move the notes of a page that is laid out from its foot to its margin."""
    text, area = page.children[:2]
    notes = list(area.children)
    if not notes:
        return
    calls = dict(_calls(text))
    bottom = page.content_box_y()
    for note in notes:
        wanted = calls.get(note.element, bottom + _first_baseline(note) - note.position_y)
        top = max(bottom, note.position_y + wanted - _first_baseline(note))
        is_right = page.page_type.side != "left"
        x = page.content_box_x() + (page.width + gap if is_right else -gap - note.margin_width())
        note.translate(x - note.position_x, top - note.position_y)
        note.recto_is_beside = True
        bottom = _foot(note)
    limit = page.content_box_y() + page.height
    for note in reversed(notes):
        over = note.position_y + note.margin_height() - limit
        if over > 0:
            note.translate(0, -over)
        limit = note.position_y - _APART * note.style["font_size"]


def _foot(note: Any) -> float:
    return float(note.position_y + note.margin_height() + _APART * note.style["font_size"])


def _calls(box: Any, baseline: float = 0.0) -> Iterator[tuple[Any, float]]:
    """The element of each note called on a page, with the baseline of the line that calls it."""
    stack = [(box, baseline)]
    while stack:
        box, baseline = stack.pop()
        box = getattr(box, "_box", box)  # a placeholder of something positioned
        if isinstance(box, LineBox):
            baseline = box.position_y + box.baseline
        if str(box.element_tag).endswith(_CALL):
            yield box.element, baseline
        stack += ((child, baseline) for child in reversed(getattr(box, "children", ())))


def _first_baseline(note: Any) -> float:
    """Where the first line of a note stands; its top where it has none."""
    line = next((each for each in note.descendants() if isinstance(each, LineBox)), None)
    return float(note.position_y if line is None else line.position_y + line.baseline)
