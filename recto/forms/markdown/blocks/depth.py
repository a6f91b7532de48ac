"""Blocks that nest deeper than those of any book: markdown-it-py would drop them; here they are text."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock

# of blocks, where a list counts twice: itself, and its items; and of brackets and emphasis in a text
DEEPEST, DEEPEST_INLINE = 60, 20


def too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """What stands deeper is one paragraph as typed, and reported."""
    if silent or state.level < DEEPEST:
        return False
    message = f"what nests more than {DEEPEST // 2} deep was set as plain text"
    state.env["told"].append(("too-deep", message, start, "take out levels"))
    opened = state.push("paragraph_open", "p", 1)
    opened.map = [start, end]
    text = state.push("text", "", 0)
    text.content = state.getLines(start, end, state.blkIndent, False).strip()
    state.push("paragraph_close", "p", -1)
    state.line = end
    return True
