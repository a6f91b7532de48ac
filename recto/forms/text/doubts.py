"""What is said of lines in a plain text that may be headings or not: which they were taken for, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recto.forms.naming.heading_text import HeadingText
from recto.forms.naming.matter import role_of
from recto.forms.naming.own_words import uncounted
from recto.forms.source_file import SourceFile
from recto.forms.text.numerals import unreadable
from recto.forms.text.simple import Found, begins_below, lines_alone, lone, with_text
from recto.problems import Problem, warning

_LONGEST_HEADING = 80  # characters
_FEWEST_CAPITALS = 2  # headings in capitals that make a line in capitals look like one
_LONGEST_NAME = 30  # characters: `Acknowledgments`


def doubts(
    file: SourceFile, guessed: list[Found], passed: list[Found], *, counted: bool
) -> Iterator[Problem]:
    """A warning for each line of a file that was `guessed` to be a heading, and for those that were not.

    `counted` tells that some have numbers: then single ones, `3. Nets`, are items of lists.
    """
    yield from _without_blanks(file, guessed, passed)
    yield from _unreadable(file)
    if not counted:
        yield from _no_row(file)
    yield from _crowded_names(file)


def unclear(heading: HeadingText, line: int, file: SourceFile, *, taken: bool, why: str = "") -> Problem:
    """The warning for a line alone whose form does not tell; `why` is a reason other than its number."""
    words = f"{heading.number} {heading.title}" if heading.number else heading.title
    shown = words if len(words) <= 60 else words[:57].rstrip() + "…"
    if taken:
        message = f"“{shown}” may be a heading or a sentence; it was taken as a heading, for its number fits"
        hint = "a heading begins with a capital and has no full stop; to make it text, join it to a paragraph"
    else:
        reason = why or "its number does not fit"
        message = f"“{shown}” may be a heading or a sentence; it was left in the text, for {reason}"
        hint = "to make it a heading, give it the number that comes next, a capital, and no full stop"
        if why:
            hint = "to make it a heading, leave only one line of this name in the file"
    return _doubt(file, line, message, hint, str(heading.number or words))


def _without_blanks(file: SourceFile, guessed: list[Found], passed: list[Found]) -> Iterator[Problem]:
    lines = file.lines
    for line, heading in sorted((*guessed, *passed)):
        decided = "taken as a heading, though" if (line, heading) in guessed else "left in the text, for"
        message = f"“{lines[line - 1].strip()}” was {decided} no blank lines are around it"
        hint = "put a blank line above and below; to make it text, join it to a paragraph"
        yield _doubt(file, line, message, hint, str(heading.number))


def _unreadable(file: SourceFile) -> Iterator[Problem]:
    lines = file.lines
    for line in unreadable(lines):
        words = lines[line - 1].strip()
        message = f"“{words}” may be a heading, but its number can’t be read; it was left in the text"
        hint = "write it as Recto reads it: 4.2 and the title, Chapter 4: and the title"
        yield _doubt(file, line, message, hint, words)


def _no_row(file: SourceFile) -> Iterator[Problem]:
    """Single numbers with text below, of which some are missing or stand twice: no chapters."""
    lines = file.lines
    found = with_text([*lone(lines)], lines)
    for line, heading in found if len(found) > 1 else ():
        words = lines[line - 1].strip()
        message = f"“{words}” may be a heading; it was left in the text, for numbers like it make no row"
        hint = f"to make it a heading, write Chapter {heading.number}: and the title"
        yield _doubt(file, line, message, hint, words)
    alone = [*lines_alone(lines, _LONGEST_HEADING)]
    for at in uncounted([words for _, words in alone]):
        line, words = alone[at]
        message = f"“{words}” may be a heading; it was left in the text, for lines like it make no row"
        hint = "to make it a heading, write Chapter, its number, a colon and the title"
        yield _doubt(file, line, message, hint, words)


def in_capitals(file: SourceFile, headings: Sequence[int]) -> Iterator[Problem]:
    """A warning for each line alone in capitals without a number, where headings, by their lines, are so."""
    lines = file.lines
    begun = [words[0] for line in headings if (words := lines[line - 1].split())]
    if sum(len(word) > 1 and word.isupper() for word in begun) < _FEWEST_CAPITALS:
        return
    found = [
        (line, HeadingText("stray", None, words))
        for line, words in lines_alone(lines, _LONGEST_HEADING)
        if words.isupper() and words[-1].isalnum() and line not in headings
    ]
    for line, heading in with_text(found, lines, headings):
        message = f"“{heading.title}” may be a heading; it was left in the text, for it has no number"
        hint = "give it one, or put it in a file of its own; to make it text, join it to a paragraph"
        yield _doubt(file, line, message, hint, heading.title)


def _crowded_names(file: SourceFile) -> Iterator[Problem]:
    """Names that books know, with text on the very next line."""
    lines = file.lines
    for line, words in enumerate(lines, 1):
        above = lines[line - 2].strip() if line > 1 else ""
        name = words.strip()
        if above or not 0 < len(name) <= _LONGEST_NAME or not name[0].isupper():
            continue
        role = role_of(name)
        if role and ":" not in name and begins_below(line, HeadingText("matter", None, name, role), lines):
            message = f"“{name}” may be a heading; it was left in the text, for no blank line is below it"
            hint = "put a blank line below it; to make it text, join it to a paragraph"
            yield _doubt(file, line, message, hint, name)


def _doubt(file: SourceFile, line: int, message: str, hint: str, subject: str) -> Problem:
    return warning("unclear-heading", message, file.at(line), hint=hint, subject=subject)
