"""What stands around an anchor: the text of its block, before it and after it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from recto.galley import NOTEREF
from recto.model import Galley

_FARTHEST = 4_000  # characters before a place in which its block begins
_CALL = re.compile(rf'<a\b[^>]*\bclass="[^"]*\b{NOTEREF}\b[^>]*>[^<]*</a>')  # the sign of a note is no word
_TAG = re.compile(r"<[^>]*>")
_ID = re.compile(r'<[^>]*\bid="([^"]*)"[^>]*>')
_BLOCK = re.compile(r"</?(?:p|li|td|th|dd|dt|h[1-6]|figcaption|blockquote|pre|div|section|aside|tr)\b[^>]*>")


@dataclass(frozen=True, slots=True)
class _Spelled:
    """Where an anchor stands: the HTML of its section, the place after its tag, the chapter, from 0."""

    html: str
    at: int
    chapter: int


class TextsAround:
    """The text around every anchor of a book; nothing is read before it is asked for."""

    def __init__(self, galleys: Iterable[Galley]) -> None:
        self._galleys = galleys

    @cached_property
    def _at(self) -> Mapping[str, _Spelled]:
        found: dict[str, _Spelled] = {}
        for number, galley in enumerate(self._galleys):
            for section in galley.all_sections:
                title = section.heading.title
                found.setdefault(section.heading.anchor, _Spelled(title, 0, number))
                for tag in _ID.finditer(section.html):
                    found.setdefault(tag[1], _Spelled(section.html, tag.end(), number))
        return found

    def around(self, anchor: str) -> tuple[str, str]:
        """The text of a place's block, before the place and after it."""
        spelled = self._at.get(anchor)
        if spelled is None:
            return "", ""
        html, at = spelled.html, spelled.at
        first = max(0, at - _FARTHEST)
        begin = max((tag.end() for tag in _BLOCK.finditer(html, first, at)), default=first)
        ends = _BLOCK.search(html, at)
        return _plain(html[begin:at]), _plain(html[at : ends.start() if ends else len(html)])

    def chapter_of(self, anchor: str) -> int | None:
        """The number of the chapter, from 0, that a place is in."""
        spelled = self._at.get(anchor)
        return spelled.chapter if spelled else None


def _plain(html: str) -> str:
    return unescape(_TAG.sub("", _CALL.sub("", html)))
