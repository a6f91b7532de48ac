r"""Formulas between `\\(` and `\\)`, or `\\[` and `\\]`, as writers for MathJax have them.

Their Markdown makes one backslash of two, and MathJax reads what comes out:
https://rust-lang.github.io/mdBook/format/mathjax.html, https://pandoc.org/MANUAL.html#math-input.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from recto.forms.fences import Line, outside_code, with_code

_IN_LINE = re.compile(r"\\\\\((?P<tex>[^\n]{1,2000}?)\\\\\)|\\\\\[(?P<display>[^\n]{1,2000}?)\\\\\]")
_OPENS = re.compile(r"[ \t]*\\\\\[(?P<rest>.*)")
_SHUTS = re.compile(r"(?P<rest>.*?)\\\\\](?P<after>.*)")
_DOUBLED = re.compile(r"\\\\(?:\\\\|(?=[!-/:-@\[\]-`{-~]))")  # `\\\\` ends a row
_SPARED = re.compile(r"\\([_*^])")  # from Markdown, which would have made emphasis of it
_MOST_LINES = 200  # of a formula


def with_single_backslashes(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with such formulas as `\\(…\\)` and `\\[…\\]`; one that is never closed stays as typed."""
    known = list(with_code(lines))
    last = 0
    for number, (line, origin, code) in enumerate(known):
        if code or (number >= last and "\\\\" not in line):
            yield line, origin
        elif number < last - 1:
            yield _tex(line), origin
        elif number < last:
            found = _SHUTS.fullmatch(line)
            yield (f"{_tex(found['rest'])}\\]{found['after']}" if found else line), origin
        elif (opened := _OPENS.fullmatch(line)) and (end := _end(known, number)):
            last = end
            yield f"\\[{_tex(opened['rest'])}", origin
        else:
            yield outside_code(line, lambda text: _IN_LINE.sub(_formula, text)), origin


def _end(known: list[tuple[str, int, bool]], first: int) -> int:
    """The number of the line after the last of a formula that goes on below; 0 for none."""
    if _SHUTS.fullmatch(known[first][0]):
        return 0
    for number in range(first + 1, min(len(known), first + _MOST_LINES)):
        line, _, code = known[number]
        if code or not line.strip():
            return 0
        if _SHUTS.fullmatch(line):
            return number + 1
    return 0


def _formula(found: re.Match[str]) -> str:
    inside = found["tex"]
    return f"\\({_tex(inside)}\\)" if inside is not None else f"\\[{_tex(found['display'])}\\]"


def _tex(typed: str) -> str:
    """A formula as MathJax gets it."""
    made = _DOUBLED.sub(lambda found: found[0][: len(found[0]) // 2], typed)
    return _SPARED.sub(r"\1", made)
