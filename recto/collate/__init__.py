"""Stage 2: Sections -> Book. Order, numbers, placement, and honesty about them.

    collate(manuscript: Manuscript, config: Config) -> (Book, problems)

The passes, in order: what book.toml places is placed; headings of one chapter are joined; what stands
twice word for word is set once; runs of sections with the same numbers are kept apart; text without a place
gets one; chapters are put in order, into their parts, under their titles; and all is checked for gaps.
Every decision that was not the author's is a problem that says so, with its place and how to decide
otherwise.
"""

from __future__ import annotations

import re
from collections import Counter

from recto.collate.anchor_register import AnchorRegister
from recto.collate.assembly import assemble, shelve
from recto.collate.collisions import drop_repeats, keep_apart
from recto.collate.extents import outsized
from recto.collate.parts import parts_of
from recto.collate.piece import pieces_of
from recto.collate.place_tables import place
from recto.collate.queries import check
from recto.collate.strays import leftovers, settle
from recto.collate.synopsis import outline
from recto.collate.titling.chapter_headings import headed_by_zero, letter_appendices, merge_headings
from recto.collate.titling.titles import titles_of
from recto.collate.unknown_language import unspoken
from recto.model import Book, Manuscript
from recto.problems import Problem
from recto.settings.config import Config

_WORD = re.compile(r"[^\W_]+")

__all__ = ["collate", "outline"]


def collate(manuscript: Manuscript, config: Config) -> tuple[Book, tuple[Problem, ...]]:
    """Put a manuscript in order.

    Returns the book and every problem, in the order of places. With errors among them the book is as whole
    as it can be made without the author's word; it is for looking at, not for printing.
    """
    placed = place(pieces_of(manuscript.sections), config)
    pieces, zeros = headed_by_zero(letter_appendices(placed.pieces))
    pieces = merge_headings(pieces)
    pieces, repeats = drop_repeats(pieces)
    settled = settle(pieces, manuscript)
    pieces, collisions = keep_apart(merge_headings(settled.pieces))
    shelves = shelve(pieces)
    anchors = AnchorRegister(pieces)
    parts, part_problems = parts_of(shelves, pieces, config, anchors)
    titles, title_problems = titles_of(shelves, config, placed.titles)
    assembled = assemble(shelves, titles, parts, anchors)
    title = config.book.title or settled.title or _named(manuscript)
    book = Book(title, tuple(assembled.chapters), assembled.numbers)
    problems = (
        *unspoken(config),
        *placed.problems,
        *zeros,
        *repeats,
        *settled.problems,
        *collisions,
        *part_problems,
        *title_problems,
        *anchors.problems,
        *leftovers(pieces),
        *outsized(book),
        *check(shelves, placed.vacated),
    )
    return book, tuple(sorted(problems, key=_by_place))


def _by_place(problem: Problem) -> tuple[str, int]:
    return problem.place.file, problem.place.line or 0


def _named(manuscript: Manuscript) -> str:
    """A title of last resort out of a file's name, spelled as the text does: `aws-guide` -> `AWS Guide`."""
    words = manuscript.name.replace("-", " ").replace("_", " ").split()
    wanted, found = {word.casefold() for word in words}, Counter[str]()
    for section in manuscript.sections:
        found.update(word for word in _WORD.findall(section.text) if word.casefold() in wanted)
    return " ".join(_spelled(word, found) for word in words) or "Untitled"


def _spelled(word: str, found: Counter[str]) -> str:
    """A word as the text has it most, where that is in capitals other than the first; else with that one."""
    same = [each for each in found if each.casefold() == word.casefold()]
    most = max(same, key=lambda each: (found[each], each), default="")
    return most if most[1:] != most[1:].lower() else word[:1].upper() + word[1:]
