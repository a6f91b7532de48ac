"""Where a text holds together, though a line could end there: at dashes, ellipses, numbers, initials."""

from __future__ import annotations

import re
from functools import cache

from recto.languages import table
from recto.notations.shipped_tables import shipped
from recto.print.paragraphs.items import FIRM, FORBIDDEN

_LOOSELY = 300  # what it costs to part initials

_DASHES, _ELLIPSES, _DIGITS = ("–", "—"), ("…", "..."), tuple("0123456789")
_ROMAN = tuple("IVXLC")

# What a rule is not looked for without; what it costs; where.
# A dash holds on to what stands before it; one that opens a speech or an aside, to what comes after it.
_RULES = (
    (_DASHES, FIRM, r" (?=[–—] )"),
    (_DASHES, FORBIDDEN, r"(?<=[^\s–—])(?=[–—])"),
    (_DASHES, FORBIDDEN, r"(?:(?<=\s)|(?<=^))[–—](?=[^\s–—])()"),
    (_ELLIPSES, FIRM, r" (?=…|\.\.\.)"),
    (_DIGITS, FIRM, r"(?<=\d) (?=\d{3}(?!\d))"),
    ((". ",), _LOOSELY, r"(?<=\b[^\W\d_]\.) (?=[^\W\d_]\.|[^\W\d_a-zß-öø-ÿ])"),
)


def costs_of_parting(text: str, language: str | None) -> dict[int, int]:
    """For places in a text at which it holds together, what it costs to end a line there.

    A place is an offset: of the space that a line would end at, or of the letter that would begin the next.
    `language` is a BCP 47 tag.
    """
    costs: dict[int, int] = {}
    for signs, cost, pattern in _patterns((language or "").lower()):
        if not any(sign in text for sign in signs):
            continue
        for match in pattern.finditer(text):
            at = match.start(match.lastindex) if match.lastindex else match.start()
            costs[at] = max(cost, costs.get(at, 0))
    return costs


@cache
def _patterns(language: str) -> tuple[tuple[tuple[str, ...], int, re.Pattern[str]], ...]:
    tables = (shipped(__package__, "holding.toml"), table(language, "holding"))
    units, before, clings = (
        [word for each in tables for word in each.get(key, ())] for key in ("units", "before", "clings")
    )
    rules = [
        *_RULES,
        (_DIGITS, FIRM, rf"(?<=\d) (?=(?:{_any(units)})(?!\w))"),
        ((*_DIGITS, *_ROMAN), FIRM, rf"(?<!\w)(?:{_any(before)})( )(?=[\dIVXLC])"),
    ]
    if clings:
        rules.append(((" ",), FIRM, rf"(?<!\w)(?i:{_any(clings)})( )"))
    return tuple((signs, cost, re.compile(pattern)) for signs, cost, pattern in rules)


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
