"""The order of a Quarto book: `book: chapters`, parts and appendices.

https://quarto.org/docs/books/book-structure.html: every chapter has a number but those whose heading is
`.unnumbered`; sections have numbers too; a part has chapters, and a title or a file of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import normpath

from recto.forms.folder import BookFolder
from recto.forms.list_files import names, picture, said, table, words, yaml_list
from recto.forms.order import Order, OrderLine, counted
from recto.problems import Place

_LIST = ("_quarto.yml", "_quarto.yaml")
_DIVIDED = 2  # chapters and their sections


def order(folder: BookFolder) -> Order | None:
    """The order of a folder that is a Quarto book; None for any other."""
    name = next((name for name in _LIST if folder.holds(name)), None)
    if name is None:
        return None
    data, problems = yaml_list(folder, name)
    book = table(data, "book")
    if not book.get("chapters") and not problems:
        return None
    place = Place(folder.shown(name))
    lines = (
        *_lines(book.get("chapters"), place, "chapter"),
        *_lines(book.get("appendices"), place, "appendix"),
    )
    facts = said(
        title=words(book, "title"),
        subtitle=words(book, "subtitle"),
        authors=names(book.get("author")),
        description=words(book, "description"),
        language=words(data, "lang") or words(book, "lang"),
        isbn=words(book, "isbn"),
        cover=picture(folder, words(book, "cover-image")),
    )
    told = f"this is a Quarto book: {counted(lines)} listed in {name}"
    return Order(lines, told, facts, (name,), problems=problems)


def _lines(listed: object, place: Place, kind: str) -> Iterator[OrderLine]:
    """The lines of a list of chapters."""
    in_part = False
    for each in listed if isinstance(listed, list) else ():
        entry = each if isinstance(each, dict) else {"file": each}
        part, below = words(entry, "part"), entry.get("chapters")
        if part:
            in_part = True
            is_file = part.endswith((".qmd", ".md", ".ipynb", ".Rmd"))
            yield OrderLine(normpath(part) if is_file else "", "" if is_file else part, place, "part")
            yield from _files(below, place, kind)
        else:
            if in_part:
                in_part = False
                yield OrderLine("", "", place, "part")
            yield from _files([each], place, kind)


def _files(listed: object, place: Place, kind: str) -> Iterator[OrderLine]:
    for each in listed if isinstance(listed, list) else ():
        name = each if isinstance(each, str) else words(_entry(each), "file") or words(_entry(each), "href")
        title = words(_entry(each), "text") if not isinstance(each, str) else ""
        if name:
            appendix = kind == "appendix"
            yield OrderLine(
                normpath(name), title, place, "appendix" if appendix else "chapter", divided=_DIVIDED
            )


def _entry(each: object) -> Mapping[str, object]:
    return each if isinstance(each, dict) else {}
