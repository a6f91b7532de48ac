"""How a plain text ends: lines at its end that say nothing whole belong to it no longer."""

from __future__ import annotations

import re

from recto.forms.stops import FULL_STOPS

_OPENING_QUOTES = "“\"'‘«„("
SENTENCE_END = re.compile(rf"[{FULL_STOPS}:;,][\"'”’»」』）)\]*_]*$")


def is_prose(lines: list[str], start: int) -> bool:
    """Every paragraph of a plain text is running text."""
    del lines, start
    return True


def left_over(text: str) -> int:
    """How many of the last lines of a text are left over: short lines alone that end no sentence.

    At least one paragraph is always left to the section.
    """
    lines = text.split("\n")
    end = len(lines)
    while True:
        start = end
        while start and not lines[start - 1].strip():
            start -= 1
        if (
            not start
            or not _is_leftover(lines, start)
            or not any(line.strip() for line in lines[: start - 1])
        ):
            return len(lines) - end
        end = start - 1


def _is_leftover(lines: list[str], end: int) -> bool:
    """True where the paragraph that ends with the line before `end` is one line that says nothing whole."""
    line = lines[end - 1].strip()
    if end > 1 and lines[end - 2].strip():
        return False
    if not has_words(line):
        return True
    if SENTENCE_END.search(line):
        return False
    if line[0] in _OPENING_QUOTES or line[0].islower() or line[0].isdigit():
        return False
    framed = not line[0].isalnum() and not line[-1].isalnum()
    return framed or len(line.split()) <= 4


def has_words(line: str) -> bool:
    """Tell whether a line says anything: `***` does not."""
    return any(letter.isalnum() for letter in line)
