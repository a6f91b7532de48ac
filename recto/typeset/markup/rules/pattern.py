"""What our inline patterns share: where they report, and a piece of text that stays as it is."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from recto.galley import TYPED
from recto.typeset.work import Work

# what a pattern makes of a match: the element, and where in the text it ends; None where the match is none
Made = tuple[Element, int] | None


class MarkdownPage(Markdown):
    """Python-Markdown with what our patterns ask it for: `work`, the section that is set, and lines."""

    work: Work

    def line(self, offset: int) -> int:
        """The line of the file at an offset of the text that the patterns look at."""
        raise NotImplementedError


class Pattern(InlineProcessor):
    """An inline pattern of ours; its expression is written with white space in it (re.VERBOSE).

    `sign` stands in every match: a text without it, as most are, need not be searched.
    """

    md: MarkdownPage

    def __init__(self, sign: str, pattern: str, md: MarkdownPage) -> None:
        super().__init__(f"(?x){pattern}", md)
        self.sign = sign

    def make(self, found: re.Match[str]) -> Made:
        """The element of a match. Its text is read in turn, unless it is an AtomicString."""
        raise NotImplementedError

    def handleMatch(  # type: ignore[override]  # noqa: N802 - InlineProcessor's own differs from Pattern's
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """What Python-Markdown asks for: the element, where it begins and ends."""
        made = self.make(m)
        return (made[0], m.start(), made[1]) if made else (None, None, None)


def as_typed(text: str) -> Element:
    """A piece that is no text of the author's, a formula that can't be read, markup of another program: kept,
    and told from what may be a term of the index.
    """
    made = kept(text)
    made.set("class", TYPED)
    return made


def kept(text: str) -> Element:
    """A piece of text as typed: neither markup nor punctuation is read in it."""
    made = Element("span", {"data-kept": ""})
    made.text = AtomicString(text)
    return made
