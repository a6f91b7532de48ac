"""Numbers of headings in a plain text that are written otherwise: `II.3 The Bridge`, `1.2a Nets`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from recto.forms.naming.heading_text import numeral, read_heading
from recto.forms.stops import CLAUSE_END
from recto.forms.text.simple import lines_alone

_LONGEST = 80  # characters
_ROMAN = re.compile(r"(?P<roman>[IVXL]{1,8})(?P<rest>(?:\.\d{1,3}){1,4}(?:[.:)]|(?=\s)).*)")
# `1.2a`, `A1`, `Part 2, Chapter 3`, `Chapter 4b`: a number and more than a number
_UNREAD = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3}){1,3}[a-z]|[A-Z]\d{1,2}(?:\.\d{1,3}){1,3})[.:)]?\s+[^\W\d_].*"
    r"|(?P<base>[^\W\d_]{2,20}\.?\s+\d{1,3})[a-z](?:(?:[.:)]|\s+[–—-])?\s+\S.*)?"
    r"|(?P<first>[^\W\d_]{2,20}\s+\w{1,12}),\s*(?P<second>[^\W\d_]{2,20}\s+\d{1,3}.*)"
)


def decimals(alone: Mapping[int, str]) -> Mapping[int, str]:
    """Lines whose chapter is a Roman number (`II.3`), as they would be with Arabic ones.

    `I.1` alone is a section of appendix I: it takes a number of several letters to tell that these are Roman.
    """
    found = {line: match for line, words in alone.items() if (match := _ROMAN.fullmatch(words))}
    if not any(len(match["roman"]) > 1 for match in found.values()):
        return {}
    values = {line: numeral(match["roman"]) for line, match in found.items()}
    return {line: f"{values[line]}{match['rest']}" for line, match in found.items() if values[line]}


def unreadable(lines: list[str]) -> Iterator[int]:
    """The lines alone that begin as a heading does, with a number that is none."""
    for number, words in lines_alone(lines, _LONGEST):
        match = _UNREAD.fullmatch(words)
        if not match or CLAUSE_END.search(words) or read_heading(words):
            continue
        named = [match[each] for each in ("base", "first", "second") if match[each]]
        if all(map(_has_number, named)):
            yield number


def _has_number(words: str) -> bool:
    heading = read_heading(words)
    return heading is not None and heading.number is not None
