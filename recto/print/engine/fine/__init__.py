"""The print engine's paragraphs broken and set by `recto.print.paragraphs`, where a style asks for it.

asked          what a style asks for, by a custom property of CSS: `--paragraphs`
measuring      the words of a style as items: how wide they are, where they may be divided
long_texts     a text of many pages, divided into several boxes
content        the contents of a paragraph one after the other, and as one text
itemising      a paragraph as the items that it is broken by
plan           where each line of a paragraph ends
beside         how wide lines are beside what floats
planned_lines  the lines of a paragraph, by its plan
stretching     a line brought to its measure, and drawn so

What is from right to left is broken so as well, but set by the engine, which gives its spaces alone. A
paragraph that none of this is known of (of both directions, with what floats amid its text) is left
to the print engine, and so is every one whose style asks for nothing.
"""

from __future__ import annotations

from recto.print.engine.fine import planned_lines, stretching
from recto.print.engine.inner import get_next_linebox
from recto.print.engine.sparing import drawing, replace
from recto.print.engine.sparing import word_lines as spared


def refine() -> None:
    """Let the print engine of this process set fine paragraphs; to be called once, after `spare`."""
    replace(get_next_linebox, planned_lines.next_line)
    replace(spared.split, planned_lines.split, "split_text_box")
    replace(drawing.draw, stretching.draw, "draw_text")
