"""What the print of a text is made of, so that it is composed again only where some of it has changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from recto.compose.print.paper import Links
from recto.galley import INDEX_MARK, XREF
from recto.model import Heading, SetSection
from recto.store.cache import digest

_MARK = re.compile(rf'<span class="{INDEX_MARK}" id="[^"]*"></span>')
_LINK = re.compile(r'(<a\b[^>]*?\bhref="#([^"]*)"[^>]*>)')


def facts_of(unit: str, sections: Sequence[SetSection], links: Links) -> object:
    """Headings, texts without index marks, and where their links lead: told apart by their `repr`."""
    headings = tuple(section.heading for section in sections)
    texts, named = _read(headings, tuple(section.html for section in sections))
    return unit, texts, [_fact(tag, anchor, links) for tag, anchor in named]


@lru_cache(maxsize=2048)  # a book is composed in rounds, of the same texts
def _read(headings: tuple[Heading, ...], htmls: tuple[str, ...]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A digest of texts without their index marks, and the links in them: tag and anchor."""
    plain = [_MARK.sub("", html) for html in htmls]
    texts = (*plain, *(heading.html for heading in headings))
    return digest(headings, *plain), tuple(link for html in texts for link in _LINK.findall(html))


def _fact(tag: str, anchor: str, links: Links) -> object:
    """Where a link leads, and the name and folio that may be printed after it."""
    folio = links.folio(anchor) if XREF in tag else ""
    return anchor, links.unit_of.get(anchor), links.names.get(anchor), folio
