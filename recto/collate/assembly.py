"""Chapters out of pieces: every piece in its chapter, every chapter in its order, each with its anchor."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from recto.collate.anchor_register import AnchorRegister
from recto.collate.piece import Piece
from recto.ids import fit
from recto.model import BACK_MATTER, FRONT_MATTER, UNNUMBERED, BookSection, Chapter, ChapterKind, Part
from recto.numbering import Number

# Untitled text found before the first heading comes before all that has a name, but for what is displayed.
_SHOWN = FRONT_MATTER.index("epigraph") + 1
FRONT = (*FRONT_MATTER[:_SHOWN], "opening", *FRONT_MATTER[_SHOWN:])
_ORDER: dict[ChapterKind, int] = {"front": 0, "chapter": 1, "appendix": 2, "back": 3}


@dataclass(frozen=True, slots=True)
class Shelf:
    """The pieces of one chapter, appendix or piece of matter: its own heading, if any, and its sections.

    `nth` counts pieces of matter of one name, such as prefaces, in the order of the book.
    """

    kind: ChapterKind
    number: Number | None
    role: str
    heading: Piece | None
    sections: tuple[Piece, ...] = ()
    nth: int = 1

    @property
    def first(self) -> Piece:
        """The piece that tells the shelf's place."""
        return self.heading or self.sections[0]

    @property
    def label(self) -> str:
        """`3`, `A`; "" for matter."""
        return str(self.number) if self.number else ""

    @property
    def rank(self) -> int | None:
        """Its place in the order that was given, if one was."""
        return self.first.rank

    @property
    def key(self) -> str:
        """What it is known by among all: its label, or the name of the matter; `preface 2` is the second."""
        return self.label or (self.role if self.nth == 1 else f"{self.role} {self.nth}")

    @property
    def title(self) -> str:
        """The title that the manuscript gives it."""
        return self.heading.title if self.heading else ""


@dataclass(slots=True)
class Assembled:
    """The chapters of the book in order, and where each number of the manuscript has gone."""

    chapters: list[Chapter] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)


def shelve(pieces: Sequence[Piece]) -> list[Shelf]:
    """The pieces by chapter, in the order of the book: front matter, chapters, appendices, back matter."""
    chapters: dict[Number, list[Piece]] = {}
    shelves = []
    kind_of = _Division(pieces)
    for piece in pieces:
        if piece.kind == "matter" and piece.role:
            kind, natural = kind_of(piece), _natural(piece.role)
            # a preface among the chapters is a chapter by that name
            shelves.append(Shelf(kind, None, piece.role if kind == natural else UNNUMBERED, piece))
        elif piece.chapter:
            chapters.setdefault(piece.chapter, []).append(piece)
    for number, held in chapters.items():
        heading = next((piece for piece in held if piece.kind == "chapter"), None)
        sections = sorted((p for p in held if p.kind == "section"), key=lambda p: (p.number or number, p.key))
        kind = "appendix" if number.lettered else "chapter"
        shelves.append(Shelf(kind, number, kind, heading, tuple(sections)))
    return _counted(_in_order(shelves))


def _counted(shelves: Sequence[Shelf]) -> list[Shelf]:
    seen: Counter[str] = Counter()
    counted = []
    for shelf in shelves:
        seen[shelf.label or shelf.role] += 1
        counted.append(replace(shelf, nth=seen[shelf.label or shelf.role]))
    return counted


def _natural(role: str) -> ChapterKind:
    return "front" if role in FRONT else "back"


