"""The contents of a paragraph one after the other, and as one text."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from typing import Any, NamedTuple

from recto import galley as grammar
from recto.print.engine.fine.asked import Asked, asked
from recto.print.engine.fine.measuring import Measurer, measurer_of
from recto.print.engine.inner import (
    InlineBlockBox,
    InlineBox,
    InlineReplacedBox,
    TextBox,
    atomic_box,
    ffi,
    get_log_attrs,
    resolve_percentages,
)
from recto.print.engine.sparing.shaped_words import LATIN
from recto.print.paragraphs.holding import costs_of_parting
from recto.print.paragraphs.items import FORBIDDEN

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]")
_JOINER = "\u2060"  # in place of the letters of a note's call: no line ends before it
_PICTURE = "\u2e80"  # in place of what is no text: as WeasyPrint, lines may end before it and after it
_NEWLINE = "\n"
_LOW = 0 if sys.byteorder == "little" else 3
_IS_SPACE = bytes(value == 0x20 for value in range(256))
_IS_BREAK = bytes(value & 1 for value in range(256))  # the first bit of PangoLogAttr


class UnfitError(Exception):
    """A paragraph that has to be left to the print engine."""


class TextRun(NamedTuple):
    """A text of a paragraph, a picture, or an edge of a box, which is empty."""

    box: Any
    path: tuple[int, ...]  # to the box, by the children of boxes
    start: int  # in the whole text
    end: int
    width: float  # of what is no text
    text: str  # as it is set, for that of a call is another in the whole
    measurer: Measurer | None  # of text


class Paragraph:
    """A paragraph: its runs, its whole text, and where lines may end in it."""

    def __init__(
        self, children: tuple[Any, ...], wanted: Asked, runs: list[TextRun], text: str, language: str | None
    ) -> None:
        self.children = children  # of the line box that it was read from
        self.asked, self.runs, self.text = wanted, runs, text
        # what its lines hang on, but for the column that they are set in
        self.digest = (text, language, wanted, tuple([run[2:] for run in runs]))
        measurer = next((run.measurer for run in runs if run.measurer is not None), None)
        self.known: dict[Any, Any] = measurer.plans if measurer is not None else {}
        self._texts = {run.path: run for run in runs if run.measurer is not None}
        self._firsts: dict[tuple[int, ...], int] = {}  # where a box begins, by the path to it
        for run in runs:
            for depth in range(1, len(run.path) + 1):
                self._firsts.setdefault(run.path[:depth], run.start)
        self._costs = costs_of_parting(text, language)
        marks = get_log_attrs(text, language)
        self._breaks = bytearray(bytes(ffi.buffer(marks))[_LOW::4].translate(_IS_BREAK))
        for offset, cost in self._costs.items():
            if cost >= FORBIDDEN:
                self._breaks[offset] = 0
        self._odd = self._find_odd()

    def at(self, stack: Any) -> int:
        """The offset at which the print engine resumes the paragraph. Raises UnfitError."""
        path: list[int] = []
        while stack:
            ((index, stack),) = stack.items()
            path.append(index or 0)
        if (text := self._texts.get(tuple(path[:-1]))) is not None:
            return text.start + len(text.text.encode()[: path[-1]].decode())
        if (first := self._firsts.get(tuple(path))) is not None:
            return first
        for run in self.runs:
            if run.path[: len(path)] >= tuple(path):
                return run.start
        raise UnfitError

    def next_odd(self, start: int) -> int:
        """The first offset after another where a line may end otherwise than spaces tell, or one beyond."""
        odd = self._odd
        at = bisect_right(odd, start)
        return odd[at] if at < len(odd) else len(self.text) + 1

    def _find_odd(self) -> list[int]:
        """All such offsets: where breaks are not those after the bytes of spaces."""
        after_spaces = b"\0" + self.text.encode("utf-32-le")[::4].translate(_IS_SPACE)
        differ = int.from_bytes(self._breaks, "big") ^ int.from_bytes(after_spaces, "big")
        found = differ.to_bytes(len(self._breaks), "big")
        odd, at = [offset + 1 for offset in self._costs], found.find(1)
        while at >= 0:
            odd.append(at)
            at = found.find(1, at + 1)
        return sorted(odd)

    def stop(self, start: int) -> int:
        """Where the author ends a line that starts at an offset or after it."""
        return self.text.find(_NEWLINE, start) + 1 or len(self.text)

    def may_end(self, offset: int) -> bool:
        """Whether a line may end before an offset."""
        return bool(self._breaks[offset])

    def breaks(self, start: int, end: int) -> bytes:
        """For each offset between two, whether a line may end there; nothing if at none."""
        return bytes(self._breaks[start:end]) if self._breaks.find(1, start, end) >= 0 else b""

    def cost(self, offset: int) -> int:
        """What it costs to part the text at an offset."""
        return self._costs.get(offset, 0)


def leading_floats(linebox: Any) -> int:
    """How many boxes a paragraph begins with that float: a letter that is let in."""
    return next(
        (at for at, child in enumerate(linebox.children) if not child.is_floated()), len(linebox.children)
    )


def read(context: Any, linebox: Any, containing_block: Any) -> Paragraph:
    """The paragraph of a line box. Raises UnfitError."""
    wanted = asked(linebox.style)
    if wanted is None:
        raise UnfitError
    reader = _ContentReader(context, containing_block, wanted, linebox.style["direction"])
    reader.read(linebox, ())
    text = "".join(reader.texts)
    if linebox.style["direction"] == "ltr" and _RIGHT_TO_LEFT.search(text):
        raise UnfitError
    return Paragraph(linebox.children, wanted, reader.runs, text, linebox.style["lang"])


class _ContentReader:
    """Goes through the boxes of a paragraph."""

    def __init__(self, context: Any, containing_block: Any, wanted: Asked, direction: str) -> None:
        self._context, self._around, self._asked = context, containing_block, wanted
        self._direction = direction
        self.runs: list[TextRun] = []
        self.texts: list[str] = []

    def read(self, parent: Any, path: tuple[int, ...]) -> None:
        """Read what is in a box. Raises UnfitError."""
        for index, child in enumerate(parent.children):
            way = (*path, index)
            if not child.is_in_normal_flow():
                if child.is_floated() and (path or index >= leading_floats(parent)):
                    raise UnfitError  # it stands beside the line that it comes to be in
            elif isinstance(child, TextBox):
                self._read_text(child, way)
            elif isinstance(child, InlineBox) and not child.is_leader:
                left, right = self._edges(child)
                self._add(child, way, width=left)
                self.read(child, way)
                self._add(child, way, width=right)
            elif isinstance(child, InlineReplacedBox | InlineBlockBox):
                resolve_percentages(child, self._around)
                made = atomic_box(self._context, child, 0, None, self._around, [], [])
                self._add(child, way, _PICTURE, made.margin_width())
            else:
                raise UnfitError

    def _read_text(self, box: Any, way: tuple[int, ...]) -> None:
        style, text = box.style, box.text
        if style["white_space"] == "pre-line" and text == _NEWLINE:
            self._add(box, way, _NEWLINE)
        elif style["white_space"] in ("normal", "nowrap") and style["direction"] == self._direction:
            shown = _JOINER * len(text) if _calls_note(box) else text
            self._add(
                box, way, shown, measurer=measurer_of(style, self._asked, LATIN.search(text) is not None)
            )
        else:
            raise UnfitError

    def _add(
        self,
        box: Any,
        way: tuple[int, ...],
        shown: str = "",
        width: float = 0.0,
        measurer: Measurer | None = None,
    ) -> None:
        if shown or width:
            start = self.runs[-1].end if self.runs else 0
            self.texts.append(shown)
            text = box.text if measurer is not None else ""
            self.runs.append(TextRun(box, way, start, start + len(shown), width, text, measurer))

    def _edges(self, box: Any) -> tuple[float, float]:
        """The widths of margin, border and padding of an inline box, left and right."""
        resolve_percentages(box, self._around)
        left, right = (
            sum(
                width
                for width in (
                    getattr(box, f"margin_{side}"),
                    getattr(box, f"padding_{side}"),
                    getattr(box, f"border_{side}_width"),
                )
                if width != "auto"
            )
            for side in ("left", "right")
        )
        return left, right


def _calls_note(box: Any) -> bool:
    """Whether a text is the call of a note: of one at the foot, of one at an end, or once more of either."""
    if box.element_tag.endswith("footnote-call"):
        return True
    names = (box.element.get("class") or "") if box.element_tag == "a" else ""
    return grammar.NOTEREF in names or grammar.ENDNOTE_CALL in names
