"""JSON that strangers wrote, whose texts hold characters alone."""

from __future__ import annotations

import json


def read_json(source: str | bytes) -> object:
    """What a text of JSON holds. Raises ValueError, or RecursionError for brackets without end."""
    data: object = json.loads(source)
    check_characters(data)
    return data


def check_characters(data: object) -> None:
    r"""Look for half of a pair of surrogates, which JSON and YAML let anybody write (`\ud800`).

    It is no character (Unicode 16, D71 and D76), and what holds one can't be written. Raises ValueError.
    """
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError as fault:
        half = fault.object[fault.start]
        raise ValueError(f"\\u{ord(half):04x} is no character, but half of one") from None
