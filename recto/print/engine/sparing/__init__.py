"""Work that the print engine does over and over with the same outcome, done once. No page changes by a byte.

Each function here takes the place of one of WeasyPrint 70's and gives what that gives; where it can't know,
it asks that one.

box_sizes     margin boxes that stay empty; margins and widths of boxes alike; what is in normal flow
cascade       rules for pseudo-elements that an element can't have
columns       columns that fill a page
styles        properties that no style sheet sets; line heights
shaped_words  the glyphs and widths of each word
word_lines    lines broken by the widths of words
hyphens       the parts that words are divided into
drawing       lines drawn by the glyphs of words
writing       the objects of a PDF as bytes
ahead         what is read once in a process, before its first document

What is kept, is kept in the styles of a document, and goes with them; faces and their words are kept in the
fonts of the press.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pydyf

from recto.print.engine.inner import (
    Box,
    ComputedStyle,
    Layout,
    Style,
    StyleFor,
    avoid_collisions,
    columns_layout,
    draw_text,
    inline,
    layout_box_backgrounds,
    make_margin_boxes,
    resolve_percentages,
    split_text_box,
    strut,
)
from recto.print.engine.sparing import (
    box_sizes,
    cascade,
    columns,
    drawing,
    shaped_words,
    styles,
    word_lines,
    writing,
)


def spare() -> None:
    """Spare the print engine of this process what it does in vain; doing so twice does nothing more."""
    replace(make_margin_boxes, box_sizes.margin_boxes)
    replace(resolve_percentages, box_sizes.percentages)
    replace(avoid_collisions, box_sizes.collisions)
    replace(layout_box_backgrounds, box_sizes.backgrounds)
    replace(columns_layout, columns.columns)
    replace(strut, styles.strut_of)
    replace(split_text_box, word_lines.split)
    inline.add_word_spacing = word_lines.justify  # in place of what mends it, which it calls
    replace(draw_text, drawing.draw)
    StyleFor.__init__ = cascade.cascade
    pydyf._to_bytes = writing.to_bytes
    pydyf.Dictionary.data = property(writing.dictionary)
    pydyf.PDF.page_references = property(writing.page_references)
    Layout.setup = shaped_words.set_up
    Box.is_in_normal_flow = box_sizes.is_in_normal_flow
    ComputedStyle.__missing__ = styles.computed
    ComputedStyle.copy = styles.copied
    Style.anonymous_style = styles.anonymous


def replace(function: Callable[..., Any], other: Callable[..., Any], name: str = "") -> None:
    """Put a function in the place of another in every module of WeasyPrint that has it under its name.

    `name` is that name, where the function is itself one in the place of another.
    """
    name = name or function.__name__
    for module_name, module in tuple(sys.modules.items()):
        if module_name.startswith("weasyprint.") and getattr(module, name, None) is function:
            setattr(module, name, other)
