"""Prose that is no part of the text: a few paragraphs of book.toml, with emphasis as Markdown has it.

A description goes to covers, shops and catalogs: some take HTML, others plain text, and none takes asterisks.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt

from recto.notations import xhtml

# HTML that people type in descriptions because shops take it
_TYPED = re.compile(r"&lt;(/?(?:em|strong|i|b))&gt;")


def markup(text: str) -> str:
    """Paragraphs as XHTML: `p`, with `em` and `strong` (or `i` and `b` that were typed so) in them."""
    rendered = str(_renderer().render(xhtml.clean(text))).strip()
    typed = _TYPED.sub(r"<\1>", rendered)
    try:
        xhtml.parse(typed)
    except ValueError:  # tags that do not pair are words
        return rendered
    return typed


def plain(text: str) -> str:
    """The same in words alone, with a blank line between paragraphs."""
    return "\n\n".join(xhtml.words(each) for each in xhtml.parse(markup(text)))


@cache
def _renderer() -> MarkdownIt:
    """Paragraphs and emphasis: "1984. A year" opens no list, and no line is a heading."""
    reader = MarkdownIt("zero", {"xhtmlOut": True, "html": False})
    return reader.enable(["emphasis", "escape", "entity"])
