"""Work that the print engine does over and over with the same outcome, done once. No page changes by a byte.

Each function here takes the place of one of WeasyPrint 70's and gives what that gives; where it can't know,
it asks that one.

margins       each page gets sixteen margin boxes, though running heads and folios are stamped at binding
percentages   every box computes its margins and widths anew, though most share style and surroundings
layouts       every piece of text makes its own Pango context and font description: a copy of one will do
struts        line height and baseline are looked up by a text made of fourteen properties of the style
flow          whether a box is in normal flow is asked some forty times a line
properties    a property that no style sheet sets goes through all that one could be set to

What is kept, is kept in the styles of a document, and goes with them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from weasyprint.css import ComputedStyle
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.formatting_structure.boxes import Box, PageBox
from weasyprint.layout.page import make_margin_boxes
from weasyprint.layout.percent import resolve_percentages
from weasyprint.text.ffi import ffi, gobject, pango
from weasyprint.text.line_break import Layout, strut

_MARGIN_BOXES = tuple(
    f"@{name}"
    for name in """top-left-corner top-left top-center top-right top-right-corner left-top left-middle
    left-bottom right-top right-middle right-bottom bottom-left-corner bottom-left bottom-center bottom-right
    bottom-right-corner""".split()
)
_EMPTY = ("normal", "inhibit", "none")
_USED = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("left", "right", "top", "bottom")),
    *(f"border_{side}_width" for side in ("left", "right", "top", "bottom")),
    *(f"{bound}{size}" for bound in ("", "min_", "max_") for size in ("width", "height")),
)
_FLOATS = ("left", "right", "inline-start", "inline-end", "footnote")
_OUT_OF_FLOW = ("absolute", "fixed")
_MOVED = ("running()", "note()")
ffi.cdef("PangoLayout * pango_layout_copy (PangoLayout *src);", override=True)
_setup = Layout.setup
_compute = ComputedStyle.__missing__


def spare() -> None:
    """Spare the print engine of this process what it does in vain; doing so twice does nothing more."""
    _replace(make_margin_boxes, _margin_boxes)
    _replace(resolve_percentages, _percentages)
    _replace(strut, _strut)
    Layout.setup = _layout
    Box.is_in_normal_flow = _is_in_normal_flow
    ComputedStyle.__missing__ = _property


def _replace(function: Callable[..., Any], other: Callable[..., Any]) -> None:
    """Put a function in the place of another in every module of WeasyPrint that imported it."""
    for name, module in tuple(sys.modules.items()):
        if name.startswith("weasyprint.") and getattr(module, function.__name__, None) is function:
            setattr(module, function.__name__, other)


def _margin_boxes(context: Any, page: Any, state: Any) -> Any:
    styles = (context.style_for(page.page_type, name) for name in _MARGIN_BOXES)
    if all(style is None or style["content"] in _EMPTY for style in styles):
        return ()
    return make_margin_boxes(context, page, state)


def _percentages(box: Any, containing_block: Any) -> None:
    style = box.style
    if box.is_flex_item or box.is_grid_item or style["border_collapse"] == "collapse":
        resolve_percentages(box, containing_block)  # their sizes hang on more than their style
        return
    around = containing_block
    if isinstance(around, Box):
        around = (around.width, around.height)
    known = style.__dict__.setdefault("_recto_used", {})
    key = (*around, isinstance(box, PageBox))
    used = known.get(key)
    if used is None:
        resolve_percentages(box, containing_block)
        known[key] = {name: getattr(box, name) for name in _USED}
    else:
        box.__dict__.update(used)


def _layout(layout: Any, style: Any) -> None:
    pattern = style.__dict__.get("_recto_layout")
    if pattern is None:
        pattern = Layout.__new__(Layout)
        _setup(pattern, style)
        del pattern.style  # or the style would keep itself alive
        style.__dict__["_recto_layout"] = pattern
    layout.__dict__.update(pattern.__dict__)
    layout.style = style
    layout.layout = ffi.gc(pango.pango_layout_copy(pattern.layout), gobject.g_object_unref)


def _strut(style: Any) -> Any:
    known = style.__dict__
    if "_recto_strut" not in known:
        known["_recto_strut"] = strut(style)
    return known["_recto_strut"]


def _is_in_normal_flow(box: Any) -> bool:
    style = box.style
    position = style["position"]
    return style["float"] not in _FLOATS and position not in _OUT_OF_FLOW and position[0] not in _MOVED


# Properties whose initial value is what counts where nothing is set, and those that are simply inherited
_PLAIN = {
    key
    for key in INITIAL_VALUES
    if key not in ("float", "display", "position", "page") and not key.startswith("text_decoration_")
}
_LEFT_ALONE = {key: INITIAL_VALUES[key] for key in _PLAIN - INHERITED - INITIAL_NOT_COMPUTED}
_PASSED_ON = _PLAIN & INHERITED


def _property(style: Any, key: str) -> Any:
    if key not in style.cascaded and (
        (logical := PHYSICAL_FUNCTIONS.get(key)) is None
        or logical(block="ttb", inline=style["direction"]) not in style.cascaded
    ):
        if key in _LEFT_ALONE:
            value = style[key] = _LEFT_ALONE[key]
            return value
        if key in _PASSED_ON and style.parent_style is not None:
            value = style[key] = style.parent_style[key]
            return value
    return _compute(style, key)
