"""What the rules for blocks share."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock


def line_at(state: StateBlock, line: int) -> str:
    """A line without its indent, and without what its block puts before it (`>`, the indent of an item)."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
