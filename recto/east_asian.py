"""Chinese and Japanese text runs on over the ends of source lines: no space where a line broke.

The rule is that of CSS Text 3, 4.1.3, and 4, 4.1.3 (segment break transformation): a line break between two
characters that are wide in East Asia goes, and one beside a mark of their punctuation, which brings its own
space; Korean, which parts words by spaces, keeps it.
"""

from __future__ import annotations

import re
import unicodedata

LINE_BREAK = re.compile(r"[^\S\n]*\n\s*")
_WIDE = ("F", "W")  # East_Asian_Width (UAX #11)


def run_together(before: str, after: str) -> bool:
    """Whether two characters stand beside one another without a space."""
    runs = _runs_on(before), _runs_on(after)
    marks = (unicodedata.category(each)[0] == "P" for each in (before, after))
    return all(runs) or any(run and mark for run, mark in zip(runs, marks, strict=True))


def is_wide(character: str) -> bool:
    """Whether a character is as wide as an ideograph: a letter, a syllable or a mark of East Asia."""
    wide = unicodedata.east_asian_width(character) in _WIDE
    return wide and unicodedata.category(character) != "So"  # emoji are wide too


def _runs_on(character: str) -> bool:
    return is_wide(character) and not unicodedata.name(character, "").startswith("HANGUL")


def joined(text: str) -> str:
    """A paragraph without the line breaks that would part what runs on."""

    def join(found: re.Match[str]) -> str:
        start, end = found.span()
        inside = start > 0 and end < len(text)
        return "" if inside and run_together(text[start - 1], text[end]) else found[0]

    return LINE_BREAK.sub(join, text)
