"""The first pass: one section set by itself.

A pure function of the section and the style, so that it can be cached and run in any process. What needs the
rest of the book (numbers, ids, references, images) is left as `data-` attributes for the second pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from recto.model import Section
from recto.problems import Problem
from recto.typeset.work import DraftMark

DefinedKind = Literal["note", "abbreviation"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A section set, before it knows its place in the book.

    `title_html` is its heading as inline XHTML, `title` the same as plain text; `source` is its cleaned text,
    to find lines in; `defines` are its notes and abbreviations with their lines, `uses` those that it needs.
    """

    section: Section
    html: str
    title_html: str
    title: str
    source: str
    marks: tuple[DraftMark, ...] = ()
    problems: tuple[Problem, ...] = ()
    defines: tuple[tuple[DefinedKind, str, int], ...] = ()
    uses: frozenset[tuple[DefinedKind, str]] = frozenset()
