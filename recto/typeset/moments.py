"""Dates, times and durations as HTML has them for machines (HTML, 2.3.5 and 4.5.14)."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

_DATE = r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,3})?)?"
_ZONE = r"(?:Z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])"
_CHANGED = re.compile(rf"{_DATE}(?:[T ]{_TIME}{_ZONE})?")  # of <ins> and <del>
_MOMENT = re.compile(
    rf"{_DATE}(?:[T ]{_TIME}{_ZONE}?)?|{_TIME}|{_ZONE}"
    r"|(?!0000)[0-9]{4}(?:-(?:(?:0[1-9]|1[0-2])|W(?:0[1-9]|[1-4][0-9]|5[0-3])))?"
    r"|(?P<day>(?:--)?(?:0[1-9]|1[0-2])-[0-9]{2})"
    r"|P(?=[0-9T])(?:[0-9]{1,9}D)?(?:T(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?(?:[0-9]{1,9}(?:\.[0-9]{1,3})?S)?)?"
)


def is_moment(element: str, value: str) -> bool:
    """Tell whether a value of `datetime` is one that its element, `time`, `ins` or `del`, may have."""
    found = (_MOMENT if element == "time" else _CHANGED).fullmatch(value)
    if found is None:
        return False
    parts = found.groupdict()
    day = parts["date"] or (f"2000-{parts['day'].removeprefix('--')}" if parts.get("day") else "")
    with suppress(ValueError):
        return not day or bool(date.fromisoformat(day))
    return False
