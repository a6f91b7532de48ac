"""Where in the text index marks stand: print has none in its documents.

A mark that is an element of its own splits the text around it, and one mark more or less would have its unit
laid out again. So marks are taken out of what is laid out (recto.compose.print.paper), and the page of each
is found by its place in the text: the lines of every page tell what they begin with
(recto.print.engine.page_reading).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial

from recto import galley as grammar
from recto.model import Galley, SetSection, TextPosition
from recto.notations import xhtml
from recto.store.cache import Memo, digest


def positions(galleys: Iterable[Galley], memo: Memo | None = None) -> dict[str, TextPosition]:
    """The place of every index mark in the text of the book, by the mark's anchor.

    `memo` keeps those of each section.
    """
    kept = memo or Memo()
    found: dict[str, TextPosition] = {}
    for galley in galleys:
        for section in galley.all_sections:
            if grammar.INDEX_MARK in section.html:
                key = digest(section.heading.anchor, section.html)
                found.update(kept(key, partial(_positions, section)))
    return found


def _positions(section: SetSection) -> dict[str, TextPosition]:
    """The marks of a section; one that no text follows stands at the text's end, or at the heading."""
    found: dict[str, TextPosition] = {}
    passed: Counter[str] = Counter()
    waiting: list[str] = []  # marks before the text of their block, or in a block without any
    last = f"#{section.heading.anchor}"
    for passage in grammar.walk(xhtml.parse(section.html), grammar.NOT_DRAWN_IN_PLACE):
        block = passage.block
        if not passage.is_end and grammar.kind(passage.element) == "mark":
            anchor = passage.element.get("id", "")
            if block is not None and passed[block]:
                found[anchor] = TextPosition(block, passed[block])
            else:
                waiting.append(anchor)
        if block is not None and (count := grammar.length(passage.text)):
            found.update((anchor, TextPosition(block, passed[block])) for anchor in waiting)
            waiting.clear()
            passed[block] += count
            last = block
    return found | {anchor: TextPosition(last, passed[last]) for anchor in waiting}
