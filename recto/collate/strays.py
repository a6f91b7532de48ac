"""Text without a place: before the first heading, under a heading without a number, left at the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from recto.collate.found_chapters import FoundChapters
from recto.collate.piece import Piece, lines_of, span_of
from recto.forms import syntax_of
from recto.forms.atx_headings import atx_heading
from recto.forms.manuscript_files import opens_folder
from recto.forms.naming.file_names import called
from recto.forms.naming.matter import is_dedication
from recto.forms.text.endings import SENTENCE_END, has_words
from recto.model import UNNUMBERED, Manuscript
from recto.numbering import Number
from recto.problems import Place, Problem, warning

OPENING = "Opening"
_LONGEST_TITLE_LINE = 70
_TAG = re.compile(r"<[^<>]*>")
_MARKUP = ("{", "[", "\\", "!")  # what no title begins with


@dataclass(slots=True)
class Settled:
    """The pieces without strays; `title` is the book's own, where the manuscript gives one."""

    pieces: list[Piece]
    title: str = ""
    problems: list[Problem] = field(default_factory=list)


def settle(pieces: Sequence[Piece], manuscript: Manuscript) -> Settled:
    """Give each stray its place: the opening of its chapter, or a piece in front of the book.

    Text under a heading that has no number and no name known to books, and a file without any, stay behind
    the chapter above, else behind the last one. Where it belongs only the author knows, and is asked.
    """
    done = Settled([])
    alone = Counter(section.place.file for section in manuscript.sections)
    chapters = {piece.number for piece in pieces if piece.kind == "chapter"}
    found = FoundChapters(pieces)
    titles = {piece.title for piece in pieces if piece.role == "title"}  # each file may say it anew
    for piece in pieces:
        if piece.kind != "stray":
            done.pieces.append(piece)
        elif piece.role == "title" and (len(titles) == 1 or piece.section.place.line is None):
            done.title = piece.title if len(titles) == 1 else ""
            section = replace(piece.section, place=Place(piece.file, piece.section.text_line))
            _keep(replace(piece, title="", role=None, section=section), found, chapters, done)
        elif piece.role in ("index", "contents"):
            _keep_behind(piece, found, done, _reserved)
        elif piece.title:
            _keep_behind(piece, found, done, partial(_unnumbered, number=found.offer(piece)))
        elif alone[piece.file] == 1:
            _keep_behind(replace(piece, title=called(piece.file)), found, done, _no_heading)
        else:
            _keep(piece, found, chapters, done)
    return done


def _keep(piece: Piece, found: FoundChapters, chapters: Collection[Number | None], done: Settled) -> None:
    """Untitled text before the first heading of a file."""
    if not piece.section.text.strip():
        return
    of_file = found.of_others(piece)
    number = next(iter(of_file)) if len(of_file) == 1 else None
    if number is not None and number not in chapters:
        message = f"{_lines(piece)} before the first heading here: kept as the opening of chapter {number}"
        hint = f"give it a heading (# {number} Title), or leave it out with a [[place]] in book.toml"
        done.pieces.append(replace(piece, kind="chapter", number=number))
    elif _is_dedication(piece):
        message = f"“{piece.section.text}” stands before the first heading: kept as the dedication"
        hint = "give it a heading, # Dedication, or leave it out with a [[place]] in book.toml"
        done.pieces.append(replace(piece, kind="matter", role="dedication"))
    else:
        piece = _titled(piece)
        message = f"{_lines(piece)} before the first heading: kept as “{piece.title}”, in front of the book"
        hint = "give it a heading (Preface, 1.1 …), or place it or leave it out with a [[place]] in book.toml"
        done.pieces.append(replace(piece, kind="matter", role="opening"))
    done.problems.append(warning("stray-text", message, piece.place, hint=hint, subject="opening"))


def _keep_behind(
    piece: Piece, found: FoundChapters, done: Settled, tell: Callable[[Piece, str], Problem]
) -> None:
    """A piece without a number: behind the chapter above it in its file, else in front of the one below.

    The index file of a folder, with nothing else in it, opens the book.
    """
    opens = piece.section.place.line is None and opens_folder(piece.file)
    follows = None if opens else found.before(piece)
    role = UNNUMBERED if follows else "opening"
    done.pieces.append(replace(piece, kind="matter", role=role, follows=follows))
    done.problems.append(tell(piece, f"behind chapter {follows}" if follows else "in front of the book"))


