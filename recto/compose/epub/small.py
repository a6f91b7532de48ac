"""Tables and formulas made ready for small screens: what the sheet `newer.css` needs to set tables as lists,
and formulas smaller.

A table whose columns need more room than there is would have its words broken letter by letter, or run over
the next page, and so would a formula, which no reader divides. How much each needs is estimated here, once,
and written as its class; whether there is so much, only the reader can tell. Readers that know nothing of it
show them as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recto.notations import xhtml
from recto.notations.xhtml import XHTML, Element, class_names, has_class

NAME = "data-label"
_STEPS = (18, 28, 42, 60)  # ems, as in newer.css
_LETTER, _PADDING = 0.5, 1.0  # how wide a letter is, and what stands beside a cell, in ems
_WORD, _PHRASE = 16, 20  # letters of a cell that should stand in one line, at most
_SMALLEST = 10  # ems: a table of so little fits wherever anything fits
_FORMULA_STEPS = (14, 18, 22, 27, 33, 40, 50, 60, 80)  # ems, as in newer.css
_OTHER_FONT = 1.1  # how much wider a formula may be in the font of a reader than in that of print
_WIDTH = re.compile(r"\bwidth: ([0-9.]{1,8})em")


def mark_formulas(root: Element) -> None:
    """Say of every formula on a line of its own how wide it is, where a phone may be narrower."""
    for holder in root.iter(f"{{{XHTML}}}span"):
        found = _WIDTH.search(holder.get("data-measure", ""))
        if found and has_class(holder, "display"):
            need = float(found[1]) * _OTHER_FONT
            if need > _SMALLEST:
                step = next((step for step in _FORMULA_STEPS if need <= step), _FORMULA_STEPS[-1])
                holder.set("class", f"{holder.get('class')} wide wide-{step}")


def frame_tables(root: Element) -> None:
    """Put every table that may be too wide into a frame, with the names of its columns at its cells.

    A table with merged cells is left as it is: its cells have no one column.
    """
    for table in list(root.iter(f"{{{XHTML}}}table")):
        rows = [_cells(row) for row in table.iter(f"{{{XHTML}}}tr")]
        need = _need(rows)
        if need <= _SMALLEST or _is_merged(rows) or _inside_another(table):
            continue
        step = next((step for step in _STEPS if need <= step), _STEPS[-1])
        table.set("class", " ".join((*class_names(table), "listed", f"listed-{step}")))
        _label(table)
        _frame(table)


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in (f"{{{XHTML}}}td", f"{{{XHTML}}}th")]


def _need(rows: list[list[Element]]) -> float:
    """How wide a table should be at least, in ems: each column as its widest cell asks for."""
    columns: dict[int, int] = {}
    for row in rows:
        for at, cell in enumerate(row):
            text = xhtml.words(cell)
            longest = max(map(len, text.split()), default=0)
            columns[at] = max(columns.get(at, 0), min(longest, _WORD), min(len(text), _PHRASE))
    return sum(letters * _LETTER + _PADDING for letters in columns.values())


def _is_merged(rows: list[list[Element]]) -> bool:
    return any(cell.get(span, "1") != "1" for row in rows for cell in row for span in ("colspan", "rowspan"))


def _inside_another(table: Element) -> bool:
    return any(True for _ in table.iterancestors(f"{{{XHTML}}}table"))


def _label(table: Element) -> None:
    """Each cell gets the name of its column, with a colon."""
    head = table.find(f"{{{XHTML}}}thead")
    names = [xhtml.words(cell) for row in head for cell in _cells(row)] if head is not None else []
    for row in _body_rows(table):
        for at, cell in enumerate(_cells(row)):
            if at < len(names) and names[at] and xhtml.words(cell):
                cell.set(NAME, f"{names[at]}: ")


def _body_rows(table: Element) -> Iterator[Element]:
    for row in table.iter(f"{{{XHTML}}}tr"):
        parent = row.getparent()
        if parent is not None and parent.tag != f"{{{XHTML}}}thead":
            yield row


def _frame(table: Element) -> None:
    parent = table.getparent()
    if parent is None:
        return
    frame = xhtml.element(f"{{{XHTML}}}div", {"class": "table-frame"})
    frame.tail, table.tail = table.tail, None
    parent.replace(table, frame)
    frame.append(table)
