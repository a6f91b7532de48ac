"""Divisions: `<div markdown="1">`, and what is inside is Markdown (Python-Markdown's way)."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from recto.forms.markdown.blocks.block_lines import line_at

_OPEN = re.compile(
    r"<(?P<name>[A-Za-z][\w-]*)(?=[\s/])[^<>]*\bmarkdown=[\"']?(?:1|block|span)\b[\"']?[^<>]*>", re.I
)
# these hold text only: no blocks are read in them
_TEXT_ONLY = frozenset("p h1 h2 h3 h4 h5 h6 dt summary figcaption caption span".split())


def division(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """An element of raw HTML with Markdown inside, up to its end tag."""
    text = line_at(state, start)
    found = _OPEN.match(text)
    if not found or state.is_code_block(start):
        return False
    begin = state.bMarks[start] + state.tShift[start]
    shut, tag = _end(state, found["name"].lower(), begin + found.end(), end)
    if not tag:
        return False  # one that never ends takes no sections with it
    if silent:
        return True
    last = _line_of(state, shut, start, end)
    _html(state, found[0], start)
    marks = state.bMarks[start], state.tShift[start], state.sCount[start], state.eMarks[last]
    state.bMarks[start], state.tShift[start] = begin + found.end(), 0
    state.sCount[start], state.eMarks[last] = state.blkIndent, shut
    inside, state.parentType = state.parentType, "division"
    state.level += 1
    if found["name"].lower() in _TEXT_ONLY:
        inline = state.push("inline", "", 0)
        inline.content, inline.map = state.src[begin + found.end() : shut].strip(), [start, last + 1]
    else:
        state.md.block.tokenize(state, start, last + 1)
    state.level -= 1
    state.parentType = inside
    state.bMarks[start], state.tShift[start], state.sCount[start], state.eMarks[last] = marks
    _html(state, tag + state.src[shut + len(tag) : state.eMarks[last]], last)
    state.line = last + 1
    return True


def _html(state: StateBlock, text: str, line: int) -> None:
    token = state.push("html_block", "", 0)
    token.content, token.map = text, [line, line + 1]


def _end(state: StateBlock, name: str, begin: int, end: int) -> tuple[int, str]:
    """Where the end tag stands that belongs to a tag before `begin`, and the tag; "" where there is none."""
    ends: dict[tuple[str, int], tuple[int, str]] = state.env.setdefault("divisions", {})
    if name not in state.env.setdefault("looked", set()):
        state.env["looked"].add(name)
        opened: list[int] = []
        for tag in re.finditer(rf"<(/?){name}\b[^<>]*>", state.src, re.IGNORECASE):
            if not tag[1]:
                opened.append(tag.end())
            elif opened:
                ends[name, opened.pop()] = (tag.start(), tag[0])
    stop = state.eMarks[end - 1]
    found = ends.get((name, begin), (stop, ""))
    return found if found[0] < stop else (stop, "")


def _line_of(state: StateBlock, offset: int, start: int, end: int) -> int:
    return next((line for line in range(start, end) if state.eMarks[line] >= offset), end - 1)
