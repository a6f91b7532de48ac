"""Leaders: the dots between a line of the contents and its folio, each line's as one dotted stroke.

Set as type, the dots of a long table of contents are a fifth of the work of laying it out, and a screen
reader may read them. As a stroke they cost nothing and are an artifact (ISO 32000-1, 14.8.2.2).

A block gets its leader by an element of class `leader` in it, the folio, placed where the lines of the block
end (`position: absolute`): at the right, or at the left where its text runs from right to left. All dots of a
page stand on one grid, so that they line up in columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_PX = 0.75  # points
_PITCH = 0.45  # em of the page's text
_DOT = 0.095
_GAP = 0.7  # between the words and the first dot, at least


def leaders(page_box: Any) -> bytes:
    """The operators that draw the leaders of a page, in points from its top; b"" where it has none."""
    size = page_box.style["font_size"] * _PX
    lines = b"\n".join(
        b"%.2f %.2f m %.2f %.2f l S" % (folio, y, words, y)
        for folio, words, y in _spans(page_box)
        if abs(folio - words) > _PITCH * size
    )
    if not lines:
        return b""
    # dashes without length and with round ends are dots (8.4.3.6)
    return b"/Artifact BMC q 0 G %.2f w 1 J [0 %.2f] 0 d\n%s\nQ EMC" % (_DOT * size, _PITCH * size, lines)


def _spans(page_box: Any) -> Iterator[tuple[float, float, float]]:
    """Where each leader of a page begins, at the folio's end, and ends at the words; and its height."""
    gap, dot = (each * page_box.style["font_size"] for each in (_GAP, _DOT))
    for block, line in _lines(page_box):
        words = [child for child in line.children if child.is_in_normal_flow() and child.width]
        if not words:
            continue
        left, right = block.content_box_x() + dot / 2, block.content_box_x() + block.width - dot / 2
        before = min(child.position_x for child in words) - gap
        after = max(child.position_x + child.margin_width() for child in words) + gap
        y = line.position_y + line.baseline - dot / 2
        if block.style["direction"] == "rtl" and before > left:
            yield left * _PX, before * _PX, y * _PX
        elif block.style["direction"] == "ltr" and after < right:
            yield right * _PX, after * _PX, y * _PX


def _lines(box: Any) -> Iterator[tuple[Any, Any]]:
    """Each block that holds a leader, with its last line."""
    for child in getattr(box, "children", ()):
        if type(child).__name__ == "LineBox":
            if any(_is_leader(each) for each in child.children):
                yield box, child
        else:
            yield from _lines(child)


def _is_leader(box: Any) -> bool:
    box = getattr(box, "_box", box)  # a placeholder of something positioned
    return box.element is not None and "leader" in box.element.get("class", "").split()
