"""What the print of a text is made of, so that it is composed again only where some of it has changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recto.compose.print_text import Links
from recto.model import SetSection

_MARK = re.compile(r'<span class="index-mark" id="[^"]*"></span>')
_LINK = re.compile(r'(<a\b[^>]*?\bhref="#([^"]*)"[^>]*>)')


def facts_of(unit: str, sections: Sequence[SetSection], links: Links) -> object:
    """Headings, texts without index marks, and where their links lead: told apart by their `repr`."""
    headings = [section.heading for section in sections]
    htmls = [_MARK.sub("", section.html) for section in sections]
    texts = (*htmls, *(heading.html for heading in headings))
    named = [_fact(tag, anchor, links) for html in texts for tag, anchor in _LINK.findall(html)]
    return unit, headings, htmls, named


def _fact(tag: str, anchor: str, links: Links) -> object:
    """Where a link leads, and the name and folio that may be printed after it."""
    folio = links.folio(anchor) if "xref" in tag else ""
    return anchor, links.unit_of.get(anchor), links.names.get(anchor), folio
