"""Links by name that nothing defines: `[words][name]` stays as typed, and is told."""

from __future__ import annotations

import re

from recto.notations.xhtml import Element
from recto.typeset.work import Work, get_run, line_of, runs, verbatim

# the words may begin in a run before (`[a *b*][c]`), but not after a letter or bracket: `rows[1][2]`
_LINK = re.compile(r"(?:(?<![\w\])])\[[^\[\]]{1,300}|\A[^\[\]]{0,300})\]\[(?P<name>[^\[\]\n]{1,100})\]")


def dangling(work: Work) -> None:
    """Report every link by name that has stayed text, since no such name is defined in its file."""
    for node, tail in runs(work.root):
        text = get_run(node, tail)
        if "][" not in text or verbatim(node, tail):
            continue
        for found in _LINK.finditer(text):
            line = _line(node)
            hint = f"define it in the same file: [{found['name']}]: https://…"
            message = f"there is no link named [{found['name']}]"
            work.warning("reference-missing", message, line, hint)


def _line(node: Element) -> int | None:
    """The line of the nearest element around or before a text that has one."""
    holder: Element | None = node
    while holder is not None:
        if line := line_of(holder):
            return line
        holder = holder.getparent()
    return None
