"""Paragraphs that begin with an indent.

A tab or four spaces, as on a typewriter, would be code to CommonMark. A line of Japanese or Chinese that
begins with an ideographic space begins a paragraph, as does speech among such lines (JLREQ, 3.1.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from markdown_it.rules_block import StateBlock

from recto.forms.markdown.blocks.block_lines import line_at, push_text
from recto.forms.stops import CLAUSE_END

# how prose begins, and what it doesn't have
_BEGINS = re.compile(r"[\"'“‘„«»—–¿¡(*_]{0,4}(?:[^\W\d_a-z]|\d{4}\b)")
_OF_CODE = re.compile(
    r"[{}<>=\\|;$#@\[\]]{2}|[\w)](?:\(\)|::|->)|;$|^\s*(?:[-+*>#|:]|\d+[.)])\s", re.MULTILINE
)
_OPENS_SPEECH, _SHUTS = "「『（", "。」』）！？…―"
_FEWEST = 2  # paragraphs, and one more for each that is not indented
_FEWEST_WORDS = 8  # in the longest of the first such paragraphs
_LOOKED_AT, _FARTHEST = 5, 1_000  # paragraphs, tokens


def paragraphs(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Paragraphs of prose in a row, of which each first line is indented; they are told."""
    if silent or state.level or not state.is_code_block(start):
        return False
    found, is_torn = _prose(state, start, end)
    if len(found) < (1 if is_torn else _FEWEST + _flush(state)):
        return False
    if _most_words(found[:_LOOKED_AT]) < _FEWEST_WORDS:
        return False
    for first, last, text in found:
        push_text(state, "paragraph", "p", text, first, last)
    state.line = found[-1][1]
    message = "paragraphs that begin with a tab or four spaces are code to Markdown; these were set as text"
    state.env["told"].append(("markup-unknown", message, start, "take out what stands before them"))
    return True


def ideographic(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """End a paragraph before a line that begins with an ideographic space, or with speech."""
    if not silent or "\n\u3000" not in state.src:
        return False
    line = line_at(state, start)
    speaks = line[:1] in _OPENS_SPEECH and start > 0 and line_at(state, start - 1).rstrip()[-1:] in _SHUTS
    return line.startswith("\u3000") or (speaks and bool(line))


def _prose(state: StateBlock, start: int, end: int) -> tuple[list[tuple[int, int, str]], bool]:
    """The lines and words of each paragraph of prose; and whether lines that begin flush go on with them.

    Where none do, what holds a line of code is code as a whole.
    """
    found: list[tuple[int, int, str]] = []
    is_torn = False
    for first, last in _paragraphs(state, start, end):
        text = state.getLines(first, last, 0, False).strip()
        if not _is_prose(text):
            return (found, True) if is_torn else ([], False)
        found.append((first, last, text))
        is_torn = is_torn or not state.is_code_block(last - 1)
        if len(found) == _LOOKED_AT and _most_words(found) < _FEWEST_WORDS:
            break
    return found, is_torn


def _most_words(found: list[tuple[int, int, str]]) -> int:
    return max(len(text.split()) for _, _, text in found)


def _paragraphs(state: StateBlock, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of each; one that begins flush goes on with the line above."""
    line = start
    while line < end and state.is_code_block(line):
        first = line
        line += 1
        while line < end and not state.isEmpty(line):
            if state.is_code_block(line) and not state.is_code_block(line - 1):
                break
            line += 1
        yield first, line
        while line < end and state.isEmpty(line):
            line += 1


def _flush(state: StateBlock) -> int:
    """How many paragraphs since the last heading begin flush: beside them, what is indented may be code."""
    count = 0
    for token in islice(reversed(state.tokens), _FARTHEST):
        if token.type == "heading_open" or count == _LOOKED_AT:
            break
        count += token.type == "paragraph_open" and not token.level
    return count


def _is_prose(text: str) -> bool:
    text = text.strip()
    return bool(_BEGINS.match(text) and CLAUSE_END.search(text) and not _OF_CODE.search(text))
