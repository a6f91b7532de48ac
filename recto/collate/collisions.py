"""Two sections with one number: told apart where that is safe, else left to the author.

A *run* is a stretch of the manuscript in which the sections of one chapter follow one another, up or down,
without a number twice. Of two runs with the same numbers, the one that stands between the neighbours of its
chapter keeps them; the other becomes an appendix.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from recto.collate.piece import Piece, folded, free_letters, lines_of, numbers_of, repeated, span_of
from recto.numbering import Number
from recto.problems import Problem, error, warning

Run = list[Piece]

# matter that a book has once: it stands on a page that is made for it
_SINGLE = ("praise", "also-by", "copyright", "dedication", "epigraph", "colophon")


def drop_repeats(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Problem]]:
    """Sections that stand twice, word for word, are kept once; one warning a chapter names both places."""
    kept: dict[object, Piece] = {}
    dropped: dict[object, list[tuple[Piece, Piece]]] = {}
    for piece in sorted(pieces, key=lambda p: p.key):
        name = piece.number or (piece.role if piece.rank is None else None)
        words = folded(piece.section.text)
        key = (piece.kind, name, folded(piece.title).casefold(), words)
        if name is None or (piece.kind != "section" and not words) or key not in kept:
            kept[key if name is not None else piece.order] = piece
        else:
            dropped.setdefault(piece.chapter or name, []).append((kept[key], piece))
    problems = [_repeat(pairs) for pairs in dropped.values()]
    gone = {copy.order for pairs in dropped.values() for _, copy in pairs}
    return [piece for piece in pieces if piece.order not in gone], problems


def _repeat(pairs: list[tuple[Piece, Piece]]) -> Problem:
    first, copy = pairs[0]
    subject = str(first.number or first.role)
    more = ""
    if len(pairs) > 1:
        others = ", ".join(f"{second.number} ({second.place})" for _, second in pairs[1:])
        more = f"; so do {others}"
    message = (
        f"{subject} stands here a second time, word for word, and is printed once (as at {first.place}){more}"
    )
    return warning("repeated-text", message, copy.place, hint="delete one of the two", subject=subject)


def keep_apart(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Problem]]:
    """Resolve every collision of numbers: whole runs become appendices, all else is an error.

    Returns the pieces, each number once, and a warning for each run that was moved or an error for each
    number that could not be told apart (of which the first by place is kept, so that later checks go on).
    """
    problems: list[Problem] = []
    runs = _runs(pieces)
    changed: dict[int, Piece] = {}
    letters = free_letters({piece.chapter for piece in pieces if piece.chapter})
    for chapter in sorted({number.chapter for number in repeated(_colliding(pieces))}):
        mine = [run for run in runs if run[0].chapter == chapter]
        verdict = _judge(mine, pieces)
        if verdict is None or len(letters) < len(verdict.foreign):
            continue
        for run in verdict.foreign:
            label = Number((letters.pop(0),))
            moved = _renumbered(run, label)
            changed.update({piece.order: piece for piece in moved})
            problems.append(_moved_away(run, verdict.kept, moved))
    resolved = [changed.get(piece.order, piece) for piece in pieces]
    return _refuse_the_rest(resolved, problems)


def _colliding(pieces: Sequence[Piece]) -> list[Number | None]:
    return [piece.number for piece in pieces if piece.chapter]


def _runs(pieces: Sequence[Piece]) -> list[Run]:
    runs: list[Run] = []
    for piece in pieces:
        if piece.chapter is None:
            continue
        if runs and runs[-1][0].chapter == piece.chapter and all(p.number != piece.number for p in runs[-1]):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


@dataclass(frozen=True, slots=True)
class _Verdict:
    kept: Run
    foreign: list[Run]


def _judge(runs: list[Run], pieces: Sequence[Piece]) -> _Verdict | None:
    """Which run keeps the chapter's numbers, and which go; None where they can't be told apart."""
    if any(piece.placed for run in runs for piece in run):
        return None
    scores = _Neighbourhood(pieces)
    ranked = sorted(runs, key=scores.of, reverse=True)
    kept, foreign = list(ranked[0]), []
    for run in ranked[1:]:
        taken = {piece.number for piece in kept}
        if all(piece.number not in taken for piece in run):
            kept += run
        elif scores.of(run) < scores.of(ranked[0]) and _is_whole(run) and _is_whole(ranked[0]):
            foreign.append(run)
        else:
            return None
    return _Verdict(ranked[0], sorted(foreign, key=lambda run: run[0].order))


def _is_whole(run: Run) -> bool:
    """True for two sections or more that go steadily up or down: something an author wrote as a row."""
    numbers = [piece.number for piece in run if piece.kind == "section" and piece.number]
    steps = {first < second for first, second in pairwise(numbers)}
    return len(numbers) > 1 and len(steps) == 1


class _Neighbourhood:
    """How naturally a run stands where it stands: 2 between the chapters next to its own, 1 beside one, 0."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.numbered = [piece for piece in pieces if piece.chapter]
        self.index = {piece.order: index for index, piece in enumerate(self.numbered)}
        self.chapters = sorted({piece.chapter for piece in self.numbered if piece.chapter})
        steps = [
            1 if a.chapter < b.chapter else -1
            for a, b in pairwise(self.numbered)
            if a.chapter and b.chapter and a.chapter != b.chapter
        ]
        self.forward = sum(steps) >= 0

    def of(self, run: Run) -> int:
        """The score of a run, by the chapters before and after it in the manuscript's own direction."""
        at = self.chapters.index(run[0].chapter) if run[0].chapter else 0
        lower = self.chapters[at - 1] if at else None
        upper = self.chapters[at + 1] if at + 1 < len(self.chapters) else None
        before, after = (lower, upper) if self.forward else (upper, lower)
        first, last = self.index[run[0].order], self.index[run[-1].order]
        found_before = self.numbered[first - 1].chapter if first else None
        found_after = self.numbered[last + 1].chapter if last + 1 < len(self.numbered) else None
        return (found_before == before) + (found_after == after)


