r"""Formulas on lines of their own, between `$$` and `$$` or `\[` and `\]`."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from recto.forms.markdown.attribute_syntax import LIST
from recto.forms.markdown.blocks.block_lines import line_at

# signs that a formula has and a sentence in escaped brackets has not
SIGNS = re.compile(r"[\\^_=+*/<>|{}\d]")
_BLOCK = re.compile(
    rf"(?sx) (?: \$\$ (?P<dollars>.+?) \$\$ | \\\[ (?P<brackets>.+?) \\\] ) [ \t]* (?P<list>{LIST})? [ \t]*"
)
_MOST_LINES = 200


def block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A formula on lines of its own; an attribute list after it belongs to it, and asks for a number."""
    first = line_at(state, start)
    if not first.startswith(("$$", r"\[")) or state.is_code_block(start):
        return False
    last = min(end, start + _MOST_LINES)
    closing = "$$" if first[0] == "$" else r"\]"
    for line in range(start, last):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            return False
        if closing in (line_at(state, line)[2:] if line == start else line_at(state, line)):
            text = state.getLines(start, line + 1, state.blkIndent, False).strip()
            found = _BLOCK.fullmatch(text)
            tex = (found["dollars"] or found["brackets"] or "") if found else ""
            if found is None or not tex.strip() or (closing != "$$" and not SIGNS.search(tex)):
                return False
            if not silent:
                token = state.push("formula", "", 0)
                token.content, token.info, token.map = tex, found["list"] or "", [start, line + 1]
                token.markup = text
                state.line = line + 1
            return True
    return False
