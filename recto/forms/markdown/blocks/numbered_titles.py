"""Titles with a number over a line of `=`: `4. Title` is a heading there, though it could begin a list."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from recto.forms.markdown.blocks.block_lines import line_at, push_text

_TITLE = re.compile(r"\d{1,4}[.)][ \t]+\S.*")
_UNDERLINE = re.compile(r"={2,}[ \t]*")


def numbered(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A numbered title and the line below it, as a heading of level 1."""
    below = start + 1
    if below >= end or state.sCount[below] < state.blkIndent:
        return False
    if state.is_code_block(start) or state.is_code_block(below):
        return False
    words = line_at(state, start)
    if not _TITLE.fullmatch(words) or not _UNDERLINE.fullmatch(line_at(state, below)):
        return False
    if not silent:
        push_text(state, "heading", "h1", words.strip(), start, start + 2)
        state.line = start + 2
    return True
