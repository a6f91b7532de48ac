"""Abbreviations: every OPAC of the text with what `*[OPAC]: online catalog` says of it."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.util import AtomicString

from recto.typeset.markup.rules.pattern import MarkdownPage


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

    def iter_element(self, el: Element, parent: Element | None = None) -> None:
        """Enclose those in an element, and behind it; what is kept as typed, as an address is, holds none."""
        if el.text and el.get("data-kept") is not None:
            el.text = AtomicString(el.text)
        super().iter_element(el, parent)
