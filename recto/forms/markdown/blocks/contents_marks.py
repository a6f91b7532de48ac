"""Lines that ask for a list of contents: `[TOC]` (Python-Markdown), `[[_TOC_]]` (GitLab), `{{TOC}}`."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock

from recto.forms.markdown.blocks.block_lines import line_at
from recto.forms.markdown.unprinted import CONTENTS_MARK


def contents(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line by itself, wherever it stands; it is left out and told."""
    if not CONTENTS_MARK.fullmatch(line_at(state, start)) or state.is_code_block(start):
        return False
    if silent:
        return True
    message = f"{line_at(state, start).strip()} was left out: Recto makes the contents itself"
    state.env["told"].append(("contents-left-out", message, start, "take it out"))
    state.line = start + 1
    return True
