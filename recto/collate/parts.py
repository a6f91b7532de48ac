"""Which part each chapter stands in: by `[[parts]]`, by front matter, or by the part heading above it."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from recto.collate.anchor_register import AnchorRegister
from recto.collate.assembly import Shelf
from recto.collate.piece import Piece
from recto.model import Part
from recto.numbering import Number, roman, unroman
from recto.problems import Place, Problem, error, warning
from recto.settings.config import Config

_NAMED = re.compile(r"(?:part\s+)?(?P<numeral>[ivxl]+|\d{1,2})(?:\s*[.:—–-]\s*(?P<title>.+))?", re.I)


@dataclass(slots=True)
class _Declared:
    """A part while it is being found: its place among the parts, its heading, the labels of its chapters."""

    number: int | None
    title: str
    place: Place
    piece: Piece | None = None
    chapters: set[str] = field(default_factory=set)
    listed: bool = False  # in book.toml, whose faults are told where they stand
    ranked: bool = False  # by the order that was given

    @property
    def name(self) -> str:
        """How messages call it."""
        label = f"Part {roman(self.number).upper()}" if self.number else "part"
        return f"{label} “{self.title}”" if self.title else label


def parts_of(
    shelves: Sequence[Shelf], pieces: Sequence[Piece], config: Config, anchors: AnchorRegister
) -> tuple[dict[str, Part], list[Problem]]:
    """The part of each chapter, by the key of its shelf, and what is wrong with the parts.

    A chapter without a part of its own stands in that of the chapter before it; appendices stand in none
    unless they say so.
    """
    problems: list[Problem] = []
    ranked = any(piece.rank is not None for piece in pieces)
    declared = _from_order(shelves, pieces, problems) if ranked else _from_headings(pieces, problems)
    _from_settings(shelves, declared)
    if config.parts:
        declared = _from_config(shelves, declared, config, problems)
    held = {key: part for part in declared for key in part.chapters}
    given: dict[str, _Declared] = {}
    current: _Declared | None = None
    for shelf in shelves:
        if shelf.kind == "chapter":
            current = held.get(shelf.key, None if config.parts or ranked else current)
        part = held.get(shelf.key) if shelf.kind == "appendix" else current
        if part and shelf.kind in ("chapter", "appendix"):
            given[shelf.key] = part
    problems += _checked(declared, list(given.items()))
    return _made(given, anchors), problems


def _from_headings(pieces: Sequence[Piece], problems: list[Problem]) -> list[_Declared]:
    """Parts by their headings; a chapter belongs to the last part heading above it in its file.

    A part heading in a file without chapters holds those of the files after it, up to the next part.
    """
    found: dict[Number, _Declared] = {}
    above: _Declared | None = None
    file, opened_here = "", False
    headings = {piece.number for piece in pieces if piece.kind == "chapter"}
    seen: set[Number] = set()
    for piece in pieces:
        if piece.file != file:
            file = piece.file
            above = above if opened_here and above and not above.chapters else None
        if piece.kind == "part" and piece.number:
            above = _declare(piece, found, problems)
            opened_here = True
        chapter = piece.chapter
        if above and chapter and chapter not in seen and (piece.kind == "chapter" or chapter not in headings):
            seen.add(chapter)
            above.chapters.add(str(chapter))
    # Appendices after the last chapter of a part are not in it, unless the part holds nothing else.
    for part in found.values():
        numbered = {label for label in part.chapters if label.isdecimal()}
        part.chapters = numbered or part.chapters
    return sorted(found.values(), key=lambda part: part.number or 0)


def _from_order(
    shelves: Sequence[Shelf], pieces: Sequence[Piece], problems: list[Problem]
) -> list[_Declared]:
    """Parts by their places in the order that was given: each holds what follows, up to the next.

    A part without a number only ends the one before it.
    """
    found: dict[Number, _Declared] = {}
    begins: list[tuple[int, _Declared | None]] = []
    for piece in pieces:
        if piece.kind == "part" and piece.rank is not None:
            begins.append((piece.rank, _declare(piece, found, problems) if piece.number else None))
    begins.sort(key=lambda begin: begin[0])
    ranks = [rank for rank, _ in begins]
    for shelf in shelves:
        if shelf.kind == "chapter" and shelf.rank is not None and (index := bisect(ranks, shelf.rank)):
            part = begins[index - 1][1]
            if part:
                part.chapters.add(shelf.key)
    return sorted(found.values(), key=lambda part: part.number or 0)


def _declare(piece: Piece, found: dict[Number, _Declared], problems: list[Problem]) -> _Declared:
    number = piece.number or Number((1,))
    part = found.get(number)
    if part is None:
        value = number.parts[0]
        part = _Declared(value if isinstance(value, int) else None, piece.title, piece.place, piece)
        part.ranked = piece.rank is not None
        found[number] = part
    elif piece.title and part.title and piece.title.casefold() != part.title.casefold():
        message = f"{part.name} has another title here: “{piece.title}” (the first stands at {part.place})"
        problems.append(error("number-collision", message, piece.place, hint="renumber one of the two parts"))
    elif piece.section.text and part.piece and part.piece.section.text:
        message = f"{part.name} stands twice, with a text each time: here and at {part.place}"
        problems.append(error("number-collision", message, piece.place, hint="join the two texts"))
    else:
        part.title = part.title or piece.title
        part.piece = piece if piece.section.text else part.piece
    return part


def _from_settings(shelves: Sequence[Shelf], declared: list[_Declared]) -> None:
    """Adds what front matter says (`part: "II: The Hive"`, `part: II` or `part: The Hive`)."""
    for shelf in shelves:
        holders = (piece.section.settings.get("part") for piece in (*shelf.sections, shelf.heading) if piece)
        words = next((value for value in holders if isinstance(value, str) and value.strip()), "")
        if not words or not shelf.number:
            continue
        number, title = _read(words)
        part = next((p for p in declared if _is_same(p, number, title)), None)
        if part is None:
            part = _Declared(number, title, shelf.first.place)
            declared.append(part)
        part.title = part.title or title
        for other in declared:
            other.chapters.discard(shelf.label)
        part.chapters.add(shelf.label)


def _read(words: str) -> tuple[int | None, str]:
    found = _NAMED.fullmatch(words.strip())
    if not found:
        return None, words.strip()
    numeral = found["numeral"]
    return int(numeral) if numeral.isdecimal() else unroman(numeral), (found["title"] or "").strip()


def _is_same(part: _Declared, number: int | None, title: str) -> bool:
    if number is not None and part.number is not None:
        return part.number == number
    return bool(title) and part.title.casefold() == title.casefold()


def _from_config(
    shelves: Sequence[Shelf], declared: list[_Declared], config: Config, problems: list[Problem]
) -> list[_Declared]:
    """The parts as book.toml lists them, with the texts of the part headings in the manuscript."""
    labels = [shelf.label for shelf in shelves if shelf.number]
    parts: list[_Declared] = []
    taken: dict[str, _Declared] = {}
    for position, setting in enumerate(config.parts, 1):
        place = config.place_of("parts", position - 1, "title")
        old = next((p for p in declared if p.title.casefold() == setting.title.casefold()), None) or next(
            (p for p in declared if p.number == position and not p.title), None
        )
        part = _Declared(position, setting.title, place, old.piece if old else None, listed=True)
        if setting.chapters:
            where = config.place_of("parts", position - 1, "chapters")
            part.chapters = _listed(setting.chapters, labels, where, part, problems)
        elif old:
            part.chapters = set(old.chapters)
        else:
            hint = 'add chapters = "1-9"'
            message = f"the part “{setting.title}” matches nothing: the manuscript has no such part heading"
            problems.append(error("setting-unused", message, place, hint=hint))
        for label in sorted(part.chapters & set(taken)):
            message = f"chapter {label} stands in two parts: {taken[label].name} and {part.name}"
            problems.append(error("part-order", message, place))
        taken.update(dict.fromkeys(part.chapters, part))
        parts.append(part)
        if old:
            declared.remove(old)
    for left in declared:
        message = f"{left.name} has a heading in the manuscript, but is not among the [[parts]] of book.toml"
        hint = "add a [[parts]] with this title, or delete the heading"
        problems.append(error("part-order", message, left.place, hint=hint))
    return parts


def _listed(
    words: str, labels: Sequence[str], place: Place, part: _Declared, problems: list[Problem]
) -> set[str]:
    """The chapters of `1-9, 12, B`; each piece of it must name chapters that the book has."""
    chosen: set[str] = set()
    for item in (item.strip() for item in words.split(",")):
        first, _, last = (end.strip() for end in re.sub("[–—]", "-", item).partition("-"))
        low, high = Number.parse(first), Number.parse(last or first)
        held = {label for label in labels if low and high and low <= (Number.parse(label) or low) <= high}
        missing = [end for end in (first, last or first) if end not in labels]
        if missing or not held:
            message = f"{part.name} is to hold “{item}”, but there is no chapter {(missing or [item])[0]}"
            problems.append(error("setting-unused", message, place))
        chosen |= held
    return chosen


def _checked(declared: Sequence[_Declared], given: Sequence[tuple[str, _Declared]]) -> list[Problem]:
    """A part must hold chapters that follow one another, and parts must follow one another too."""
    problems = []
    blocks: list[_Declared] = []
    for label, part in given:
        if blocks and blocks[-1] is part:
            continue
        if any(block is part for block in blocks) or (
            blocks and part.number and blocks[-1].number and part.number < blocks[-1].number
        ):
            message = f"chapter {label} stands in {part.name}, but after a chapter of {blocks[-1].name}"
            hint = "say which chapters each part holds: [[parts]] title = “…”, chapters = “1-9”"
            problems.append(error("part-order", message, part.place, hint=hint, subject=label))
        blocks.append(part)
    for part in declared:
        if not part.listed and not any(part is held for _, held in given):
            hint = "say which chapters it holds in book.toml: [[parts]] title = “…”, chapters = “1-9”"
            message = f"{part.name} holds no chapter, and was left out"
            has_text = part.piece is not None and bool(part.piece.section.text)
            # a list may name files that are not there; of any other part no text may be lost
            told = error if has_text and not part.ranked else warning
            problems.append(told("empty-part", message, part.place, hint=hint))
    numbers = sorted(part.number for part in declared if part.number)
    for number in range(1, numbers[-1] if numbers else 0):
        if number not in numbers:
            after = next(part for part in declared if part.number and part.number > number)
            subject = f"Part {roman(number).upper()}"
            message = f"{subject} is missing: {after.name} comes next"
            problems.append(warning("number-gap", message, after.place, subject=subject))
    return problems


def _made(given: Mapping[str, _Declared], anchors: AnchorRegister) -> dict[str, Part]:
    """The parts as the book has them, numbered I, II … where the author gave no numbers."""
    made: dict[int, Part] = {}
    for part in given.values():
        if id(part) in made:
            continue
        label = roman(part.number or len(made) + 1).upper()
        section = part.piece.section if part.piece else None
        anchor = anchors.claim(f"part-{label.lower()}", part.piece)
        made[id(part)] = Part(label, part.title, anchor, section)
    return {label: made[id(part)] for label, part in given.items()}
