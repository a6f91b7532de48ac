"""Openings whose headings would fill their page: the white above the title gives way to lines of the text.

A heading keeps to what follows it, and so do all in a row; where the title of a chapter is the first of them,
no page can begin before them, and they would stand there without a line of text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recto.print.engine.inner import Dimension
from recto.print.engine.makeup.levelling import again

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def open_pages(context: Any, pages: Iterator[Any], given: tuple[Any, ...]) -> Iterator[Any]:
    """The pages of a document as they are made, the first of them with a line of text below its headings.

    `given` is what they are made of: the box of the root, and two more.
    """
    for number, page in enumerate(pages, 1):
        if number == 1 and context.recto_leading and _ends_in_heading(page.children[0]):
            _raise_title(context, page, given)
        yield page


def _raise_title(context: Any, page: Any, given: tuple[Any, ...]) -> None:
    """Take lines of white from above the first heading, as many as it needs; none if that does not help."""
    title = next((box for box in given[0].descendants() if box.element_tag in _HEADINGS), None)
    if title is None or not (lines := int(title.style["padding_top"].value / context.recto_leading)):
        return
    usual = title.style
    for taken in (*range(1, lines + 1), 0):
        title.style = usual.copy()  # anew, for sizes that were found are kept with a style
        white = usual["padding_top"].value - taken * context.recto_leading
        title.style["padding_top"] = Dimension(white, "px")
        page.children = again(context, 1, given).children
        if not _ends_in_heading(page.children[0]):
            return


def _ends_in_heading(box: Any) -> bool:
    """Tell whether the last thing in the flow of a page is a heading."""
    while box.element_tag not in _HEADINGS:
        inside = [each for each in getattr(box, "children", ()) if each.is_in_normal_flow()]
        if not inside:
            return False
        box = inside[-1]
    return True
