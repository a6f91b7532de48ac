"""Pages that bring a text no further: the print engine would make them without end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_MOST = 100  # pages in a row that begin at the same word: a note may go on over some


class StandstillError(RuntimeError):
    """A piece of the text goes on no page."""


def heed(context: Any, pages: Iterator[Any]) -> Iterator[Any]:
    """The pages of a document as they are made. Raises StandstillError where they would never end."""
    still = 0
    for at, page in enumerate(pages):
        begin, end = context.page_maker[at][0], context.page_maker[at + 1][0]
        still = still + 1 if begin == end else 0
        if still > _MOST:
            raise StandstillError(f"from its page {at + 1 - still} on, no page takes anything of its text")
        yield page
