"""Tables as GitHub has them; a row with more cells than the head loses the rest, and that is reported."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import table as rule
from markdown_it.rules_block.table import escapedSplit

from recto.forms.markdown.blocks.block_lines import line_at

_MOST_COLUMNS = 100
_MOST_CELLS = 60_000  # markdown-it-py ends a table at 65,536 that it fills up, without a word
_COLUMNS = re.compile(r"-{2,}(?:[ \t]+-{2,})+[ \t]*")
_DASHES = re.compile(r"-{2,}(?:[ \t]+-{2,})*[ \t]*")
_GRID = re.compile(r"\+(?:[-=:]{2,}\+)+[ \t]*$")
_MOST_LINES = 1_000  # of a table that is drawn


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """GitHub's table (GFM 4.10)."""
    before = len(state.tokens)
    if not rule(state, start, end, silent):
        return False
    if not silent:
        columns = len(_cells(line_at(state, start)))
        if columns > _MOST_COLUMNS or columns * (state.line - start) > _MOST_CELLS:
            _as_typed(state, start, before)
            return True
        for line in range(start + 2, state.line):
            lost = _cells(line_at(state, line))[columns:]
            if any(cell.strip() for cell in lost):
                words = " | ".join(cell.strip() for cell in lost)[:500]
                message = f"this row has more cells than the head of its table; left out: {words}"
                hint = "give the head as many cells; a bar that is no border is written \\|, in code too"
                state.env["told"].append(("cell-lost", message, line, hint))
    return True


def _as_typed(state: StateBlock, start: int, before: int) -> None:
    """Set a table that no page can hold line by line, and report it; `before` tokens stand before it."""
    del state.tokens[before:]
    end = state.line
    while end < state.lineMax and state.sCount[end] >= state.blkIndent and not state.isEmpty(end):
        end += 1
    _typed(state, start, end)
    message = f"a table has more than {_MOST_COLUMNS} columns or {_MOST_CELLS:,} cells, and was set as typed"
    state.env["told"].append(("table-size", message, start, "divide it into several tables"))


def _typed(state: StateBlock, start: int, end: int) -> None:
    lines = state.push("code_block", "code", 0)
    indent = min(state.sCount[line] for line in range(start, end) if not state.isEmpty(line))
    lines.content = state.getLines(start, end, indent, True)
    lines.map = [start, end]
    state.line = end


def drawn(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Tables whose columns are drawn with spaces, or with `+` and bars (Pandoc's): set as typed, and told.

    To CommonMark their rows of dashes would be rules, and would make headings of the words above them.
    """
    if not (shut := _shut(state, start, end)):
        return False
    if not silent:
        _typed(state, start, shut)
        hint = "put bars between the columns: | a | b |, and below the head a row of dashes: |---|---|"
        state.env["told"].append(("markup-unknown", "this makes no table, and was set as typed", start, hint))
    return True


def _shut(state: StateBlock, start: int, end: int) -> int:
    """The line below such a table that begins at `start`; 0 where none does."""
    first = line_at(state, start)
    if start + 2 < end and first and _COLUMNS.fullmatch(line_at(state, start + 1)):
        below = state.is_code_block(start + 1)  # its head may stand further in
        return 0 if below or first.startswith("-") else _first(state, start + 2, end, lambda line: not line)
    if state.is_code_block(start):
        return 0
    if _GRID.match(first):
        return _first(state, start + 1, end, lambda line: line[:1] not in ("+", "|"))
    if first.startswith("--"):
        above = start > 0 and not state.isEmpty(start - 1)
        # with several lines to a row: a whole row of dashes above the head, and one at the end
        head = (
            start
            if _COLUMNS.fullmatch(first)
            else _first(state, start + 1, end, lambda line: not line or bool(_COLUMNS.fullmatch(line)))
        )
        if above or not _COLUMNS.fullmatch(line_at(state, head)):
            return 0
        last = _first(state, head + 1, end, lambda line: bool(_DASHES.fullmatch(line)))
        return last + 1 if last < end and line_at(state, last) else 0
    return 0


def _first(state: StateBlock, start: int, end: int, wanted: Callable[[str], bool]) -> int:
    """The first line from `start` on that is wanted, or stands further out; `end` where there is none."""
    return next(
        (
            line
            for line in range(start, min(end, start + _MOST_LINES))
            if wanted(line_at(state, line))
            or (state.sCount[line] < state.blkIndent and not state.isEmpty(line))
        ),
        end,
    )


def _cells(row: str) -> list[str]:
    cells = escapedSplit(row.strip())
    return cells[cells[0] == "" : len(cells) - (cells[-1] == "")]
