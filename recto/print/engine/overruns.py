"""What stands where it can't be read, or not as it should: off the sheet, in a margin, over something else.

Print engines let what does not fit run on: notes that are longer than their page over its head, words that
can't be divided over its edge. So each line, picture and table is held against the trim (the page box), the
type area (its content box) and what else stands on the page. The boxes are WeasyPrint's, looked at by duck
typing as in `recto.print.engine.page_reading`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from recto.galley import BLOCK
from recto.model import Overrun, OverrunKind, Printed

_POINT = 0.75  # of a CSS pixel: CSS Values 4, 6.2
_HIGH = 0.7  # of its size: the height of capitals, which must stay free of other lines
_HANGS = 0.6  # of its size: by how much a line may hang out of the type area (a hyphen, a mark in the margin)
_COVERED = 0.2  # of the lower of two: from where on one is said to be set over the other
_ACROSS = 0.5  # of its size: less is an accent or an overhang
_SLACK = 2.0  # pixels: rules and roundings of pictures and tables
_LEAST = 1.0  # pixels: text of a smaller size is not meant to be read
_WORDS_SHOWN = 8
_MOST = 20  # overruns told of a page; more say no more
_OUT_OF_FLOW = ("absolute", "fixed")
_BLOCKS: dict[str, Printed] = {
    "InlineReplacedBox": "picture",
    "BlockReplacedBox": "picture",
    "TableBox": "table",
    "InlineTableBox": "table",
}


class _Surroundings(NamedTuple):
    """What the boxes around a box say of it.

    `line` and `whole` tell what stands in one line, and in one table or note, from what stands in another;
    `free` tells that it was placed on purpose where it stands.
    """

    block: str = ""
    noted: bool = False
    free: bool = False
    line: int = 0
    whole: int = 0


class _PrintedThing(NamedTuple):
    """Something printed, in pixels from the top left corner of the trimmed page.

    `size` is that of a text, 0 of a picture or table.
    """

    what: Printed
    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    around: _Surroundings


def overruns(page_box: Any) -> tuple[Overrun, ...]:
    """All that a page carries where it does not belong; what stands in one block or table is told once."""
    marks = list(_marks(page_box))
    found = [(kind, mark, by) for mark in marks for kind, by in _outside(mark, page_box)]
    found += (("overprinted", mark, by) for mark, by in _over_others(marks))
    return tuple(_gathered(found, marks))[:_MOST]


def _marks(page_box: Any) -> Iterator[_PrintedThing]:
    """Texts, pictures and tables of a page, in the order of its boxes; what its margin boxes hold is ours."""
    stack = [
        (child, _Surroundings(noted=type(box).__name__ == "FootnoteAreaBox"))
        for box in reversed(page_box.children)
        if type(box).__name__ != "MarginBox"
        for child in reversed(box.children)
    ]
    while stack:
        box, around = stack.pop()
        box = getattr(box, "_box", box)  # a placeholder of something positioned
        name = type(box).__name__
        if name == "TextBox":
            if _is_to_be_read(box):
                yield _text(box, around)
            continue
        around = _within(box, name, around)
        if name in _BLOCKS and "recto_spread" not in box.__dict__:
            yield _block(box, _BLOCKS[name], around)
        stack += ((child, around) for child in reversed(getattr(box, "children", ())))


def _within(box: Any, name: str, around: _Surroundings) -> _Surroundings:
    """What is said of the children of a box."""
    if name == "LineBox":
        return around._replace(line=id(box))
    block = (box.element is not None and box.element.get(BLOCK)) or around.block
    free = around.free or box.style["position"] in _OUT_OF_FLOW or "recto_is_beside" in box.__dict__
    whole = id(box) if _BLOCKS.get(name) == "table" else around.whole
    if around.noted and not whole:
        whole = id(box)
    if (block, free, whole) == (around.block, around.free, around.whole):
        return around
    return around._replace(block=block, free=free, whole=whole)


def _is_to_be_read(box: Any) -> bool:
    if not box.text.strip() or "::" in box.element_tag:
        return False
    return bool(box.style["font_size"] >= _LEAST and box.style["visibility"] == "visible")


def _text(box: Any, around: _Surroundings) -> _PrintedThing:
    size, foot = box.style["font_size"], box.position_y + box.baseline
    right = box.position_x + box.width
    what: Printed = "note" if around.noted else "line"
    return _PrintedThing(what, box.text, box.position_x, foot - _HIGH * size, right, foot, size, around)


def _block(box: Any, what: Printed, around: _Surroundings) -> _PrintedThing:
    left, top = box.position_x + box.margin_left, box.position_y + box.margin_top
    text = "" if box.element is None else box.element.get("alt") or ""
    return _PrintedThing(
        what, text, left, top, left + box.border_width(), top + box.border_height(), 0, around
    )


def _outside(mark: _PrintedThing, page: Any) -> Iterator[tuple[OverrunKind, float]]:
    """Whether a mark stands off the sheet or out of the type area, and by how many pixels."""
    over = _beyond(mark, 0, 0, page.margin_width(), page.margin_height())
    if over > _SLACK:
        yield "off-sheet", over
        return
    over = _beyond(mark, page.content_box_x(), page.content_box_y(), page.width, page.height)
    if not mark.around.free and over > max(_SLACK, _HANGS * mark.size):
        yield "in-margin", over


def _beyond(mark: _PrintedThing, left: float, top: float, width: float, height: float) -> float:
    """By how much a mark stands out of a rectangle."""
    return max(left - mark.left, top - mark.top, mark.right - left - width, mark.bottom - top - height)


def _over_others(marks: Iterable[_PrintedThing]) -> Iterator[tuple[_PrintedThing, float]]:
    """Texts that are set over another text or a picture, and pictures over a text: the later of the two.

    Nothing is held against its own line, which may have thousands of pieces.
    """
    standing: dict[int, list[tuple[int, _PrintedThing]]] = {}  # by the line, or what stands in none
    bottoms: dict[int, float] = {}
    for order, mark in sorted(enumerate(marks), key=lambda pair: pair[1].top):
        if mark.what == "table":
            continue
        own = mark.around.line or -1 - order
        for line in [each for each in standing if bottoms[each] <= mark.top]:
            del standing[line]
        others = (pair for line, pairs in standing.items() if line != own for pair in pairs)
        found = ((at, other, by) for at, other in others if (by := _covered(mark, other)))
        if covering := next(found, None):
            at, other, by = covering
            yield mark if order > at else other, by
        standing.setdefault(own, []).append((order, mark))
        bottoms[own] = max(mark.bottom, bottoms.get(own, mark.bottom))


def _covered(one: _PrintedThing, other: _PrintedThing) -> float:
    """By how many pixels one of two marks covers the other's height; 0 where both can be read."""
    sizes = [mark.size for mark in (one, other) if mark.size]
    if not sizes:
        return 0.0
    size = min(sizes)
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return down if across > _ACROSS * size and down > _COVERED * size else 0.0


def _gathered(
    found: Iterable[tuple[OverrunKind, _PrintedThing, float]], marks: Sequence[_PrintedThing]
) -> Iterator[Overrun]:
    """One overrun for all marks of a kind in one block, and one for a table or a note as a whole."""
    groups: dict[object, list[tuple[OverrunKind, _PrintedThing, float]]] = {}
    for kind, mark, by in found:
        whole = mark.around.whole if kind != "overprinted" else 0
        groups.setdefault(whole or (kind, mark.what, mark.around.block), []).append((kind, mark, by))
    for group, members in groups.items():
        shown = [mark for _, mark, _ in members]
        first, kinds = shown[0], {kind for kind, _, _ in members}
        tables = {mark.around.whole for mark in shown if mark.what == "table"}
        if group in tables:
            shown = [mark for mark in marks if mark.around.whole == group and mark.size]
        yield Overrun(
            "off-sheet" if "off-sheet" in kinds else members[0][0],
            "table" if group in tables else first.what,
            " ".join(" ".join(mark.text for mark in shown).split()[:_WORDS_SHOWN]),
            round(max(by for _, _, by in members) * _POINT, 1),
            next((mark.around.block for mark in shown if mark.around.block), ""),
        )
