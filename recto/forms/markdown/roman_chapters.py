"""Chapters whose headings begin with roman numerals: `## II. The Road`, `## II`."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from recto.forms.naming.heading_text import read_heading
from recto.forms.source_file import SourceHeading
from recto.numbering import unroman

_ROMAN = re.compile(
    r"(?P<roman>[IVXL]{1,8})(?:[.:)](?:\s+(?P<title>\S.*))?|\s+(?:[—–]|-{1,3})\s+(?P<named>\S.*))?"
)


def numbered_chapters(headings: Sequence[SourceHeading]) -> list[SourceHeading]:
    """The headings, those with roman numerals as `Chapter 2: The Road`.

    By itself `I. Asimov` is a name: there must be several of one level, each number once from I on, and no
    heading of another kind of number.
    """
    found = {index: match for index, each in enumerate(headings) if (match := _ROMAN.fullmatch(each.words))}
    values = [unroman(match["roman"]) or 0 for match in found.values()]
    levels = {headings[index].level for index in found}
    others = (read_heading(each.words) for index, each in enumerate(headings) if index not in found)
    is_row = len(values) > 1 and sorted(values) == [*range(1, len(values) + 1)] and len(levels) == 1
    if not is_row or any(other and other.number and other.kind != "part" for other in others):
        return list(headings)
    made = list(headings)
    for (index, match), value in zip(found.items(), values, strict=True):
        title = match["title"] or match["named"] or ""
        made[index] = dataclasses.replace(made[index], words=f"Chapter {value}: {title}".rstrip(": "))
    return made
