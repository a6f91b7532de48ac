"""Notes that are longer than the room for them: they begin on the page of their call, and go on overleaf.

WeasyPrint 70 sets a note whole or moves it whole to the next page, where it runs over the head if it is
longer than that (its issue 1833). Here, as in TeX, a note for which there is no room is divided between two
of its lines; the rest stands first among the notes of the next page, below a rule over the whole measure. A
note is no box of the text, so all of this is done where WeasyPrint's layout context keeps its notes:

    footnotes                  notes whose call was not laid out yet
    current_page_footnotes     notes of this page, by the boxes that they are laid out from, again and again
    reported_footnotes         notes for the next page: those that did not go on this one, and rests of those
                               that did in part, which stand in both lists
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from math import inf
from typing import Any

from recto.print.engine.inner import (
    Dimension,
    LayoutContext,
    block,
    block_level_layout,
    layout,
    page,
)
from recto.print.engine.makeup import side_notes
from recto.print.engine.makeup.levelling import level_pages
from recto.print.engine.makeup.openings import open_pages
from recto.print.engine.makeup.standstill import heed

_SHARE = 2 / 3  # of a page, at the most, for notes that go on overleaf: the text goes on beside them
_WHOLE = 0.8  # of a page, at the most, for notes from the page before that end on it
_SHORT = 8  # sizes of its text: a note of no more stays whole
_LEAST = 4  # the same, for a part of a note where there is a choice
_LISTS = ("footnotes", "current_page_footnotes", "reported_footnotes")  # of the layout context
_TABLES = ("TableBox", "TableRowGroupBox", "TableRowBox")
WAITING = object()  # among the notes for the next page: there is a next page, though it has no note
_overflows_page = LayoutContext.overflows_page


@dataclass(slots=True)
class NotePart:
    """How much of a note stands on a page. Copies of its box share it: it tells what came of laying them out.

    page    the page that this holds for
    begin   where in the note the page goes on (one of WeasyPrint's skip stacks); None at its beginning
    room    the height it may take, in pixels; None for all that it wants
    rest    where the next page goes on; None if the note ends on this one
    height  what it takes
    """

    page: int
    begin: Any = None
    room: float | None = None
    rest: Any = None
    height: float = 0.0


def divide_notes() -> None:
    """Let the print engine of this process divide notes; doing so twice does nothing more."""
    LayoutContext.layout_footnote = _add
    LayoutContext.report_footnote = _postpone
    LayoutContext.unlayout_footnote = _take_back
    LayoutContext.overflows_page = _overflows
    layout.make_all_pages = all_pages
    for module in (layout, block, page):
        module.block_level_layout = lay_out_block


def all_pages(context: Any, *given: Any) -> Iterator[Any]:
    """In place of `make_all_pages`: a note called in another is set at the end of that one, and notes that
    stand beside the text are brought there.
    """
    for order, note in enumerate(tuple(context.footnotes)):
        note.__dict__.pop("recto_part", None)
        note.recto_order = order
        for call in [box for box in note.descendants() if box.footnote]:
            context.footnotes.remove(call.footnote)
            note.children = [*note.children, call.footnote]
            call.footnote = None
    gap = context.recto_beside = side_notes.asked(given[0])
    for page_box in heed(context, open_pages(context, level_pages(context, *given), given)):
        if gap is not None:
            side_notes.place(page_box, gap)
        _take_along(context, page_box)
        yield page_box


def _take_along(context: Any, page_box: Any) -> None:
    """Leave to the next page what WeasyPrint forgets: notes of a line that others were moved away for."""
    if not context.__dict__.pop("recto_postponed", False) or not context.footnotes:
        return
    for note in [box.footnote for box in page_box.descendants() if box.footnote in context.footnotes]:
        context.footnotes.remove(note)
        _leave(context, note)


def _leave(context: Any, note: Any) -> None:
    """Leave a note, or the rest of one, to the next page: in its order, whichever made way first."""
    if note not in context.reported_footnotes:
        context.reported_footnotes.append(note)
        context.reported_footnotes.sort(key=lambda each: each.recto_order if each is not WAITING else inf)


def _add(context: Any, note: Any) -> bool:
    """In place of `layout_footnote`: add a note to the page; tells whether it is higher than it may be."""
    side_notes.recall(context)
    context.footnotes.remove(note)
    context.recto_over = 0.0
    if note is WAITING:
        return False
    before: NotePart | None = note.__dict__.get("recto_part")
    is_carried = before is not None and before.page == context.current_page - 1
    begin = before.rest if before is not None and is_carried else None
    note.recto_part = NotePart(context.current_page, begin, rest=begin)
    policy = note.__dict__.setdefault("recto_policy", note.style["footnote_policy"])
    is_beside = context.__dict__.get("recto_beside") is not None
    # behind one that goes on overleaf, or where the margin is full, it can't stand on this page, whatever
    # becomes of its line; notes keep their order
    waits = bool(context.reported_footnotes) or (is_beside and not side_notes.has_room(context, note))
    note.style["footnote_policy"] = "auto" if waits else policy
    if waits:
        _leave(context, note)
        return False
    context.current_page_footnotes.append(note)
    if begin is not None:
        _draw_long_rule(context.current_footnote_area)
    overflows = _update(context)
    if not is_carried:
        context.recto_newest = note
        return overflows and not is_beside
    if is_beside:
        _divide_beside(context, note)
        return False
    if (height := _height(context)) > _limit(context, _WHOLE):
        _divide(context, note, height - _limit(context, _SHARE))
        if note.recto_part.rest is None and len(context.current_page_footnotes) > 1:
            _postpone(context, note)  # not a line of it may stand here
    return overflows


def _overflows(context: Any, bottom_space: float, position_y: float) -> bool:
    """In place of `overflows_page`: where the newest note takes the room of its call, a part of it may do."""
    overflows = bool(_overflows_page(context, bottom_space, position_y))
    context.recto_over = position_y - (context.page_bottom - bottom_space) if overflows else 0.0
    note, context.recto_newest = context.__dict__.get("recto_newest"), None
    if note is not None and context.__dict__.get("recto_beside") is not None:
        _divide_beside(context, note)  # its call stays on this page
        return overflows
    if not overflows or note is None or context.in_column or bottom_space == -inf:
        return overflows
    over = position_y - (context.page_bottom - bottom_space)
    fair = _height(context) - _limit(context, _SHARE)
    enough = note.recto_part.height - _LEAST * note.style["font_size"]
    _divide(context, note, max(over, fair) if fair < enough else over)
    return bool(_overflows_page(context, bottom_space, position_y))


def _postpone(context: Any, note: Any) -> None:
    """In place of `report_footnote`: what this page would have of a note goes to the next. One that goes on
    from the page before gives no more than the room of the line that it is to make way for; one beside the
    text has none to give.
    """
    if context.__dict__.get("recto_beside") is not None and note in context.current_page_footnotes:
        side_notes.put_aside(context)
        return
    context.recto_newest, context.recto_postponed = None, True
    part: NotePart = note.recto_part
    if _gives_way(context, note, part):
        return
    part.room, part.rest = None, part.begin
    _strike(note, context.current_page_footnotes)
    _leave(context, note)
    _update(context)


def _gives_way(context: Any, note: Any, part: NotePart) -> bool:
    """Make room for a line that runs over the notes, where a part of one from the page before does it."""
    over = context.recto_over
    if part.begin is None or over <= 0 or part.height - over < _LEAST * note.style["font_size"]:
        return False
    before = part.height
    _divide(context, note, over)
    return part.rest is not None and part.height < before


def _take_back(context: Any, note: Any) -> None:
    """In place of `unlayout_footnote`: the line with the call of a note is not on this page after all."""
    side_notes.recall(context)
    context.recto_newest = None
    if note not in context.footnotes:
        context.footnotes.append(note)
        note.__dict__.pop("recto_part", None)
        _strike(note, context.current_page_footnotes)
        _strike(note, context.reported_footnotes)
        _update(context)


def remember(context: Any) -> Callable[[], None]:
    """Note how the notes of the page stand; what comes back puts them so again, after a layout in vain.

    WeasyPrint takes back all notes of a block that it gives up, those of its pages before among them.
    """
    lists = {name: list(getattr(context, name)) for name in _LISTS}
    notes = [note for each in lists.values() for note in each if note is not WAITING]
    parts = [(note, part, replace(part)) for note in notes if (part := note.__dict__.get("recto_part"))]

    def put_back() -> None:
        for name, each in lists.items():
            setattr(context, name, each)
        for note, part, was in parts:
            note.recto_part = part
            for value in fields(part):
                setattr(part, value.name, getattr(was, value.name))
        _update(context)

    return put_back


def _update(context: Any) -> bool:
    """Give the notes of the page their room; tells whether they take more than there is."""
    if context.__dict__.get("recto_beside") is None:
        return bool(context._update_footnote_area())
    context.current_footnote_area.children = context.current_page_footnotes
    return False


def _strike(note: Any, notes: list[Any]) -> None:
    if note in notes:
        notes.remove(note)


def _divide(context: Any, note: Any, excess: float) -> None:
    """Let the next page have as many pixels of a note as it is too high, if it can be divided there."""
    part: NotePart = note.recto_part
    if part.height <= _SHORT * note.style["font_size"]:
        return
    part.room = part.height - excess
    _update(context)
    if part.rest is None:
        part.room = None
        _update(context)
    else:
        _leave(context, note)


def _divide_beside(context: Any, note: Any) -> None:
    """Let the next page have what of a note beside the text is longer than the margin."""
    part: NotePart = note.recto_part
    over = side_notes.excess(context) if len(context.current_page_footnotes) == 1 else 0
    if over <= 0:  # others were added because there is room
        return
    part.room = part.height - over
    side_notes.excess(context)  # which lays the part out
    if part.rest is not None:
        _leave(context, note)
    else:
        part.room = None


def lay_out_block(
    context: Any, box: Any, bottom_space: float, *options: Any, **named: Any
) -> tuple[Any, ...]:
    """In place of `block_level_layout`: of a note that is divided, its part of this page alone."""
    part: NotePart | None = box.__dict__.get("recto_part")
    if part is None:
        laid: tuple[Any, ...] = block_level_layout(context, box, bottom_space, *options, **named)
        return laid
    _, around, _, *more = options
    in_column, context.in_column = context.in_column, True  # else it would make room by moving notes
    limit = bottom_space if part.room is None else context.page_bottom - box.position_y - part.room
    is_empty = part.begin is not None  # a part that goes on has at least a line
    new, part.rest, *others = block_level_layout(context, box, limit, part.begin, around, is_empty, *more)
    if new is None:  # its first lines can't be divided
        new, part.rest, *others = block_level_layout(
            context, box, bottom_space, part.begin, around, True, *more
        )
    context.in_column = in_column
    if part.rest is not None:
        _end_at(_foot(new), new)
    part.height = new.margin_height()
    return new, None, *others


def _end_at(foot: float, note: Any) -> None:
    """Let a part of a note, and the tables in it, end where its last line does."""
    note.height = foot - note.content_box_y()
    for box in note.descendants():
        if type(box).__name__ in _TABLES:
            box.height = min(box.height, foot - box.content_box_y())


def _foot(box: Any) -> float:
    """Where the last line in a box ends; the box itself fills all the room that it may take."""
    inside = getattr(box, "children", ())
    if not inside or type(box).__name__ == "LineBox":
        return float(box.position_y + box.margin_height())
    return max(map(_foot, inside if type(box).__name__ == "TableRowBox" else inside[-1:]))


def _height(context: Any) -> float:
    """The height that notes take on the page."""
    return float(context.current_footnote_area.margin_height())


def _limit(context: Any, share: float) -> float:
    """A share of the page's height; all of it on a page that no text stands on."""
    page_box = context.current_footnote_area.page
    return float(page_box.height * (1 if page_box.page_type.blank else share))


def _draw_long_rule(area: Any) -> None:
    """Draw the rule above notes over the whole measure: it divides the text from a note that goes on."""
    style = area.style.copy()
    style["background_size"] = tuple((Dimension(100, "%"), high) for _, high in style["background_size"])
    area.style = style
