"""The order of a HonKit book: its SUMMARY.md, the README first.

https://honkit.netlify.app/pages.html: headings and rules part the list; an item that leads into a page (`#`)
is a part of that page, and no file.
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname

from recto.forms.folder import BookFolder
from recto.forms.honkit import glossary
from recto.forms.honkit.settings import below, settings
from recto.forms.list_files import elsewhere
from recto.forms.order import Order, OrderLine, counted
from recto.forms.source_file import SourceFile
from recto.forms.summary import summary_lines
from recto.problems import Problem


def order(folder: BookFolder) -> Order | None:
    """The order of a folder that is a HonKit book; None for any other."""
    found = settings(folder)
    name = below(found.root, found.summary)
    file, problems = folder.text(name) if folder.holds(name) else (None, ())
    if file is None:
        return None
    left: list[Problem] = []
    lines = tuple(_lines(file, left))
    readme = below(found.root, found.readme)
    if folder.holds(readme) and all(line.file != readme for line in lines):
        lines = (OrderLine(readme, "Introduction", file.at(1), numbered=False), *lines)
    terms = below(found.root, glossary.NAME)
    if folder.holds(terms) and all(line.file != terms for line in lines):
        lines = (*lines, OrderLine(terms, "Glossary", file.at(1), numbered=False))
    told = f"this is a HonKit or GitBook book: {counted(lines)} listed in {name}"
    if len(found.languages) > 1:
        others = ", ".join(each for each in found.languages if each != found.root)
        told += f" (a book of its own for each language: give that folder for {others})"
    lists = tuple(each for each in (name, found.name) if each)
    return Order(lines, told, found.book, lists, found.root, problems=(*found.problems, *problems, *left))


def _lines(file: SourceFile, left: list[Problem]) -> Iterator[OrderLine]:
    headings, seen = 0, set[str]()
    root = dirname(file.name)
    for line in summary_lines(file):
        place = file.at(line.line)
        if line.kind == "heading":
            headings += 1
            if headings > 1 or line.level > 1:  # the first is the title of the list
                yield OrderLine("", line.title, place, "part")
        elif line.kind == "rule":
            yield OrderLine("", "", place, "part")
        elif line.target is None:
            yield OrderLine("", line.title, place, depth=line.level)
        elif "://" in line.target or not line.target:
            left.append(elsewhere(line.title, place))
        else:
            name, _, inside = line.target.partition("#")
            path = below("" if name.startswith("/") else root, name.lstrip("/"))
            if not (inside and path in seen):
                seen.add(path)
                yield OrderLine(path, line.title, place, depth=line.level)
