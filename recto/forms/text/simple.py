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
from itertools import pairwise

from recto.forms.naming.heading_text import HeadingText, numeral, read_heading
from recto.forms.stops import CLAUSE_END
from recto.forms.text.page_marks import stands_alone
from recto.numbering import Number

_LONGEST = 80  # characters
_ALONE = re.compile(
    r"(?:(?P<digits>\d{1,3})|(?P<roman>[IVXL]{1,8})|(?P<word>[^\W\d_]+(?:-[^\W\d_]+)?))"
    r"(?:[.)]?|[.)]\s+(?P<title>\S.*)|\s*[:—–]\s*(?P<named>\S.*))"
)

_COUNTED = re.compile(
    r"(?:(?P<digits>\d{1,3})|(?P<roman>[IVXL]{1,8}))[.)]\s+(?P<title>[^\W\d_a-z]\S*(?:\s\S+)*)"
)
_UNDOTTED = re.compile(
    r"(?P<open>\[|\()?(?P<digits>\d{1,3})(?(open)[\])])"
    r"(?:\s*[:—–]|\s+(?:-{1,3}|[/|~>»•·]))?\s+(?P<title>[^\W\d_a-z].*)"
)

Found = tuple[int, HeadingText]


def lone_numbers(lines: list[str], parts: Collection[int] = ()) -> list[Found]:
    """Chapters by single numbers alone between blank lines: the line of each, from 1, and its words.

    They may count anew below each heading of a part, on the lines `parts`, but then stand in their order.
    """
    found = list(lone(lines))
    if _is_row(found, lines):
        return found
    starts, rows = sorted(parts), dict[int, list[int]]()
    for line, heading in found:
        rows.setdefault(bisect(starts, line), []).append(int(str(heading.number)))
    anew = len(parts) > 1 and 0 not in rows and all(row == [*range(1, len(row) + 1)] for row in rows.values())
    return found if anew and have_text(found, lines, parts) else []


def lines_alone(lines: list[str], longest: int) -> Iterator[tuple[int, str]]:
    """The lines alone between blank ones, each with its number, from 1; `longest` in characters."""
    for number, line in enumerate(lines, 1):
        if 0 < len(words := line.strip()) <= longest and stands_alone(lines, number - 1):
            yield number, words


def lone(lines: list[str]) -> Iterator[Found]:
    """Lines alone with a single number: `3. Nets`, `III`, `Three`."""
    for number, words in lines_alone(lines, _LONGEST):
        match = _ALONE.fullmatch(words)
        if not match:
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
    found = [each for each in _counted(lines) if begins_below(*each, lines)]
    return found if _is_row(found, lines) and found[0][1].number == Number((1,)) else []


def missing(lines: list[str], known: Collection[Number]) -> tuple[list[Found], list[Found]]:
    """Headings without blank lines that have text below and a number missing beside known ones; and those
    whose number nobody else has, but of which that is all that speaks for them.
    """
    crowded = [each for each in _crowded(lines) if begins_below(*each, lines)]
    row = Counter([*known, *(heading.number for _, heading in crowded if heading.number)])
    alone = [each for each in crowded if each[1].number and row[each[1].number] == 1]
    found = [each for each in alone if each[1].number and _fills(each[1].number, row)]
    return found, [each for each in alone if each not in found]


def above_sections(lines: list[str], known: Collection[Number]) -> tuple[list[Found], bool]:
    """Lines like `3. Nets` and `3 Nets` that head chapters of which only sections are known; whether they do.

    They do where each such chapter has one of them, and none stands twice or next to another, as items do.
    Where only some have one, they are given as well, for the author to look at. With them go those of
    chapters without sections, if together they count all chapters from one on.
    """
    wanted = {number.chapter for number in known if number.depth > 1 and not number.lettered} - {*known}
    found = dict([*_counted(lines), *lone(lines), *_undotted(lines)]) if wanted else {}
    found = {line: heading for line, heading in sorted(found.items()) if heading.title}
    numbers = Counter(heading.number for heading in found.values())
    others = {number for number in numbers if number and number not in known}
    row = sorted(int(str(number)) for number in others | wanted | _chapters(known))
    if row == [*range(1, len(row) + 1)] and all(numbers[number] == 1 for number in others):
        wanted |= others
    found = {line: heading for line, heading in found.items() if heading.number in wanted}
    filled = [line for line, words in enumerate(lines, 1) if words.strip()]
    apart = not any(first in found and second in found for first, second in pairwise(filled))
    kept = [(line, heading) for line, heading in found.items() if numbers[heading.number] == 1]
    kept = with_text(kept, lines) if apart else []
    return kept, {heading.number for _, heading in kept} == wanted


