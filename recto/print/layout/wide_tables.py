"""Tables that are wider than the type area, helped step by step until they fit.

What was laid out tells which tables run over (recto.print.engine.overruns). Each gets the classes of its next
step, which the style sheet gives their look, and the unit is laid out again: only books with such tables pay
for it. What does not fit after the last step is told by the gate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from recto.model import LaidOut, Overrun
from recto.print.layout.job import Forme, LayoutJob
from recto.print.layout.long_lines import divisible, long_lines

STEPS = (
    "dense",  # less room between columns; long words and code divided where that does no harm
    "dense smaller",
    "dense smaller divided",  # all words, with hyphens
    "dense smallest divided",  # the floor
    "dense turned",  # on a page of its own, turned to the left
    "dense smallest divided turned",
    "dense smallest divided turned broken",  # words divided wherever they must
)
_OPENING = re.compile(r"<table\b([^>]*)>")
_CLASS = re.compile(r'\bclass="([^"]*)"')
_ZERO_WIDTH_SPACE = "\u200b"
_TEXT = re.compile(r"[^<>]+(?=<)")
_LONG = re.compile(r"\S{16,}")
# where a long word, a path, an address or a name in code may be divided, without a hyphen
_JOINT = re.compile(r"(?<![./_:=?\\-])(?<!&amp;)((?:[./_:=?\\-]|&amp;)+)(?=\w)|(?<=[a-z])(?=[A-Z])")
_SHEET = '<div class="turned-sheet">'
_ON_ONE_PAGE = "short"  # which its narrow columns may no longer be
_NAMES = frozenset(" ".join(STEPS).split())
_ROUNDS = len(STEPS)

Laid = TypeVar("Laid", LaidOut, Forme)


def fit(job: LayoutJob, lay_out: Callable[[LayoutJob], Laid]) -> tuple[LayoutJob, Laid]:
    """A unit laid out with its wide tables helped, and the job that did it. A pure function of the job."""
    laid = lay_out(job)
    for _ in range(_ROUNDS):
        html = _helped(divisible(job.unit.html, long_lines(laid)), _wide_tables(laid))
        if html == job.unit.html:
            break
        job = replace(job, unit=replace(job.unit, html=html))
        laid = lay_out(job)
    return job, laid


def _wide_tables(laid: LaidOut | Forme) -> list[Overrun]:
    found = {
        each.block: each
        for page in laid.pages
        for each in page.overruns
        if each.what == "table" and each.block and each.kind != "overprinted"
    }
    return list(found.values())


def _helped(html: str, tables: Iterable[Overrun]) -> str:
    """The document with each of some tables at its next step."""
    for table in tables:
        at = html.find(f'data-b="{table.block}"')
        start, end = html.rfind("<table", 0, at), html.find("</table>", at) + len("</table>")
        if at >= 0 and start >= 0 and end > start:
            before, after = html[:start], html[end:]
            html = before + _at_next_step(html[start:end]) + after
            html = _turned(html, start) if "turned" in _classes(html[start:]) else html
    return html


def _at_next_step(table: str) -> str:
    """A table with the classes of the step after the one it has; after the last it stays as it is."""
    classes = _classes(table)
    now = next((at for at, step in enumerate(STEPS) if set(step.split()) == _NAMES & set(classes)), -1)
    opening = _OPENING.match(table)
    if opening is None or now + 1 == len(STEPS):
        return table
    kept = [name for name in classes if name not in _NAMES and name != _ON_ONE_PAGE]
    others = _CLASS.sub("", opening[1]).rstrip()
    inside = table[opening.end() :]
    if now < 0:
        inside = _TEXT.sub(lambda text: _LONG.sub(_divisible, text[0]), inside)
    return f'<table{others} class="{" ".join([*kept, *STEPS[now + 1].split()])}">{inside}'


def _divisible(word: re.Match[str]) -> str:
    return _JOINT.sub(lambda joint: f"{joint[0]}{_ZERO_WIDTH_SPACE}", word[0])


def _classes(table: str) -> list[str]:
    opening = _OPENING.match(table)
    found = _CLASS.search(opening[1]) if opening else None
    return found[1].split() if found else []


def _turned(html: str, start: int) -> str:
    """The document with the table that begins at a place, or the figure around it, on a turned page."""
    figure = html.rfind("<figure", 0, start)
    is_in_figure = figure >= 0 and html.find("</figure>", figure) > start
    begin, tag = (figure, "figure") if is_in_figure else (start, "table")
    end = html.find(f"</{tag}>", start) + len(f"</{tag}>")
    if html[:begin].endswith(_SHEET):
        return html
    return f"{html[:begin]}{_SHEET}{html[begin:end]}</div>{html[end:]}"
