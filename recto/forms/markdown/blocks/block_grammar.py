"""The grammar of blocks: markdown-it-py with GitHub's tables, two plugins, and rules of our own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_def

from recto.forms.markdown.blocks import (
    abbreviation_lines,
    boxes,
    contents_marks,
    definition_lists,
    depth,
    display_formulas,
    divisions,
    fenced_divisions,
    indented,
    numbered_titles,
    raw_html,
    tables,
    verse,
)


@dataclass(frozen=True, slots=True)
class ParsedBlocks:
    """What the blocks of a text are; its first line is line 0.

    tokens         markdown-it-py's
    references     the links that it defines, as markdown-it-py has them
    abbreviations  what each stands for, and the line that says so
    told           what is to be reported: code, message, line, hint
    """

    tokens: list[Token]
    references: dict[str, dict[str, Any]]
    abbreviations: dict[str, tuple[str, int]]
    told: list[tuple[str, str, int, str]]


class BlockGrammar(MarkdownIt):
    """CommonMark's blocks, GitHub's tables, definition lists, notes, and blocks of our own."""

    def __init__(self, inline: ParserInline | None = None) -> None:
        super().__init__("commonmark")
        self.inline = inline or self.inline
        self.configure("commonmark", {"maxNesting": depth.DEEPEST + depth.DEEPEST_INLINE})
        self.enable("table")
        self.use(definition_lists.definition_lists)
        rules = self.block.ruler
        beside = ["paragraph", "reference", "blockquote", "list"]
        rules.before("reference", "footnote_def", footnote_def, {"alt": beside})
        rules.before("table", "depth", depth.too_deep)
        rules.at("table", tables.table, {"alt": ["paragraph", "reference"]})
        rules.before("code", "drawn_table", tables.drawn, {"alt": ["paragraph", "reference"]})
        rules.before("code", "indented", indented.paragraphs)
        rules.before("code", "ideographic", indented.ideographic, {"alt": ["paragraph"]})
        rules.before("fence", "admonition", boxes.box, {"alt": beside})
        rules.before("fence", "formula", display_formulas.block, {"alt": beside})
        rules.at("html_block", raw_html.html_block, {"alt": ["paragraph", "reference", "blockquote"]})
        rules.before("html_block", "division", divisions.division, {"alt": beside})
        rules.before("html_block", "fenced_division", fenced_divisions.division, {"alt": beside})
        rules.before("html_block", "abbreviation", abbreviation_lines.definition, {"alt": beside})
        rules.before("html_block", "contents", contents_marks.contents, {"alt": ["paragraph"]})
        rules.before(
            "list", "title", numbered_titles.numbered, {"alt": ["paragraph", "reference", "blockquote"]}
        )
        rules.after("table", "verse", verse.line_block, {"alt": ["paragraph", "reference"]})

    def blocks(self, text: str) -> ParsedBlocks:
        """Find the blocks of a text; what stands in them is not looked at."""
        made = ParsedBlocks([], {}, {}, [])
        env = {"references": made.references, "abbreviations": made.abbreviations, "told": made.told}
        self.block.parse(text, self, env, made.tokens)
        return made

    def validateLink(self, url: str) -> bool:  # noqa: N802 - named by markdown-it-py
        """Take every link for one; what may not be linked to is taken out, and reported, when it is set."""
        return True
