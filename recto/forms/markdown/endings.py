"""How a text in Markdown ends: with running text, or with a list, table, figure or block of code."""

from __future__ import annotations

import re

# Markdown that is no running text: lists, quotations, tables, headings, rules, notes, attributes, HTML, TeX;
# lists as they are typed.
_MARKED = re.compile(
    r"\s*(?:[-*+>|#:<!]|[•·–—] |\(?(?:\d+|[A-Za-z]|[ivx]{2,4})[.)]\s|\[\^|\{|```|~~~|\$\$"
    r"|\\(?:begin|end)\b|(?:Table|Figure|Listing):)| {2}|\t"
)
# The row below the head of a table; the end of a line that is broken there, as those of verse and addresses
_DASHES = re.compile(r"[\s|:]*-[\s:-]*\|[\s|:-]*")
_BROKEN = ("  ", "\\")
# What follows a full stop: the call of a note, a list of attributes, a command of TeX; what a link leads to
_COMMAND = r"\s{0,9}\\[A-Za-z]{2,30}\*?(?:\[[^\[\]]{0,80}\])?(?:\{[^{}]{0,300}\})?"
_AFTER = re.compile(
    rf"(?:\[\^[^\]\s]{{1,80}}\]|{_COMMAND}|\{{[^{{}}]{{0,300}}\}}|\^[^^\s]{{1,20}}\^){{1,12}}$"
)
_TARGET = re.compile(r"\](?:\([^()\s]{0,2000}(?:\s\"[^\"]{0,500}\")?\)|\[[^\]]{0,200}\])")
# What a caption stands below: a picture, a table, the end of a block of code.
_CAPTIONED = re.compile(r"\s*(?:!\[|\||```|~~~|<|    )")


def is_prose(lines: list[str], start: int) -> bool:
    """False where the paragraph from `start` on is no running text, or a caption of what stands above."""
    above = next((line for line in reversed(lines[:start]) if line.strip()), "")
    caption = bool(_CAPTIONED.match(above)) and len(lines) - start == 1
    if any(line.endswith(_BROKEN) or _DASHES.fullmatch(line) for line in lines[start:-1]):
        return False
    return not caption and not any(_MARKED.match(line) for line in (lines[start], lines[-1]))


def sentence(paragraph: str) -> str:
    """A paragraph without the calls and lists at its end, and without the targets of its links."""
    return _AFTER.sub("", _TARGET.sub("]", paragraph))


def left_over(text: str) -> int:
    """No line of Markdown is left over: what stands at the end is a heading's, or there on purpose."""
    del text
    return 0