def _is_dedication(piece: Piece) -> bool:
    """True for a single short line, below the title, that says whom the book is for."""
    line, above = piece.section.text.strip(), piece.section.text_line > 1
    return above and "\n" not in line and len(line) <= _LONGEST_TITLE_LINE and is_dedication(line)


def _titled(piece: Piece) -> Piece:
    """The stray with its first line as its title, where that line reads like one."""
    lines = piece.section.text.split("\n")
    heading = atx_heading(lines[0]) if syntax_of(piece.section.syntax).is_markdown else None
    first = heading.words if heading else lines[0].strip()
    lone = len(lines) > 1 and not lines[1].strip()  # a line that has a text below it
    said = has_words(_TAG.sub("", first))  # `<div class="a">` says nothing
    lone = lone and not first.startswith(_MARKUP)
    if not lone or len(first) > _LONGEST_TITLE_LINE or SENTENCE_END.search(first) or not said:
        return replace(piece, title=OPENING)
    rest = "\n".join(lines[1:])
    start = piece.section.text_line + 1 + len(rest) - len(rest.lstrip("\n"))
    section = replace(piece.section, title=first, text=rest.strip("\n"), text_line=start)
    return replace(piece, title=first, section=section)


def leftovers(pieces: Sequence[Piece]) -> list[Problem]:
    """Lines at the end of a file that don't belong to its last section: kept there, and reported."""
    last: dict[str, Piece] = {}
    for piece in pieces:
        if piece.section.text:
            held = last.get(piece.file)
            if held is None or held.section.end_line < piece.section.end_line:
                last[piece.file] = piece
    return [problem for piece in last.values() for problem in _left_over(piece)]


def _left_over(piece: Piece) -> list[Problem]:
    count = syntax_of(piece.section.syntax).left_over(piece.section.text)
    lines = piece.section.text.split("\n")
    found = [
        (piece.section.text_line + index, line.strip())
        for index, line in enumerate(lines)
        if index >= len(lines) - count and line.strip()
    ]
    if not found:
        return []
    words = " and ".join(f"“{words}” (line {line})" for line, words in found)
    first, end = found[0][0], found[-1][0]
    name = f"section {piece.number}" if piece.number else f"“{piece.title}”"
    be = "stands" if len(found) == 1 else "stand"
    message = f"{words} {be} at the end of the file, after {name}, and {be} there in the book too"
    span = str(first) if first == end else f"{first}-{end}"
    hint = f'to leave this out, add to book.toml a [[place]] with lines = "{span}", as = "omit"'
    where = Place(piece.file, first)
    return [warning("stray-text", message, where, hint=hint, subject=str(piece.number or piece.title))]


def _lines(piece: Piece) -> str:
    lines = lines_of([piece])
    return f"{lines[:1].upper()}{lines[1:]} {'stand' if '–' in lines else 'stands'}"


def _reserved(piece: Piece, where: str) -> Problem:
    made = "index" if piece.role == "index" else "contents"
    message = f"Recto makes the {made} itself; what stands here as “{piece.title}” was kept {where}"
    hint = (
        f'give it another name, or add to book.toml a [[place]] with lines = "{span_of(piece)}", as = "omit"'
    )
    return warning("reserved-heading", message, piece.place, hint=hint, subject=piece.title)


def _unnumbered(piece: Piece, where: str, number: Number) -> Problem:
    message = f"“{piece.title}” has no number, so its place in the book is unknown: kept {where}"
    span = f'lines = "{span_of(piece)}", as = "chapter {number}" (or "preface" …)'
    hint = (
        f"number it (# {number} {piece.title}), begin the file's name with a number, or add to book.toml a "
        f"[[place]] with {span}"
    )
    return warning("unnumbered-heading", message, piece.place, hint=hint, subject=piece.title)


def _no_heading(piece: Piece, where: str) -> Problem:
    heading = syntax_of(piece.section.syntax).heading
    message = f"no heading with a number (“{heading}”) is in this file: kept {where} as “{piece.title}”"
    hint = (
        "a heading stands alone between blank lines; a file may also begin its name with its number "
        "(ch04-02.md), and one of Markdown have it in its front matter"
    )
    place = Place(piece.file)
    return warning("no-heading", message, place, hint=hint, subject=piece.file)
