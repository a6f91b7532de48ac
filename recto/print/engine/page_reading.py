"""Reading the pages of a unit out of its boxes: anchors, text, where in the text each page and line begins.

The boxes are those of WeasyPrint's page tree (`PageBox` and below); they are only looked at, by duck typing.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from recto.galley import BLOCK, kind, length
from recto.model import Line, Page, TextPosition
from recto.print.engine.overruns import overruns

_POINT = 0.75  # of a CSS pixel: CSS Values 4, 6.2


class PageReader:
    """Reads the pages of one unit, first to last: it knows what stood on the pages before."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._drawn: Counter[str] = Counter()  # characters of each block on the pages so far
        self._headers: set[int] = set()  # table headers drawn before: the next page repeats them

    def read(self, page_box: Any) -> Page:
        """One page; must be called in order. `page_box` is the page's own box."""
        height = page_box.margin_height()
        flow, notes, moved, ended = (_PageText(self, height) for _ in range(4))
        flow.moved, flow.notes = moved, ended
        for box in page_box.children:
            kind = type(box).__name__
            if kind == "FootnoteAreaBox":
                notes.add(box, None)
            elif kind != "MarginBox":
                flow.add(box, None)
        text, offsets = _fold(flow)
        aside = notes, moved, ended
        anchors = tuple(anchor for each in (flow, *aside) for _, anchor in each.anchors)
        offsets += (len(text),) * (len(anchors) - len(offsets))
        # a page for the rest of a note or a moved figure alone is blank to the print engine
        blank = bool(getattr(page_box.page_type, "blank", False)) and not any(each.length for each in aside)
        lines = tuple(line for each in (flow, *aside) for line in each.lines)
        for each in (flow, *aside):
            self._drawn.update(each.drawn)
        noted = f"{_fold(notes)[0]} {_fold(ended)[0]}".strip()
        rows = 0 if notes.tops else len(flow.tops | ended.tops)
        return Page(
            anchors, text, flow.start, blank, offsets, noted, lines, overruns(page_box), _fold(moved)[0], rows
        )

    def is_new(self, anchor: str) -> bool:
        """Tell whether an anchor is met for the first time: a box that goes on overleaf repeats it."""
        if anchor in self._seen:
            return False
        self._seen.add(anchor)
        return True

    def is_repeated_header(self, box: Any) -> bool:
        """Tell whether a box is a table header that stood on an earlier page already."""
        if not getattr(box, "is_header", False):
            return False
        key = id(box.element)
        repeated = key in self._headers
        self._headers.add(key)
        return repeated

    def drawn(self, block: str) -> int:
        """How many characters of a block stand on the pages before this one."""
        return self._drawn[block]


class _PageText:
    """The text of one page's flow (or of its notes) while it is gathered."""

    def __init__(self, reader: PageReader, height: float) -> None:
        self._reader, self._height = reader, height
        self.pieces: list[str] = []
        self.length = 0
        self.anchors: list[tuple[int, str]] = []  # offset in the unfolded text, anchor
        self.drawn: Counter[str] = Counter()
        self.start: TextPosition | None = None
        self.lines: list[Line] = []
        self.tops: set[float] = set()  # of all lines, from the head of the page
        self._hyphen = ""  # what a divided word of the line ends with; a line without text has none
        self.moved: _PageText | None = None  # for what came from the page before
        self.notes: _PageText | None = None  # for notes that stand in the flow
        self._line: Any = None  # the line box that text is being taken from
        self._begun: tuple[Any, str | None] = None, None  # the line and block of the last in `lines`

    def add(self, box: Any, block: str | None) -> None:
        """Take in a box and all below it; `block` is the `data-b` of the block they stand in."""
        box = getattr(box, "_box", box)  # a placeholder of something positioned
        if text := getattr(box, "text", None):
            self._add_text(box, text, block)
            return
        found = "text" if box.element is None else kind(box.element)
        if found == "note" and self.notes is not None:
            self.notes.add(box, block)  # at the end of a chapter, or of the book
            return
        if (anchor := box.style["anchor"]) and self._reader.is_new(anchor):
            self.anchors.append((self.length, anchor))
        if box.element is not None:
            if found == "inserted" or self._is_repeated(box):
                return
            block = box.element.get(BLOCK) or block
        is_line = type(box).__name__ == "LineBox"
        around, self._line = self._line, box if is_line else self._line
        if is_line:
            self._hyphen = ""
        for child in getattr(box, "children", ()):
            self._of(child).add(child, block)
        self._line = around
        if is_line:
            self._end_line()

    def _is_repeated(self, box: Any) -> bool:
        """Tell whether a box is what the print engine adds to the text, or says of it once more."""
        added = "::" in box.element_tag or "recto_repeats" in box.__dict__
        return added or self._reader.is_repeated_header(box)

    def _of(self, box: Any) -> _PageText:
        """Where a box belongs: what came from the page before is no part of the text around it."""
        return self.moved if self.moved is not None and "recto_carried_over" in box.__dict__ else self

    def _add_text(self, box: Any, text: str, block: str | None) -> None:
        self._hyphen = hyphen = box.style["hyphenate_character"]
        self.pieces.append(text)
        self.length += len(text)
        count = length(text)
        if count:
            self.tops.add(round(box.position_y, 1))
        if block is None or not count:
            return
        if self._begun != (self._line, block):
            self._begun = self._line, block
            passed = self._reader.drawn(block) + self.drawn[block]
            self.lines.append((block, passed, round((self._height - box.position_y) * _POINT, 2)))
        if self.start is None:
            self.start = TextPosition(block, self._reader.drawn(block))
        if hyphen and text.endswith(hyphen):
            count -= len(hyphen)
        self.drawn[block] += count

    def _end_line(self) -> None:
        """Take the hyphen of a divided word off again; otherwise a line's end is a space."""
        if self._hyphen and self.pieces[-1].endswith(self._hyphen):
            self.length -= len(self._hyphen)
            self.pieces[-1] = self.pieces[-1].removesuffix(self._hyphen)
        else:
            self.pieces.append(" ")
            self.length += 1


def _fold(galley: _PageText) -> tuple[str, tuple[int, ...]]:
    """The text with white space folded and soft hyphens out; for each anchor how much of it stands before."""
    raw = "".join(galley.pieces)
    folded, offsets, done = "", [], 0
    for offset, _ in galley.anchors:
        folded = _join(folded, raw[done:offset])
        offsets.append(len(folded))
        done = offset
    return _join(folded, raw[done:]).rstrip(), tuple(offsets)


def _join(folded: str, more: str) -> str:
    """Add text to folded text; a space at the seam is kept as one."""
    words = " ".join(more.replace("\u00ad", "").replace("\u200b", "").split())
    if not words:
        return folded + " " if more and folded and not folded.endswith(" ") else folded
    opening = " " if more[0].isspace() and folded and not folded.endswith(" ") else ""
    return f"{folded}{opening}{words}{' ' if more[-1].isspace() else ''}"
