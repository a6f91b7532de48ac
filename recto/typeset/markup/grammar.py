"""The grammar of blocks, and of CommonMark's own inlines: markdown-it-py with GitHub's additions and ours."""

from __future__ import annotations

from markdown.inlinepatterns import Pattern
from markdown.util import Registry
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote.index import footnote_def

from recto.typeset.markup.inline_scan import InlineScanner
from recto.typeset.markup.rules import (
    abbreviations,
    boxes,
    definition_lists,
    depth,
    divisions,
    formulas,
    tables,
    verse,
)


class Grammar(MarkdownIt):
    """CommonMark, GitHub's tables and strikethrough, definition lists, notes, and blocks of our own."""

    inline: InlineScanner

    def __init__(self, patterns: Registry[Pattern]) -> None:
        super().__init__("commonmark")
        self.inline = InlineScanner(patterns)
        self.configure("commonmark", {"maxNesting": depth.DEEPEST + depth.DEEPEST_INLINE})
        self.enable(["table", "strikethrough", "patterns"])
        self.use(definition_lists.definition_lists)
        rules = self.block.ruler
        beside = ["paragraph", "reference", "blockquote", "list"]
        rules.before("reference", "footnote_def", footnote_def, {"alt": beside})
        rules.before("table", "depth", depth.too_deep)
        rules.at("table", tables.table, {"alt": ["paragraph", "reference"]})
        rules.before("fence", "admonition", boxes.box, {"alt": beside})
        rules.before("fence", "formula", formulas.block, {"alt": beside})
        rules.before("html_block", "division", divisions.division, {"alt": beside})
        rules.before("html_block", "abbreviation", abbreviations.definition, {"alt": beside})
        rules.after("table", "verse", verse.line_block, {"alt": ["paragraph", "reference"]})

    def validateLink(self, url: str) -> bool:  # noqa: N802 - named by markdown-it-py
        """Take every link for one; what may not be linked to is taken out, and reported, by the builder."""
        return True
