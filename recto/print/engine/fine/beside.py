"""Lines beside what floats: a letter let in, a picture with the text around it.

What a paragraph begins with and floats is set before its lines are planned, so that it is known how wide each
of them is. A float further on in the text stands beside a line that hangs on how the text was broken up to
there; such a paragraph is left to the print engine.
"""

from __future__ import annotations

from typing import Any

from recto.print.engine.fine.content import UnfitError, leading_floats
from recto.print.engine.inner import float_layout
from recto.print.engine.sparing.box_sizes import collisions
from recto.print.engine.sparing.styles import strut_of

_MOST = 200  # lines beside floats: more than a page has
_LEAST = 8  # ems: no column beside a float is narrower, or its lines are set below


def let_in(context: Any, linebox: Any, around: Any) -> tuple[Any, ...]:
    """Set what a paragraph begins with and floats, at the place of the line box. Raises UnfitError."""
    made: list[Any] = []
    block = around.containing_block
    for each in linebox.children[: leading_floats(linebox)]:
        each.position_x, each.position_y = block.content_box_x(), linebox.position_y
        box, resume_at = float_layout(
            context,
            each,
            block,
            around.absolute_boxes,
            around.fixed_boxes,
            around.bottom_space,
            skip_stack=None,
        )
        if resume_at or box.position_y != linebox.position_y:
            raise UnfitError
        made.append(box)
    return tuple(made)


def widths(context: Any, linebox: Any, containing_block: Any) -> tuple[float, ...]:
    """How wide the lines are from a line box on, up to the first that stands beside no float.

    The line box is left at the place of its first line. Raises UnfitError.
    """
    top, shapes = linebox.position_y, context.excluded_shapes
    bottom = max((shape.position_y + shape.margin_height() for shape in shapes or ()), default=top)
    linebox.width = linebox.height = 0
    if bottom > top:
        linebox.height, _ = strut_of(linebox.style)
    found: list[float] = []
    place, least = 0.0, _LEAST * linebox.style["font_size"]
    for at in range(_MOST):
        linebox.position_y = top + at * linebox.height
        x, y, available = collisions(context, linebox, containing_block, outer=False)
        place = place if found else x
        if bottom > top and (y != linebox.position_y or available < min(least, containing_block.width)):
            raise UnfitError
        found.append(available)
        if not linebox.height or linebox.position_y >= bottom:
            break
    linebox.position_x, linebox.position_y = place, top
    return tuple(found)
