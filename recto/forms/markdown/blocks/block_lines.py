"""What the rules for blocks share."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token


def line_at(state: StateBlock, line: int) -> str:
    """A line without its indent, and without what its block puts before it (`>`, the indent of an item)."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def push_text(state: StateBlock, kind: str, tag: str, text: str, first: int, end: int) -> Token:
    """Make a block of text from the lines from `first` up to `end`; returns the token that opens it."""
    opened = state.push(f"{kind}_open", tag, 1)
    inline = state.push("inline", "", 0)
    inline.content, inline.children = text, []
    opened.map, inline.map = [first, end], [first, end]
    state.push(f"{kind}_close", tag, -1)
    return opened
