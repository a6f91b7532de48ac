"""Tables as GitHub has them; a row with more cells than the head loses the rest, and that is reported."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import table as rule
from markdown_it.rules_block.table import escapedSplit

from recto.forms.markdown.blocks.block_lines import line_at


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """GitHub's table (GFM 4.10)."""
    if not rule(state, start, end, silent):
        return False
    if not silent:
        columns = len(_cells(line_at(state, start)))
        for line in range(start + 2, state.line):
            lost = _cells(line_at(state, line))[columns:]
            if any(cell.strip() for cell in lost):
                words = " | ".join(cell.strip() for cell in lost)[:500]
                message = f"this row has more cells than the head of its table; left out: {words}"
                hint = "give the head as many cells; a bar that is no border is written \\|, in code too"
                state.env["told"].append(("cell-lost", message, line, hint))
    return True


def _cells(row: str) -> list[str]:
    cells = escapedSplit(row.strip())
    return cells[cells[0] == "" : len(cells) - (cells[-1] == "")]
