"""Abbreviations: `*[OPAC]: online catalog`, and every OPAC of the text with that explanation."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown.extensions.abbr import AbbrTreeprocessor
from markdown_it.rules_block import StateBlock

from recto.typeset.markup.rules.block_lines import line_at
from recto.typeset.markup.rules.pattern import MarkdownPage
from recto.typeset.work import Work

_DEFINITION = re.compile(r"\*\[([^\]\n]{1,200})\]:[ \t]*(.*)")


def definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line that explains an abbreviation; it prints nothing."""
    found = _DEFINITION.fullmatch(line_at(state, start))
    if not found or state.is_code_block(start):
        return False
    if not silent:
        work: Work = state.env["work"]
        name = " ".join(found[1].split())
        if name not in work.abbreviation_lines:  # its own go before those of its file, and of the book
            work.abbreviations[name] = found[2].strip()
            work.abbreviation_lines[name] = state.env["base"] + start
        state.line = start + 1
    return True


class Abbreviations(AbbrTreeprocessor):
    """Python-Markdown's, with the abbreviations that hold here; a name may end in a sign (C++)."""

    def __init__(self, page: MarkdownPage) -> None:
        super().__init__(page)
        self._page = page

    def run(self, root: Element) -> None:
        """Enclose every abbreviation of the text."""
        self.abbrs = self._page.work.abbreviations
        if self.abbrs:
            longest_first = sorted(map(re.escape, self.abbrs), key=len, reverse=True)
            self.RE = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")
            self.iter_element(root)
