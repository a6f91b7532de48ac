"""Where in the text index marks stand: print has none in its documents.

A mark that is an element of its own splits the text around it, and one mark more or less would have its unit
laid out again. So marks are taken out of what is laid out (recto.compose.print.paper), and the page of each
is found by its place in the text: the lines of every page tell what they begin with
(recto.print.engine.page_reading).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from recto import xhtml
from recto.model import Galley, SetSection, TextPosition

MARK = "index-mark"


def positions(galleys: Iterable[Galley]) -> dict[str, TextPosition]:
    """The place of every index mark in the text of the book, by the mark's anchor."""
    found: dict[str, TextPosition] = {}
    for galley in galleys:
        for section in galley.all_sections:
            if MARK in section.html:
                found.update(_PositionReader().read(section))
    return found


class _PositionReader:
    """Reads the fragment of a section, counting as page_reading counts what is drawn of each block."""

    def __init__(self) -> None:
        self._passed: Counter[str] = Counter()
        self._calls: set[str] = set()  # notes called before: print sets a note in place of its first call
        self._waiting: list[str] = []  # marks before the text of their block, or in a block without any
        self._last: str | None = None
        self._found: dict[str, TextPosition] = {}

    def read(self, section: SetSection) -> dict[str, TextPosition]:
        """The marks of a section; one that no text follows stands at the text's end, or at the heading."""
        self._walk(xhtml.parse(section.html), None)
        block = self._last or f"#{section.heading.anchor}"
        for anchor in self._waiting:
            self._found[anchor] = TextPosition(block, self._passed[block])
        return self._found

    def _walk(self, element: xhtml.Element, around: str | None) -> None:
        block = element.get("data-b") or around
        if MARK in element.get("class", "").split():
            self._mark(element.get("id", ""), block)
        self._pass(element.text, block)
        for child in element:
            if not self._is_call(child):
                self._walk(child, block)
            self._pass(child.tail, block)

    def _is_call(self, element: xhtml.Element) -> bool:
        """Tell whether an element is the first call of a note, whose number print makes itself."""
        if element.get("role") != "doc-noteref" or element.get("href", "") in self._calls:
            return False
        self._calls.add(element.get("href", ""))
        return True

    def _mark(self, anchor: str, block: str | None) -> None:
        if block is not None and self._passed[block]:
            self._found[anchor] = TextPosition(block, self._passed[block])
        else:
            self._waiting.append(anchor)

    def _pass(self, text: str | None, block: str | None) -> None:
        count = sum(map(len, (text or "").split()))
        if block is None or not count:
            return
        for anchor in self._waiting:
            self._found[anchor] = TextPosition(block, self._passed[block])
        self._waiting.clear()
        self._passed[block] += count
        self._last = block
