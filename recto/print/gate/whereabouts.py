"""Where in the author's files something printed was written: its file and line, for problems.

A galley tells of its text only which section it came from. The words of a passage are looked for in the
source of that section, then of all others: by their letters, as the gate compares (recto.print.gate.letters).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from recto.galley import BLOCK
from recto.model import Galley, Section, SetSection
from recto.print.gate.letters import letters
from recto.problems import Place

_LOOKED_FOR = (48, 24, 12, 6)  # letters: markup between the words may break the longer ones


class Whereabouts:
    """Finds passages of a book in its manuscript. Nothing is read before the first is asked for."""

    def __init__(self, galleys: Sequence[Galley]) -> None:
        self._galleys = galleys

    def of_block(self, block: str, words: str, elsewhere: Place) -> Place:
        """The place of words that stand in a block (a `data-b`; "" where it is not known).

        `elsewhere` is what is said of words that stand in no section, such as those of the index.
        """
        mark = f'{BLOCK}="{block}"'
        section = next((each for each in self._sections if block and mark in each.html), None)
        return self.of(words, section) if section else self._anywhere(words) or elsewhere

    def of(self, words: str, section: SetSection) -> Place:
        """The place of words of a section: their line, or else that of the section's heading."""
        source = self._sources.get(section.heading.anchor)
        return (source and _found(words, source)) or self._anywhere(words) or section.place

    def _anywhere(self, words: str) -> Place | None:
        found = (_found(words, source) for source in self._sources.values())
        return next((place for place in found if place), None)

    @cached_property
    def _sections(self) -> tuple[SetSection, ...]:
        return tuple(section for galley in self._galleys for section in galley.all_sections)

    @cached_property
    def _sources(self) -> dict[str, _SourceLetters]:
        """What each section was set from, by its anchor."""
        return {
            anchor: _SourceLetters(section) for galley in self._galleys for anchor, section in galley.sources
        }


class _SourceLetters:
    """The letters of a section as it was written, and where among them its lines begin."""

    def __init__(self, section: Section) -> None:
        self._section = section

    def line(self, wanted: str) -> int | None:
        """The line of the file on which some letters begin."""
        at = self._letters.find(wanted)
        if at < 0:
            return None
        index = bisect_right(self._starts, at) - 1
        return self._section.place.line if index == 0 else self._section.text_line + index - 1

    @property
    def file(self) -> str:
        """The file as problems name it."""
        return self._section.place.file

    @cached_property
    def _lines(self) -> list[str]:
        return [letters(line) for line in (self._section.title, *self._section.text.split("\n"))]

    @cached_property
    def _letters(self) -> str:
        return "".join(self._lines)

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate(map(len, self._lines[:-1]), initial=0))


def _found(words: str, source: _SourceLetters) -> Place | None:
    wanted = letters(words)
    lines = (source.line(wanted[:length]) for length in _LOOKED_FOR if wanted)
    line = next((line for line in lines if line is not None), None)
    return None if line is None else Place(source.file, line)
