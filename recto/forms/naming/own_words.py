"""Chapters that an author calls otherwise: `Lesson 3: Verbs`, `Letter IV`, `§ 12`, `Act II` with scenes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from recto.forms.naming.heading_text import SEPARATOR, HeadingText, numeral, read_heading
from recto.forms.stops import CLAUSE_END
from recto.languages import everywhere
from recto.numbering import Number

_FEWEST, _FEWEST_UNKNOWN = 2, 3  # headings of a word that is known to count chapters, and of any other
_NAMED = re.compile(
    r"(?:(?P<word>[^\W\d_]{2,20}\.?)\s+|(?P<sign>[§#№])\s*)(?P<numeral>[^\W_]+(?:-[^\W\d_]+)?)"
    rf"(?P<mark>{SEPARATOR})(?P<title>.*)"
)
_LONGEST_SCENE = 8  # words of `Scene 2. A wood near Athens.`


@dataclass(frozen=True, slots=True)
class _Counted:
    """A heading of a word and a number: where it stands, the word and how it is typed, and the rest."""

    at: int
    word: str
    typed: str
    number: int
    title: str


@cache
def _kinds() -> frozenset[str]:
    words = (word.casefold() for kind in ("kinds", "scene") for word in everywhere("headings", kind))
    return frozenset(("§", *words))


@cache
def _others() -> frozenset[str]:
    """The words that count other things than chapters in any language: figures, tables, notes …"""
    kinds = ("figure", "table", "listing", "note", "page", "example", "exercise", "answer", "part")
    return frozenset(word.casefold() for kind in kinds for word in everywhere("words", kind))


def is_counted_by_word(words: str) -> bool:
    """Whether a line may be such a heading, by itself."""
    return any(each.word in _kinds() for each in _counted([words]))


def counted_by_word(headings: Sequence[str]) -> tuple[str, Mapping[int, HeadingText]]:
    """The author's word for chapters, and what the headings say that have it, by their places in the row.

    Of several such words it is the one that comes first; another one that counts anew below each of them is
    that of their sections. A word that isn't known to count chapters must count at least three, from one on
    and without a gap, since `Windows 11` counts nothing. ("", {}) where there is no such word.
    """
    rows = _rows(headings)
    for word, row in rows.items():
        if _is_row(word, row):
            made = {
                each.at: HeadingText("chapter", Number((each.number,)), each.title, worded=True)
                for each in row
            }
            for other in rows:
                if other != word and other in _kinds():
                    made |= _below(row, rows[other], headings)
            typed = row[0].typed
            return typed.capitalize() if typed.isupper() else typed, made
    return "", {}


def counted_in_parts(headings: Sequence[str]) -> Mapping[int, HeadingText]:
    """The headings `Part 2, Chapter 1: Oars` by their places, where there are several, each pair once.

    As chapters they count on through all parts, and their titles keep the author's numbers.
    """
    found: dict[int, tuple[int, int]] = {}
    for at, words in enumerate(headings):
        one, _, two = words.partition(",")
        part, chapter = read_heading(one), read_heading(two)
        if not part or not chapter or (part.kind, part.title, chapter.kind) != ("part", "", "chapter"):
            continue
        if part.number and chapter.number and chapter.worded and not chapter.number.lettered:
            found[at] = int(str(part.number)), int(str(chapter.number))
    places = sorted(found, key=found.__getitem__)
    if len(found) < _FEWEST or len({*found.values()}) < len(found):
        return {}
    return {
        at: HeadingText("chapter", Number((count,)), headings[at], worded=True)
        for count, at in enumerate(places, 1)
    }


def uncounted(headings: Sequence[str]) -> list[int]:
    """The places of several headings of one word that is not taken for that of chapters."""
    counted = counted_by_word(headings)[1]
    rows = (row for word, row in _rows(headings).items() if len(row) >= _fewest(word))
    return [each.at for row in rows for each in row if each.at not in counted]


def _fewest(word: str) -> int:
    return _FEWEST if word in _kinds() else _FEWEST_UNKNOWN


def _rows(headings: Sequence[str]) -> Mapping[str, list[_Counted]]:
    """The headings that a word counts, by that word, in the order in which they stand."""
    rows: dict[str, list[_Counted]] = {}
    for each in _counted(headings):
        rows.setdefault(each.word, []).append(each)
    return rows


def _counted(headings: Sequence[str]) -> Iterator[_Counted]:
    for at, words in enumerate(headings):
        found = _NAMED.fullmatch(words)
        value = numeral(found["numeral"]) if found else None
        said = read_heading(words) if found and value else None
        if found is None or not value or (said and (said.worded or said.kind != "chapter")):
            continue
        typed, title = found["word"] or found["sign"], found["title"].strip()
        word = typed.casefold()
        if title and not found["mark"].strip() and not title[0].isupper():
            continue  # `Day 3 was worse` is a sentence
        if CLAUSE_END.search(title) and not (_is_scene(word) and len(title.split()) <= _LONGEST_SCENE):
            continue
        if word in _kinds() or ((typed[0].isupper() or found["sign"]) and word not in _others()):
            yield _Counted(at, word, typed, value, title)


@cache
def _is_scene(word: str) -> bool:
    return word in {form.casefold() for form in everywhere("headings", "scene")}


def _is_row(word: str, row: Sequence[_Counted]) -> bool:
    numbers = {each.number for each in row}
    if len(numbers) != len(row) or len(row) < _fewest(word):
        return False
    return word in _kinds() or max(numbers) == len(row)


def _below(
    chapters: Sequence[_Counted], row: Sequence[_Counted], headings: Sequence[str]
) -> Mapping[int, HeadingText]:
    """The headings of sections, each in the chapter above it; none where one stands above all, or twice."""
    made: dict[int, HeadingText] = {}
    for each in row:
        above = next((chapter for chapter in reversed(chapters) if chapter.at < each.at), None)
        if above is None:
            return {}
        number = Number((above.number, each.number))
        made[each.at] = HeadingText("section", number, each.title or headings[each.at])
    return made if len({heading.number for heading in made.values()}) == len(made) else {}
