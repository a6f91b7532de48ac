"""A paragraph as the items that it is broken by, and what the end of a line is at each of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import NamedTuple

from recto.print.engine.fine.content import Paragraph, TextRun
from recto.print.engine.fine.measuring import Measurer, WordPart, WordParts
from recto.print.engine.sparing.shaped_words import SPACES, TOKEN
from recto.print.paragraphs.items import END, FORBIDDEN, Box, Item, Penalty

_WIDEST = 1.2  # of a letter, in ems


class LineEnd(NamedTuple):
    """The end of a line: the offset in the whole text where the next one begins; with a hyphen or not."""

    offset: int
    hyphen: bool


class Items:
    """The items of a paragraph from an offset to its end, or to the end of a line ended by the author.

    `measure` is the width of the column. `loose` counts the letters of words that may be parted anywhere.
    """

    def __init__(self, paragraph: Paragraph, start: int, measure: float) -> None:
        self._paragraph, self._measure = paragraph, measure
        self.items: list[Item] = []
        self.loose = 0
        self._firsts: list[int] = []  # the number of the first item of each word
        self._offsets: list[int] = []  # where it begins in the text
        self._parts: list[WordParts] = []
        stop = paragraph.stop(start)
        runs = paragraph.runs
        for number in range(bisect_left(runs, start, key=attrgetter("end")), len(runs)):
            run = runs[number]
            if run.start >= stop:
                break
            if run.measurer is not None and start < run.end <= stop:
                self._add_text(run, run.measurer, max(start, run.start))
            elif run.measurer is None and start <= run.start < stop:
                self.items.append(Box(run.width))
                self._end_between(run)
        self.items += END

    def end(self, number: int) -> LineEnd:
        """What the end of a line is at the item of a number."""
        word = bisect_right(self._firsts, number) - 1
        _, cut, hyphen = self._parts[word][number - self._firsts[word]]
        return LineEnd(self._offsets[word] + cut, hyphen)

    def _add_text(self, run: TextRun, measurer: Measurer, start: int) -> None:
        text, at, last = run.text, start, len(run.text) + run.start
        measurer.learn(text)
        odd = self._paragraph.next_odd(start)
        longest = self._measure / (_WIDEST * measurer.size)
        items, firsts, known = self.items, self._firsts, measurer.known
        for token in TOKEN.findall(text, start - run.start):
            end = at + len(token)
            if at == run.start or end >= odd or end == last or len(token) > longest:
                parts = self._odd_word(run, measurer, token, at, end)
                if end >= odd:
                    odd = self._paragraph.next_odd(end)
                made = tuple([part.item for part in parts])
            else:
                made, parts = known.get(token) or measurer.word(token)
            firsts.append(len(items))
            self._offsets.append(at)
            self._parts.append(parts)
            items += made
            at = end
        if text[-1] not in SPACES:
            self._end_between(run)

    def _odd_word(self, run: TextRun, measurer: Measurer, token: str, at: int, end: int) -> WordParts:
        """A word, with the space after it, that is not what it would be by itself."""
        paragraph, space = self._paragraph, token[-1] in SPACES
        letters = len(token) - space
        made: list[WordPart] = []
        if letters:
            whole = self._is_whole(run, at - run.start, at + letters - run.start)
            parts = measurer.parts(token, paragraph.breaks(at + 1, at + letters), whole)
            if letters * _WIDEST * measurer.size > self._measure:
                parts = self._broken(measurer, parts, letters)
            made += parts
        if space:
            if token[-1] != " " or not paragraph.may_end(end):
                made.append(WordPart(Penalty(FORBIDDEN)))
            elif cost := paragraph.cost(end - 1):
                made.append(WordPart(Penalty(cost), len(token)))
            made.append(WordPart(measurer.glue(token[-1]), len(token)))
        return tuple(made)

    def _broken(self, measurer: Measurer, parts: WordParts, letters: int) -> WordParts:
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
                self.loose += end - start
            else:
                made.append(part)
        return tuple(made)

    def _end_between(self, run: TextRun) -> None:
        """Let a line end after a run, where that may be."""
        offset, paragraph = run.end, self._paragraph
        if run.start < offset < len(paragraph.text) and paragraph.may_end(offset):
            part = WordPart(Penalty(paragraph.cost(offset)), offset - run.start)
            self._firsts.append(len(self.items))
            self._offsets.append(run.start)
            self._parts.append((part,))
            self.items.append(part.item)

    def _is_whole(self, run: TextRun, at: int, end: int) -> bool:
        """Whether a word is no part of one that begins in the run before, or goes on in the next."""
        text = self._paragraph.text
        begun = at == 0 and run.start > 0 and text[run.start - 1].isalpha()
        goes_on = end == len(run.text) and run.end < len(text) and text[run.end].isalpha()
        return not (begun or goes_on)
