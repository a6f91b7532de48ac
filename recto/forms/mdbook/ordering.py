"""The order of an mdBook: its SUMMARY.md.

A heading of level 1 before anything else is the title of the list. Links before the list are chapters without
numbers; items of the list have them, by their depth; a heading of level 1 among them begins a part; links
after the list have no numbers again. `[Title]()` is a draft, a rule says nothing.
https://rust-lang.github.io/mdBook/format/summary.html
"""

from __future__ import annotations

from collections.abc import Sequence
from posixpath import join, normpath

from recto.forms.folder import BookFolder
from recto.forms.mdbook.settings import settings
from recto.forms.order import Order, OrderLine, counted
from recto.forms.source_file import SourceFile
from recto.forms.summary import SummaryLine, summary_lines
from recto.problems import Problem, warning

_LIST = "SUMMARY.md"


def order(folder: BookFolder) -> Order | None:
    """The order of a folder that is an mdBook; None for any other."""
    found = settings(folder)
    name = normpath(join(found.src, _LIST))
    if not folder.holds(name) or (found.src == "." and not folder.holds("book.toml")):
        return None
    file, problems = folder.text(name)
    if file is None:
        told = f"this is an mdBook, but its {name} can't be read"
        return Order((), told, found.book, (name,), found.src, problems=problems)
    drafts: list[Problem] = []
    lines = tuple(_lines(file, found.src, drafts))
    told = f"this is an mdBook: {counted(lines)} listed in {name}"
    lists = (name, "book.toml") if folder.holds("book.toml") else (name,)
    return Order(lines, told, found.book, lists, found.src, problems=(*problems, *drafts))


def _lines(file: SourceFile, src: str, drafts: list[Problem]) -> list[OrderLine]:
    made: list[OrderLine] = []
    said = [line for line in summary_lines(file) if line.kind != "rule"]
    if said and said[0].kind == "heading":
        del said[0]
    for index, line in enumerate(said):
        place = file.at(line.line)
        if line.kind == "heading":
            if line.level == 1:
                made.append(OrderLine("", line.title, place, "part"))
        elif line.target:
            numbered = line.kind == "item"
            if not numbered and any(each.numbered and each.file for each in made):
                made.append(OrderLine("", "", place, "part"))  # what comes after the list is in no part
            name = normpath(join(src, line.target))
            made.append(OrderLine(name, line.title, place, depth=line.level, numbered=numbered))
        elif _holds_others(said, index):
            made.append(OrderLine("", line.title, place, depth=line.level))
        else:
            message = f"“{line.title}” is a draft, without a file: it was left out"
            hint = "write its file, or take it out of the list"
            drafts.append(warning("draft-chapter", message, place, hint=hint, subject=line.title))
    return made


def _holds_others(lines: Sequence[SummaryLine], index: int) -> bool:
    """True for an item that others with a file are nested in."""
    for below in lines[index + 1 :]:
        if below.kind != "item" or below.level <= lines[index].level:
            return False
        if below.target:
            return True
    return False
