"""Boxes: sizes that many have in common, and questions that are asked of each again and again."""

from __future__ import annotations

from typing import Any

from recto.print.engine.inner import (
    Box,
    LineBox,
    avoid_collisions,
    layout_box_backgrounds,
    make_margin_boxes,
    resolve_percentages,
)
from recto.print.engine.sparing.styles import kept

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
_NO_RADII = {
    f"border_{corner}_radius": (0, 0) for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
}
_NONE = (0, "px")
_SIZES_KEPT = 100
_FLOATS = ("left", "right", "inline-start", "inline-end", "footnote")
_OUT_OF_FLOW = ("absolute", "fixed")
_MOVED = ("running()", "note()")


def margin_boxes(context: Any, page: Any, state: Any) -> Any:
    """In place of `make_margin_boxes`: running heads and folios are stamped at binding, so mostly none."""
    styles = (context.style_for(page.page_type, name) for name in _MARGIN_BOXES)
    if all(style is None or style["content"] in _EMPTY for style in styles):
        return ()
    return make_margin_boxes(context, page, state)


def percentages(box: Any, containing_block: Any) -> None:
    """In place of `resolve_percentages`: boxes that share style and surroundings share their sizes."""
    style = box.style
    if style["border_collapse"] == "collapse":
        resolve_percentages(box, containing_block)  # the borders of cells hang on their neighbours
        return
    around = containing_block
    if isinstance(around, Box):
        around = (around.width, around.height)
    known = kept(style).setdefault("used", {})
    if len(known) > _SIZES_KEPT:
        known.clear()
    used = known.get(around)
    if used is None:
        resolve_percentages(box, around)
        known[around] = {name: getattr(box, name) for name in _USED}
    else:
        box.__dict__.update(used)


def is_in_normal_flow(box: Any) -> bool:
    """In place of the method: it is asked some forty times a line."""
    style = box.style
    position = style["position"]
    return style["float"] not in _FLOATS and position not in _OUT_OF_FLOW and position[0] not in _MOVED


def collisions(context: Any, box: Any, containing_block: Any, outer: bool = True) -> Any:
    """In place of `avoid_collisions`: without floats a line has the width of its block."""
    if context.excluded_shapes or type(box) is not LineBox or containing_block.style["direction"] != "ltr":
        return avoid_collisions(context, box, containing_block, outer)
    left = containing_block.content_box_x()
    right = left + containing_block.width
    if outer:
        return left, box.position_y, right - left
    left += box.margin_left
    right -= box.margin_right
    return left - box.margin_left, box.border_box_y() - box.margin_top, right - left


def backgrounds(page: Any, box: Any, get_image: Any, **of_page: Any) -> None:
    """In place of `layout_box_backgrounds`: most boxes have none, nor anything else that it looks for."""
    if box is page or not _is_bare(box.style):
        layout_box_backgrounds(page, box, get_image, **of_page)
        return
    box = getattr(box, "_box", box)  # a placeholder of something positioned
    box.__dict__.update(_NO_RADII)
    box.background = None
    for child in box.all_children():
        backgrounds(page, child, get_image)


def _is_bare(style: Any) -> bool:
    known = kept(style)
    if "bare" not in known:
        known["bare"] = (
            all(_NONE in style[radius] for radius in _NO_RADII)
            and style["border_image_source"][0] == "none"
            and style["mask_border_source"][0] == "none"
            and all(kind == "none" for kind, _ in style["background_image"])
            and style["background_color"] != "currentcolor"
            and style["background_color"].alpha == 0
            and not style["box_shadow"]
        )
    return bool(known["bare"])
