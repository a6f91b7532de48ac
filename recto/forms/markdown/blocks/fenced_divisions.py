"""Divisions between colons: `::: {.class #id}` up to `:::` (Pandoc's fenced divs).

`::: tip Words` is a box with a title (https://vuepress.vuejs.org/guide/markdown.html), and so is
`:::tip[Words]` (https://docusaurus.io/docs/markdown-features/admonitions).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.rules_block import StateBlock

from recto.forms.fences import with_code
from recto.forms.markdown.attribute_syntax import LIST, read_attributes
from recto.forms.markdown.blocks import verse
from recto.forms.markdown.blocks.block_lines import line_at, push_text

_OPEN = re.compile(
    rf"(?P<colons>:{{3,}})[ \t]*(?:(?P<list>{LIST})|(?P<word>only-[\w-]+))[ \t]*:*[ \t]*", re.X
)
_ANY = re.compile(r"[ \t>]*:{3,}[ \t]*(?P<list>\S.*)?")
# the kinds that sites for documentation have, as ours, and what theses and textbooks put into boxes
_BOXES = {
    **dict.fromkeys(("note", "tip", "warning", "caution", "danger", "important", "example"), ""),
    **dict.fromkeys(("theorem", "lemma", "corollary", "proposition", "definition", "proof", "remark"), ""),
    **dict.fromkeys(("exercise", "axiom", "conjecture"), ""),
    "info": "note", "details": "note", "success": "tip",
}  # fmt: skip
_BOX = re.compile(
    rf":{{3,}}[ \t]*(?P<kind>{'|'.join(_BOXES)})"
    r"(?:[ \t]*\[(?P<inside>[^\[\]]*)\]|[ \t]+(?P<title>[^\s:{].*?))?[ \t]*"
)
_MAY_HAVE = ("id", "class", "lang", "dir")


def division(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The lines between two fences of colons, read as blocks; one that never ends is none."""
    line = line_at(state, start)
    found, box = _OPEN.fullmatch(line), _BOX.fullmatch(line)
    if not (found or box) or state.is_code_block(start) or (shut := _end(state, start, end)) is None:
        return False
    if silent:
        return True
    opened = state.push("div_open", "div", 1)
    opened.map = [start, shut + 1]
    if found:
        read = read_attributes(found["list"] or f".{found['word']}")
        opened.attrs = {name: value for name, value in read.items() if name in _MAY_HAVE}
    elif box:
        kind = _BOXES[box["kind"]] or box["kind"]
        opened.attrs = {"class": f"admonition {kind}"}
        title = push_text(
            state,
            "admonition_title",
            "p",
            box["inside"] or box["title"] or kind.capitalize(),
            start,
            start + 1,
        )
        title.attrs, title.map = {"class": "admonition-title"}, None  # as that of `!!! kind "Title"`
    inside, state.parentType, state.lineMax = (state.parentType, state.lineMax), "division", shut
    is_poem = "poem" in str(opened.attrs.get("class", "")).split()
    if not (is_poem and verse.lines(state, start + 1, shut)):
        state.md.block.tokenize(state, start + 1, shut)
    state.parentType, state.lineMax = inside
    state.push("div_close", "div", -1)
    state.line = shut + 1
    return True


def _end(state: StateBlock, start: int, end: int) -> int | None:
    """The line of the fence that closes the one at `start`; those between may hold divisions of their own."""
    if "fences" not in state.env:
        state.env["fences"] = dict(_pairs(state.src.split("\n")))
    shut: int | None = state.env["fences"].get(start)
    return shut if shut is not None and shut < end else None


def _pairs(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    opened: list[int] = []
    for line, number, code in with_code((line, number) for number, line in enumerate(lines)):
        if code or not (found := _ANY.fullmatch(line)):
            continue
        if found["list"]:
            opened.append(number)
        elif opened:
            yield opened.pop(), number
