"""Spans: `[words]{lang=de}`, `[words]{.smallcaps}`; `[]{#id}`, a place without words (Pandoc's)."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown_it.common.utils import normalizeReference

from recto.forms.markdown.attribute_syntax import LIST
from recto.typeset.markup.rules.pattern import Made, MarkdownPage, Pattern


def patterns(page: MarkdownPage) -> tuple[Pattern, ...]:
    """The pattern of spans."""
    words = r"(?: [^\[\]\\`\n] | \\. | `[^`\n]{1,200}` | \n(?![ \t]*\n) ){0,1000}"
    return (_Span("]{", rf"\[ (?P<words>{words}) \] (?P<list>{LIST})", page),)


class _Span(Pattern):
    """Words with attributes of their own; in `[name]{.class}` a link that is defined goes before."""

    def make(self, found: re.Match[str]) -> Made:
        """See Pattern."""
        if normalizeReference(found["words"]) in self.md.work.references:
            return None
        if not found["words"] and "#" not in found["list"]:
            return None
        made = Element("span")
        made.text = found["words"]
        line = str(self.md.line(found.start("list")))
        SubElement(made, "span", {"data-list": found["list"], "data-inside": "", "data-line": line})
        return made, found.end()
