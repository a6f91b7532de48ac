"""Chinese and Japanese text runs on over the ends of source lines: no space where a line broke.

The rule is that of CSS Text 3, 4.1.3 (segment break transformation): a line break between two characters that
are wide in East Asia goes; Korean, which parts words by spaces, keeps it.
"""

from __future__ import annotations

import re
import unicodedata

LINE_BREAK = re.compile(r"[^\S\n]*\n\s*")
_WIDE = ("F", "W")  # East_Asian_Width (UAX #11)


def runs_on(character: str) -> bool:
    """Whether a character stands beside others of its kind without a space."""
    wide = unicodedata.east_asian_width(character) in _WIDE
    korean = unicodedata.name(character, "").startswith("HANGUL")
    return wide and not korean and unicodedata.category(character) != "So"  # emoji are wide too


def joined(text: str) -> str:
    """A paragraph without the line breaks that would part what runs on."""

    def join(found: re.Match[str]) -> str:
        start, end = found.span()
        inside = start > 0 and end < len(text)
        return "" if inside and runs_on(text[start - 1]) and runs_on(text[end]) else found[0]

    return LINE_BREAK.sub(join, text)
