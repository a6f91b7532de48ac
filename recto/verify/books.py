"""The manuscript in the order of its book against each finished book."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from lxml import etree
from pikepdf import PdfError
from pypdfium2 import PdfiumError

from recto.door import LARGEST_TEXT, Door
from recto.model import Book, Manuscript, Product, Section
from recto.problems import Place, Problem, error, shown
from recto.verify.comparing import compare
from recto.verify.epub_reader import read_epub
from recto.verify.passage import ReadBook, Wanted
from recto.verify.pdf_reader import read_pdf
from recto.verify.source_words import Stretch, wanted

_PLAIN = "text"  # the syntax of files that are printed as they stand
_ONLY = "only-"  # begins the class of what one edition alone has
_UNTITLED = ("copyright", "dedication", "epigraph")  # matter whose title is not printed
_LEFT_OUT = {
    "attribute-unused", "cell-lost", "contents-left-out", "html-removed", "latex-left-out",
    "licence-left-out", "note-depth", "note-unused", "page-numbers-left-out",
}  # fmt: skip
_BOOK = "book"  # the role of a product that holds the text
_READERS = ((b"PK", read_epub, "screen"), (b"%PDF", read_pdf, "paper"))


def compared(
    book: Book, manuscript: Manuscript, products: Sequence[Product], told: Collection[Problem] = ()
) -> tuple[Problem, ...]:
    """What `recto.verify.verify` is to find."""
    left_out = {problem.place for problem in told if problem.code in _LEFT_OUT}
    files = {place.file for place in left_out}
    passages = [
        (each, medium) for each, medium in _passages(book, manuscript, files) if each.place not in left_out
    ]
    problems: list[Problem] = []
    doubtful: dict[str, dict[Wanted, Problem]] = {}
    for product in products:
        if product.role == _BOOK:
            try:
                read, on = _read(product.content)
            except (
                ValueError,
                KeyError,
                zipfile.BadZipFile,
                etree.LxmlError,
                PdfError,
                PdfiumError,
            ) as fault:
                place = Place(product.name)
                problems.append(error("book-unreadable", f"the finished book can't be read: {fault}", place))
                continue
            of_one = doubtful.setdefault(on, {})
            own = [each for each, medium in passages if medium in ("", on)]
            for each, problem in compare(read, own):
                of_one[each] = problem
            problems += (problem for each, problem in of_one.items() if not each.divided)
    return (*problems, *_in_no_book(doubtful))


def _in_no_book(doubtful: Mapping[str, Mapping[Wanted, Problem]]) -> Iterator[Problem]:
    """Of the passages that one of the books may be without, what is said of those that no book has."""
    if len(doubtful) > 1:
        first, *others = doubtful.values()
        for each, problem in first.items():
            if each.divided and all(each in other for other in others):
                yield problem


def _read(content: bytes) -> tuple[ReadBook, str]:
    """A finished book as it can be read, and the medium that it is for."""
    read, medium = next((read, medium) for start, read, medium in _READERS if content.startswith(start))
    return read(content), medium


def _passages(book: Book, manuscript: Manuscript, left_out: Collection[str]) -> Iterator[tuple[Wanted, str]]:
    """All that must stand in the books, in their order, with the one medium that it is for."""
    files = dict(_files(manuscript))
    for title, section, place, medium in _sections(book):
        source = _source(title, section, place, files, left_out)
        divided = any(_ONLY in line for line in (title, *source.lines))
        for each in wanted(source):
            yield replace(each, divided=True) if divided else each, medium


def _sections(book: Book) -> Iterator[tuple[str, Section | None, Place, str]]:
    """Every title of the book with the section below it, in the order of the book."""
    part = None
    for chapter in book.chapters:
        if chapter.part and chapter.part is not part:
            part = chapter.part
            yield part.title, part.opening, part.opening.place if part.opening else chapter.place, ""
        first, *media = chapter.media
        yield "" if chapter.role in _UNTITLED else chapter.title, chapter.opening, chapter.place, first
        for section, medium in zip(chapter.sections, media, strict=True):
            yield section.source.title, section.source, section.source.place, medium


def _files(manuscript: Manuscript) -> Iterator[tuple[str, Sequence[str]]]:
    """The lines of each file that is read as it stands, by the name that problems give it."""
    door = Door.of(manuscript.root)
    for path in manuscript.files:
        name = shown(path)
        if name not in manuscript.origins:
            try:
                text = door.read(Path(path), LARGEST_TEXT).decode("utf-8-sig")
            except (OSError, UnicodeDecodeError):
                continue  # of another encoding: it was told, and is taken as it was decoded
            yield name, text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _source(
    title: str,
    section: Section | None,
    place: Place,
    files: Mapping[str, Sequence[str]],
    left_out: Collection[str],
) -> Stretch:
    """A section as its file has it; where the file alone doesn't tell, as it was gathered."""
    if section is None:
        return Stretch(title, place.line, place.file, (), 0, True)
    gathered, file = section.text.split("\n"), section.place.file
    lines = files.get(file, ())[section.text_line - 1 : section.end_line] if section.text else ()
    if len(lines) != len(gathered):
        lines = gathered
    elif file in left_out:
        lines = [line if kept.strip() else "" for line, kept in zip(lines, gathered, strict=True)]
    return Stretch(title, place.line, file, lines, section.text_line, section.syntax != _PLAIN)
