r"""Formulas on lines of their own: between `$$` and `$$` or `\[` and `\]`, or in an environment of LaTeX.

A formula that has a name (`\label{eq:x}`, bookdown's `(\#eq:x)`, a list after it) asks for a number.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from recto.forms.markdown.attribute_syntax import LIST
from recto.forms.markdown.blocks.block_lines import line_at

# signs that a formula has and a sentence in escaped brackets has not
SIGNS = re.compile(r"[\\^_=+*/<>|{}\d]")
# environments that only say that a formula stands here, and those that also say how its lines stand
_PLAIN = "equation|displaymath|math"
_ALIGNED = "align|alignat|flalign|gather|multline|eqnarray"
_OPENS = re.compile(rf"\$\$|\\\[|\\begin\{{(?P<environment>(?:{_PLAIN}|{_ALIGNED})\*?)\}}")
_BLOCK = re.compile(
    rf"""(?sx) (?: \$\$ (?P<dollars>.+?) \$\$ | \\\[ (?P<brackets>.+?) \\\]
    | \\begin\{{(?P<plain>(?:{_PLAIN})\*?)\}} (?P<inside>.+?) \\end\{{(?P=plain)\}}
    | (?P<whole> \\begin\{{(?P<aligned>(?:{_ALIGNED})\*?)\}} .+? \\end\{{(?P=aligned)\}} )
    ) [ \t]* (?P<list>{LIST})? [ \t]*"""
)
_LABEL = re.compile(r"\\label\{(?P<tex>[\w:.-]{1,100})\}|\(\\#(?P<bookdown>eq:[\w.-]{1,100})\)")
_TAG = re.compile(r"\\tag\*?\{(?P<number>[^{}\\$]{1,40})\}")
_MOST_LINES = 200
# what stands in no formula: four words in a row, or as many letters of a script without spaces
_PROSE = re.compile(r"(?:[^\W\d_]{2,30}[,.;:]?[ \t]+){3}[^\W\d_]{2,30}|[\u3040-\u30ff\u3400-\u9fff]{4}")


def block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A formula on lines of its own; an attribute list after it belongs to it, and asks for a number."""
    opens = _OPENS.match(line_at(state, start))
    if opens is None or state.is_code_block(start):
        return False
    last = min(end, start + _MOST_LINES)
    closing = {"$$": "$$", r"\[": r"\]"}.get(opens[0], rf"\end{{{opens['environment']}}}")
    parted = False
    for line in range(start, last):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            return False
        words = line_at(state, line)[opens.end() :] if line == start else line_at(state, line)
        # a sign that belongs to another formula must not take the text between them for one
        parted = parted or (line > start and state.isEmpty(line))
        if parted and "\\" not in words and _PROSE.search(words):
            return False
        if closing in words:
            return _make(state, start, line + 1, silent)
    return False


def _make(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The token of a formula in lines of the text; False where they hold none."""
    text = state.getLines(start, end, state.blkIndent, False).strip()
    found = _BLOCK.fullmatch(text)
    if found is None or (found["brackets"] and not SIGNS.search(found["brackets"])):
        return False
    tex = found["dollars"] or found["brackets"] or found["inside"] or found["whole"]
    label, tags = _LABEL.search(tex), _TAG.findall(tex)
    tex = _LABEL.sub("", tex)
    if not tex.strip():
        return False
    if not silent:
        token = state.push("formula", "", 0)
        if len(tags) == 1 and not label and not found["list"]:  # else Recto counts, or each line has its own
            tex, token.meta["number"] = _TAG.sub("", tex), tags[0]
        token.content, token.map, token.markup = tex, [start, end], text
        token.info = found["list"] or (f"{{#{label['tex'] or label['bookdown']}}}" if label else "")
        state.line = end
    return True
