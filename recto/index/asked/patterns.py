"""Patterns of the term list: regular expressions of a kind whose search always ends soon.

A pattern has characters, classes (`\\w`, `[a-z]`, `.`), alternatives, groups, and repeats of a single
character or class; a group can only be made optional. So no repeat stands within another, and the steps of a
search are bounded by the product of the repeats, which is limited. It begins and ends at the edge of a word.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

WINDOW = 60  # characters that a pattern may span
_MOST_STEPS = 4000
_DEEPEST = 5
_ATOM = re.compile(
    r"""\\[wdsWDSbB] | \\[^\w\s] | \[\^?\]?(?:[^\]\\]|\\[wdsWDS]|\\[^\w\s])*\] | [^\\()\[\]|?*+{}^$]""",
    re.VERBOSE,
)
_REPEAT = re.compile(r"(?:(?P<sign>[?*+])|\{(?P<least>\d{0,2})(?P<upto>,(?P<most>\d{0,2}))?\})\??")
_START = re.compile(r"(?<!\w)\S")


class PatternError(ValueError):
    """A pattern that can't be used; the message says why."""


def compiled(pattern: str, *, exact: bool = False) -> re.Pattern[str]:
    """A pattern ready to search with; in any case but where it is `exact`. Raises PatternError."""
    reader = _PatternReader(pattern)
    steps = reader.alternatives(0)
    if reader.position < len(pattern):
        raise PatternError(f"there is no use for the {pattern[reader.position]} in it")
    if steps > _MOST_STEPS:
        raise PatternError("it has too many repeats")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "error", FutureWarning
            )  # `[[` and the like: to mean something else some day
            return re.compile(f"(?:{pattern})(?!\\w)", 0 if exact else re.IGNORECASE)
    except (re.error, OverflowError, FutureWarning) as fault:
        raise PatternError(f"it can't be read: {fault}") from fault


def places(text: str, patterns: Mapping[int, Iterable[re.Pattern[str]]]) -> Iterator[tuple[int, int]]:
    """The first place of each pattern in a text: the number it is listed under, and the character."""
    starts = [found.start() for found in _START.finditer(text)] if patterns else []
    for number, wanted in patterns.items():
        for pattern in wanted:
            matches = (pattern.match(text, start, start + WINDOW) for start in starts)
            first = next((match for match in matches if match and match[0].strip()), None)
            if first is not None:
                yield number, first.start()


@dataclass(slots=True)
class _PatternReader:
    """Reads a pattern from left to right and counts the steps that a search at one place can take."""

    pattern: str
    position: int = 0

    def alternatives(self, depth: int) -> int:
        """Sequences parted by bars: their steps add up."""
        steps = self._sequence(depth)
        while self._at("|"):
            self.position += 1
            steps += self._sequence(depth)
        return steps

    def _sequence(self, depth: int) -> int:
        """Pieces one after another: their steps multiply."""
        steps = 1
        while self.position < len(self.pattern) and self.pattern[self.position] not in "|)":
            steps *= self._piece(depth)
            if steps > _MOST_STEPS:
                raise PatternError("it has too many repeats")
        return steps

    def _piece(self, depth: int) -> int:
        group = self._at("(")
        steps = self._group(depth) if group else self._atom()
        repeat = _REPEAT.match(self.pattern, self.position)
        if not repeat:
            return steps
        self.position = repeat.end()
        if repeat["sign"] == "?":
            return steps + 1
        if group:
            raise PatternError("a group may be optional, (…)?, but not repeated")
        most = repeat["most"] if repeat["upto"] else repeat["least"]
        return min(int(most), WINDOW) + 1 if most else WINDOW

    def _group(self, depth: int) -> int:
        if depth == _DEEPEST:
            raise PatternError("its groups are nested too deep")
        self.position += 3 if self.pattern.startswith("(?:", self.position) else 1
        if self._at("?"):
            raise PatternError("a group may begin with (?: but not with any other (?")
        steps = self.alternatives(depth + 1)
        if not self._at(")"):
            raise PatternError("a parenthesis is not closed")
        self.position += 1
        return steps

    def _atom(self) -> int:
        found = _ATOM.match(self.pattern, self.position)
        if found is None:
            raise PatternError(f"there is no use for the {self.pattern[self.position]} in it")
        self.position = found.end()
        return 1

    def _at(self, sign: str) -> bool:
        return self.pattern.startswith(sign, self.position)
