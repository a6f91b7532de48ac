"""What speaks for a phrase beside its use in the text: titles, what is set apart or in code, definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from recto.index.reading.blocks import Block, Run
from recto.index.reading.defined_terms import definitions
from recto.index.reading.speech import speech
from recto.index.reading.words import Stopwords, Word, stopwords, words

Key = tuple[str, ...]
Place = tuple[int, int]

LONGEST = 4  # words of a phrase
TITLE = -1  # the block of the section's own title

_PIECE = re.compile(r"\s*:(?:\s+|$)|\s*[;,?!()]\s*|\s+[—–-]\s+|\s+(?:vs\.?|versus)\s+")


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that speaks for a phrase beside its use.

    kind    `piece` (whole between colons and commas of a title), `code`, `set apart`, `defined` or `called`
    keys    the phrases meant: of `called` the first that is a candidate; after `code`, with the next word
    surface how a piece is written
    """

    kind: Literal["piece", "code", "set apart", "defined", "called"]
    place: Place
    keys: tuple[Key, ...]
    surface: str = ""


def signs(title: str, found: Sequence[Block], language: str) -> tuple[Sign, ...]:
    """The signs in a section with this title and text, in their order."""
    reader = _SignReader(language)
    reader.read(title, found)
    return tuple(reader.found)


class _SignReader:
    """Looks for the signs in one section."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.stop: Stopwords = stopwords(language)
        self.before_verbs = speech(language).before_verbs
        self.found: list[Sign] = []

    def read(self, title: str, found: Sequence[Block]) -> None:
        self._read_title(title, TITLE)
        for number, block in enumerate(found):
            if block.kind == "heading":
                self._read_title(block.text, number)
            elif block.kind != "note":
                for run in block.runs:
                    self._read_run(block, number, run)
                self._read_definitions(block, number)

    def _read_title(self, title: str, block: int) -> None:
        """Take down the pieces of a title between colons and commas, whole, as candidates too."""
        for piece in _PIECE.split(" ".join(title.split())):
            found = words(piece, self.language)
            while found and found[0].text.lower() in ("the", "a", "an", "and", "or"):
                found = found[1:]
            if 0 < len(found) <= LONGEST and self._is_heading(found):
                surface = " ".join(word.text for word in found)
                self.found.append(Sign("piece", (block, 0), (_key(found),), surface))

    def _is_heading(self, found: Sequence[Word]) -> bool:
        """Tell whether a piece of a title reads like a heading: no question, no sentence."""
        first, last = found[0].text.lower(), found[-1]
        if last.fold in self.stop.never and not first.endswith("ing"):
            return False
        return not (first in self.stop.never and not first.endswith("ing")) and not any(
            word.text.lower() in self.before_verbs for word in found[1:-1]
        )

    def _read_run(self, block: Block, number: int, run: Run) -> None:
        """Take down what is set apart from the text around it."""
        key = _key(words(block.text[run.start : run.end], self.language))
        place = number, run.start
        if run.kind == "code":
            self.found.append(Sign("code", place, (key, *self._with_next_word(key, block, run))))
        elif run.kind != "link":
            self.found.append(Sign("set apart", place, (key,)))

    def _with_next_word(self, key: Key, block: Block, run: Run) -> Iterator[Key]:
        """The phrase that is a run and the word after it: `len` function."""
        after = words(block.text[run.end : run.end + 24], self.language)
        if key and after and block.text[run.end] == " ":
            yield (*key, after[0].fold)

    def _read_definitions(self, block: Block, number: int) -> None:
        """Take down what is called something, and what a sentence says to be something."""
        for found in definitions(block.text, self.language):
            key = _key(found.words)
            most = min(len(key), LONGEST)
            keys = tuple(key[:length] for length in range(most, 0, -1)) if found.called else (key,)
            self.found.append(Sign("called" if found.called else "defined", (number, found.offset), keys))


def _key(found: Sequence[Word]) -> Key:
    return tuple([word.fold for word in found])
