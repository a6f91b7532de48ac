"""Notes on paper: each stands in the line that calls it, and the print engine floats it to the foot.

An HTML parser closes a paragraph at any block inside it, so the blocks of a note become spans, which the
style sheet shows as what they were: `note-ol` and `note-li` as a list, `note-table` as a table.
"""

from __future__ import annotations

import re

from recto import galley
from recto.compose.print import list_numbers
from recto.notations import xhtml
from recto.notations.xhtml import Element

_BLOCKS = frozenset(
    """p ul ol li dl dt dd blockquote pre div table caption colgroup col thead tbody tfoot tr th td figure
    figcaption hr section aside article header footer address details summary h1 h2 h3 h4 h5 h6""".split()
)
_SPACE = re.compile(r"\s+")


def set_in_line(note: Element, call: Element) -> None:
    """Put a note in place of its call, under the number that this shows."""
    for numbered in note.iter("ol"):
        list_numbers.number(numbered)
    code = {inside for listing in note.iter("pre") for inside in listing.iter()}
    for element in note.iter():
        _fold(element, is_code=element in code)
        if element.tag in _BLOCKS:
            element.set("class", f"note-{element.tag} {element.get('class', '')}".rstrip())
            element.tag = "span"
    note.tag = "span"
    note.attrib.pop("role", None)
    note.set("class", galley.FOOTNOTE)
    note.set("data-number", xhtml.words(call))
    note.tail, call.tail = call.tail, None
    parent = call.getparent()
    if parent is not None:
        parent.replace(call, note)


def _fold(element: Element, *, is_code: bool) -> None:
    # The print engine keeps line ends of the source in what it floats to the foot of a page.
    if element.text and not is_code:
        element.text = _SPACE.sub(" ", element.text)
    if element.tail and (not is_code or element.tag == "pre"):
        element.tail = _SPACE.sub(" ", element.tail)
