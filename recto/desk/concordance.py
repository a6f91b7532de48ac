"""From words of a finished book to the line of the manuscript that they were written on.

What is printed is not what was typed: marks are gone, notes and words of Recto's own have come in. But words
follow one another as they did. So a word is looked for with its neighbors, and the line where most of them
stand together is the one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from recto.model import Section
from recto.problems import Place

_WORD = re.compile(r"\w+")
_NEAR = 12  # words of the manuscript between which the neighbors may be spread
_RARE = 400  # places of a word, above which it does not tell where it is


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A line of the manuscript, and what stands on it."""

    place: Place
    text: str


class Concordance:
    """Every word of a manuscript with its places.

    `origins` are, for files whose text was made of more than the file, the lines that its lines came from.
    """

    def __init__(self, sections: Sequence[Section], origins: Mapping[str, tuple[int, ...]]) -> None:
        self._words: list[str] = []
        self._lines: list[tuple[Section, int]] = []  # of each word: its section, the line within
        self._places: dict[str, list[int]] = defaultdict(list)
        self._origins = origins
        for section in sections:
            self._take(section, -1, section.title)
            for number, line in enumerate(section.text.split("\n")):
                self._take(section, number, line)

    def find(self, before: Sequence[str], word: str, after: Sequence[str]) -> WrittenLine | None:
        """Where a word stands that has these neighbors; None where nothing is like it."""
        wanted = [*_folded(before)[-_NEAR:], *_folded([word]), *_folded(after)[:_NEAR]]
        hit = len(_folded(before)[-_NEAR:])
        votes: Counter[int] = Counter()
        for offset, each in enumerate(wanted):
            places = self._places.get(each, ())
            if len(places) <= _RARE or offset == hit:
                # words in between (marks, notes) push neighbors apart, so votes are counted by stretches
                votes.update((place - offset + hit) // 4 for place in places)
        if not votes or not wanted[hit:]:
            return None
        best = max(votes, key=lambda stretch: (votes[stretch] + votes[stretch + 1], -stretch))
        if votes[best] + votes[best + 1] < min(2, len(wanted)):
            return None
        return self._line(self._closest(wanted[hit], best * 4 + 3))

    def _closest(self, word: str, about: int) -> int:
        places = self._places.get(word, ())
        near = min(places, key=lambda place: abs(place - about), default=about)
        return near if abs(near - about) <= _NEAR else min(max(about, 0), len(self._words) - 1)

    def _line(self, at: int) -> WrittenLine:
        section, number = self._lines[at]
        if number < 0:
            return WrittenLine(section.place, section.title)
        line = section.text_line + number
        origins = self._origins.get(section.place.file, ())
        typed = origins[line - 1] if 0 < line <= len(origins) else line
        return WrittenLine(Place(section.place.file, typed), section.text.split("\n")[number])

    def _take(self, section: Section, number: int, line: str) -> None:
        for word in _folded([line]):
            self._places[word].append(len(self._words))
            self._words.append(word)
            self._lines.append((section, number))


def _folded(texts: Sequence[str]) -> list[str]:
    return [found[0] for text in texts for found in _WORD.finditer(_plain(text))]


def _plain(text: str) -> str:
    """Small letters (those of ligatures each by itself), without soft hyphens."""
    return text.casefold().replace("\u00ad", "")


def numbered(text: str, line: int, around: int) -> Iterator[tuple[int, str]]:
    """The lines of a file about one of them, with their numbers."""
    lines = text.split("\n")
    first = max(0, line - 1 - around)
    yield from enumerate(lines[first : line + around], start=first + 1)
