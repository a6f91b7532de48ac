"""Small books made by hand, for the tests of typesetting."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from recto.model import Book, BookSection, Chapter, Galley, Manuscript, Part, Section
from recto.notations import xhtml
from recto.numbering import Number
from recto.problems import Place, Problem
from recto.settings.config import BookSettings, Config, TypesetSettings
from recto.typeset import typeset


def number(text: str) -> Number:
    found = Number.parse(text)
    assert found is not None
    return found


class BookOf:
    """A book of Markdown sections; each `add` puts one at a line of the file `book.md`."""

    def __init__(self, root: Path = Path(), syntax: str = "markdown") -> None:
        self.root, self.syntax = root, syntax
        self.chapters: list[Chapter] = []
        self.numbers: dict[str, str] = {}

    def chapter(
        self, label: str, title: str = "", text: str = "", line: int = 1, part: Part | None = None
    ) -> BookOf:
        kind, name = ("appendix", "appendix") if label.isalpha() else ("chapter", "chapter")
        opening = self.section_of("chapter", number(label), title, text, line)
        anchor = f"{name}-{label.lower()}"
        self.numbers[label] = anchor
        self.chapters.append(Chapter(kind, kind, label, title, anchor, opening.place, part, opening))
        return self

    def matter(self, role: str, title: str, text: str, line: int = 1) -> BookOf:
        opening = replace(self.section_of("matter", None, title, text, line), role=role)
        self.chapters.append(Chapter("front", role, "", title, role, opening.place, None, opening))
        return self

    def section(self, label: str, title: str, text: str, line: int = 1, anchor: str = "") -> BookOf:
        source = self.section_of("section", number(label), title, text, line)
        anchor = anchor or "section-" + label.lower().replace(".", "-")
        self.numbers[label] = anchor
        chapter = self.chapters[-1]
        placed = BookSection(number(label), anchor, number(label).depth, source)
        self.chapters[-1] = replace(chapter, sections=(*chapter.sections, placed))
        return self

    def section_of(self, kind: str, label: Number | None, title: str, text: str, line: int) -> Section:
        place = Place(str(self.root / "book.md"), line)
        end = line + 1 + text.count("\n")
        return Section(kind, label, title, self.syntax, text, place, line + 1, end)  # type: ignore[arg-type]

    def set(self, language: str = "en", **settings: object) -> tuple[tuple[Galley, ...], tuple[Problem, ...]]:
        book = Book("Book", tuple(self.chapters), self.numbers)
        manuscript = Manuscript("book", self.root, (), ())
        config = Config(book=BookSettings(language=language), typeset=TypesetSettings(**settings))  # type: ignore[arg-type]
        galleys, problems = typeset(book, manuscript, config)
        for galley in galleys:
            for section in galley.all_sections:
                xhtml.parse(section.html)
        return galleys, problems


def set_text(text: str, language: str = "en", **settings: object) -> tuple[str, tuple[Problem, ...]]:
    """The XHTML of one section 1.1 whose text begins on line 3, without block numbers, and its problems."""
    book = BookOf().chapter("1", "One").section("1.1", "Title", text, line=2)
    galleys, problems = book.set(language, **settings)
    return bare(galleys[0].sections[0].html), problems


def bare(html: str) -> str:
    """XHTML without the numbers of blocks."""
    return re.sub(r' data-b="[^"]*"', "", html)


def found(problems: tuple[Problem, ...]) -> list[tuple[str, str, int | None]]:
    """Severity, code and line of every problem."""
    return [(problem.severity, problem.code, problem.place.line) for problem in problems]
