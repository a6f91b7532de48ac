"""Divisions between colons: callouts become boxes, all others are what stands in them.

https://pandoc.org/MANUAL.html#divs-and-spans, https://quarto.org/docs/authoring/callouts.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from recto.forms.fences import Line, with_code

_OPEN = re.compile(r"[ ]{0,3}:{3,}[ \t]*(?:\{(?P<list>[^{}]*)\}|(?P<word>[\w-]+))[ \t]*:*[ \t]*")
_SHUT = re.compile(r"[ ]{0,3}:{3,}[ \t]*")
_KIND = re.compile(r"\.?(?:callout-|rmd)?(?P<kind>note|tip|warning|caution|important|danger|example)\b")
_TITLE = re.compile(r"\btitle=\"(?P<title>[^\"]*)\"")


def divided(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with the marks of divisions turned into ours; as many as there were."""
    depth: list[bool] = []  # of each division that is open, whether it is a box
    for line, origin, code in with_code(lines):
        indent = "    " * sum(depth)
        if not code and (found := _OPEN.fullmatch(line)):
            attributes = found["list"] or found["word"]
            kind = _KIND.search(attributes)
            depth.append(kind is not None)
            title = _TITLE.search(attributes)
            called = f' "{title["title"]}"' if title else ""
            yield (f"{indent}!!! {kind['kind']}{called}" if kind else ""), origin
        elif not code and depth and _SHUT.fullmatch(line):
            depth.pop()
            yield "", origin
        else:
            yield (f"{indent}{line}" if line.strip() else line), origin
