"""The manuscript in the order of its book against each finished book."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
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
_UNTITLED = ("dedication", "epigraph")  # matter whose title is not printed
_LEFT_OUT = {
    "attribute-unused", "cell-lost", "contents-left-out", "html-removed", "latex-left-out",
    "licence-left-out", "note-unused", "page-numbers-left-out",
}  # fmt: skip
_BOOK = "book"  # the role of a product that holds the text
_READERS = ((b"PK", read_epub), (b"%PDF", read_pdf))


def compared(
    book: Book, manuscript: Manuscript, products: Sequence[Product], told: Collection[Problem] = ()
) -> tuple[Problem, ...]:
    """What `recto.verify.verify` is to find."""
    left_out = {problem.place for problem in told if problem.code in _LEFT_OUT}
    files = {place.file for place in left_out}
    passages = [each for each in _passages(book, manuscript, files) if each.place not in left_out]
    problems: list[Problem] = []
    for product in products:
        if product.role == _BOOK:
            try:
                read = _reader(product.content)
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
            problems += compare(read, passages)
    return tuple(problems)


def _reader(content: bytes) -> ReadBook:
    return next(read for start, read in _READERS if content.startswith(start))(content)


def _passages(book: Book, manuscript: Manuscript, left_out: Collection[str]) -> Iterator[Wanted]:
    """All that must stand in the books, in their order."""
    files = dict(_files(manuscript))
    for title, section, place in _sections(book):
        yield from wanted(_source(title, section, place, files, left_out))


def _sections(book: Book) -> Iterator[tuple[str, Section | None, Place]]:
    """Every title of the book with the section below it, in the order of the book."""
    part = None
    for chapter in book.chapters:
        if chapter.part and chapter.part is not part:
            part = chapter.part
            yield part.title, part.opening, part.opening.place if part.opening else chapter.place
        yield "" if chapter.role in _UNTITLED else chapter.title, chapter.opening, chapter.place
        for section in chapter.sections:
            yield section.source.title, section.source, section.source.place


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