class _Division:
    """Where in the book matter belongs: by its name, or by what stands before and after it in its order."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        ranked = [(piece.rank, piece) for piece in pieces if piece.rank is not None]
        body = sorted(
            (rank, piece.kind != "part", piece.number is not None and piece.number.lettered)
            for rank, piece in ranked
            if piece.kind == "part" or piece.chapter
        )
        self._ranks = [rank for rank, _, _ in body]
        self._lettered = [lettered for _, _, lettered in body]
        self._last = max((rank for rank, numbered, _ in body if numbered), default=None)

    def __call__(self, piece: Piece) -> ChapterKind:
        """The division that a piece of matter stands in."""
        if piece.follows:
            return "appendix" if piece.follows.lettered else "chapter"
        if piece.rank is None:
            return _natural(piece.role or "")
        if self._last is None:
            return "chapter"  # of a book without numbers they all are
        before = bisect_left(self._ranks, piece.rank)
        if not before:
            return "front"
        if piece.rank > self._last:
            return "back"
        return "appendix" if self._lettered[before - 1] else "chapter"


def _in_order(shelves: Sequence[Shelf]) -> list[Shelf]:
    """Shelves by their ranks; one without stands after the one that it would follow by its number."""
    at, places = -1, {}
    for shelf in sorted(shelves, key=_by_number):
        at = at if shelf.rank is None else shelf.rank
        places[id(shelf)] = _ORDER[shelf.kind], at, shelf.rank is None
    ordered = sorted(shelves, key=_by_number)
    return ordered if at < 0 else sorted(ordered, key=lambda shelf: places[id(shelf)])


def _by_number(shelf: Shelf) -> tuple[object, ...]:
    if number := shelf.number or shelf.first.follows:
        return _ORDER[shelf.kind], 0, number, not shelf.number, shelf.first.key
    names = FRONT if shelf.kind == "front" else BACK_MATTER
    name = names.index(shelf.role) if shelf.role in names else len(names)
    return _ORDER[shelf.kind], name, Number((0,)), False, shelf.first.key


def assemble(
    shelves: Sequence[Shelf], titles: dict[str, str], parts: dict[str, Part], anchors: AnchorRegister
) -> Assembled:
    """Chapters with anchors out of shelves; `titles` and `parts` by the keys of shelves."""
    done = Assembled()
    for shelf in shelves:
        anchor = anchors.claim(_wanted(shelf), shelf.heading)
        sections = tuple(_section(piece, anchors) for piece in shelf.sections)
        opening = shelf.heading.section if shelf.heading else None
        chapter = Chapter(
            shelf.kind,
            shelf.role,
            shelf.first.section.label or shelf.label,
            titles.get(shelf.key, shelf.title),
            anchor,
            shelf.first.place,
            parts.get(shelf.key),
            opening,
            sections,
            shelf.label,
        )
        done.chapters.append(chapter)
    done.numbers = _numbers(shelves, done.chapters)
    return done


def _wanted(shelf: Shelf) -> str:
    """What the id of a shelf would be, were it not taken."""
    if shelf.number:
        return f"{shelf.role}-{shelf.label.lower()}"
    return fit("-".join(shelf.title.lower().split())) if shelf.role == UNNUMBERED else shelf.role


def _section(piece: Piece, anchors: AnchorRegister) -> BookSection:
    if piece.number is None:  # pragma: no cover - only numbered pieces are sections
        raise AssertionError("a section has a number")
    made = "section-" + "-".join(str(part).lower() for part in piece.number.parts)
    source = replace(piece.section, title=piece.title)
    return BookSection(piece.number, anchors.claim(made, piece), piece.number.depth, source)


def _numbers(shelves: Sequence[Shelf], chapters: Sequence[Chapter]) -> dict[str, str]:
    """Every number to its anchor: those typed in the manuscript, else those of this book."""
    typed: dict[str, str] = {}
    moved: dict[str, str] = {}
    printed: dict[str, str] = {}
    for shelf, chapter in zip(shelves, chapters, strict=True):
        if shelf.number is None:
            continue
        printed[shelf.label] = chapter.anchor
        source = shelf.heading or shelf.sections[0]
        origin = source.section.number.chapter if source.section.number else None
        if origin is not None:
            (typed if origin == shelf.number else moved).setdefault(str(origin), chapter.anchor)
        for piece, section in zip(shelf.sections, chapter.sections, strict=True):
            printed[str(section.number)] = section.anchor
            if old := piece.section.number:
                (typed if old == section.number else moved).setdefault(str(old), section.anchor)
    return {**printed, **moved, **typed}
