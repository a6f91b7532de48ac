"""Divisions between colons: callouts become boxes, what is for one book stays, others are what they hold.

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


_CONDITION = re.compile(
    r"\.content-(?P<how>visible|hidden)\b[^{}]*?\b(?P<when>when|unless)-format=\"?(?P<format>\w+)"
)
_FORMATS = {"only-epub": ("epub", "html"), "only-pdf": ("pdf", "latex", "typst", "beamer")}


def divided(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with the marks of divisions turned into ours; as many as there were."""
    opened: list[tuple[bool, str]] = []  # of each division, whether it is a box, and how it ends
    for line, origin, code in with_code(lines):
        indent = "    " * sum(is_box for is_box, _ in opened)
        if not code and (found := _OPEN.fullmatch(line)):
            attributes = found["list"] or found["word"] or ""
            kind, edition = _KIND.search(attributes), _edition(attributes)
            opened.append((kind is not None and not edition, f"{indent}:::" if edition else ""))
            title = _TITLE.search(attributes)
            called = f' "{title["title"]}"' if title else ""
            box = f"{indent}!!! {kind['kind']}{called}" if kind else ""
            yield (f"{indent}::: {{.{edition}}}" if edition else box), origin
        elif not code and opened and _SHUT.fullmatch(line):
            yield opened.pop()[1], origin
        else:
            yield (f"{indent}{line}" if line.strip() else line), origin


def _edition(attributes: str) -> str:
    """The class that says for which book a division is, "" for all.

    https://quarto.org/docs/authoring/conditional.html
    """
    if found := next((name for name in _FORMATS if name in attributes.replace(".", " ").split()), ""):
        return found
    asked = _CONDITION.search(attributes)
    named = next((name for name, formats in _FORMATS.items() if asked and asked["format"] in formats), "")
    if not asked or not named or (asked["how"] == "visible") == (asked["when"] == "when"):
        return named
    return next(name for name in _FORMATS if name != named)
