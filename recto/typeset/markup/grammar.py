"""The grammar of a text: its blocks, CommonMark's own inlines, GitHub's strikethrough, and our patterns."""

from __future__ import annotations

from markdown.inlinepatterns import Pattern
from markdown.util import Registry

from recto.forms.markdown.blocks import BlockGrammar
from recto.typeset.markup.inline_scan import InlineScanner


class Grammar(BlockGrammar):
    """The blocks of Markdown, and what stands in them."""

    inline: InlineScanner

    def __init__(self, patterns: Registry[Pattern]) -> None:
        super().__init__(InlineScanner(patterns))
        self.enable(["strikethrough", "patterns", "control"])
