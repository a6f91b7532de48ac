"""The lines of a paragraph, cut by its plan."""

from __future__ import annotations

from typing import Any, NamedTuple

from recto.print.engine.fine.beside import let_in, widths
from recto.print.engine.fine.content import UnfitError, leading_floats
from recto.print.engine.fine.long_texts import divide
from recto.print.engine.fine.plan import Plan, PlannedLine, Room, plan_of
from recto.print.engine.fine.stretching import bring
from recto.print.engine.inner import (
    get_next_linebox,
    inline,
    is_phantom_linebox,
    line_box_verticality,
    remove_last_whitespace,
    skip_first_whitespace,
    split_inline_box,
    text_align,
)
from recto.print.engine.sparing import word_lines as spared
from recto.print.engine.sparing.styles import strut_of

_ENDLESS = 1e6  # pixels: a line is cut by its plan, whatever its width
_ROUNDING = 0.01  # of a line
_MANY = 10_000  # lines: more than any page has


class _Around(NamedTuple):
    """What the print engine hands on from line to line."""

    bottom_space: float
    skip_stack: Any
    containing_block: Any
    absolute_boxes: Any
    fixed_boxes: Any


def next_line(
    context: Any, linebox: Any, position_y: float, *arguments: Any
) -> tuple[Any, dict[int, Any] | None]:
    """In place of `get_next_linebox`: the next line of a paragraph, and where the one after it begins."""
    *around, first_letter_style, first_line_style = arguments
    divide(linebox)
    shapes = len(context.excluded_shapes)
    before = context.__dict__.get("_recto_cut")
    context._recto_cut = None
    try:
        if first_letter_style or first_line_style:
            raise UnfitError
        return _planned(context, linebox, position_y, _Around(*around))
    except UnfitError:
        found: tuple[Any, dict[int, Any] | None]
        del context.excluded_shapes[shapes:]
        found = get_next_linebox(context, linebox, position_y, *arguments)
        return found
    finally:
        context._recto_cut = before


def split(
    context: Any, box: Any, available_width: float | None, skip: int | None, is_line_start: bool = True
) -> tuple[Any, int | None, Any]:
    """In place of `split_text_box`: a text is cut where the plan has it, and is whole else."""
    cut: PlannedLine | None = getattr(context, "_recto_cut", None)
    if cut is None or box.style["white_space"] == "pre-line":
        found: tuple[Any, int | None, Any] = spared.split(context, box, available_width, skip, is_line_start)
        return found
    text = box.text
    start = len(text.encode()[:skip].decode()) if skip else 0
    if box is not cut.box:
        shown = text[start:]
        return (spared.whole(box, shown) if shown else None), None, False
    shown = text[start : cut.letters].rstrip(" ") + cut.hyphen
    return (spared.whole(box, shown) if shown else None), len(text[: cut.letters].encode()), False


def _fitting(height: float, style: Any) -> int:
    """How many lines fit into a height."""
    line_height, _ = strut_of(style)
    return int(min(height / line_height + _ROUNDING, _MANY)) if line_height else _MANY


def _planned(
    context: Any, linebox: Any, position_y: float, around: _Around
) -> tuple[Any, dict[int, Any] | None]:
    """A line by its plan: what `get_next_linebox` does, but for floats amid the text. Raises UnfitError."""
    plan = plan_of(context, linebox, around.containing_block)
    linebox.position_y = position_y
    floats: tuple[Any, ...] = ()
    if around.skip_stack is None and (count := leading_floats(linebox)):
        floats = let_in(context, linebox, around)
        around = around._replace(skip_stack={count: None})
    around = around._replace(skip_stack=skip_first_whitespace(linebox, around.skip_stack))
    if around.skip_stack == "continue":
        return None, None
    columns = widths(context, linebox, around.containing_block)
    height = context.page_bottom - around.bottom_space - position_y
    room = Room(columns, linebox.text_indent, _fitting(height, linebox.style), linebox.style["widows"])
    cut = plan.line(plan.paragraph.at(around.skip_stack), room)
    if cut.box is not None and not cut.letters:
        # before the first letter of a text that follows a picture; WeasyPrint asks for the letter before it
        raise UnfitError
    line, resume_at, preserved, placeholders = _cut(context, linebox, cut, around)
    linebox.width, linebox.height = line.width, line.height
    if is_phantom_linebox(line) and not preserved:
        line.height = 0
        return line, resume_at
    # what the engine is mended by for lines from right to left is called by its place
    leftward = line.style["direction"] == "rtl"
    (inline.remove_last_whitespace if leftward else remove_last_whitespace)(context, line)
    offset = _aligned(context, plan, line, cut, columns[0])
    bottom, top = line_box_verticality(line)
    line.baseline, line.position_y, line.height = -top, top, bottom - top
    line.margin_top = line.margin_bottom = 0
    line.translate(offset, position_y - top)
    line.position_y = position_y  # without the errors of adding and taking away
    _place(placeholders, line)
    line.children = (*floats, *line.children)
    return line, resume_at


def _cut(context: Any, linebox: Any, cut: PlannedLine, around: _Around) -> tuple[Any, Any, Any, list[Any]]:
    """The line of a cut, where the next one begins, whether the author ends it; what is out of the flow."""
    placeholders: list[Any] = []
    bottom_space, skip_stack, *others = around
    context._recto_cut = cut
    start = linebox.position_x + linebox.text_indent
    line, resume_at, preserved, *_ = split_inline_box(
        context, linebox, start, _ENDLESS, bottom_space, skip_stack, *others, placeholders, [], [], None, None
    )
    context._recto_cut = None
    return line, resume_at, preserved, placeholders


def _aligned(context: Any, plan: Plan, line: Any, cut: PlannedLine, available: float) -> float:
    """Bring a line to its measure; gives how far it is to be moved."""
    short = available + cut.left + cut.right - line.width
    if line.style["direction"] == "rtl":
        return _aligned_leftward(context, line, short, available, last=cut.box is None)
    if cut.box is not None or short < 0:
        bring(context, line, short, plan.paragraph.asked.limits)
        return -cut.left
    offset: float = text_align(context, line, available, last=True)
    return offset - cut.left


def _aligned_leftward(context: Any, line: Any, short: float, available: float, *, last: bool) -> float:
    """The same for a line that begins at its right: the print engine gives its spaces what they need."""
    offset: float = inline.text_align(context, line, available, last)
    if short < 0:
        inline.justify_line(context, line, short)
    return -offset - float(line.width)


def _place(placeholders: list[Any], line: Any) -> None:
    """Put what is taken out of the flow where it would stand in it."""
    for each in placeholders:
        if "inline" in each.style.specified["display"]:
            each.translate(0, line.position_y - each.position_y)
        else:
            each.translate(line.position_x - each.position_x, line.position_y + line.height - each.position_y)
