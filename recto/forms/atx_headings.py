"""A line that is a heading by its signs (CommonMark 0.31, 4.2), for the readers that go line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})(?:[ \t]+(?P<words>\S.*)?)?")
_CLOSING = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
# Pandoc's header attributes: `{#id .class key=value}`, `{-}` (https://pandoc.org/MANUAL.html#headings)
_ATTRIBUTES = re.compile(r"(?:^|[ \t]*)\{:?[ \t]*(?P<list>(?:[#.]|-(?=[ \t}])|[\w-]+=)[^{}]*)\}[ \t]*$")


@dataclass(frozen=True, slots=True)
class AtxHeading:
    """A heading: its level, its words without the signs that close it, and what its attribute list holds."""

    level: int
    words: str
    attributes: str


def atx_heading(line: str) -> AtxHeading | None:
    """The heading that a line is; None for any other. Lines of code are the caller's to leave out."""
    found = _HEADING.fullmatch(line)
    if found is None:
        return None
    words = _CLOSING.sub("", found["words"] or "")
    listed = _ATTRIBUTES.search(words)
    if listed:
        words = _CLOSING.sub("", words[: listed.start()])
    return AtxHeading(len(found["marks"]), words.strip(), listed["list"].strip() if listed else "")
