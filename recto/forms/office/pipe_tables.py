"""Tables of a document as Markdown's, which have one row of heads, and a line to each cell."""

from __future__ import annotations

from collections.abc import Sequence

from recto.forms.office.word_writer import WordWriter, escaped
from recto.notations.xhtml import Element, words

_WIDEST = 60  # columns


def pipe_table(rows: Sequence[Sequence[Element]], inline: WordWriter) -> tuple[list[str], list[str]]:
    """The lines of a table, and what of it they can't say. The first row is the head, marked so or not."""
    losses: list[str] = []
    grid = [_row(row, inline, losses) for row in _spread(rows, losses)]
    grid = [row for row in grid if any(cell.strip() for cell in row)]
    if not grid:
        return [], losses
    width = max(map(len, grid))
    whole = [row + [""] * (width - len(row)) for row in grid]
    made = [f"| {' | '.join(row)} |" for row in whole]
    made.insert(1, f"|{' --- |' * width}")
    return made, list(dict.fromkeys(losses))


def _spread(rows: Sequence[Sequence[Element]], losses: list[str]) -> list[list[Element | None]]:
    """The cells of each row in their columns; one over several stands in the first, the others are empty."""
    below: dict[int, int] = {}  # columns that a cell above reaches down into, for so many rows more
    made: list[list[Element | None]] = []
    for row in rows:
        line: list[Element | None] = []
        waiting = list(row)
        while (waiting or below.get(len(line), 0)) and len(line) < _WIDEST:
            column = len(line)
            if below.get(column, 0):
                below[column] -= 1
                line.append(None)
                continue
            cell = waiting.pop(0)
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            if across > 1 or down > 1:
                losses.append("cells that reach over others stand in the first of them")
            for each in range(column, min(column + across, _WIDEST)):
                below[each] = down - 1
                line.append(cell if each == column else None)
        if waiting:
            losses.append(f"a table has more than {_WIDEST} columns, and lost the others")
        made.append(line)
    return made


def _span(cell: Element, name: str) -> int:
    value = cell.get(name) or "1"
    return max(1, min(int(value), 1000)) if value.isdecimal() and len(value) < 6 else 1


def _row(row: Sequence[Element | None], inline: WordWriter, losses: list[str]) -> list[str]:
    return ["" if cell is None else _cell(cell, inline, losses) for cell in row]


def _cell(cell: Element, inline: WordWriter, losses: list[str]) -> str:
    if next(cell.iter("table"), None) is not None:
        losses.append("a table within a table was set as its words")
        return _one_line(escaped(words(cell)))
    pieces: list[str] = []
    for block in list(cell) or [cell]:
        if block.tag in ("ul", "ol"):
            losses.append("a list in a table was set as lines")
            pieces += (f"• {_one_line(inline.write(item))}" for item in block.iter("li"))
        elif block.tag in ("p", "td", "th", "pre", "blockquote") or str(block.tag)[:1] == "h":
            pieces.append(_one_line(inline.write(block)))
    if not pieces:
        pieces = [_one_line(inline.write(cell))]
    return "<br>".join(piece for piece in pieces if piece)


def _one_line(text: str) -> str:
    return " ".join(text.replace("\\\n", "<br>").split())
