"""Pandoc's raw blocks, ```` ```{=html} ````: HTML is read as such, what speaks to another format is left out.

https://pandoc.org/MANUAL.html#extension-raw_attribute
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from recto.forms.fences import Line
from recto.forms.source_file import SourceFile
from recto.problems import Problem, warning

_FENCE = re.compile(r"[ \t]*(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)")
_RAW = re.compile(r"[ \t]*\{=(?P<format>[A-Za-z][\w-]{0,30})\}[ \t]*")
_HTML = ("html", "html4", "html5")


def without_fences(lines: Sequence[Line], file: SourceFile) -> tuple[list[Line], tuple[Problem, ...]]:
    """The lines without the fences of raw HTML, and without raw blocks for LaTeX and its like (told)."""
    made = list(lines)
    problems: list[Problem] = []
    number, endless = 0, set[str]()
    while number < len(made):
        opened = _FENCE.fullmatch(made[number][0])
        marks = opened["marks"] if opened else ""
        end = _end(made, number, marks) if marks and marks not in endless else None
        if opened is None or end is None:
            endless.add(marks)  # what is not closed from here on is not from further down
            number += 1
            continue
        if raw := _RAW.fullmatch(opened["info"]):
            is_html = raw["format"].casefold() in _HTML
            if not is_html:
                problems.append(_left_out(raw["format"], file, made[number][1]))
            for line in (number, end) if is_html else range(number, end + 1):
                made[line] = "", made[line][1]
        number = end + 1
    return made, tuple(problems)


def _end(lines: Sequence[Line], start: int, marks: str) -> int | None:
    """The line that closes the fence of a line; None where none does."""
    closing = re.compile(rf"[ \t]*{re.escape(marks[0])}{{{len(marks)},}}[ \t]*")
    return next((n for n in range(start + 1, len(lines)) if closing.fullmatch(lines[n][0])), None)


def _left_out(name: str, file: SourceFile, line: int) -> Problem:
    message = f"a block for {name} alone was left out"
    hint = "write what it does in Markdown, if it is to be in the book"
    return warning("latex-left-out", message, file.at(line), hint=hint, subject=name)
