"""Raised and lowered words: `x^2^`, `H~2~O` (Pandoc's way)."""

from __future__ import annotations

import re

from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor

from recto.typeset.markup.rules.pattern import Made, MarkdownPage, Pattern, kept


def patterns(page: MarkdownPage) -> tuple[InlineProcessor, ...]:
    """The patterns of superscript and subscript, without any space inside."""
    return (
        _Tildes("~~~", "~~~+", page),
        SimpleTagInlineProcessor(r"(\^)(?<!\^\^)(?![\^\[])([^\s^]{1,200})\^(?!\^)", "sup"),
        SimpleTagInlineProcessor(r"(~)(?<!~~)(?!~)([^\s~]{1,200})~(?!~)", "sub"),
    )


class _Tildes(Pattern):
    """Three tildes or more are no markup: two strike out (GFM 6.5)."""

    def make(self, found: re.Match[str]) -> Made:
        """See Pattern."""
        return kept(found[0]), found.end()
