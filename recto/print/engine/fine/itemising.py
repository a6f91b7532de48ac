"""A paragraph as the items that it is broken by, and what the end of a line is at each of them."""

from __future__ import annotations

from typing import NamedTuple

from recto.print.engine.fine.content import Paragraph, TextRun
from recto.print.engine.fine.measuring import Measurer, WordPart
from recto.print.engine.sparing.words import SPACES, TOKEN
from recto.print.paragraphs.items import END, FORBIDDEN, Box, Item, Penalty

_WIDEST = 1.2  # of a letter, in ems


class LineEnd(NamedTuple):
    """The end of a line: the offset in the whole text where the next one begins; with a hyphen or not."""

    offset: int
    hyphen: bool = False


class Items:
    """The items of a paragraph from an offset to its end, or to the end of a line ended by the author.

    `ends` has, for the number of each item at which a line may end, what the end of the line is then.
    `measure` is the width of the column.
    """

    def __init__(self, paragraph: Paragraph, start: int, measure: float) -> None:
        self._paragraph, self._measure = paragraph, measure
        self.items: list[Item] = []
        self.ends: dict[int, LineEnd] = {}
        stop = paragraph.stop(start)
        for run in paragraph.runs:
            if run.measurer is not None and start < run.end <= stop:
                self._add_text(run, run.measurer, max(start, run.start))
            elif run.measurer is None and start <= run.start < stop:
                self.items.append(Box(run.width))
                self._end_between(run)
        self.items += END

    def _add_text(self, run: TextRun, measurer: Measurer, start: int) -> None:
        text, offset = run.text, run.start
        measurer.learn(text)
        for match in TOKEN.finditer(text, start - offset):
            token, at, end = match[0], match.start(), match.end()
            space = token[-1] in SPACES
            letters = end - at - space
            if letters:
                whole = (at > 0 and end < len(text)) or self._is_whole(run, at, at + letters)
                breaks = self._paragraph.breaks(offset + at + 1, offset + at + letters)
                parts = measurer.parts(token, breaks, whole)
                if letters * _WIDEST * measurer.size > self._measure:
                    parts = self._broken(measurer, parts, letters)
                self._add_word(parts, offset + at)
            if space:
                self._add_space(measurer, text, end - 1, offset + end)
        if text[-1] not in SPACES:
            self._end_between(run)

    def _add_word(self, parts: tuple[WordPart, ...], start: int) -> None:
        items, ends = self.items, self.ends
        for item, cut, hyphen in parts:
            if cut:
                ends[len(items)] = LineEnd(start + cut, hyphen)
            items.append(item)

    def _broken(self, measurer: Measurer, parts: tuple[WordPart, ...], letters: int) -> tuple[WordPart, ...]:
        """The parts of a word, those wider than a line letter by letter."""
        made: list[WordPart] = []
        cuts = [part.cut for part in parts if part.cut]
        start = 0
        for part in parts:
            if part.cut:
                start = part.cut
                made.append(part)
            elif isinstance(part.item, Box) and part.item.width > self._measure:
                end = next((cut for cut in cuts if cut > start), letters)
                made += measurer.anywhere(part, start, end)
            else:
                made.append(part)
        return tuple(made)

    def _add_space(self, measurer: Measurer, text: str, at: int, offset: int) -> None:
        """Add the space before an offset."""
        paragraph, items = self._paragraph, self.items
        if text[at] != " " or not paragraph.may_end(offset):
            items.append(Penalty(FORBIDDEN))
        else:
            self.ends[len(items)] = LineEnd(offset)
            if cost := paragraph.cost(offset - 1):
                items.append(Penalty(cost))
        items.append(measurer.glue(text, at))

    def _end_between(self, run: TextRun) -> None:
        """Let a line end after a run, where that may be."""
        offset, paragraph = run.end, self._paragraph
        if run.start < offset < len(paragraph.text) and paragraph.may_end(offset):
            self.ends[len(self.items)] = LineEnd(offset)
            self.items.append(Penalty(paragraph.cost(offset)))

    def _is_whole(self, run: TextRun, at: int, end: int) -> bool:
        """Whether a word is no part of one that begins in the run before, or goes on in the next."""
        text = self._paragraph.text
        begun = at == 0 and run.start > 0 and text[run.start - 1].isalpha()
        goes_on = end == len(run.text) and run.end < len(text) and text[run.end].isalpha()
        return not (begun or goes_on)
