"""Lines that hold nothing but commands of LaTeX, for paper alone: left out, and told."""

from __future__ import annotations

import re
from collections.abc import Iterable

from recto.forms.fences import Line, outside_code, with_code
from recto.forms.source_file import SourceFile
from recto.problems import Problem, warning

# an index mark is ours, and an environment or a reference may stand for text
_COMMANDS = re.compile(
    r"[ \t]*(?:\\(?!index\b|begin\b|end\b|ref\b|item\b)[A-Za-z]+\*?"
    r"(?:\[[^\]]*\]|\{[^{}]*\})*[ \t]*)+"
)


# of the look of a paragraph, before or amid its words
_LAYOUT = re.compile(
    r"\\(?:noindent|indent|newpage|clearpage|pagebreak|(?:small|med|big)skip|centering)(?![A-Za-z])[ \t]*"
)
_NAMES = re.compile(r"\\(?P<name>(?:La|Bib)?TeX)(?![A-Za-z])(?:\{\}|\\(?=\s))?")


def without_commands(lines: Iterable[Line], file: SourceFile) -> tuple[list[Line], tuple[Problem, ...]]:
    """The lines, those of commands blank, and a warning of them."""
    made: list[Line] = []
    left: list[tuple[str, int]] = []
    for line, origin, code in with_code(lines):
        if not code and "\\" in line and _COMMANDS.fullmatch(line):
            left.append((line.strip(), origin))
            made.append(("", origin))
        elif not code and "\\" in line:
            made.append((outside_code(line, _without_layout), origin))
        else:
            made.append((line, origin))
    if not left:
        return made, ()
    named = ", ".join(dict.fromkeys(command for command, _ in left))
    message = f"{named if len(named) < 80 else named[:79] + '…'} speaks to LaTeX alone, and was left out"
    hint = "write what it does in Markdown, if it is to be in the book"
    place = file.at(left[0][1])
    return made, (warning("latex-left-out", message, place, hint=hint, subject=left[0][0]),)


def _without_layout(text: str) -> str:
    return _NAMES.sub(r"\g<name>", _LAYOUT.sub("", text))
