"""Chapter headings: the same in several files is one; appendices get letters; `1.0 Land` may be one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from recto.collate.piece import Piece, folded, free_letters
from recto.numbering import Number
from recto.problems import Problem, warning


def letter_appendices(pieces: Sequence[Piece]) -> list[Piece]:
    """Gives `# Appendix` and `# Appendix: Title` the next free letters, in the order of their titles."""
    letters = free_letters({piece.chapter for piece in pieces if piece.chapter})
    waiting = [p for p in pieces if p.kind == "chapter" and p.number is None and p.role == "appendix"]
    waiting.sort(key=lambda piece: (folded(piece.title).casefold(), piece.key))
    given = dict(zip((piece.order for piece in waiting), letters, strict=False))
    return [
        replace(piece, number=Number((given[piece.order],)), role=None) if piece.order in given else piece
        for piece in pieces
    ]


def headed_by_zero(pieces: Sequence[Piece]) -> tuple[list[Piece], tuple[Problem, ...]]:
    """Makes `1.0 Land` the heading of chapter 1, where all chapters have such a section and no heading."""
    chapters = {piece.chapter for piece in pieces if piece.chapter and not piece.chapter.lettered}
    headed = any(piece.kind == "chapter" and piece.chapter in chapters for piece in pieces)
    zeros = {
        piece.chapter: piece
        for piece in pieces
        if piece.kind == "section" and piece.number and piece.number.parts[1:] == (0,)
    }
    if headed or not zeros or zeros.keys() != chapters:
        return list(pieces), ()
    first = min(zeros.values(), key=lambda piece: piece.key)
    message = f"“{first.number} {first.title}” was taken as the heading of chapter {first.chapter}"
    message += f", and so were the others of {len(zeros)}" if len(zeros) > 1 else ""
    hint = f"to have it as a section, give the chapter a heading as well: Chapter {first.chapter}: Title"
    told = warning("unclear-heading", message, first.place, hint=hint, subject=str(first.number))
    heads = {piece.order for piece in zeros.values()}
    return [
        replace(piece, kind="chapter", number=piece.chapter) if piece.order in heads else piece
        for piece in pieces
    ], (told,)


def merge_headings(pieces: Sequence[Piece]) -> list[Piece]:
    """Joins headings of one chapter that don't contradict each other.

    A folder with a file a section often repeats `# Chapter 4: Networks` in each; one of them may have a
    title and another the text. Headings with different titles or texts are left for the collision check, and
    those with the same text for the one that tells of repeats.
    """
    kept: dict[Number, Piece] = {}
    gone: set[int] = set()
    for piece in sorted(pieces, key=lambda p: p.key):
        if piece.kind != "chapter" or piece.number is None:
            continue
        other = kept.get(piece.number)
        if other is None:
            kept[piece.number] = piece
        elif _is_repeat(other, piece):
            continue  # and told as one
        elif _agree(other.title, piece.title) and _agree(other.section.text, piece.section.text):
            kept[piece.number] = _joined(other, piece)
            gone.add(piece.order)
    merged = {piece.order: piece for piece in kept.values()}
    return [merged.get(piece.order, piece) for piece in pieces if piece.order not in gone]


def _is_repeat(one: Piece, other: Piece) -> bool:
    said, again = folded(one.section.text), folded(other.section.text)
    return bool(said) and said == again and folded(one.title).casefold() == folded(other.title).casefold()


def _agree(one: str, other: str) -> bool:
    one, other = folded(one).casefold(), folded(other).casefold()
    return not one or not other or one == other


def _joined(first: Piece, second: Piece) -> Piece:
    """Two headings as one: the section of the one that has text, the title of the one that has a title."""
    holder = first if first.section.text or not second.section.text else second
    settings = {**second.section.settings, **first.section.settings}
    anchor = first.section.anchor or second.section.anchor
    title = first.title or second.title
    section = replace(holder.section, title=title, settings=settings, anchor=anchor)
    return replace(first, section=section, title=title)
