"""Titles in a plain text without numbers: lines alone in capitals or asterisks, and lines above a rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from recto.forms.source_file import SourceHeading

_LONGEST = 80  # characters
_RULE = re.compile(r"([=\-~*_])\1{2,}")
_STARRED = re.compile(r"(?P<marks>\*{1,3}|_{1,3})[ \t]*(?P<words>[^\W_](?:[^*_]*[^*_\s])?)[ \t]*(?P=marks)")
_ENDS = re.compile(r"[.;:,][\"'”’»)\]]*$")  # a title may ask, and call out
_FEWEST = 2  # what stands alone once may be shouted


def titles_by_look(lines: Sequence[str]) -> tuple[SourceHeading, ...]:
    """The titles of chapters: those above rules, between asterisks, or in capitals; several, with text below.

    Rules of another sign are those of another level, in the order in which they come first, where a title
    has others below it and no text.
    """
    for found in ([*_underlined(lines)], [*_starred(lines)], [*_in_capitals(lines)]):
        ends = [*(each.line for each in found[1:]), len(lines) + 1]
        pairs = zip(found, ends, strict=True) if found else ()
        texts = [_has_text(lines[each.text_line - 1 : end - 1]) for each, end in pairs]
        if len(found) < _FEWEST:
            continue
        if all(texts):
            return tuple(replace(each, level=1) for each in found)
        deeper = [after.level > each.level for each, after in pairwise(found)]
        if all(text or below for text, below in zip(texts, [*deeper, False], strict=True)):
            return tuple(found)
    return ()


def title_above(lines: Sequence[str]) -> tuple[str, int]:
    """The first line of a text if it is a title, underlined or alone, and the line after it; else ("", 1)."""
    first = next((number for number, line in enumerate(lines, 1) if line.strip()), 0)
    words = _title(lines, first) if first else ""
    below = lines[first].strip() if first < len(lines) else ""
    is_ruled = _RULE.fullmatch(below) is not None
    begins = first + 1 + is_ruled
    is_apart = is_ruled or not below
    is_named = bool(words) and words[0].isalnum() and not words[0].islower()
    return (words, begins) if is_named and is_apart and _has_text(lines[begins - 1 :]) else ("", 1)


def _underlined(lines: Sequence[str]) -> Iterator[SourceHeading]:
    signs: list[str] = []
    for number in range(1, len(lines)):
        words, rule = _title(lines, number), lines[number].strip()
        if words and _RULE.fullmatch(rule):
            signs += [rule[0]] * (rule[0] not in signs)
            yield SourceHeading(signs.index(rule[0]) + 1, words, "", number, number + 2)


def _starred(lines: Sequence[str]) -> Iterator[SourceHeading]:
    for number in range(1, len(lines) + 1):
        found = _STARRED.fullmatch(_title(lines, number))
        below = lines[number].strip() if number < len(lines) else ""
        if found and not below and not _ENDS.search(found["words"]):
            yield SourceHeading(1, found["words"], "", number, number + 1)


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
