"""Verse: lines that begin with `| ` end where they are typed, with their indents (Pandoc's line blocks).

So do the lines between `::: {.poem}` and `:::`, where they are nothing but lines.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from recto.forms.markdown.blocks.block_lines import line_at, push_text

_LINE = re.compile(r"\|(?: ( *)([^|]*))?")  # a second bar in a line would rather be that of a table
_OTHER = re.compile(r"[|#>:<]|\{[.#:]|[`~]{3}|\[\^")  # begins a block of another kind
_EN_SPACE = "\u2002"  # as wide as typed, in proportion; white space of the source would fall together


def line_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines of verse; a line of the source that begins with a space goes on with the one before."""
    if state.is_code_block(start) or not _LINE.fullmatch(line_at(state, start)):
        return False
    if silent:
        return True
    stanzas: list[tuple[int, list[str]]] = [(start, [])]
    line = start
    while line < end and state.sCount[line] >= state.blkIndent:
        text = line_at(state, line)
        found = _LINE.fullmatch(text)
        if found and (found[2] or "").strip():
            stanzas[-1][1].append(_EN_SPACE * len(found[1]) + _without_break(found[2].rstrip()))
        elif found:
            stanzas.append((line + 1, []))
        elif text and state.sCount[line] > state.blkIndent and stanzas[-1][1]:
            stanzas[-1][1][-1] += "\n" + text
        else:
            break
        line += 1
    _push(state, [start, line], stanzas)
    state.line = line
    return True


def lines(state: StateBlock, start: int, end: int) -> bool:
    """The lines of a division as verse; False where some are no verse, and all are to be read as blocks."""
    stanzas: list[tuple[int, list[str]]] = [(start, [])]
    for line in range(start, end):
        indent, text = " " * (state.sCount[line] - state.blkIndent), line_at(state, line).rstrip()
        if found := _LINE.fullmatch(text):
            indent, text = found[1] or "", found[2] or ""
        if _OTHER.match(text):
            return False
        if text:
            stanzas[-1][1].append(_EN_SPACE * len(indent) + _without_break(text))
        else:
            stanzas.append((line + 1, []))
    _push_stanzas(state, stanzas)
    return True


def _without_break(verse: str) -> str:
    """A line without the backslash at its end that would end it once more."""
    backslashes = len(verse) - len(verse.rstrip("\\"))
    return verse[:-1] if backslashes % 2 else verse


def _push(state: StateBlock, lines: list[int], stanzas: list[tuple[int, list[str]]]) -> None:
    opened = state.push("verse_open", "div", 1)
    opened.attrs = {"class": "poem"}
    opened.map = lines
    _push_stanzas(state, stanzas)
    state.push("verse_close", "div", -1)


def _push_stanzas(state: StateBlock, stanzas: list[tuple[int, list[str]]]) -> None:
    for first, verses in stanzas:
        if verses:
            push_text(state, "paragraph", "p", "  \n".join(verses), first, first + len(verses))
