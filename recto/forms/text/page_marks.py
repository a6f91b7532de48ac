"""What a text that was pasted from pages brings along: their numbers, and the running heads beside them.

Each is blanked on its line, so that the places of all else stay, and told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from recto.forms.naming.heading_text import read_heading
from recto.forms.source_file import SourceFile
from recto.forms.stops import CLAUSE_END
from recto.problems import Problem, warning

_LONE = re.compile(r"\s*[-–—\[(]?\s*(?:page\s+)?(?P<number>\d{1,4})\s*[-–—\])]?\s*", re.IGNORECASE)
# a number and words at the two ends of a line, or with a sign between them
_GAP = r"\s{2,80}|\t|\s*[|·•–—]\s*"
_HEAD = re.compile(
    rf"\s*(?:(?P<left>\d{{1,4}})(?P<gap>{_GAP})(?P<after>[^\W\d_].*?)"
    rf"|(?P<before>[^\W\d_].*?)(?P<space>{_GAP})(?P<right>\d{{1,4}}))\s*"
)
_LONGEST = 200  # characters of a heading
_LONGEST_HEAD = 80
_FEWEST = 2  # page numbers
_NEAR = 3  # lines between a number and its running head
_MOST_BETWEEN = 5  # pages whose numbers a pasted text may lack


@dataclass(frozen=True, slots=True)
class _PageMark:
    """A page number on its line, from 0: `head` is what stands beside it, `gap` what parts the two."""

    line: int
    page: int
    head: str = ""
    gap: str = ""


def leave_out_page_marks(lines: list[str], file: SourceFile, problems: list[Problem]) -> None:
    """Blank the numbers of pages that stand alone between blank lines, and the running heads with them."""
    marks = list(_marks(lines))
    lone = [mark for mark in marks if not mark.head]
    if not _counts_pages(marks, lines):
        marks = lone if _counts_pages(lone, lines) else []
    if not marks:
        return
    heads = {mark.line: mark.head for mark in marks if mark.head} | dict(_beside(lone, lines))
    for number in {*heads, *(mark.line for mark in marks)}:
        lines[number] = ""
    shown = ", ".join(str(mark.page) for mark in marks[:3]) + (" …" if len(marks) > 3 else "")
    message = f"{len(marks)} numbers of pages ({shown}) stand alone in the text, and were left out"
    if heads:
        named = ", ".join(f"“{head}”" for head in list(dict.fromkeys(heads.values()))[:3])
        message = f"{message}, with the running heads beside them ({named})"
    hint = "delete them; where one is text, put words beside it"
    at = file.at(marks[0].line + 1)
    problems.append(warning("page-numbers-left-out", message, at, hint=hint, subject="page numbers"))


def stands_alone(lines: Sequence[str], number: int) -> bool:
    """Tell whether no text stands right above or below a line, counted from 0."""
    return not any(
        near.strip() for near in (*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2])
    )


def _marks(lines: Sequence[str]) -> Iterator[_PageMark]:
    for number, line in enumerate(lines):
        if not line.strip() or len(line) > _LONGEST:
            continue
        if found := _LONE.fullmatch(line):
            if stands_alone(lines, number) or _has_head(lines, number):
                yield _PageMark(number, int(found["number"]))
        elif stands_alone(lines, number) and (found := _HEAD.fullmatch(line)):
            head = (found["after"] or found["before"]).strip(" |·•–—")
            if len(head) <= _LONGEST_HEAD:
                page = int(found["left"] or found["right"])
                yield _PageMark(number, page, head, found["gap"] or found["space"])


def _has_head(lines: Sequence[str], number: int) -> bool:
    """Whether a number has one line right below or above it that stands in the text more than once."""
    near = [lines[at].strip() for at in (number - 1, number + 1) if 0 <= at < len(lines)]
    filled = [line for line in near if line]
    return len(filled) == 1 and sum(line.strip() == filled[0] for line in lines) > 1


def _counts_pages(marks: Sequence[_PageMark], lines: Sequence[str]) -> bool:
    """Whether numbers rise as those of pages do, and are no chapters."""
    pages = [mark.page for mark in marks]
    rising = all(0 < second - first <= _MOST_BETWEEN for first, second in pairwise(pages))
    if len(pages) < _FEWEST or not rising:
        return False
    if any(mark.head for mark in marks):
        # `Letter — 1`, `Letter — 2`: pieces are counted from one, and in a line of one word
        return pages[0] > 1 or any(mark.gap.isspace() for mark in marks if mark.head)
    return pages[0] != 1 or _has_numbers(lines)


def _beside(marks: Sequence[_PageMark], lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines beside lone numbers of pages that say the same beside several: running heads."""
    near = [(number, lines[number].strip()) for mark in marks for number in _nearest(mark.line, lines)]
    count = Counter(words for _, words in near)
    return ((number, words) for number, words in near if count[words] >= _FEWEST)


def _nearest(number: int, lines: Sequence[str]) -> Iterator[int]:
    """The nearest filled line above a line, and that below, where each is short and no text goes on in it."""
    for step in (-1, 1):
        for distance in range(1, _NEAR + 1):
            at = number + step * distance
            if 0 <= at < len(lines) and lines[at].strip():
                beyond = lines[at + step].strip() if 0 <= at + step < len(lines) else ""
                words = lines[at].strip()
                if len(words) <= _LONGEST_HEAD and not beyond and not CLAUSE_END.search(words):
                    yield at
                break


def _has_numbers(lines: Sequence[str]) -> bool:
    """True for a text with other headings that have numbers: there, lone numbers are no chapters."""
    read = (
        read_heading(line.strip()) for line in lines if 0 < len(line) <= _LONGEST and not line.isdecimal()
    )
    return any(
        heading
        and heading.number
        and heading.kind != "part"
        and (heading.worded or heading.kind == "section")
        for heading in read
    )
