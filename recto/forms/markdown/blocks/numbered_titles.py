"""Titles with a number over a line of `=`: `4. Title` is a heading there, though it could begin a list."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from recto.forms.markdown.blocks.block_lines import line_at

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
        lines = [start, start + 2]
        opened = state.push("heading_open", "h1", 1)
        opened.map, opened.markup = lines, "="
        inline = state.push("inline", "", 0)
        inline.content, inline.map, inline.children = words.strip(), lines, []
        state.push("heading_close", "h1", -1)
        state.line = start + 2
    return True
