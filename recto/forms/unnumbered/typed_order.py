"""A text whose numbers follow one another as it stands, among headings without any: its order is its own.

So it is in a document of Word's or LibreOffice's: there a preface by any other name, an interlude, a note on
the sources stand where they belong, between chapters that are numbered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from recto.forms.naming.heading_text import read_heading
from recto.forms.order import OutlinedFile
from recto.forms.source_file import SourceHeading


def is_in_order(headings: Sequence[SourceHeading]) -> bool:
    """Tell whether the numbers of chapters are typed in their order, each once."""
    read = [read_heading(heading.words) for heading in headings]
    numbers = [each.number for each in read if each and each.number and each.kind == "chapter"]
    return all(first < second for first, second in pairwise(numbers))


def begins_anew(headings: Sequence[SourceHeading]) -> bool:
    """Tell whether chapters count from one on several times, each time below the heading of a part."""
    rows: list[list[int]] = []
    parted = False
    for heading in headings:
        said = read_heading(heading.words)
        number = said.number.last if said and said.number and said.kind in ("part", "chapter") else None
        if said is None or not isinstance(number, int):
            continue
        if said.kind == "part":
            parted = True
        elif number == 1 and (parted or not rows):
            rows.append([1])
            parted = False
        elif not rows or number != rows[-1][-1] + 1:
            return False
        else:
            rows[-1].append(number)
    return len(rows) > 1


def as_it_stands(file: OutlinedFile) -> OutlinedFile:
    """The file with parts told from chapters, and no number for what has none beside what has one.

    The numbers of chapters stay as they were typed, whatever their place: they may begin anew in each part.
    """
    headings = file.outline.headings
    read = [read_heading(heading.words) for heading in headings]
    counted = {
        heading.level
        for heading, said in zip(headings, read, strict=True)
        if said and said.kind == "chapter" and not (said.number and said.number.lettered)
    }
    made: list[SourceHeading] = []
    for heading, said in zip(headings, read, strict=True):
        if said and said.kind == "part" and said.worded:
            # beside its chapters, whatever its level: it is told from them by what it begins
            level = max(heading.level, min(counted, default=1))
            made.append(replace(heading, level=level, words=said.title or heading.words, begins="part"))
        elif heading.level in counted and (said is None or said.kind == "matter"):
            made.append(replace(heading, numbered=False))
        elif said and said.kind == "chapter" and said.number and not said.number.lettered:
            made.append(replace(heading, words=said.title, label=str(said.number)))
        else:
            made.append(heading)
    return replace(file, outline=replace(file.outline, headings=tuple(made)))