def _renumbered(run: Run, label: Number) -> Run:
    """The run as an appendix: its first section becomes A.1, whatever its number was."""
    seconds = sorted(
        {piece.number.parts[1] for piece in run if piece.number and piece.number.depth > 1}, key=str
    )
    seconds.sort(key=lambda part: (isinstance(part, str), part))
    moved = []
    for piece in run:
        parts = piece.number.parts[1:] if piece.number else ()
        below = (seconds.index(parts[0]) + 1, *parts[1:]) if parts else ()
        moved.append(replace(piece, number=Number(label.parts + below)))
    return moved


def _moved_away(run: Run, kept: Run, moved: Run) -> Problem:
    sections = [piece for piece in run if piece.kind == "section"]
    new = [piece for piece in moved if piece.kind == "section"]
    chapter, label = run[0].chapter, moved[0].chapter
    other = f"{run[0].file}, {lines_of(kept)}" if run[0].file != kept[0].file else lines_of(kept)
    message = (
        f"{numbers_of(sections)} stand twice: here ({lines_of(run)}), and between the chapters next to "
        f"chapter {chapter} ({other}). Those keep their numbers; "
        f"these became Appendix {label} ({numbers_of(new)})"
    )
    span = lines_of(run).split()[1].replace("–", "-")
    hint = (
        f'to decide otherwise, add to book.toml a [[place]] with chapter = "{chapter}", lines = "{span}", '
        f'as = "appendix {label}" (or "chapter N", or "omit")'
    )
    return warning("number-collision", message, run[0].place, hint=hint, subject=str(chapter))


def _refuse_the_rest(pieces: list[Piece], problems: list[Problem]) -> tuple[list[Piece], list[Problem]]:
    """An error for each number, or piece of matter, that still stands twice; the first of each is kept."""
    first: dict[object, Piece] = {}
    kept = []
    for piece in sorted(pieces, key=lambda p: p.key):
        name = _name(piece)
        if name is None or name not in first:
            first[name] = piece
            kept.append(piece)
            continue
        problems.append(_collision(piece, first[name]))
    problems += _namesakes(kept)
    return sorted(kept, key=lambda piece: piece.order), problems


def _namesakes(pieces: Sequence[Piece]) -> list[Problem]:
    """A warning for each piece of matter that is called as one before it: both stand in the book."""
    first: dict[str, Piece] = {}
    problems = []
    for piece in pieces:
        if piece.kind != "matter" or piece.role == "opening" or piece.rank is not None:
            continue
        other = first.setdefault(folded(piece.title).casefold(), piece)
        if other is not piece:
            message = f"“{piece.title}” stands twice in the book: here, and before it from {other.place}"
            hint = "give one of them another title, or join the two"
            told = warning("number-collision", message, piece.place, hint=hint, subject=str(piece.role))
            problems.append(told)
    return problems


def _name(piece: Piece) -> object:
    """What may stand once: a number, and matter that has one place in the book; prefaces may be several."""
    if piece.chapter:
        return piece.number
    return piece.role if piece.kind == "matter" and piece.role in _SINGLE and piece.rank is None else None


def _collision(piece: Piece, other: Piece) -> Problem:
    subject = str(piece.number or piece.role)
    what = f"{piece.kind} {subject}" if piece.number else f"“{piece.title}”"
    message = f"{what} stands twice, with different words: here and at {other.place}; which is it?"
    key = "chapter" if piece.kind in ("chapter", "matter") else "section"
    span = f'{key} = "{subject}", lines = "{span_of(piece)}", as = "…"'
    hint = f"renumber one, or add to book.toml a [[place]] with {span}"
    return error("number-collision", message, piece.place, hint=hint, subject=subject)
