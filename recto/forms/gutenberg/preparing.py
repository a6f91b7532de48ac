"""A text of Project Gutenberg made ready: what is no part of the book kept out, the rest as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recto.forms.folder import BookFolder
from recto.forms.form import Prepared
from recto.forms.gutenberg.as_markdown import as_markdown, escaped
from recto.forms.gutenberg.book_units import book_units
from recto.forms.gutenberg.boundaries import around, facts
from recto.forms.gutenberg.own_contents import OwnContents, own_contents
from recto.forms.gutenberg.paragraphs import TypedParagraph, paragraphs
from recto.forms.gutenberg.typed_notes import with_notes
from recto.forms.gutenberg.unit_names import letters
from recto.forms.source_file import SourceFile
from recto.problems import Problem, warning

_NOTE = re.compile(r"\s*[\[_*=]*(?:Original )?Transcriber['’]?s?['’]? Notes?\b", re.I)
_PICTURE = re.compile(r"\s*\[_?Illustrations?\b")
_PAGE = re.compile(r"\s?(?:\[(?:Pg|Page|p\.?) ?\d{1,4}\]|\{\d{1,4}\})")
_RULE = re.compile(r"[-=*_~\s]{3,}")
_LONGEST_NOTE = 12  # paragraphs
_GAP = 1  # blank line between two paragraphs of one piece


def prepare(file: SourceFile, folder: BookFolder) -> Prepared:
    """The file as Markdown, and what was left out of it."""
    del folder
    lines = list(file.lines)
    problems: list[Problem] = []
    first, end = around(lines) or (0, len(lines))
    problems.append(_licence(file, first, end))
    problems += _without_pages(lines, first, end, file)
    found = [*_told(paragraphs(lines[first:end], first), file, problems)]
    contents = own_contents(found, str(facts(file).get("title", "")))
    if contents:
        problems.append(_contents(contents, file))
        found = [each for each in found if not contents.first <= each.first < contents.end]
    found = [*with_notes(found)]
    units = book_units(found, contents.units if contents else ())
    repeated, top = _title_page(file), units[0].first if units else 0
    found = [each for each in found if each.first >= top or letters(each.words) not in repeated]
    made: list[tuple[str, int]] = []
    at = 0
    for unit in units:
        made += as_markdown([each for each in found[at:] if each.first < unit.first])
        made += [("", unit.first), (f"# {escaped(unit.heading)}", unit.first), ("", unit.first)]
        at = next((n for n in range(at, len(found)) if found[n].first >= unit.end), len(found))
    made += as_markdown(found[at:])
    return file.made_of([(line, number + 1) for line, number in made]), tuple(problems)


def _title_page(file: SourceFile) -> set[str]:
    """What the title page of the text says that ours says too: title, subtitle, authors, `by`."""
    said = facts(file)
    title, subtitle = letters(str(said.get("title", ""))), letters(str(said.get("subtitle", "")))
    authors = said.get("authors")
    names = [letters(str(name)) for name in authors] if isinstance(authors, tuple) else []
    whole = {title, subtitle, title + subtitle}
    by = {"by", *names, *(f"by{name}" for name in names)}
    return {*whole, *by, *(f"{each}by{name}" for each in whole for name in names)} - {""}


def _licence(file: SourceFile, first: int, end: int) -> Problem:
    message = f"header and licence of Project Gutenberg were left out: lines 1–{first}"
    message += f" and {end + 1}–{len(file.lines)}" if end < len(file.lines) else ""
    hint = "the licence says what you may do with the book that you make of it"
    return warning("licence-left-out", message, file.at(1), hint=hint, subject="Project Gutenberg")


def _contents(contents: OwnContents, file: SourceFile) -> Problem:
    message = f"the list of contents was left out, {contents.count} entries: Recto makes its own"
    lost = contents.count - len(contents.units)
    message += f"; {lost} of them were not found in the text" if lost else ""
    hint = "delete it, so that it can't be taken for text"
    return warning("contents-left-out", message, file.at(contents.first + 1), hint=hint, subject="contents")


def _without_pages(lines: list[str], first: int, end: int, file: SourceFile) -> Iterator[Problem]:
    """Takes out the numbers of the printed book's pages, which stand in brackets amid the text."""
    count, at = 0, 0
    for number in range(first, end):
        bare, taken = _PAGE.subn("", lines[number])
        if taken:
            lines[number], count, at = bare, count + taken, at or number + 1
    if count:
        message = f"{count} numbers of the printed book’s pages, in brackets amid the text, were left out"
        hint = "the pages of this book are others"
        yield warning("page-numbers-left-out", message, file.at(at), hint=hint, subject="page numbers")


def _told(
    found: Sequence[TypedParagraph], file: SourceFile, problems: list[Problem]
) -> Iterator[TypedParagraph]:
    """The paragraphs without the transcriber's notes and without what stands for a picture."""
    pictures: list[TypedParagraph] = []
    past = 0
    for at, paragraph in enumerate(found):
        if at < past:
            continue
        if _NOTE.match(paragraph.words):
            past = _past_note(found, at)
            problems.append(_note(paragraph, found[past - 1].end, file))
        elif _PICTURE.match(paragraph.words):
            pictures.append(paragraph)
        else:
            yield paragraph
    if pictures:
        count = len(pictures)
        message = f"{count} pictures are named in the text, and not in it: their lines were left out"
        hint = "the text has no pictures; its version as a web page may"
        at_line = file.at(pictures[0].first + 1)
        problems.append(warning("illustration-missing", message, at_line, hint=hint, subject="illustrations"))


def _past_note(found: Sequence[TypedParagraph], at: int) -> int:
    """The paragraph after a note: below the rule or wide gap that ends it, else the second."""
    for number in range(at + 1, min(at + _LONGEST_NOTE, len(found))):
        if _RULE.fullmatch(found[number].words):
            return number + 1
        if found[number].first - found[number - 1].end > _GAP:
            return number
    return at + 1


def _note(first: TypedParagraph, end: int, file: SourceFile) -> Problem:
    message = f"the transcriber’s note was left out: lines {first.first + 1}–{end}"
    hint = "to have it in the book, give it another first line"
    return warning("note-left-out", message, file.at(first.first + 1), hint=hint, subject="transcriber")
