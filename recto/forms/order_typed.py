"""What files call themselves, where an order lists them otherwise: chapters by their numbers, appendices.

Lists of some tools know no appendices: their authors type `Appendix A: Tables`, below an item `Appendix` or
beside the chapters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from recto.forms.naming.heading_text import HeadingText, read_heading
from recto.forms.naming.matter import role_of
from recto.forms.order import Order, OrderLine, OutlinedFile
from recto.forms.unnumbered.anew import without_title

_FEWEST = 2  # chapters that call themselves by their numbers


def as_typed(order: Order, files: Mapping[str, OutlinedFile]) -> tuple[Order, Mapping[str, OutlinedFile]]:
    """An order, and the files that it names, as their own headings say what they are."""
    title = str(order.book.get("title", ""))
    named = {
        name: without_title(file, title) if _bears(file, title) else file for name, file in files.items()
    }
    entries = _numbered_as_typed(_with_appendices(order.entries, named), named)
    return replace(order, entries=tuple(entries)), named


def _bears(file: OutlinedFile, title: str) -> bool:
    """True for a preface or the like below the title of the book, and nothing else below that."""
    headings = file.outline.headings
    if len(headings) < 2 or headings[0].words != title or role_of(headings[1].words) is None:
        return False
    return all(heading.level > headings[1].level for heading in headings[2:])


def _numbered_as_typed(
    entries: Sequence[OrderLine], files: Mapping[str, OutlinedFile]
) -> Sequence[OrderLine]:
    """The entries, of which those have a number whose headings do, where chapters call themselves by theirs.

    Beside `Chapter 1: Moon` and `Chapter 2: Sea` an introduction in the list is no chapter 1.
    """
    chapters = [line for line in entries if line.file in files and line.kind == "chapter" and line.depth == 1]
    typed = {line.file: number for line in chapters if (number := _typed_number(files[line.file]))}
    if len(typed) < _FEWEST or any(first >= second for first, second in pairwise(typed.values())):
        return entries
    return [
        replace(line, numbered=False) if line in chapters and line.file not in typed else line
        for line in entries
    ]


def _said(line: OrderLine, files: Mapping[str, OutlinedFile]) -> HeadingText | None:
    """What the heading of an entry's file says, or, where it has none, the title in the list."""
    opening = files[line.file].opening if line.file in files else None
    return read_heading(opening.words if opening else line.title)


def _typed_number(file: OutlinedFile) -> int:
    """The number of the chapter that a file's own heading says it is, `Chapter 3: Nets`; 0 for none."""
    said = read_heading(file.opening.words) if file.opening else None
    number = said.number.last if said and said.worded and said.kind == "chapter" and said.number else 0
    return number if isinstance(number, int) else 0


def _with_appendices(entries: Sequence[OrderLine], files: Mapping[str, OutlinedFile]) -> Sequence[OrderLine]:
    """The entries with those as appendices that say so, each with its letter, the list's own aside."""
    made: list[OrderLine] = []
    above: OrderLine | None = None  # `Appendix`, whose items these are
    for at, line in enumerate(entries):
        if above and line.depth <= above.depth:
            above = None
        if above:
            made.append(replace(line, kind="appendix", depth=line.depth - above.depth))
        elif line.kind != "chapter" or line.depth != 1 or not line.numbered:
            made.append(line)
        elif _is_appendix(line, files):
            made.append(replace(line, kind="appendix"))
        elif _holds_appendices(line, entries[at + 1 :], files):
            above = line
            if line.file:
                made.append(replace(line, numbered=False))
        else:
            made.append(line)
    return made


def _is_appendix(line: OrderLine, files: Mapping[str, OutlinedFile]) -> bool:
    said = _said(line, files)
    return said is not None and said.worded and said.number is not None and said.number.lettered


def _holds_appendices(line: OrderLine, after: Sequence[OrderLine], files: Mapping[str, OutlinedFile]) -> bool:
    """True for an item `Appendix` or `Appendices` of which each item calls itself one, by its letter."""
    said = _said(line, files)
    if said is None or said.role != "appendix" or said.title:
        return False
    end = next((at for at, each in enumerate(after) if each.depth <= line.depth), len(after))
    items = [each for each in after[:end] if each.depth == line.depth + 1]
    return bool(items) and all(_is_appendix(each, files) for each in items)
