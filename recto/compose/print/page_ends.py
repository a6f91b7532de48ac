"""What the end of a page is not to part: tables, by how high they are likely to be, and a line in bold that
stands for a heading from what it heads.
"""

from __future__ import annotations

import math
from itertools import accumulate

from recto.notations import xhtml
from recto.notations.xhtml import Element, add_class, has_class

_SHORT_TABLE = 24.0  # times the size of the text
_TALLEST_HEAD = 12.0  # times the size of the text: a higher one is not set again on each page of the table
_TABLE_LINE, _TABLE_GAP = 1.125, 0.4  # height of a line in a table, and what a row adds to its lines
_TABLE_MEASURE = 70  # characters that all the cells of a row hold on one line, about
_TITLE = 60  # characters: what is longer is a sentence
_TOGETHER = 4.0  # times the size of the text: of a table at the least before and after a page break


def keep_together(table: Element) -> None:
    """Mark what of a table no page break is to part: one of about half a page, and the ends of each, for a
    short one is parted all the same where it would leave a hole (recto.print.engine.makeup.floats).
    """
    if table.find("caption") is not None:
        add_class(table, "captioned")
    rows = list(table.iter("tr"))
    if sum(map(_height, rows)) <= _SHORT_TABLE:
        add_class(table, "short")
    head = table.find("thead")
    if head is not None and sum(map(_highest, head.iter("tr"))) > _TALLEST_HEAD:
        add_class(head, "tall")
    body = [row for row in rows if row.find("td") is not None]
    heights = list(accumulate(map(_highest, body)))
    for row in body:
        if _height(row) > _SHORT_TABLE:
            add_class(row, "divided")  # held whole, it would push its table away, and have no head above it
    for row, above in zip(body[1:], heights, strict=False):
        if not has_class(row, "divided") and min(above, heights[-1] - above) < _TOGETHER:
            add_class(row, "held")


def keep_to_next(root: Element) -> None:
    """Mark the paragraphs that are one short line in bold and no more, as a heading would be."""
    for paragraph in root.iter("p"):
        if len(paragraph) == 1 and paragraph[0].tag in ("strong", "b") and paragraph.getnext() is not None:
            words = xhtml.words(paragraph)
            if len(words) <= _TITLE and words == xhtml.words(paragraph[0]):
                add_class(paragraph, "stands-for-heading")


def _height(row: Element) -> float:
    """About how high a row of a table is, in sizes of the text."""
    return _TABLE_LINE * math.ceil(len(xhtml.words(row)) / _TABLE_MEASURE) + _TABLE_GAP


def _highest(row: Element) -> float:
    """About how high a row may become where its cells share the measure."""
    lines = (math.ceil(len(xhtml.words(cell)) * len(row) / _TABLE_MEASURE) for cell in row)
    return _TABLE_LINE * max(lines, default=1) + _TABLE_GAP
