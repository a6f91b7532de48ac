"""Lines that explain an abbreviation: `*[OPAC]: online catalog` (Python-Markdown's way)."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from recto.forms.markdown.blocks.block_lines import line_at

_DEFINITION = re.compile(r"\*\[([^\]\n]{1,200})\]:[ \t]*(.*)")


def definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line that explains an abbreviation; it prints nothing."""
    found = _DEFINITION.fullmatch(line_at(state, start))
    if not found or state.is_code_block(start):
        return False
    if not silent:
        state.env["abbreviations"].setdefault(" ".join(found[1].split()), (found[2].strip(), start))
        state.line = start + 1
    return True
