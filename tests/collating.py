"""Small manuscripts for tests of gather and collate: files in, the book and what was said of it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from recto.collate import collate
from recto.gather import gather
from recto.model import Book, Chapter, Manuscript, Section
from recto.problems import Problem
from recto.settings.config import Config, SourceSettings, read

BY_NUMBERS = Config(source=SourceSettings("numbers"))


@dataclass(frozen=True)
class Collated:
    """A collated manuscript with its problems."""

    book: Book
    problems: tuple[Problem, ...]

    @property
    def codes(self) -> list[str]:
        return sorted(problem.code for problem in self.problems)

    @property
    def errors(self) -> list[str]:
        return sorted(problem.code for problem in self.problems if problem.severity == "error")

    @property
    def labels(self) -> list[str]:
        return [chapter.label or chapter.role for chapter in self.book.chapters]

    def chapter(self, name: str) -> Chapter:
        return next(c for c in self.book.chapters if name in (c.label, c.role))

    def numbers(self, name: str) -> list[str]:
        return [str(section.number) for section in self.chapter(name).sections]

    def titles(self, name: str) -> list[str]:
        return [section.source.title for section in self.chapter(name).sections]

    def only(self, code: str) -> Problem:
        (problem,) = (problem for problem in self.problems if problem.code == code)
        return problem


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return folder


def gathered(folder: Path, files: Mapping[str, str | bytes]) -> tuple[Manuscript, tuple[Problem, ...]]:
    """Gather a folder of files by the numbers in them."""
    return gather(write(folder, files), BY_NUMBERS)


def sections_of(folder: Path, text: str, name: str = "book.md") -> tuple[tuple[Section, ...], list[str]]:
    """The sections of one file by its numbers, and the codes of its problems."""
    manuscript, problems = gather(write(folder, {name: text}) / name, BY_NUMBERS)
    return manuscript.sections, [problem.code for problem in problems]


def collated(folder: Path, files: Mapping[str, str | bytes], toml: str = "") -> Collated:
    """Gather and collate a folder of files, with a book.toml where one is given."""
    write(folder, files)
    path = folder / "book.toml" if toml else None
    if path:
        path.write_text(toml, encoding="utf-8")
    config, faults = read(path)
    assert not faults, faults
    manuscript, first = gather(folder, config)
    book, second = collate(manuscript, config)
    return Collated(book, (*first, *second))


def text_of(*numbers: str, first: int = 1) -> str:
    """A plain text with a section a number, each with a sentence of its own."""
    words = (
        f"{number} Title {number}\n\nWhat is said under {number}, {n}.\n"
        for n, number in enumerate(numbers, first)
    )
    return "\n".join(words)
