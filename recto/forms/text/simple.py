"""Headings of a plain text that are less than sure: `3. Nets`, `III`, and lines with no blank ones around.

Such lines may as well be a list or a sentence. Where no other line of the file is a heading, they are if
their numbers follow one another, each once, and text stands below each. Where others are, a line without
blank ones is a heading if its number is missing beside theirs.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Collection, Iterator

from recto.forms.naming.heading_text import HeadingText, numeral, read_heading
from recto.forms.stops import CLAUSE_END
from recto.numbering import Number

_LONGEST = 80  # characters
_ALONE = re.compile(
    r"(?:(?P<digits>\d{1,3})|(?P<roman>[IVXL]{1,8})|(?P<word>[^\W\d_]+(?:-[^\W\d_]+)?))"
    r"(?:[.)]?|[.)]\s+(?P<title>\S.*)|\s*[:—–]\s*(?P<named>\S.*))"
)

_COUNTED = re.compile(
    r"(?:(?P<digits>\d{1,3})|(?P<roman>[IVXL]{1,8}))[.)]\s+(?P<title>[^\W\d_a-z]\S*(?:\s\S+)*)"
)

Found = tuple[int, HeadingText]


def lone_numbers(lines: list[str], parts: Collection[int] = ()) -> list[Found]:
    """Chapters by single numbers alone between blank lines: the line of each, from 1, and its words.

    They may count anew below each heading of a part, on the lines `parts`, but then stand in their order.
    """
    found = list(_lone(lines))
    if _is_row(found, lines):
        return found
    starts, rows = sorted(parts), dict[int, list[int]]()
    for line, heading in found:
        rows.setdefault(bisect(starts, line), []).append(int(str(heading.number)))
    anew = len(parts) > 1 and 0 not in rows and all(row == [*range(1, len(row) + 1)] for row in rows.values())
    return found if anew and _have_text(found, lines, parts) else []


def _lone(lines: list[str]) -> Iterator[Found]:
    for number, line in enumerate(lines, 1):
        near = (*lines[max(0, number - 2) : number - 1], *lines[number : number + 1])
        match = _ALONE.fullmatch(line.strip()) if len(line) <= _LONGEST else None
        if not match or any(each.strip() for each in near):
            continue
        value = numeral(match["digits"] or match["roman"] or match["word"])
        title = (match["title"] or match["named"] or "").strip()
        if value and not title[:1].islower() and not CLAUSE_END.search(title):
            yield number, HeadingText("chapter", Number((value,)), title)


def crowded(lines: list[str], parts: Collection[int] = ()) -> list[Found]:
    """Pieces whose headings have no blank lines around them: `4.2 Nets`, and text on the very next line.

    So are chapters by numbers without a word, `3. Nets`, if text begins right below each. The lines of
    `parts` are headings already.
    """
    found = [each for each in _crowded(lines) if each[0] not in parts]
    if _is_row(found, lines):
        return found
    found = [each for each in _counted(lines) if _begins_below(each[0], lines)]
    return found if _is_row(found, lines) and found[0][1].number == Number((1,)) else []


def missing(lines: list[str], known: Collection[Number]) -> list[Found]:
    """Of headings without blank lines those with text below, and a number missing beside known ones."""
    found = [(line, heading) for line, heading in _crowded(lines) if _begins_below(line, lines)]
    row = Counter([*known, *(heading.number for _, heading in found if heading.number)])
    return [(line, heading) for line, heading in found if heading.number and _fills(heading.number, row)]


def _fills(number: Number, row: Counter[Number]) -> bool:
    last = number.last
    if row[number] > 1 or not isinstance(last, int):
        return False
    beside = {Number((*number.parts[:-1], last + step)) for step in (-1, 1)}
    return any(row[each] for each in beside) or (last == 1 and number.parent in row)


def _crowded(lines: list[str]) -> Iterator[Found]:
    for number, line in enumerate(lines, 1):
        words = line.strip()
        heading = read_heading(words) if 0 < len(words) <= _LONGEST else None
        if heading is None or heading.number is None or not (heading.worded or heading.kind == "section"):
            continue
        above = lines[number - 2].strip() if number > 1 else ""
        bare = heading.worded and not heading.title  # `Chapter 4`
        begins = heading.title[:1].isupper() and not CLAUSE_END.search(heading.title)
        if (begins or bare) and (not above or CLAUSE_END.search(above)):
            yield number, heading


def _counted(lines: list[str]) -> Iterator[Found]:
    """Lines like `3. Nets`, which begin where a sentence may."""
    for number, line in enumerate(lines, 1):
        match = _COUNTED.fullmatch(line.strip()) if len(line) <= _LONGEST else None
        above = lines[number - 2].strip() if number > 1 else ""
        if match and not CLAUSE_END.search(match["title"]) and (not above or CLAUSE_END.search(above)):
            value = numeral(match["digits"] or match["roman"])
            if value:
                yield number, HeadingText("chapter", Number((value,)), match["title"])


def _begins_below(line: int, lines: list[str]) -> bool:
    """Whether text begins right below: not the rest of a wrapped line, nor another item of a list."""
    below = lines[line].strip() if line < len(lines) else ""
    is_text = bool(CLAUSE_END.search(below)) or len(below.split()) > 3
    return is_text and not below[0].islower() and not read_heading(below)


def _is_row(found: list[Found], lines: list[str]) -> bool:
    """Whether numbers are one row without a gap, in whatever order, each with text below it."""
    numbers = sorted(heading.number for _, heading in found if heading.number)
    if len(numbers) < 2 or len(set(numbers)) < len(numbers):
        return False
    lasts = [number.last for number in numbers if isinstance(number.last, int)]
    same = len({number.parts[:-1] for number in numbers}) == 1
    if same and lasts != list(range(lasts[0], lasts[0] + len(numbers))):
        return False
    return _have_text(found, lines)


def _have_text(found: list[Found], lines: list[str], others: Collection[int] = ()) -> bool:
    """Whether each has text below it, before the next and before `others`."""
    ends = sorted([*(line for line, _ in found), *others, len(lines) + 1])
    return all(
        any(len(each.split()) > 3 for each in lines[line : ends[bisect(ends, line)] - 1]) for line, _ in found
    )
