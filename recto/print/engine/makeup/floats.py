"""Figures and short tables that go to the head of the next page where they don't fit on theirs.

WeasyPrint breaks the page before a block that does not fit, and leaves a hole. Here such a block leaves the
flow: the text after it goes on in its place, and it stands at the head of the next page, in order with others
of its kind. What was moved shows in the page laid out, by the empty box that stands in its place: a line that
is taken back to the next page takes such a box along, and the block is met there once more.

A short table without a caption stays where it is, for the text leads to it and can't name it. Where it would
leave a hole it is parted between its rows, as long tables are.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any

from recto.print.engine.inner import BlockBox, Dimension, avoid_page_break, remove_placeholders
from recto.print.engine.makeup.bleeding import covers
from recto.print.engine.makeup.footnotes import WAITING, all_pages, lay_out_block

_STAYS = frozenset(("here", "listing"))
_MOST = 0.8  # of a page's height, that moved blocks may take; the first may take all
_HOLE = 6  # lines
_MARGINS = 5  # where a block is given the margins before it; what stands in a grid is given none
_SLACK = 0.5  # pixels


def pages_with_floats(context: Any, *given: Any) -> Iterator[Any]:
    """In place of `make_all_pages`: what was moved on a page is kept for the next one."""
    context.recto_carried = []
    for page in all_pages(context, *given):
        context.recto_carried += [box for box in map(_moved, page.descendants()) if box is not None]
        if context.recto_carried and not context.reported_footnotes:
            context.reported_footnotes.append(WAITING)  # a page more, also where the text has ended
        yield page


def lay_out_or_move(lay_out: Any, context: Any, box: Any, bottom_space: float, *options: Any) -> Any:
    """A block laid out by `lay_out`, or moved to the next page: then an empty box stands in its place."""
    skip_stack, around, is_first = options[:3]
    if skip_stack is not None or not _may_move(context, box, around):
        return _lay_out_or_part(lay_out, context, box, bottom_space, *options)
    # none overtakes another, be it of this page or still waiting from one before
    waits = context.__dict__.get("recto_moving") == context.current_page or bool(context.recto_carried)
    margins = list(options[5])  # the list itself grows with the block's own
    waits = waits or (covers(box) and not is_first)
    laid = None if waits else lay_out(context, box, bottom_space, *options[:5], margins, *options[6:])
    if laid is not None:
        new, rest = laid[:2]
        foot = new and new.border_box_y() + new.border_height()
        if is_first or (new and rest is None and foot <= context.page_bottom - bottom_space + _SLACK):
            return laid
        if new:
            remove_placeholders(context, [new], *(each or [] for each in options[3:5]))
    context.recto_moving = context.current_page
    return _empty(lay_out_block, context, box, bottom_space, *options)


def _lay_out_or_part(lay_out: Any, context: Any, box: Any, bottom_space: float, *options: Any) -> Any:
    """A block that moves nowhere, laid out by `lay_out`; a short table is parted rather than leave a hole."""
    if not box.is_table_wrapper or len(options) <= _MARGINS:
        return lay_out(context, box, bottom_space, *options)
    margins = list(options[_MARGINS])
    laid = lay_out(context, box, bottom_space, *options)
    room = context.page_bottom - bottom_space - box.position_y
    if laid[0] is not None or room < _HOLE * context.recto_leading:
        return laid
    options[_MARGINS][:] = margins
    parted = [each.copy() for each in box.children]
    for table in parted:
        table.style = table.style.copy()
        table.style["break_inside"] = "auto"
    return lay_out(context, box.copy_with_children(parted), bottom_space, *options)


def place_carried(lay_out: Any, context: Any, root: Any) -> list[Any]:
    """Blocks from the pages before, at the head of this one; the root begins below them."""
    placed: list[Any] = []
    page = context.current_footnote_area.page
    limit = page.content_box_y() + _MOST * page.height
    while context.recto_carried:
        box = context.recto_carried[0].deepcopy()
        box.style = box.style.copy()
        box.style["margin_top"] = Dimension(0, "px")
        box.position_x, box.position_y = page.content_box_x(), root.position_y
        new, rest = lay_out(context, box, 0, None, page, True, [], [], [], None, None, False, None)[:2]
        foot = new.border_box_y() + new.border_height() + new.margin_bottom
        # what does not stand here as a whole waits: for a page of its own, or for one that notes leave free
        if (placed and (rest or foot > limit)) or (rest and context.current_page_footnotes):
            remove_placeholders(context, [new], [], [])
            break
        if rest:  # higher than any page: whole all the same, so that the gate sees it run off the sheet
            remove_placeholders(context, [new], [], [])
            new = lay_out(context, box, -inf, None, page, True, [], [], [], None, None, False, None)[0]
            foot = new.border_box_y() + new.border_height() + new.margin_bottom
        new.recto_carried_over = True
        placed.append(new)
        context.recto_carried.pop(0)
        root.position_y = foot
    return placed


def _may_move(context: Any, box: Any, around: Any) -> bool:
    """Tell whether a block is a figure or a short table that stands in the text, over the whole measure."""
    if box.element is None or box.element_tag not in ("figure", "table"):
        return False
    classes = set(box.element.get("class", "").split())
    told = (each.get("class") or "" for each in box.element.iter("img"))
    if classes & _STAYS or any(_STAYS & set(name.split()) for name in told):
        return False
    if box.element_tag == "table" and not {"short", "captioned"} <= classes:
        return False
    page = context.current_footnote_area.page
    # the box around a table and its caption has none of the table's own style (CSS 2.2, 17.4)
    whole = box.get_wrapped_table() if box.is_table_wrapper else box
    return bool(
        avoid_page_break(whole.style["break_inside"], context)
        and abs(around.content_box_x() - page.content_box_x()) < _SLACK
        and abs(around.width - page.width) < _SLACK
    )


def _empty(lay_out: Any, context: Any, box: Any, bottom_space: float, *options: Any) -> Any:
    """An empty block in place of one that was moved; it keeps to the heading before it."""
    around = options[1]
    empty = BlockBox.anonymous_from(around, [])
    empty.position_x, empty.position_y = box.position_x, box.position_y
    at = around.children.index(box) if box in around.children else 0
    if at and avoid_page_break(around.children[at - 1].style["break_after"], context):
        empty.style = empty.style.copy()
        empty.style["break_before"] = empty.style["break_after"] = "avoid"
    laid = lay_out(context, empty, bottom_space, *options)
    laid[0].recto_moved = box
    return laid


def _moved(box: Any) -> Any:
    return box.__dict__.get("recto_moved")
