"""Definition lists: the plugin's, and several terms that share a definition (Python-Markdown's way)."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from recto.forms.markdown.blocks.block_lines import line_at

_MEANING = re.compile(r"[:~][ \t]+\S.*")
_MOST_TERMS = 20


def definition_lists(md: MarkdownIt) -> None:
    """Add definition lists to a grammar."""
    md.use(deflist_plugin)
    rule = next(each.fn for each in md.block.ruler.__rules__ if each.name == "deflist")
    md.block.ruler.before("deflist", "terms", _terms(rule))


def _terms(
    rule: Callable[[StateBlock, int, int, bool], bool],
) -> Callable[[StateBlock, int, int, bool], bool]:
    def terms(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        """Lines that each are a term, before the line of their definition."""
        last = None if silent else _last_term(state, start, end)
        before = len(state.tokens)
        if last is None or not rule(state, last, end, False):
            return False
        opened = state.tokens[before]
        opened.map = [start, opened.map[1] if opened.map else end]
        level = opened.level + 1
        state.tokens[before + 1 : before + 1] = [
            token for line in range(start, last) for token in _term(line, line_at(state, line).strip(), level)
        ]
        return True

    return terms


def _last_term(state: StateBlock, start: int, end: int) -> int | None:
    """The line of the last of several terms, where a definition follows."""
    rules = state.md.block.ruler.getRules("paragraph")
    for line in range(start + 1, min(end, start + _MOST_TERMS)):
        if state.isEmpty(line) or state.sCount[line] < state.blkIndent or state.is_code_block(line):
            return None
        if _MEANING.fullmatch(line_at(state, line)):
            return line - 1 if line - 1 > start else None
        if any(rule(state, line, end, True) for rule in rules):
            return None
    return None


def _term(line: int, words: str, level: int) -> list[Token]:
    inline = Token("inline", "", 0, map=[line, line + 1], level=level + 1, content=words, children=[])
    opened = Token("dt_open", "dt", 1, map=[line, line + 1], level=level)
    return [opened, inline, Token("dt_close", "dt", -1, level=level)]
