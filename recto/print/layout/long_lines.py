"""Lines of code that run over, since no line may begin with what they would be divided before.

A line ends at no space before a full stop, a question mark or what closes a bracket (UAX 14, rule LB13), so
that `.text .data .bss` in a listing is one word. And of a word in several colours the engine divides the
first alone, wherever the line is full: `order_by(` and `'date'` without a space between them stay on one
line. What was laid out tells where it is wider than the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from recto.model import LaidOut, Overrun
from recto.print.layout.job import Forme

_ZERO_WIDTH_SPACE = "\u200b"
_NO_EDGE = " \n\u200b"  # begins a piece that a line may end before as it is
_UNDIVIDED = re.compile(r"(?<= )(?=[.,:;!?/)\]}])")
_TAG = re.compile(r"(<[^>]*>)")


def long_lines(laid: LaidOut | Forme) -> list[Overrun]:
    """Lines that run over, each by the block that it stands in."""
    found = {
        each.block: each
        for page in laid.pages
        for each in page.overruns
        if each.what in ("line", "note") and each.block and each.kind != "overprinted"
    }
    return list(found.values())


def divisible(html: str, lines: Iterable[Overrun]) -> str:
    """The document with the listings of some lines such that lines may end at each of their spaces."""
    for line in lines:
        at = html.find(f'data-b="{line.block}"')
        start, end = html.find("<pre", max(html.rfind("<", 0, at), 0)), html.find("</pre>", at)
        if at < 0 or start < 0 or not start < end or html.find("</", at, start) >= 0:
            continue
        html = html[:start] + "".join(_divided(html[start:end])) + html[end:]
    return html


def _divided(listing: str) -> Iterator[str]:
    """A listing with a place to end a line at after each space, and at each change of colour."""
    before = tag = ""
    for piece in _TAG.split(listing):
        if piece.startswith("<"):
            yield piece
            tag = piece
        elif piece:
            space = " " if before.endswith(" ") else ""
            made = _UNDIVIDED.sub(_ZERO_WIDTH_SPACE, space + piece)[len(space) :]
            is_edge = before and tag and not before[-1].isspace() and piece[0] not in _NO_EDGE
            yield _ZERO_WIDTH_SPACE + made if is_edge else made
            before, tag = piece, ""
