"""Text that no author wrote: paragraphs so full of markup that reading them would take minutes.

Python-Markdown reads a paragraph again for every construct in it, in time that grows with the square. The
paragraphs of books hold dozens; one with thousands (a pasted dump, or an attack) is set as plain text, and
reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# per paragraph, item or table row; the longest real ones measured hold about a hundred
MOST_MARKUP, MOST_ABBREVIATIONS, MOST_DEFINITIONS = 1_000, 300, 300

_BLANK = re.compile(r"\n[ \t]*(?=\n)")
_MARKUP = re.compile(r"[\[<`*_^~{\\]")
_ITEM = re.compile(r"[ \t>]*(?:[-*+][ \t]|\d{1,9}\.[ \t]|\||:[ \t])")


def blocks(text: str) -> Iterator[tuple[str, int]]:
    """The blocks of a text with their offsets; joined they are the text."""
    start = 0
    for found in _BLANK.finditer(text):
        yield text[start : found.end()], start
        start = found.end()
    yield text[start:], start


def too_dense(block: str) -> bool:
    """Tell whether a block holds more markup than a book's text can."""
    if len(block) < MOST_DEFINITIONS:
        return False
    count = definitions = abbreviations = 0
    for line in block.split("\n"):
        if _ITEM.match(line):
            count = 0
        count += len(_MARKUP.findall(line))
        definitions += line.startswith(":")
        abbreviations += line.startswith("*[")
        if count > MOST_MARKUP or definitions > MOST_DEFINITIONS or abbreviations > MOST_ABBREVIATIONS:
            return True
    return False
