"""The inside of WeasyPrint that Recto relies on, read in version 70.0. Imported only where `weasy.IS_READ`.

Of the 35 inner functions of WeasyPrint that were replaced, called or imitated then, 18 changed from 69 to 70:
whoever raises the version reads these again. tests/print/engine/test_contracts.py tells which have changed,
and says of each what it must do.

Replaced (R), called from a replacement (C), imitated there (I)

    css                 ComputedStyle.__missing__, .copy  R C    Style.anonymous_style  R C
                        StyleFor.__init__  R C                   Pending, cssselect2.Matcher  C
    css.properties      INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES; Dimension  C
    css.computed_values PHYSICAL_FUNCTIONS  C
    draw.text           draw_text  R C I
    images              LinearGradient.layout, RadialGradient._repeat  R C    process_color_stops  C
    formatting_…boxes   Box.is_in_normal_flow  R             BlockBox, LineBox, TextBox, InlineBox,
                        InlineBlockBox, InlineReplacedBox  C
    layout              LayoutContext.layout_footnote, .report_footnote, .unlayout_footnote  R I
                        LayoutContext.overflows_page  R C
    layout.background   layout_box_backgrounds  R C I
    layout.block        block_level_layout  R C              avoid_page_break, block_box_layout,
                        block_level_width, collapse_margin, remove_placeholders  C
    layout.column       columns_layout  R C I
    layout.float        avoid_collisions  R C            float_layout  C
    layout.inline       split_first_line, text_align  R C    add_word_spacing, split_text_box  R C I
                        get_next_linebox  R C I              split_inline_box, split_inline_level  R C
                        atomic_box, count_expandable_spaces, is_phantom_linebox, line_box_verticality,
                        remove_last_whitespace, skip_first_whitespace  C
    layout.page         make_margin_boxes, make_all_pages  R C    remake_page  C
    layout.preferred    table_and_columns_preferred_widths  C
    layout.table        table_wrapper_width  R C
    layout.percent      resolve_percentages  R C I           percentage  C
    svg.css             parse_declarations  R C
    svg.defs            spread_linear_gradient, spread_radial_gradient  R C
    text.ffi            ffi, gobject, pango, FROM_UNITS, TO_UNITS  C
    text.fonts          get_pango_font_key  C
    text.line_break     Layout, strut, line_size  R C I
                        get_log_attrs, get_next_word_boundaries, pyphen  C
"""

from __future__ import annotations

from recto.print.engine import weasy  # noqa: F401 - before WeasyPrint: it postpones what that imports

# isort: split
from weasyprint import layout, svg
from weasyprint.css import ComputedStyle, Pending, Style, StyleFor, cssselect2
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES, Dimension
from weasyprint.draw.text import draw_text
from weasyprint.formatting_structure.boxes import (
    BlockBox,
    Box,
    InlineBlockBox,
    InlineBox,
    InlineReplacedBox,
    LineBox,
    TextBox,
)
from weasyprint.images import LinearGradient, RadialGradient, process_color_stops
from weasyprint.layout import LayoutContext, block, inline, page
from weasyprint.layout.background import layout_box_backgrounds
from weasyprint.layout.block import (
    avoid_page_break,
    block_box_layout,
    block_level_layout,
    block_level_width,
    collapse_margin,
    remove_placeholders,
)
from weasyprint.layout.column import columns_layout
from weasyprint.layout.float import avoid_collisions, float_layout
from weasyprint.layout.inline import (
    add_word_spacing,
    atomic_box,
    count_expandable_spaces,
    get_next_linebox,
    is_phantom_linebox,
    line_box_verticality,
    remove_last_whitespace,
    skip_first_whitespace,
    split_inline_box,
    split_inline_level,
    split_text_box,
    text_align,
)
from weasyprint.layout.page import make_all_pages, make_margin_boxes, remake_page
from weasyprint.layout.percent import percentage, resolve_percentages
from weasyprint.layout.preferred import table_and_columns_preferred_widths
from weasyprint.layout.table import table_wrapper_width
from weasyprint.svg import defs
from weasyprint.svg.css import parse_declarations
from weasyprint.svg.defs import spread_linear_gradient, spread_radial_gradient
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, gobject, pango
from weasyprint.text.fonts import get_pango_font_key
from weasyprint.text.line_break import (
    Layout,
    get_log_attrs,
    get_next_word_boundaries,
    line_size,
    pyphen,
    strut,
)

__all__ = [
    "FROM_UNITS",
    "INHERITED",
    "INITIAL_NOT_COMPUTED",
    "INITIAL_VALUES",
    "PHYSICAL_FUNCTIONS",
    "TO_UNITS",
    "BlockBox",
    "Box",
    "ComputedStyle",
    "Dimension",
    "InlineBlockBox",
    "InlineBox",
    "InlineReplacedBox",
    "Layout",
    "LayoutContext",
    "LineBox",
    "LinearGradient",
    "Pending",
    "RadialGradient",
    "Style",
    "StyleFor",
    "TextBox",
    "add_word_spacing",
    "atomic_box",
    "avoid_collisions",
    "avoid_page_break",
    "block",
    "block_box_layout",
    "block_level_layout",
    "block_level_width",
    "collapse_margin",
    "columns_layout",
    "count_expandable_spaces",
    "cssselect2",
    "defs",
    "draw_text",
    "ffi",
    "float_layout",
    "get_log_attrs",
    "get_next_linebox",
    "get_next_word_boundaries",
    "get_pango_font_key",
    "gobject",
    "inline",
    "is_phantom_linebox",
    "layout",
    "layout_box_backgrounds",
    "line_box_verticality",
    "line_size",
    "make_all_pages",
    "make_margin_boxes",
    "page",
    "pango",
    "parse_declarations",
    "percentage",
    "process_color_stops",
    "pyphen",
    "remake_page",
    "remove_last_whitespace",
    "remove_placeholders",
    "resolve_percentages",
    "skip_first_whitespace",
    "split_inline_box",
    "split_inline_level",
    "split_text_box",
    "spread_linear_gradient",
    "spread_radial_gradient",
    "strut",
    "svg",
    "table_and_columns_preferred_widths",
    "table_wrapper_width",
    "text_align",
]
