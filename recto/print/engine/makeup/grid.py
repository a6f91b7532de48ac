"""The grid: lines of the text stand at whole leadings from the top of the type area, so that those of facing
pages, and of both sides of a leaf, meet.

A block that is no whole number of leadings high (a heading, a listing, a figure, a table) gets what is
missing as room around it, as `block-step-size` would have it (CSS Rhythmic Sizing 1, 2): a heading above, so
that it stays with its text, all others half above and half below. Text that begins between two lines of the
grid, below a margin wider than its heading's, moves down to the next. Within a table, a figure and a note
nothing is moved.
Only documents whose root has the attribute `data-grid` have a grid.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recto.print.engine.inner import block, collapse_margin, layout, page, strut
from recto.print.engine.makeup.floats import lay_out_or_move, pages_with_floats, place_carried
from recto.print.engine.makeup.footnotes import remember
from recto.print.engine.makeup.heading_lines import lay_out_block
from recto.print.engine.makeup.levelling import begin_page, foot
from recto.print.engine.makeup.table_setting import continued, lay_out_continued
from recto.print.layout.job import GRID

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_WHOLE = frozenset(("figure", "table"))  # what is in them has no grid
_APART = frozenset((*_WHOLE, *_HEADINGS, "pre", "blockquote", "hr"))  # what has room around it
_PULLED = 0.25  # of a leading, by which what follows a paragraph or an item may be moved up to it
_OPTIONS = 5  # arguments that a block in the flow comes with; others, such as the area of notes, have no grid
_SLACK = 0.01  # of a leading


def keep_grid() -> None:
    """Let the print engine of this process keep the grid; doing so twice does nothing more."""
    layout.make_all_pages = _all_pages
    for module in (layout, block, page):
        module.block_level_layout = _lay_out


def _all_pages(context: Any, root_box: Any, *given: Any) -> Iterator[Any]:
    """In place of `make_all_pages`: find out whether there is a grid, and how wide it is."""
    context.recto_continued = continued(root_box)
    has_grid = root_box.element is not None and root_box.element.get(GRID) is not None
    context.recto_leading = strut(root_box.style)[0] if has_grid else 0
    return pages_with_floats(context, root_box, *given)


def _lay_out(context: Any, box: Any, bottom_space: float, *options: Any, **named: Any) -> tuple[Any, ...]:
    """In place of `block_level_layout`: a block that ends between two lines of the grid gets room."""
    leading = context.__dict__.get("recto_leading", 0)
    if not leading or context.in_column or len(options) < _OPTIONS:
        laid: tuple[Any, ...] = lay_out_block(context, box, bottom_space, *options, **named)
        return _ended(laid)
    if box.is_for_root_element:
        begin_page(context)
        placed = place_carried(_on_grid, context, box)
        new, *others = (_below if placed else lay_out_block)(context, box, bottom_space, *options)
        if new is not None:
            new.children = [*placed, *new.children]
        return new, *others
    return _ended(lay_out_or_move(_on_grid, context, box, bottom_space, *options))


def _below(context: Any, root: Any, bottom_space: float, *options: Any) -> tuple[Any, ...]:
    """The text below what was moved to the head of its page; a picture for which there is no room waits."""
    skip_stack, around, _, *more = options
    if skip_stack is None or not root.children:
        return lay_out_block(context, root, bottom_space, *options)
    if root.position_y + context.recto_leading <= context.page_bottom:
        put_back = remember(context)
        laid: tuple[Any, ...] = lay_out_block(
            context, root.copy(), bottom_space, skip_stack, around, False, *more
        )
        if laid[0] is not None:
            return laid
        put_back()
    return _pass_over(context, root, bottom_space, *options)


def _pass_over(context: Any, root: Any, bottom_space: float, *options: Any) -> tuple[Any, ...]:
    """No line of the text: it goes on on the next page, where it would have on this one."""
    laid = lay_out_block(context, root.copy_with_children([]), bottom_space, None, *options[1:])
    led_here = context.page_maker[context.current_page - 1][1]
    return laid[0], options[0], {**led_here, "break": "any"}, *laid[3:]


def _ended(laid: tuple[Any, ...]) -> tuple[Any, ...]:
    """A listing that goes on overleaf ends with its last line here: its ground does not fill the page."""
    new, resume = laid[:2]
    if new is not None and resume is not None and new.element_tag == "pre":
        # an empty line between two of its own, which counts for nothing, would reach over the end of the page
        new.height = max(0.0, min(new.height, foot(new) - new.content_box_y()))
    return laid


def _on_grid(context: Any, box: Any, bottom_space: float, *options: Any) -> tuple[Any, ...]:
    """A block laid out with the room that it needs to end on the grid."""
    leading = context.recto_leading
    if box.element_tag in _WHOLE or "recto_part" in box.__dict__:
        context.recto_leading = 0
    try:
        new, resume, *others = lay_out_continued(lay_out_block, context, box, bottom_space, *options)
    finally:
        context.recto_leading = leading
    is_whole = new is not None and resume is None and not others[2] and new.element is not None
    if is_whole and "recto_part" not in box.__dict__ and strut(options[1].style)[0] == leading:
        _step(context, new, context.page_bottom - bottom_space, others[1])
    return new, resume, *others


def _step(context: Any, box: Any, bottom: float, margins: list[float]) -> None:
    """Give a block the room that takes what follows it back to the grid; `bottom` is where the page ends."""
    leading, top = context.recto_leading, context.current_footnote_area.page.content_box_y()
    margin = collapse_margin([*margins, box.margin_bottom])
    foot = box.border_box_y() + box.border_height()
    over = (foot + margin - top) % leading
    if over < _SLACK * leading or over > (1 - _SLACK) * leading:
        return
    is_text = box.element_tag not in _APART
    begun = (box.border_box_y() - top) % leading
    is_late = is_text and box.margin_top >= 0 and abs(begun - over) < _SLACK * leading
    if over < _PULLED * leading and is_text:
        if is_late:
            box.translate(dy=-over)
        else:
            margin -= over  # a line with a sign from another font is a little higher
        box.margin_bottom = margin
        return
    missing = leading - over
    above = missing if box.element_tag in _HEADINGS or is_late else 0 if is_text else missing / 2
    if abs(box.position_y - top) < _SLACK or foot + above > bottom:
        above = 0
    box.translate(dy=above)
    box.margin_bottom = margin + missing - above
