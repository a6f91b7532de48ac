"""The work in hand: which piece of the book this process is busy with, for when it has to be told.

A stage notes it as it goes from piece to piece. It takes part in nothing that is made.
"""

from __future__ import annotations

_now = ""


def take(what: str) -> None:
    """Note what is taken in hand: a file, a section, a unit; "" for nothing."""
    global _now
    _now = what


def now() -> str:
    """What is in hand, "" for nothing."""
    return _now