def _chapters(known: Collection[Number]) -> set[Number]:
    return {number.chapter for number in known if not number.lettered}


def _fills(number: Number, row: Counter[Number]) -> bool:
    """Whether a number stands beside another, or is the first below another, or of the chapter after one."""
    last, before = number.last, _chapter_before(number)
    if not isinstance(last, int):
        return False
    if any(row[Number((*number.parts[:-1], last + step))] for step in (-1, 1)):
        return True
    follows = number.depth == 2 and any(each.chapter == before for each in row)
    return last == 1 and (number.parent in row or follows)


def _chapter_before(number: Number) -> Number | None:
    chapter = number.parts[0]
    return Number((chapter - 1,)) if isinstance(chapter, int) else None


def _crowded(lines: list[str]) -> Iterator[Found]:
    for number, line in enumerate(lines, 1):
        words = line.strip()
        heading = read_heading(words) if 0 < len(words) <= _LONGEST else None
        if heading is None or heading.number is None or not (heading.worded or heading.kind == "section"):
            continue
        above = lines[number - 2].strip() if number > 1 else ""
        bare = heading.worded and not heading.title  # `Chapter 4`
        begins = heading.title[:1].isupper() and not CLAUSE_END.search(heading.title)
        if (begins or bare) and (not above or CLAUSE_END.search(above) or _is_over(above, heading)):
            yield number, heading


def _is_over(line: str, heading: HeadingText) -> bool:
    """Whether a line is the heading that another stands below: `2.1 Faults` over `2.1.1 No Light`."""
    over = read_heading(line)
    return bool(over and heading.number and over.number == heading.number.parent)


def _counted(lines: list[str]) -> Iterator[Found]:
    """Lines like `3. Nets`, which begin where a sentence may."""
    for number, line in enumerate(lines, 1):
        match = _COUNTED.fullmatch(line.strip()) if len(line) <= _LONGEST else None
        above = lines[number - 2].strip() if number > 1 else ""
        if match and not CLAUSE_END.search(match["title"]) and (not above or CLAUSE_END.search(above)):
            value = numeral(match["digits"] or match["roman"])
            if value:
                yield number, HeadingText("chapter", Number((value,)), match["title"])


def _undotted(lines: list[str]) -> Iterator[Found]:
    """Lines alone like `3 Nets`, `[3] Nets`, `3 - Nets`; without sections it may be `12 Angry Men`."""
    for number, words in lines_alone(lines, _LONGEST):
        match = _UNDOTTED.fullmatch(words)
        if match and not CLAUSE_END.search(words):
            yield number, HeadingText("chapter", Number((int(match["digits"]),)), match["title"])


def begins_below(line: int, heading: HeadingText, lines: list[str]) -> bool:
    """Whether text begins right below, or a heading below this one: not the rest of a wrapped line, nor
    another item of a list.
    """
    below = lines[line].strip() if line < len(lines) else ""
    if within := read_heading(below):
        return within.number is not None and within.number.parent == heading.number
    return _is_text(below) and not below[0].islower()


def _is_text(line: str) -> bool:
    return len(line.split()) > 3 or (bool(CLAUSE_END.search(line)) and len(line.split()) > 1)


def _is_row(found: list[Found], lines: list[str]) -> bool:
    """Whether numbers are one row without a gap, in whatever order, each with text below it."""
    numbers = sorted(heading.number for _, heading in found if heading.number)
    if len(numbers) < 2 or len(set(numbers)) < len(numbers):
        return False
    lasts = [number.last for number in numbers if isinstance(number.last, int)]
    same = len({number.parts[:-1] for number in numbers}) == 1
    if same and lasts != list(range(lasts[0], lasts[0] + len(numbers))):
        return False
    return have_text(found, lines)


def have_text(found: list[Found], lines: list[str], others: Collection[int] = ()) -> bool:
    """Whether each has text below it, before the next and before `others`."""
    return len(with_text(found, lines, others)) == len(found)


def with_text(found: list[Found], lines: list[str], others: Collection[int] = ()) -> list[Found]:
    """Those that have text below them, before the next and before `others`."""
    ends = sorted([*(line for line, _ in found), *others, len(lines) + 1])
    return [
        (line, heading)
        for line, heading in found
        if any(map(_is_text, lines[line : ends[bisect(ends, line)] - 1]))
    ]
