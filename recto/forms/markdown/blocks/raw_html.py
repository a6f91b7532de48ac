"""Blocks of raw HTML; a comment or an element of code that never ends takes no text with it."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import html_block as rule
from markdown_it.rules_block.html_block import HTML_SEQUENCES

from recto.forms.markdown.blocks.block_lines import line_at

# the kinds that end with a sign of theirs (CommonMark 4.6, 1 to 5), each with that sign
_WITH_END = [(opens, ends) for opens, ends, _ in HTML_SEQUENCES[:5]]

# what is surely meant as Markdown; and where in HTML it is not
_MARKDOWN = re.compile(
    r"(?<![\w*])\*\*[^\s*][^*\n]{0,200}\*\*(?!\w)|(?<!\w)!?\[[^\[\]\n]{0,200}\]\([^()\s]{1,300}\)"
)
_CODE = re.compile(
    r"<(pre|code|kbd|samp|svg)\b[^<>]{0,200}>.{0,500}?</\1>|<!--.{0,500}?-->", re.IGNORECASE | re.DOTALL
)


def html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """CommonMark's block of HTML, where one that must be ended is."""
    line = line_at(state, start)
    if not line.startswith("<"):
        return False
    for number, (opens, _) in enumerate(_WITH_END):
        if opens.search(line):
            return _last_ends(state)[number] > state.bMarks[start] and rule(state, start, end, silent)
    if not rule(state, start, end, silent):
        return False
    if not silent and (found := _MARKDOWN.search(_CODE.sub("", state.tokens[-1].content))):
        message = f"{found[0][:60]} stands in HTML, where Markdown is not read"
        hint = 'leave a blank line after the tag and before its end, or write <div markdown="1">'
        state.env["told"].append(("markup-unknown", message, start, hint))
    return True


def _last_ends(state: StateBlock) -> list[int]:
    """Where the sign stands for the last time that ends a block of each kind; -1 where it never does."""
    found: list[int] | None = state.env.get("html_ends")
    if found is None:
        found = [max((each.end() for each in ends.finditer(state.src)), default=-1) for _, ends in _WITH_END]
        state.env["html_ends"] = found
    return found
