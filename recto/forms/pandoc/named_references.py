"""References by name: `@fig-net` and `@sec-nets` (Quarto), `\\@ref(fig:net)` (bookdown), as links of ours.

https://quarto.org/docs/authoring/cross-references.html, https://bookdown.org/yihui/bookdown/cross-references.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from recto.forms.fences import Line, with_code

_QUARTO = re.compile(r"(?<![\w\\@])\[?-?@(?P<id>(?:sec|fig|tbl|lst|eq|ch)-[\w-]*\w)\]?")
_BOOKDOWN = re.compile(r"\\@ref\((?P<id>[\w:.-]+)\)")
_CAPTION = re.compile(r"(?:Table)?:[ \t]+\(\\#(?P<id>tab:[\w-]+)\)[ \t]*(?P<words>\S.*)")
_SPAN = re.compile(r"(`+)(?:(?!\1).)+\1(?!`)")


def referring(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with references as links; those in code stay."""
    for line, origin, code in with_code(lines):
        if not code and (caption := _CAPTION.fullmatch(line)):
            line = f"Table: {caption['words']} {{#{caption['id']}}}"
        yield (line if code or "@" not in line else _outside_code(line)), origin


def _outside_code(line: str) -> str:
    pieces: list[str] = []
    at = 0
    for span in _SPAN.finditer(line):
        pieces += (_linked(line[at : span.start()]), span[0])
        at = span.end()
    return "".join((*pieces, _linked(line[at:])))


def _linked(text: str) -> str:
    text = _QUARTO.sub(lambda found: f"[](#{found['id']})", text)
    return _BOOKDOWN.sub(lambda found: f"[](#{found['id']})", text)
