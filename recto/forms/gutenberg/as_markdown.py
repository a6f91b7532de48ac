"""The paragraphs of a text as Markdown: prose, verse, quotations and breaks, every character as it is.

Text that is set further in is verse where its lines begin with capitals, else a quotation; a line of stars
is a break. `_words_` and `=words=` are emphasis; two hyphens are a dash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recto.forms.gutenberg.paragraphs import TypedParagraph
from recto.forms.gutenberg.typed_notes import CALL, CALL_END, NOTE, NOTE_END

Line = tuple[str, int]

_BREAK = re.compile(r"\s*(?:[*·•]\s*){1,9}|\s*(?:[-_=~]\s*){3,80}")
_EMPHASIS = re.compile(r"(?<!_)_(?![_\s])([^_]{1,2000}?)(?<!\s)_(?!_)")
_SPECIAL = re.compile(r"[\\`*_{}<>#|~^$@&]|=(?==)")
_MARKS = str.maketrans({
    "[": "&#91;", "]": "&#93;",  # with a backslash they are those of a formula
    "\ue000": "*", "\ue001": "*", CALL: "[^", CALL_END: "]", NOTE: "[^", NOTE_END: "]:",
})  # fmt: skip
_FIRST = re.compile(r"([-+:]|\d{1,9}(?=[.)]))")
_DASH = re.compile(r"(?<!-)--(?!-)")
_LONG_DASH = re.compile(r"(?<!-)-{4}(?!-)")
_ROW = re.compile(r"\S {3,}\S")
_LONGEST_VERSE = 66  # characters
_SHAPED = 5  # indents that make a shape of a poem
_CAPITALS = 0.7  # of the lines of verse begin with one
_BEGINS = re.compile(r"[\"'“‘(\[_*—-]*[^\W\d_]")
_EM, _END = "\ue000", "\ue001"  # stand for the marks of emphasis while all else is escaped
_INDENT = " " * 4  # of what goes on with a note


def as_markdown(paragraphs: Sequence[TypedParagraph]) -> Iterator[Line]:
    """The lines of paragraphs that follow one another, each with the number of the line it came from."""
    verse = False
    for paragraph in paragraphs:
        is_verse = _is_verse(paragraph)
        yield ("|" if verse and is_verse else "", max(paragraph.first - 1, 0))
        verse = is_verse
        yield from _lines(paragraph, is_verse)


def _lines(paragraph: TypedParagraph, is_verse: bool) -> Iterator[Line]:
    if len(paragraph.lines) == 1 and _BREAK.fullmatch(paragraph.lines[0]):
        yield "***", paragraph.first
        return
    indents = [len(line) - len(line.lstrip()) for line in paragraph.lines]
    marked = _marked(paragraph.lines, whole=not is_verse)
    is_note = paragraph.lines[0].startswith(NOTE)
    for number, (line, indent) in enumerate(zip(marked, indents, strict=True)):
        if is_verse:
            before = "| " + " " * (indent - min(indents))
        elif is_note:
            before = _INDENT if number else ""
        else:
            before, line = "> " if min(indents) > 1 else "", _first_escaped(line)
        yield before + line, paragraph.first + number


def _first_escaped(line: str) -> str:
    """A line whose first character begins no list and no definition: `- `, `1. `, `: `."""
    found = _FIRST.match(line)
    if not found:
        return line
    at = found.end() if found[0][0].isdecimal() else 0
    return f"{line[:at]}\\{line[at:]}"


def _is_verse(paragraph: TypedParagraph) -> bool:
    """True for short lines that end where they are typed."""
    lines = paragraph.lines
    if len(lines) == 1 and _BREAK.fullmatch(lines[0]):
        return False
    if len(lines) > 1 and 2 * sum(bool(_ROW.search(line)) for line in lines) >= len(lines):
        return True  # a table, whose columns stand nowhere else
    if not all(line.startswith("  ") for line in lines):
        return False
    if max(len(line.strip()) for line in lines) > _LONGEST_VERSE:
        return False
    if len({len(line) - len(line.lstrip()) for line in lines}) >= _SHAPED:
        return True
    begins = sum(_begins_verse(line.strip()) for line in lines)
    return begins >= _CAPITALS * len(lines)


def _begins_verse(line: str) -> bool:
    found = _BEGINS.match(line)
    return found is None or found[0][-1].isupper()


def _marked(lines: Sequence[str], *, whole: bool) -> list[str]:
    """Lines with emphasis as Markdown has it, and all else escaped; `whole`: emphasis may go on below."""
    text = _EMPHASIS.sub(rf"{_EM}\1{_END}", "\n".join(line.strip() for line in lines))
    text = _DASH.sub("—", _LONG_DASH.sub("——", text))
    text = _SPECIAL.sub(r"\\\g<0>", text)
    made = text.split("\n")
    if not whole:
        made = list(_closed(made))
    return [line.translate(_MARKS) for line in made]


def _closed(lines: Sequence[str]) -> Iterator[str]:
    """Lines in which emphasis that goes on over several ends with each and begins anew."""
    within = False
    for line in lines:
        begun = (_EM if within else "") + line
        within = begun.count(_EM) > begun.count(_END)
        yield begun + (_END if within else "")


def escaped(words: str) -> str:
    """The words of a heading as Markdown."""
    return _marked((words,), whole=True)[0]
