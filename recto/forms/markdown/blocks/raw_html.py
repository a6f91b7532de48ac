"""Blocks of raw HTML; a comment or an element of code that never ends takes no text with it."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import html_block as rule
from markdown_it.rules_block.html_block import HTML_SEQUENCES

from recto.forms.markdown.blocks.block_lines import line_at

# the kinds that end with a sign of theirs (CommonMark 4.6, 1 to 5), each with that sign
_WITH_END = [(opens, ends) for opens, ends, _ in HTML_SEQUENCES[:5]]


def html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """CommonMark's block of HTML, where one that must be ended is."""
    line = line_at(state, start)
    if not line.startswith("<"):
        return False
    for number, (opens, _) in enumerate(_WITH_END):
        if opens.search(line):
            return _last_ends(state)[number] > state.bMarks[start] and rule(state, start, end, silent)
    return rule(state, start, end, silent)


def _last_ends(state: StateBlock) -> list[int]:
    """Where the sign stands for the last time that ends a block of each kind; -1 where it never does."""
    found: list[int] | None = state.env.get("html_ends")
    if found is None:
        found = [max((each.end() for each in ends.finditer(state.src)), default=-1) for _, ends in _WITH_END]
        state.env["html_ends"] = found
    return found
