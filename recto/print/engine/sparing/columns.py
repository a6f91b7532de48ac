"""Columns that fill their page, laid out once: WeasyPrint does so twice, to balance those of the last."""

from __future__ import annotations

from typing import Any

from recto.print.engine.inner import (
    Box,
    block_box_layout,
    block_level_width,
    collapse_margin,
    columns_layout,
    percentage,
    remove_placeholders,
    resolve_percentages,
)

Laid = tuple[Any, Any, dict[str, Any], list[Any], bool]


def columns(
    context: Any,
    box: Any,
    bottom_space: float,
    skip_stack: Any,
    containing_block: Any,
    page_is_empty: bool,
    absolute_boxes: list[Any],
    fixed_boxes: list[Any],
    adjoining_margins: list[float],
    *first_styles: Any,
) -> Laid:
    """In place of `columns_layout`: a box in columns, or as much of it as goes on the page."""
    if _is_plain(context, box):
        page = _ColumnPage(context, box, skip_stack, containing_block, collapse_margin(adjoining_margins))
        laid = page.fill(bottom_space, page_is_empty, first_styles)
        if laid is not None:
            absolute_boxes += page.absolute_boxes
            fixed_boxes += page.fixed_boxes
            return laid
    around = (containing_block, page_is_empty, absolute_boxes, fixed_boxes, adjoining_margins)
    found: Laid = columns_layout(context, box, bottom_space, skip_stack, *around, *first_styles)
    return found


def _is_plain(context: Any, box: Any) -> bool:
    """Tell whether nothing but the text of the columns takes room on the page."""
    style = box.style
    return (
        style["height"] == "auto"
        and style["column_width"] == "auto"
        and style["position"] == "static"
        and style["direction"] == "ltr"
        and style["column_gap"] != "normal"
        and box.min_height in ("auto", 0)
        and all(child.style["column_span"] != "all" for child in box.children)
        and not _has_notes(context)
    )


def _has_notes(context: Any) -> bool:
    return bool(context.current_footnote_area.height != "auto" or context.reported_footnotes)


class _ColumnPage:
    """The columns of one page, from where the page before has left off."""

    def __init__(self, context: Any, box: Any, skip_stack: Any, around: Any, margin: float) -> None:
        self._context, self._around = context, around
        self._box = box.copy_with_children(box.children)
        self._box.position_y += margin
        self._first, self._skip = 0, None
        if skip_stack:
            ((self._first, self._skip),) = skip_stack.items()
        self.absolute_boxes: list[Any] = []
        self.fixed_boxes: list[Any] = []

    def fill(self, bottom_space: float, page_is_empty: bool, first_styles: tuple[Any, ...]) -> Laid | None:
        """Lay out as many columns as go on the page; None if there is no need of the whole page."""
        context, box = self._context, self._box
        context.in_column = True
        block_level_width(box, self._around)
        count = box.style["column_count"]
        gap = percentage(box.style["column_gap"], box.style, box.width)
        width = max(0, box.width - (count - 1) * gap) / count
        top = box.content_box_y()
        height = context.page_bottom - top - bottom_space
        bottom_space = max(bottom_space, context.page_bottom - top - height)
        children = [child.copy() for child in box.children[self._first :]]
        skip_stack: Any = {0: self._skip} if self._first or self._skip else None
        laid: list[Any] = []
        for at in range(count):
            column = self._column(children, width, top)
            column.position_x += at * (width + gap)
            options = (self.absolute_boxes, self.fixed_boxes, None, *first_styles, False, None)
            new, skip_stack, next_page, *_ = block_box_layout(
                context, column, bottom_space, skip_stack, self._around, page_is_empty, *options
            )
            if new is not None:
                laid.append(new)
            if new is None or skip_stack is None or _has_notes(context):
                remove_placeholders(context, laid, [], [])
                context.current_footnote_area.height = "auto"  # as if no note had ever been in it
                return None
        tallest = max(column.margin_height() for column in laid)
        for column in laid:
            column.height = tallest
        box.children = laid
        bottom = top + min(height, tallest)
        if box.height == "auto":
            box.height = bottom - box.content_box_y()
        context.in_column = False
        ((skip, deeper),) = skip_stack.items()
        return box, {self._first + skip: deeper}, next_page, [], False

    def _column(self, children: list[Any], width: float, top: float) -> Box:
        column = self._box.anonymous_from(self._box, children=children)
        resolve_percentages(column, self._around)
        column.is_column = True
        column.width = width
        column.position_x = self._box.content_box_x()
        column.position_y = top
        return column
