"""Divisions between colons: callouts and theorems are boxes, what is for one book stays, others are no more.

https://pandoc.org/MANUAL.html#divs-and-spans, https://quarto.org/docs/authoring/callouts.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from recto.forms.atx_headings import atx_heading
from recto.forms.fences import Line, with_code
from recto.forms.pandoc.output_formats import class_of, only_class
from recto.forms.pandoc.theorem_names import PROOFS

_OPEN = re.compile(r"[ ]{0,3}:{3,}[ \t]*(?:\{(?P<list>[^{}]*)\}|(?P<word>[\w-]+))[ \t]*:*[ \t]*")
_SHUT = re.compile(r"[ ]{0,3}:{3,}[ \t]*")
_KIND = re.compile(r"\.?(?:callout-|rmd)?(?P<kind>note|tip|warning|caution|important|danger|example)\b")
_CONDITION = re.compile(
    r"\.content-(?P<how>visible|hidden)\b[^{}]*?\b(?P<when>when|unless)-format=\"?(?P<format>\w+)"
)

_PROOF = re.compile(
    rf"#(?P<short>{'|'.join(PROOFS)})-|\.(?P<kind>{'|'.join(PROOFS.values())}|proof)(?![\w-])"
)
_ID = re.compile(r"#(?P<id>[A-Za-z][\w:.-]*)")
_NAME = re.compile(r"\b(?:name|title)=\"(?P<title>[^\"]*)\"")


@dataclass(frozen=True, slots=True)
class _OpenDivision:
    """A division that is open: whether it is a box, how it ends, and whether its headings name tabs."""

    is_box: bool = False
    end: str = ""
    has_tabs: bool = False


def divided(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with the marks of divisions turned into ours."""
    opened: list[_OpenDivision] = []
    known = list(with_code(lines))
    titles = set[int]()  # lines of headings that are the titles of boxes
    for number, (line, origin, code) in enumerate(known):
        indent = "    " * sum(each.is_box for each in opened)
        if number in titles:
            yield "", origin
        elif not code and (found := _OPEN.fullmatch(line)):
            attributes = found["list"] or found["word"] or ""
            edition = _edition(attributes)
            kind = "" if edition else _box(attributes)
            opened.append(
                _OpenDivision(bool(kind), f"{indent}:::" if edition else "", "panel-tabset" in attributes)
            )
            title, at = _title(attributes, known, number) if kind else ("", None)
            titles |= {at} if at is not None else set()
            if kind and (named := _ID.search(attributes)):
                yield from ((f'{indent}<a id="{named["id"]}"></a>', origin), ("", origin))
            box = _first_line(kind, title, attributes) if kind else ""
            yield f"{indent}::: {{.{edition}}}" if edition else f"{indent}{box}" if box else "", origin
        elif not code and opened and _SHUT.fullmatch(line):
            yield opened.pop().end, origin
        else:
            tab = atx_heading(line) if not code and opened and opened[-1].has_tabs else None
            line = f"**{tab.words}**" if tab and tab.words else line
            yield (f"{indent}{line}" if line.strip() else line), origin
            if tab:
                yield "", origin


def _box(attributes: str) -> str:
    """The kind of box that a division is, "" for none."""
    if found := _PROOF.search(attributes):
        return found["kind"] or PROOFS[found["short"]]
    called = _KIND.search(attributes)
    return called["kind"] if called else ""


def _first_line(kind: str, title: str, attributes: str) -> str:
    kind = "answer" if kind == "solution" else kind
    if title and _PROOF.search(attributes):
        title = f"{kind.capitalize()} ({title})"
    called = title.replace('"', "”")
    return f'!!! {kind} "{called}"' if title else f"!!! {kind}"


def _title(attributes: str, known: Sequence[tuple[str, int, bool]], opening: int) -> tuple[str, int | None]:
    """The title of a box, and the line of the heading that says it: the first of what stands in it."""
    if found := _NAME.search(attributes):
        return found["title"], None
    for number in range(opening + 1, len(known)):
        line, _, code = known[number]
        if line.strip():
            heading = None if code else atx_heading(line)
            return (heading.words, number) if heading and heading.words else ("", None)
    return "", None


def _edition(attributes: str) -> str:
    """The class that says for which book a division is, "" for all.

    https://quarto.org/docs/authoring/conditional.html
    """
    if found := only_class(attributes):
        return found
    asked = _CONDITION.search(attributes)
    if not asked:
        return ""
    return class_of(asked["format"], shown=(asked["how"] == "visible") == (asked["when"] == "when"))
