"""Numbers in other signs: roman numerals of chapters, `# II. The Road`; dashes, `## 2-1 Mud`."""

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


_DASHED = re.compile(r"(?P<chapter>\d{1,3})[-–](?P<section>\d{1,3})(?P<title>[.:]?\s+\S.*)")


def numbered_sections(headings: Sequence[SourceHeading]) -> list[SourceHeading]:
    """The headings, `2-1 Mud` as `2.1 Mud` where such count all sections of chapter 2, from one on.

    By itself `7-11 Shops` is no section of chapter 7.
    """
    made = list(headings)
    rows: dict[int, dict[int, re.Match[str]]] = {}
    chapter = None
    for index, each in enumerate(headings):
        said, found = read_heading(each.words), _DASHED.fullmatch(each.words)
        if said and said.number:
            chapter = said.number.last if said.kind == "chapter" else None
        elif found and int(found["chapter"]) == chapter:
            rows.setdefault(chapter, {})[index] = found
    for row in rows.values():
        if [int(found["section"]) for found in row.values()] == [*range(1, len(row) + 1)]:
            for index, found in row.items():
                words = f"{found['chapter']}.{found['section']}{found['title']}"
                made[index] = dataclasses.replace(made[index], words=words)
    return made


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
