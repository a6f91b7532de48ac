"""Does what the `[[place]]` tables of book.toml ask for: moves, renumbers or leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from recto.collate.piece import Piece, free_letters, line_range, repeated
from recto.collate.target import Target, nearest, read_target, role_named
from recto.model import Section
from recto.numbering import Number
from recto.problems import Place, Problem, error
from recto.settings.config import Config, Placement


@dataclass(slots=True)
class Placed:
    """What is known after placing.

    `titles` are titles given by a placement to chapters without a heading, `vacated` the numbers that were
    left on purpose: they are no gaps.
    """

    pieces: list[Piece]
    titles: dict[Number, str] = field(default_factory=dict)
    vacated: set[Number] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


class _MisplacedError(Exception):
    """A placement that can't be done: the problem's code, message and hint."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def place(pieces: Sequence[Piece], config: Config) -> Placed:
    """Carry out every `[[place]]`, in order; one that matches nothing or makes no sense is an error."""
    done = Placed(list(pieces))
    reserved = {
        target.number
        for setting in config.place
        if (target := read_target(setting.as_)) and target.kind == "chapter" and target.number
    }
    for number, setting in enumerate(config.place):
        try:
            _place_one(setting, done, reserved)
        except _MisplacedError as refused:
            where = _place_of(config, number)
            done.problems.append(error(refused.code, refused.message, where, hint=refused.hint))
    return done


def _place_of(config: Config, number: int) -> Place:
    """The line of book.toml that says what a placement is about, the first being 0."""
    named = [key for key in ("lines", "section", "chapter", "file") if getattr(config.place[number], key)]
    return config.place_of("place", number, *named[:1])


def _place_one(setting: Placement, done: Placed, reserved: set[Number]) -> None:
    target = read_target(setting.as_)
    if target is None:
        message = f"as = “{setting.as_}” names no place in a book"
        raise _MisplacedError("setting-wrong", message, nearest(setting.as_))
    chosen = _chosen(setting, done)
    done.vacated |= {piece.number for piece in chosen if piece.number}
    rest = [piece for piece in done.pieces if piece not in chosen]
    if target.kind != "omit":
        if target.kind == "chapter" and target.number is None:
            taken = {piece.chapter for piece in rest if piece.chapter} | reserved | set(done.titles)
            letters = free_letters(taken)
            if not letters:
                raise _MisplacedError("setting-wrong", "there are 26 appendices already: no letter is left")
            target = replace(target, number=Number((letters[0],)))
        moved = _moved(chosen, target, setting.title)
        if target.number and setting.title and not any(piece.number == target.number for piece in moved):
            done.titles[target.number] = setting.title
        rest += moved
    done.pieces = sorted(rest, key=lambda piece: piece.order)


def _chosen(setting: Placement, done: Placed) -> list[Piece]:
    """The pieces that a placement is about; lines inside one section are cut out of it as a piece."""
    span = line_range(setting.lines) if setting.lines else None
    if setting.lines and span is None:
        message = f"lines = “{setting.lines}” is no range of lines"
        raise _MisplacedError("setting-wrong", message, "write “1317-1347”, or one line, “1385”")
    pool = [piece for piece in done.pieces if not setting.file or Path(piece.file).match(setting.file)]
    chosen, named = _by_number(setting, pool)
    if span:
        files = {piece.file for piece in chosen}
        if len(files) > 1 and not named:
            raise _MisplacedError(
                "setting-wrong", "lines of which file? this book has several", "add file = “…”"
            )
        chosen = _by_lines(chosen, span) or ([] if named else _cut(chosen, span, done))
    if not chosen:
        raise _MisplacedError(
            "setting-unused", f"this [[place]] matches nothing: there is {_nothing(setting)}"
        )
    if twice := repeated(piece.number for piece in chosen):
        raise _MisplacedError(
            "setting-ambiguous",
            f"{twice[0]} stands more than once in the manuscript: this [[place]] does not say which",
            "add lines = “first-last”",
        )
    return chosen


def _by_number(setting: Placement, pool: list[Piece]) -> tuple[list[Piece], bool]:
    """The pieces with the chapter or section number asked for, and whether one was asked for."""
    if setting.section:
        number = Number.parse(setting.section)
        return [p for p in pool if number and p.number and _is_below(p.number, number) and p.chapter], True
    if setting.chapter:
        number, role = Number.parse(setting.chapter), role_named(setting.chapter)
        return [p for p in pool if (role and p.role == role) or (number and p.chapter == number)], True
    if not (setting.lines or setting.file):
        message = "this [[place]] does not say what to place"
        raise _MisplacedError(
            "setting-wrong", message, "add chapter = “4”, section = “4.2” or lines = “10-20”"
        )
    return pool, False


