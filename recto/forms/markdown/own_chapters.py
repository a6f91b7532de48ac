"""Chapters whose headings count by the author's own word, or by letters: `# Week 3: Oars`, `# C. Oars`."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from recto.forms.naming.heading_text import HeadingText, read_heading
from recto.forms.naming.matter import role_of
from recto.forms.naming.own_words import counted_by_word, counted_in_parts
from recto.forms.source_file import SourceHeading
from recto.numbering import Number, letter

_LETTERED = re.compile(r"(?P<letter>[A-Z])[.):]\s+\S.*")
_FEWEST_LETTERS = 3


def with_own_chapters(headings: Sequence[SourceHeading], *, whole: bool) -> list[SourceHeading]:
    """The headings, those that count so as `Chapter 3: Oars`; in one of several files they keep their words.

    They must be of one level, below nothing but parts and the title, in a file without other numbers. Beside
    headings without any, they are left as they are where they stand in order: so does all else, then.
    """
    word, counted = own_chapters(headings)
    if not counted:
        return list(headings)
    made = list(headings)
    for at, heading in counted.items():
        label = "Section" if heading.kind == "section" else "Chapter"
        title = heading.title if whole and word else headings[at].words
        made[at] = dataclasses.replace(made[at], words=f"{label} {heading.number}: {title}".rstrip(": "))
    return made


def own_chapters(headings: Sequence[SourceHeading]) -> tuple[str, Mapping[int, HeadingText]]:
    """The word, "" for letters, and what such headings say, by their places; ("", {}) where none do."""
    said = [read_heading(each.words) for each in headings]
    words = [each.words for each in headings]
    for word, counted in (counted_by_word(words), ("", _lettered(words)), ("", counted_in_parts(words))):
        chapters = {at: each for at, each in counted.items() if each.kind == "chapter"}
        levels = {headings[at].level for at in chapters}
        if len(levels) != 1:
            continue
        level = min(levels)
        others = [at for at, each in enumerate(headings) if each.level == level and at not in chapters]
        if any(_is_numbered(said[at]) for at in range(len(headings)) if at not in counted):
            continue
        is_ordered = all(one < two for one, two in pairwise(_numbers(chapters)))
        loose = [at for at in others if role_of(words[at]) is None and not _is_part(said[at])]
        if _stand_highest(headings, said, level) and not (is_ordered and (loose or not word)):
            return word, counted
    return "", {}


def _numbers(chapters: Mapping[int, HeadingText]) -> list[Number]:
    """The numbers of chapters in the order in which they stand."""
    return [number for at in sorted(chapters) if (number := chapters[at].number)]


def _is_numbered(said: HeadingText | None) -> bool:
    return bool(said and said.number) and not _is_part(said)


def _is_part(said: HeadingText | None) -> bool:
    return said is not None and said.kind == "part"


def _stand_highest(headings: Sequence[SourceHeading], said: Sequence[HeadingText | None], level: int) -> bool:
    """True where headings of a level stand below no others than parts, and a first one, the title."""
    above = [at for at, each in enumerate(headings) if each.level < level]
    return all(at == 0 or _is_part(said[at]) for at in above)


def _lettered(words: Sequence[str]) -> Mapping[int, HeadingText]:
    """The headings by letters, where these are all from A on, each once; their titles keep them."""
    found = {at: match["letter"] for at, each in enumerate(words) if (match := _LETTERED.fullmatch(each))}
    row = [letter(index) for index in range(len(found))]
    if len(row) < _FEWEST_LETTERS or sorted(found.values()) != row:
        return {}
    return {
        at: HeadingText("chapter", Number((row.index(each) + 1,)), words[at], worded=True)
        for at, each in found.items()
    }
