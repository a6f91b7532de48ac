"""Boxes: `!!! tip "Title"`, and the lines indented below it (Python-Markdown's admonitions)."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from mdit_py_plugins.admon.index import admonition

from recto.forms.markdown.blocks.block_lines import line_at

_FIRST = re.compile(r'!!! ?[\w-]+(?: +[\w-]+)*(?: +"[^"]*")? *')


def box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The plugin's rule, where the first line is surely that of a box and no exclamation."""
    return bool(_FIRST.fullmatch(line_at(state, start))) and admonition(state, start, end, silent)
