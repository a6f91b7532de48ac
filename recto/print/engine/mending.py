"""What the print engine gets wrong, put right: one function a fault, each to go when the engine is mended.

lines   WeasyPrint 70 ends a line at the first chance where a text before an inline element fits but for
        its last space (a space at a line's end hangs: CSS Text 3, 4.1.3)
spaces  WeasyPrint 70 sets widened spaces in the first font of a family, though they were measured in that of
        the word before them: a justified line in a fallback font falls short of its end (mended in lines
        from right to left, which begin at that end)
ends    WeasyPrint 70 moves all of a line when it takes the last space out of a text from right to left
indents WeasyPrint 70 indents the first line of a paragraph from right to left at its left
tables  WeasyPrint 70 shares out the room of a table as CSS does, not as its cells want it (table_setting.py)
starts  WeasyPrint 70 holds every text within an inline element that begins a line to begin it as well, and
        divides it anywhere rather than set it on the next one (overflow-wrap: CSS Text 3, 5.5)
fonts   WeasyPrint 70 draws no text of a picture whose font is given in short (svg_fonts.py)
notes   WeasyPrint 70 divides no note, and lets those longer than their page run off it (footnotes.py)
turns   WeasyPrint 70 sets out every turn of a gradient, however small it is (gradients.py)
"""

from __future__ import annotations

from math import inf
from typing import Any

from recto.print.engine.gradients import end_gradients
from recto.print.engine.inner import (
    LineBox,
    TextBox,
    add_word_spacing,
    count_expandable_spaces,
    inline,
    line_size,
    remove_last_whitespace,
    split_inline_box,
    split_inline_level,
)
from recto.print.engine.makeup.footnotes import divide_notes
from recto.print.engine.makeup.grid import keep_grid
from recto.print.engine.makeup.table_setting import set_tables
from recto.print.engine.svg_fonts import read_shorthands

_split_first_line = inline.split_first_line
_text_align = inline.text_align
_NEGLIGIBLE = 0.02  # pixels
LETTERS_AN_EM = 4  # more than fit in an em of any text: what is longer than a line is not looked at twice


def mend() -> None:
    """Mend the print engine in this process; doing so twice does nothing more."""
    inline.split_first_line = _split_hanging
    inline.add_word_spacing = widen
    inline.text_align = _align
    inline.remove_last_whitespace = _strip_end
    inline.split_inline_box = _split_line
    inline.split_inline_level = _split_level
    divide_notes()
    keep_grid()
    set_tables()
    read_shorthands()
    end_gradients()


def _split_hanging(
    text: str, style: Any, context: Any, max_width: Any, spacing: float, **options: bool
) -> tuple[Any, ...]:
    """The first line of a text, as `split_first_line` gives it, but with its last space hanging."""
    split: tuple[Any, ...] = _split_first_line(text, style, context, max_width, spacing, **options)
    if split[2] is None or not text.endswith(" ") or style["white_space"] != "normal":
        return split
    if len(text) * style["font_size"] > max_width * LETTERS_AN_EM:
        return split
    without = _split_first_line(text.rstrip(" "), style, context, max_width, spacing, **options)
    if without[2] is not None:
        return split
    return tuple(_split_first_line(text, style, context, None, spacing, **options))


def _split_line(context: Any, box: Any, position_x: float, *others: Any) -> Any:
    """In place of `split_inline_box`: remembers where a line begins."""
    if not isinstance(box, LineBox):
        return split_inline_box(context, box, position_x, *others)
    around = context.__dict__.get("recto_line_start", inf)
    context.recto_line_start = position_x
    try:
        return split_inline_box(context, box, position_x, *others)
    finally:
        context.recto_line_start = around


def _split_level(context: Any, box: Any, position_x: float, *others: Any) -> Any:
    """In place of `split_inline_level`: a text behind another in its line does not begin that."""
    *between, in_line, first_letter, first_line = others
    start = context.__dict__.get("recto_line_start", inf)
    if not in_line and isinstance(box, TextBox) and position_x > start:
        in_line = [box]
    return split_inline_level(context, box, position_x, *between, in_line, first_letter, first_line)


def widen(context: Any, box: Any, spacing: float, advance: float) -> float:
    """Widen the spaces of a box as `add_word_spacing` does, so that it ends where it should."""
    before: float = box.width
    moved: float = add_word_spacing(context, box, spacing, advance)
    leftward = isinstance(box, TextBox) and box.style["direction"] == "rtl"
    spaces = count_expandable_spaces(box) if leftward else 0
    if not spaces:
        return moved
    short = box.width - _drawn_width(box)
    if abs(short) > _NEGLIGIBLE:
        wanted, box.width = box.width, before
        box.position_x -= advance
        add_word_spacing(context, box, spacing + short / spaces, advance)
        box.width = wanted
    return moved


def _drawn_width(box: Any) -> float:
    box.pango_layout.reactivate(box.style)
    line, _ = box.pango_layout.get_first_line()
    width: float = line_size(line, box.style)[0]
    box.pango_layout.deactivate()
    return width


def _strip_end(context: Any, line: Any) -> None:
    """Take the space at the end of a line out, and close the line up: in one to the left, from its right."""
    parents, last = [], line
    while getattr(last, "children", ()):
        parents.append(last)
        last = last.children[-1]
    width = line.width
    remove_last_whitespace(context, line)
    lost = width - line.width
    if not lost or not isinstance(last, TextBox):
        return
    if last.pango_layout.first_line_direction % 2:
        for child in line.children:
            child.translate(dx=lost, ignore_floats=True)  # as it was
    if line.style["direction"] == "rtl":
        for sibling in (each for parent in parents for each in parent.children[:-1]):
            sibling.translate(dx=-lost, ignore_floats=True)


def _align(context: Any, line: Any, available_width: float, last: bool) -> float:
    """How far to move a line, as `text_align` gives it; its indent goes to where it begins."""
    offset: float = _text_align(context, line, available_width, last)
    if line.style["direction"] == "rtl" and line.text_indent:
        for child in line.children:
            if child.is_in_normal_flow():
                child.translate(dx=-line.text_indent, ignore_floats=True)
    return offset
