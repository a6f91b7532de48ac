"""What a careful editor asks about: missing numbers, empty sections, text that breaks off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from recto.collate.assembly import Shelf
from recto.collate.piece import Piece
from recto.forms import syntax_of
from recto.numbering import Number
from recto.problems import Place, Problem, how_to_silence, warning

_MANY = 3  # of these in one chapter, one warning names them all
_SHORT = 8  # words; a shorter last line may be a signature
_CLOSING = "\"'”’»«“)]*_` "
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff];$")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s]{1,2000}$")


def check(shelves: Sequence[Shelf], vacated: set[Number]) -> list[Problem]:
    """Every gap, empty section and broken-off text; `vacated` numbers were left on purpose."""
    problems = _gaps_between_chapters(shelves, vacated)
    for shelf in shelves:
        problems += _gaps_inside(shelf, vacated)
        problems += _empty(shelf)
        problems += _broken_off(shelf)
    return problems


def _gaps_between_chapters(shelves: Sequence[Shelf], vacated: set[Number]) -> list[Problem]:
    problems = []
    for kind, one in (("chapter", 1), ("appendix", "A")):
        held = [shelf for shelf in shelves if shelf.kind == kind and shelf.number]
        if not held:
            continue
        numbers = [shelf.number.parts[0] for shelf in held if shelf.number]
        missing = _missing(0 if _ordinal(numbers[0]) == 0 else _ordinal(one) - 1, _ordinal(numbers[0]))
        if missing := _not_vacated(missing, Number((one,)), vacated):
            name = _span(missing, Number((one,)))
            message = f"the book begins with {kind} {numbers[0]}: {name} {_be(missing)} missing"
            if kind == "appendix":
                message = f"the first appendix is {numbers[0]}: {name} {_be(missing)} missing"
            problems.append(warning("number-gap", message, held[0].first.place, subject=name))
        for before, after in pairwise(held):
            if before.number and after.number:
                problems += _gap(before.first, before.number, after.first, after.number, vacated, kind)
    return problems


def _gaps_inside(shelf: Shelf, vacated: set[Number]) -> list[Problem]:
    """Gaps among the sections of a chapter, at every depth."""
    siblings: dict[Number, list[Piece]] = {}
    for piece in shelf.sections:
        if piece.number and piece.number.parent:
            siblings.setdefault(piece.number.parent, []).append(piece)
    here = {piece.number for piece in shelf.sections}
    problems = []
    for parent, pieces in siblings.items():
        first = pieces[0]
        if parent.depth > 1 and parent not in here and parent not in vacated:
            message = f"{first.number} ({first.place}) has no section {parent} above it"
            problems.append(warning("number-gap", message, first.place, subject=str(parent)))
        missing = _missing(0, _ordinal(first.number.last)) if first.number else []
        if first.number and (missing := _not_vacated(missing, first.number, vacated)):
            name = _span(missing, first.number)
            kind = "chapter" if parent.depth == 1 and not parent.lettered else "section"
            kind = "appendix" if parent.depth == 1 and parent.lettered else kind
            message = f"{kind} {parent} begins with {first.number}: {name} {_be(missing)} missing"
            problems.append(warning("number-gap", message, first.place, subject=name))
        for before, after in pairwise(pieces):
            if before.number and after.number:
                problems += _gap(before, before.number, after, after.number, vacated, "")
    return problems


def _gap(
    before: Piece, low: Number, after: Piece, high: Number, vacated: set[Number], kind: str
) -> list[Problem]:
    missing = _not_vacated(_missing(_ordinal(low.last), _ordinal(high.last)), low, vacated)
    if not missing:
        return []
    name = _span(missing, low)
    word = f"{kind} " if kind else ""
    first, then = f"{word}{low} ({before.place})", f"{word}{high} ({after.place})"
    message = f"{first} is followed by {then}: {name} {_be(missing)} missing"
    hint = f"renumber, or, if nothing is lost, {how_to_silence('number-gap', name)}"
    return [warning("number-gap", message, after.place, hint=hint, subject=name)]


def _missing(low: int, high: int) -> list[int]:
    return list(range(low + 1, high))


def _not_vacated(missing: list[int], like: Number, vacated: set[Number]) -> list[int]:
    return [] if any(_with_last(like, last) in vacated for last in missing) else missing


def _ordinal(part: int | str) -> int:
    return part if isinstance(part, int) else ord(part) - ord("A") + 1


def _with_last(like: Number, last: int) -> Number:
    """The number beside `like` whose last part is the given one: 4.3 beside 4.2, C beside B."""
    part = chr(ord("A") + last - 1) if isinstance(like.last, str) else last
    return Number((*like.parts[:-1], part))


def _span(missing: list[int], like: Number) -> str:
    first, last = _with_last(like, missing[0]), _with_last(like, missing[-1])
    return str(first) if first == last else f"{first}–{last}"


def _be(missing: list[int]) -> str:
    return "is" if len(missing) == 1 else "are"


def _empty(shelf: Shelf) -> list[Problem]:
    """Headings with nothing below them, neither text nor subsections."""
    problems = []
    holders = _holders(shelf)
    for piece in shelf.sections:
        number = piece.number
        if not _prints(piece) and number not in holders:
            message = f"section {number} is empty: there is nothing below its heading"
            problems.append(_emptiness(message, piece.place, str(number)))
    if shelf.heading and not shelf.sections and not _prints(shelf.heading):
        name = f"{shelf.kind} {shelf.label}" if shelf.number else f"“{shelf.title or shelf.role}”"
        message = f"{name} is empty: there is nothing below its heading"
        problems.append(_emptiness(message, shelf.heading.place, shelf.label or shelf.role))
    return problems


def _prints(piece: Piece) -> bool:
    return bool(syntax_of(piece.section.syntax).printed(piece.section.text).strip())


def _emptiness(message: str, place: Place, subject: str) -> Problem:
    hint = f"write it, or take the heading out, or {how_to_silence('empty-section', subject)}"
    return warning("empty-section", message, place, hint=hint, subject=subject)


def _broken_off(shelf: Shelf) -> list[Problem]:
    """Texts that end in mid-sentence; three of them in one chapter or more are told at once."""
    pieces = [piece for piece in (shelf.heading, *shelf.sections) if piece]
    holders = _holders(shelf)
    broken = []
    for piece in pieces:
        if (ending := ending_of(piece, followed=piece.number in holders)) is not None:
            broken.append((piece, *ending))
    if len(broken) >= _MANY and shelf.number:
        where = ", ".join(f"{piece.number} (line {line})" for piece, line, _ in broken)
        message = f"{len(broken)} sections of {shelf.kind} {shelf.label} break off in mid-sentence: {where}"
        first, line, _ = broken[0]
        at = Place(first.file, line)
        return [_break(message, at, shelf.label)]
    problems = []
    for piece, line, words in broken:
        name = str(piece.number) if piece.number else f"“{piece.title or shelf.role}”"
        message = f"{name} breaks off in mid-sentence: “…{words}”"
        at = Place(piece.file, line)
        problems.append(_break(message, at, str(piece.number or shelf.role)))
    return problems


def _break(message: str, place: Place, subject: str) -> Problem:
    hint = f"finish the sentence, or, if it is meant, {how_to_silence('breaks-off', subject)}"
    return warning("breaks-off", message, place, hint=hint, subject=subject)


def _holders(shelf: Shelf) -> set[Number | None]:
    """The numbers that other sections stand below, to which a text may lead over with a colon."""
    numbers = [piece.number for piece in shelf.sections if piece.number]
    return {Number(number.parts[:depth]) for number in numbers for depth in range(1, number.depth)}


def ending_of(piece: Piece, *, followed: bool) -> tuple[int, str] | None:
    """The line and the last words of a text that breaks off; None where it ends as texts do.

    Only running text is judged: a list, table, figure or block of code ends as it likes, and so does a
    short last line (a signature, a line of verse).
    """
    syntax = syntax_of(piece.section.syntax)
    lines = syntax.printed(piece.section.text).split("\n")
    if count := syntax.left_over(piece.section.text):
        lines = lines[:-count]
    while lines and not lines[-1].strip():
        lines.pop()
    if not lines:
        return None
    start = len(lines) - 1
    while start and lines[start - 1].strip():
        start -= 1
    if not syntax.is_prose(lines, start):
        return None
    paragraph = syntax.sentence(" ".join(" ".join(lines[start:]).split()))
    if not _breaks(paragraph, followed=followed):
        return None
    words = " ".join(paragraph.split()[-6:])
    return piece.section.text_line + len(lines) - 1, words


def _breaks(paragraph: str, *, followed: bool) -> bool:
    end = paragraph.rstrip(_CLOSING)
    if not end or _ADDRESS.search(paragraph):
        return False
    last, count = end[-1], len(paragraph.split())
    if last == ";" and _GREEK.search(end):  # there it asks a question
        return False
    if last in ",;" or (last == ":" and not followed):
        return True
    if not (last.isalpha() and (last.islower() or last.isupper())) and not last.isdigit():
        return False
    word = end.split()[-1]
    return count >= _SHORT or (word[0].islower() and count > 1 and len(paragraph) == len(end))
