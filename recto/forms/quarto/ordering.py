"""The order of a Quarto book: `book: chapters`, parts and appendices; of a website that of its sidebar.

https://quarto.org/docs/books/book-structure.html: every chapter has a number but those whose heading is
`.unnumbered`; sections have numbers too; a part has chapters, and a title or a file of its own.
https://quarto.org/docs/websites/website-navigation.html: sidebars hold files, links and sections of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from posixpath import normpath

from recto.forms.folder import BookFolder
from recto.forms.list_files import names, picture, said, table, words, yaml_list
from recto.forms.markdown.book_facts import facts_of
from recto.forms.markdown.front_matter import read_front_matter
from recto.forms.markdown.reading import outline
from recto.forms.order import Order, OrderLine, counted
from recto.forms.quarto.profiles import SETTINGS, with_profiles
from recto.problems import Place

_TEXTS = (".qmd", ".md", ".ipynb", ".Rmd")
_HEADING = re.compile(r"^# +(?P<words>\S.*?) *(?:\{[^{}]*\} *)?$", re.MULTILINE)
_FEWEST, _DEEPEST = 2, 8  # files of a sidebar; sections in one another
_DIVIDED = 2  # chapters and their sections


def order(folder: BookFolder) -> Order | None:
    """The order of a folder that is a Quarto book; None for any other."""
    name = next((name for name in SETTINGS if folder.holds(name)), None)
    if name is None:
        return None
    data, problems = yaml_list(folder, name)
    data, profiles, more = with_profiles(data, folder)
    problems = (*problems, *more)
    book = table(data, "book")
    place = Place(folder.shown(name))
    if not book.get("chapters") and not problems:
        return _website(table(data, "website"), words(data, "lang"), folder, name)
    lines = (
        *_lines(book.get("chapters"), place, "chapter"),
        *_lines(book.get("appendices"), place, "appendix"),
    )
    lines = (*(_opening(line, folder) for line in lines[:1]), *lines[1:])
    facts = said(
        title=words(book, "title"),
        subtitle=words(book, "subtitle"),
        authors=names(book.get("author")),
        description=words(book, "description"),
        language=words(data, "lang") or words(book, "lang"),
        isbn=words(book, "isbn"),
        date=facts_of({"date": words(book, "date")}).get("date"),
        cover=picture(folder, words(book, "cover-image")),
    )
    told = f"this is a Quarto book: {counted(lines)} listed in {' and '.join((name, *profiles))}"
    return Order(lines, told, facts, (name, *profiles), problems=problems)


def _opening(line: OrderLine, folder: BookFolder) -> OrderLine:
    """The first line, without a number where it is an index that has no heading of its own for one."""
    file = folder.text(line.file)[0] if line.file.startswith("index.") else None
    if file is None or not line.file.endswith(".qmd"):
        return line
    if any(heading.level == 1 for heading in outline(file).headings) or read_front_matter(file)[0].get(
        "title"
    ):
        return line
    found = _HEADING.search(file.text)  # within a division
    return replace(line, numbered=False, title=line.title or (found["words"] if found else ""))


def _website(site: Mapping[str, object], language: str, folder: BookFolder, name: str) -> Order | None:
    """The order of a website's sidebars; None where they list no two files."""
    place, bars = Place(folder.shown(name)), site.get("sidebar")
    found = dict[str, OrderLine]()
    for bar in bars if isinstance(bars, list) else [bars]:
        title = words(_entry(bar), "title") if isinstance(bars, list) else ""
        for line in _listed(_entry(bar).get("contents"), title, folder, place, 0):
            found.setdefault(line.file or f"{len(found)}", line)
    lines = tuple(found.values())
    if sum(line.kind == "chapter" for line in lines) < _FEWEST:
        return None
    told = f"this is a Quarto website: {counted(lines)} listed in the sidebar of {name}"
    facts = said(title=words(site, "title"), description=words(site, "description"), language=language)
    return Order(lines, told, facts, (name,))


def _listed(contents: object, part: str, folder: BookFolder, place: Place, depth: int) -> Iterator[OrderLine]:
    """The lines of the contents of a sidebar, or of a section in it; the outermost sections are parts."""
    if part:
        yield OrderLine("", part, place, "part")
    for each in contents if isinstance(contents, list) and depth < _DEEPEST else ():
        entry = each if isinstance(each, dict) else {"href": each}
        section = words(entry, "section")
        if section and not part and not depth:
            yield OrderLine("", section, place, "part")
        file = _file(words(entry, "href") or words(entry, "file") or section, folder)
        yield from _pages(file, words(entry, "text"), place)
        yield from _listed(entry.get("contents"), "", folder, place, depth + 1)


def _pages(file: str, title: str, place: Place) -> Iterator[OrderLine]:
    if file:
        yield OrderLine(file, title, place, divided=_DIVIDED)


def _file(address: str, folder: BookFolder) -> str:
    """The file of text that an address in a sidebar names, itself or by its folder; "" for any other."""
    plain = normpath(address.lstrip("/")) if address else ""
    named = (plain, f"{plain}/index.qmd", f"{plain}/index.md") if plain else ()
    return next((each for each in named if each.endswith(_TEXTS) and folder.holds(each)), "")


def _lines(listed: object, place: Place, kind: str) -> Iterator[OrderLine]:
    """The lines of a list of chapters."""
    in_part = False
    for each in listed if isinstance(listed, list) else ():
        entry = each if isinstance(each, dict) else {"file": each}
        part, below = words(entry, "part"), entry.get("chapters")
        if part:
            in_part = True
            is_file = part.endswith(_TEXTS)
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