def _is_below(number: Number, root: Number) -> bool:
    return number.parts[: root.depth] == root.parts


def _by_lines(pieces: list[Piece], span: tuple[int, int]) -> list[Piece]:
    """The pieces whose heading stands in a range of lines."""
    chosen = [piece for piece in pieces if span[0] <= piece.line <= span[1]]
    for piece in pieces:
        if chosen and piece not in chosen and piece.line < span[0] <= piece.section.end_line:
            message = f"line {span[0]} is in the middle of a section; a range begins at a heading"
            raise _MisplacedError("setting-wrong", message, f"this section's heading is on line {piece.line}")
    return chosen


def _cut(pieces: list[Piece], span: tuple[int, int], done: Placed) -> list[Piece]:
    """Takes lines out of the one section they stand in; blank lines keep their room, so that places stay."""
    first, last = span
    holder = next((p for p in pieces if p.section.text_line <= first and last <= p.section.end_line), None)
    if holder is None or not holder.section.text:
        return []
    section = holder.section
    lines = section.text.split("\n")
    start, end = first - section.text_line, last - section.text_line + 1
    cut = lines[start:end]
    if not any(line.strip() for line in cut):
        return []
    left = "\n".join([*lines[:start], *[""] * len(cut), *lines[end:]])
    text_line = section.text_line + len(left) - len(left.lstrip("\n"))
    kept = replace(section, text=left.strip("\n"), text_line=text_line if left.strip() else section.text_line)
    new = Section("stray", None, "", section.syntax, "\n".join(cut), Place(holder.file, first), first, last)
    piece = Piece(new, holder.order, "stray", None, "", None)
    index = done.pieces.index(holder)
    done.pieces[index : index + 1] = [replace(holder, section=kept), piece]
    return [piece]


def _moved(chosen: list[Piece], target: Target, title: str) -> list[Piece]:
    """The pieces in their new place; the root of them (a chapter's heading, a lone section) is titled."""
    root = _root(chosen)
    if target.kind == "matter":
        if len(chosen) != 1:
            message = f"a {target.role} is one text without sections, but this is {len(chosen)} sections"
            raise _MisplacedError("setting-wrong", message, "place them one by one, or as an appendix")
        piece = chosen[0]
        return [
            replace(
                piece, kind="matter", number=None, role=target.role, title=title or piece.title, placed=True
            )
        ]
    if target.number is None:  # pragma: no cover - _place_one gives appendices their letter
        raise AssertionError("a chapter or section has a number")
    moved = []
    for piece in chosen:
        below = piece.number.parts[root.depth :] if piece.number and root else ()
        number = Number(target.number.parts + below)
        moved.append(
            replace(
                piece,
                kind="chapter" if number.depth == 1 else "section",
                number=number,
                role=None,
                title=title or piece.title if not below else piece.title,
                placed=True,
            )
        )
    return moved


def _root(chosen: list[Piece]) -> Number | None:
    """The number that all the chosen stand at or below; None for one text without a number."""
    if len(chosen) == 1:
        return chosen[0].number if chosen[0].chapter else None
    numbers = [piece.number for piece in chosen if piece.chapter and piece.number]
    if len(numbers) < len(chosen):
        raise _MisplacedError(
            "setting-wrong", "these lines hold more than sections", "place each piece by itself"
        )
    root = min(numbers)
    if all(_is_below(number, root) for number in numbers):
        return root
    chapters = {number.chapter for number in numbers}
    if len(chapters) > 1:
        shown = " and ".join(str(chapter) for chapter in sorted(chapters)[:2])
        raise _MisplacedError(
            "setting-wrong", f"these lines hold chapters {shown}", "place each chapter by itself"
        )
    return chapters.pop()


def _nothing(setting: Placement) -> str:
    where = f" in {setting.file}" if setting.file else ""
    lines = f" on lines {setting.lines}" if setting.lines else ""
    what = f"no section {setting.section}" if setting.section else f"no chapter {setting.chapter}"
    return (what if setting.section or setting.chapter else "no text") + lines + where
