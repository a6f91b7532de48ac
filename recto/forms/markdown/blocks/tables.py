"""Tables as GitHub has them; a row with more cells than the head loses the rest, and that is reported."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import table as rule
from markdown_it.rules_block.table import escapedSplit

from recto.forms.markdown.blocks.block_lines import line_at

_MOST_COLUMNS = 100
_MOST_CELLS = 60_000  # markdown-it-py ends a table at 65,536 that it fills up, without a word
_COLUMNS = re.compile(r"-{2,}(?:[ \t]+-{2,})+[ \t]*")


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """GitHub's table (GFM 4.10)."""
    before = len(state.tokens)
    if not rule(state, start, end, silent):
        return False
    if not silent:
        columns = len(_cells(line_at(state, start)))
        if columns > _MOST_COLUMNS or columns * (state.line - start) > _MOST_CELLS:
            _as_typed(state, start, before)
            return True
        for line in range(start + 2, state.line):
            lost = _cells(line_at(state, line))[columns:]
            if any(cell.strip() for cell in lost):
                words = " | ".join(cell.strip() for cell in lost)[:500]
                message = f"this row has more cells than the head of its table; left out: {words}"
                hint = "give the head as many cells; a bar that is no border is written \\|, in code too"
                state.env["told"].append(("cell-lost", message, line, hint))
    return True


def _as_typed(state: StateBlock, start: int, before: int) -> None:
    """Set a table that no page can hold line by line, and report it; `before` tokens stand before it."""
    del state.tokens[before:]
    while (
        state.line < state.lineMax
        and state.sCount[state.line] >= state.blkIndent
        and not state.isEmpty(state.line)
    ):
        state.line += 1
    lines = state.push("code_block", "code", 0)
    lines.content = state.getLines(start, state.line, state.blkIndent, True)
    lines.map = [start, state.line]
    message = f"a table has more than {_MOST_COLUMNS} columns or {_MOST_CELLS:,} cells, and was set as typed"
    state.env["told"].append(("table-size", message, start, "divide it into several tables"))


def simple(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Tell of rows of dashes below words: those of a table by columns of spaces are a rule to CommonMark."""
    above = start > 0 and not state.isEmpty(start - 1)
    if not silent and above and _COLUMNS.fullmatch(line_at(state, start)):
        message, hint = "these rows of dashes make no table", "put bars between the columns: | a | b |"
        state.env["told"].append(("markup-unknown", message, start, hint))
    return False


def _cells(row: str) -> list[str]:
    cells = escapedSplit(row.strip())
    return cells[cells[0] == "" : len(cells) - (cells[-1] == "")]
