"""Attribute lists: `{.class #id name=value}` after the piece of text or the block that they belong to."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from recto.forms.markdown.attribute_syntax import LIST
from recto.typeset.markup.rules.pattern import Made, MarkdownPage, Pattern


def patterns(page: MarkdownPage) -> tuple[Pattern, ...]:
    """The pattern of attribute lists."""
    return (_List("{", LIST, page),)


class _List(Pattern):
    """An attribute list; what it belongs to can be told only in the finished tree (typeset/attributes.py)."""

    def make(self, found: re.Match[str]) -> Made:
        """See Pattern."""
        return Element("span", {"data-list": found[0]}), found.end()
