"""Tables: columns as wide as their cells want, room for a caption, and a line above what goes on overleaf.

Columns that together want more than there is share it in CSS by how much they want (Tables 3, 4.2), so that
one of long sentences takes room from short ones, whose words are then divided. Here each column whose cells
want no more than a fair share gets all of it; the others share what is left.

A caption is set in the width of its table (CSS 2.2, 17.4), which would make it a column of words above a
narrow one; here it has a width of its own.
"""

from __future__ import annotations

from typing import Any

from recto.print.engine.inner import (
    TextBox,
    block,
    table_and_columns_preferred_widths,
    table_wrapper_width,
)

_CONTINUED = "head/meta[@name='continued']"
_CAPTION = 18  # sizes of its text: the room that a caption has above a narrow table
_SLACK = 0.01  # pixels


def set_tables() -> None:
    """Let the print engine of this process set tables so; doing so twice does nothing more."""
    block.table_wrapper_width = wrapper_width


def wrapper_width(context: Any, wrapper: Any, containing_block: tuple[Any, Any]) -> None:
    """In place of `table_wrapper_width`: find the widths of the columns, and of all together."""
    table_wrapper_width(context, wrapper, containing_block)
    table = wrapper.get_wrapped_table()
    if table.style["table_layout"] != "fixed":
        _share_out(context, wrapper, table)
    captions = [child for child in wrapper.children if child is not table]
    if not captions:
        return
    style, sides = captions[0].style, (wrapper.margin_left, wrapper.margin_right)
    room = containing_block[0] - sum(side for side in sides if side != "auto")
    room = min(_CAPTION * style["font_size"], room)
    if room > wrapper.width:
        beside = room - wrapper.width
        if style["text_align_all"] == "center":
            table.margin_left = beside / 2
        elif style["direction"] == "rtl":
            table.margin_left = beside
        wrapper.width = room


def _share_out(context: Any, wrapper: Any, table: Any) -> None:
    """Give the columns of a table their widths anew, where they get less than they want."""
    _, _, least, most, shares, fixed, spacing, grid = table_and_columns_preferred_widths(
        context, wrapper, outer=False
    )
    room = table.width - spacing
    if grid and not any(shares) and not any(fixed) and sum(least) + _SLACK < room < sum(most) - _SLACK:
        table.column_widths = fair_widths(least, most, room)


def fair_widths(least: list[float], most: list[float], room: float) -> list[float]:
    """Widths of columns that sum up to a room between the sums of the least and of the most that they take.

    From the narrowest on each gets the most, as long as that is no more than its share of what is left.
    """
    widths, left = list(least), room - sum(least)
    waiting = sorted(range(len(most)), key=most.__getitem__)
    while waiting:
        narrowest = waiting[0]
        more = most[narrowest] - least[narrowest]
        share = (left + sum(least[column] for column in waiting)) / len(waiting)
        if most[narrowest] > share or more > left:
            break
        widths[narrowest] += more
        left -= more
        waiting.pop(0)
    wanted = sum(most[column] - least[column] for column in waiting)
    for column in waiting:
        widths[column] += left * (most[column] - least[column]) / wanted if wanted else 0
    return widths


def continued(root: Any) -> str:
    """What stands after the number of a table that goes on, “(continued)”, as the document's head has it."""
    said = None if root.element is None else root.element.find(_CONTINUED)
    return "" if said is None else str(said.get("content", ""))


def lay_out_continued(
    lay_out: Any, context: Any, box: Any, bottom_space: float, skip_stack: Any, around: Any, *options: Any
) -> Any:
    """What `lay_out` makes of a block; of a table that goes on, below its number and “(continued)”."""
    caption = _continued(context, box, skip_stack)
    if caption is None:
        return lay_out(context, box, bottom_space, skip_stack, around, *options)
    caption.position_x, caption.position_y = box.position_x, box.position_y
    given: tuple[Any, ...] = (None, around, True, [], [], [], None, None, False, None)
    above = lay_out(context, caption, bottom_space, *given)[0]
    height = above.margin_height()
    box = box.copy()
    box.position_y += height
    laid = lay_out(context, box, bottom_space, skip_stack, around, *options)
    if laid[0] is not None:
        laid[0].children = [above, *laid[0].children]
        laid[0].position_y -= height
        laid[0].height += height
    return laid


def _continued(context: Any, box: Any, skip_stack: Any) -> Any:
    """The caption of a table that goes on: the label of the one on its first page, and the word."""
    words = context.__dict__.get("recto_continued")
    if not words or not skip_stack or not getattr(box, "is_table_wrapper", False):
        return None
    caption = box.children[0]
    if 0 in skip_stack or caption is box.get_wrapped_table() or caption.element_tag != "caption":
        return None
    lines = [child for child in caption.children if getattr(child, "children", ())]
    if not lines:
        return None
    label = next((each for each in lines[0].children if _is_label(each)), None)
    if label is None:
        return None
    line = lines[0].copy_with_children([label.deepcopy(), TextBox.anonymous_from(lines[0], f" {words}")])
    made = caption.copy_with_children([line])
    made.recto_repeats = True
    return made


def _is_label(box: Any) -> bool:
    return box.element is not None and box.element.get("class") == "label"
