"""Boxes: `!!! tip "Title"`, and the lines indented below it (Python-Markdown's admonitions)."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from mdit_py_plugins.admon.index import admonition

from recto.forms.markdown.blocks.block_lines import line_at

_FIRST = re.compile(r'!!! ?[\w-]+(?: +[\w-]+)*(?: +"[^"]*")? *')
_INDENT = 4


def box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The plugin's rule, where the first line is surely that of a box and no exclamation."""
    if not _FIRST.fullmatch(line_at(state, start)):
        return False
    if not silent:
        _hold_together(state, start, end)
    return bool(admonition(state, start, end, silent))


def _hold_together(state: StateBlock, start: int, end: int) -> None:
    """Let several blank lines in a row end no box that goes on below them.

    The plugin ends one at the second, and what follows would be code; in Python-Markdown a box ends at a
    line that stands further out. To the plugin a line that is indented is not blank, whatever is on it.
    """
    inside, blank = state.blkIndent + _INDENT, list[int]()
    for line in range(start + 1, end):
        if state.isEmpty(line):
            blank.append(line)
        elif state.sCount[line] < inside:
            break
        else:
            for each in blank:
                state.sCount[each] = inside
            blank.clear()
