"""Titles in a plain text without numbers: lines alone in capitals, and lines above a rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recto.forms.source_file import SourceHeading

_LONGEST = 80  # characters
_RULE = re.compile(r"([=\-~*_])\1{2,}")
_ENDS = re.compile(r"[.;:,][\"'”’»)\]]*$")  # a title may ask, and call out
_FEWEST = 2  # what stands alone once may be shouted


def titles_by_look(lines: Sequence[str]) -> tuple[SourceHeading, ...]:
    """The titles of chapters: those above rules, else those in capitals; several, with text below each."""
    for found in ([*_underlined(lines)], [*_in_capitals(lines)]):
        ends = [*(each.line for each in found[1:]), len(lines) + 1]
        pairs = zip(found, ends, strict=True) if found else ()
        if len(found) >= _FEWEST and all(
            _has_text(lines[each.text_line - 1 : end - 1]) for each, end in pairs
        ):
            return tuple(found)
    return ()


def _underlined(lines: Sequence[str]) -> Iterator[SourceHeading]:
    for number in range(1, len(lines)):
        words = _title(lines, number)
        if words and _RULE.fullmatch(lines[number].strip()):
            yield SourceHeading(1, words, "", number, number + 2)


def _in_capitals(lines: Sequence[str]) -> Iterator[SourceHeading]:
    for number in range(1, len(lines) + 1):
        words = _title(lines, number)
        below = lines[number].strip() if number < len(lines) else ""
        if words.isupper() and sum(map(str.isalpha, words)) > 2 and not below:
            yield SourceHeading(1, words, "", number, number + 1)


def _title(lines: Sequence[str], number: int) -> str:
    """The words of a line, from 1, that has a blank one above and ends like a title; "" for another."""
    words = lines[number - 1].strip()
    above = lines[number - 2].strip() if number > 1 else ""
    return words if words and not above and len(words) <= _LONGEST and not _ENDS.search(words) else ""


def _has_text(lines: Sequence[str]) -> bool:
    return any(len(each.split()) > 3 and not each.isupper() for each in lines)
