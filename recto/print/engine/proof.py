"""A proof of a WeasyPrint that nobody has read: a page of everything, whose outcome is known.

Pages are read from the boxes of WeasyPrint, and tags from its objects, by the names of their attributes; were
one of them to mean something else, text would be missed in silence, locators would be wrong, and the gate
would look at nothing. So before the first unit is laid out with such a version, a small one is, and what is
read of it has to be what is known of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from recto.model import LaidOut, TextPosition, Unit
from recto.print.layout.job import LayoutJob

_SHEET = """
@page { size: 400px 300px; margin: 40px }
body { font: 16px/20px serif; margin: 0 }
.footnote { float: footnote } .next { break-before: page }
"""
_BODY = """
<h1 id="top" data-b="c:0">Proof</h1>
<p data-b="c:1">Before<span class="footnote" id="note"><i data-b="c:2">the note</i></span> and after.</p>
<table><thead><tr><th id="head" data-b="c:3">Head</th></tr></thead>
<tbody><tr><td headers="head" data-b="c:4">cell</td></tr></tbody></table>
<p class="next" id="next" data-b="c:5">Over<span class="page-reference"> (page 9)</span>
<a href="recto:far">leaf</a>.</p>
"""

JOB = LayoutJob(
    Unit("proof", f'<html lang="en"><head><title>Proof</title></head><body>{_BODY}</body></html>', "arabic"),
    (_SHEET,),
    {},
    alone=False,
)


class UnreadableEngineError(Exception):
    """What WeasyPrint gives can't be read: its version is to be looked at before a book is made with it."""


def check(laid: LaidOut, version: str) -> None:
    """Hold the laid out proof against what is known of it. Raises UnreadableEngineError."""
    faults = list(_faults(laid))
    if faults:
        raise UnreadableEngineError(
            f"WeasyPrint {version} gives pages that Recto can't read ({'; '.join(faults)}): install 70.0"
        )


def _faults(laid: LaidOut) -> Iterator[str]:
    """What of the proof was read otherwise."""
    pages = laid.pages
    if len(pages) != 2 or laid.quire is None:
        yield f"{len(pages)} pages"
        return
    first, second = pages
    places = tuple((name, page) for name, page, _, _ in laid.quire.places)
    known = {
        "text": ((first.text, second.text), ("Proof Before and after. Head cell", "Over leaf.")),
        "notes": ((first.notes, second.notes), ("the note", "")),
        "anchors": ((first.anchors, second.anchors), (("top", "head", "note"), ("next",))),
        "beginnings": ((first.start, second.start), (TextPosition("c:0", 0), TextPosition("c:5", 0))),
        "blocks of lines": (
            tuple(block for page in pages for block, _, _ in page.lines),
            ("c:0", "c:1", "c:3", "c:4", "c:2", "c:5"),
        ),
        "places": (set(places), {("top", 0), ("head", 0), ("note", 0), ("next", 1)}),
        "links": (laid.quire.links, ("far",)),
        "table headers": (len(laid.quire.headers), 1),
        "overruns": (first.overruns + second.overruns, ()),
    }
    for name, (found, wanted) in known.items():
        if found != wanted:
            yield f"{name}: {found!r} for {wanted!r}"
