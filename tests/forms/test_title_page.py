"""What a typed text begins with, title and author, stands on the title page of the book."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from recto.forms.source_file import SourceFile
from recto.forms.text.reading import facts
from tests.building import build

CHAPTER = "\n\nChapter 1: Reeds\n\nThe heron stood in the reeds.\n"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("The Reeds\n\nby Ida Moor", {"title": "The Reeds", "authors": ("Ida Moor",)}),
        (
            "THE REEDS\nA Novel\nBy Ida Moor and J. de Wit",
            {"title": "THE REEDS", "subtitle": "A Novel", "authors": ("Ida Moor", "J. de Wit")},
        ),
        (
            "The Reeds\nby Ida Moor\n\n\nFor Ada\nand for Jon",
            {"title": "The Reeds", "authors": ("Ida Moor",)},
        ),
        ("The Reeds of May", {"title": "The Reeds of May"}),
        ("Das Schilf\n\nvon Ida Moor", {"title": "Das Schilf", "authors": ("Ida Moor",)}),
    ],
)
def test_title_and_author_are_read_from_the_first_lines(typed: str, said: dict[str, object]) -> None:
    assert facts(SourceFile("a.txt", "a.txt", typed + CHAPTER)) == said


@pytest.mark.parametrize(
    "typed",
    [
        "For my mother",
        "The reeds grow in the river",
        "The Reeds\nA Novel",
        "by Ida Moor",
        "He went home.\n\nby Ida Moor",
        "The Reeds\n\nby the river he stood",
        "The Reeds\n\nby Ida Moor\n\nThere were reeds.",
        "Preface\n\nby Ida Moor",
        "One\nTwo\nThree\nFour\nby Ida Moor",
    ],
)
def test_any_other_lines_are_text(typed: str) -> None:
    assert facts(SourceFile("a.txt", "a.txt", typed + CHAPTER)) == {}


def test_the_one_text_of_a_folder_has_a_title_page_too(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "book.txt").write_text("The Reeds\n\nby Ida Moor" + CHAPTER)
    built = build(folder, tmp_path / "out", "--check", "--no-cache")
    assert built.report["title"] == "The Reeds"
    assert [chapter["title"] for chapter in built.report["chapters"]] == ["Reeds"]


def test_a_dedication_below_the_author_stays_in_the_book(tmp_path: Path) -> None:
    source = tmp_path / "book.txt"
    source.write_text("The Reeds\n\nby Ida Moor\n\nFor Ada" + CHAPTER)
    built = build(source, tmp_path / "out", "--no-cache", "--formats", "epub")
    assert [chapter["title"] for chapter in built.report["chapters"]] == ["Dedication", "Reeds"]
    with ZipFile(built.output(".epub")) as archive:
        page = archive.read("EPUB/dedication.xhtml").decode()
    assert "<p>For Ada</p>" in page and "<h1" not in page


def test_what_stands_on_the_title_page_stands_there_alone(tmp_path: Path) -> None:
    source = tmp_path / "book.txt"
    source.write_text("The Reeds\n\nby Ida Moor" + CHAPTER)
    built = build(source, tmp_path / "out", "--no-cache", "--formats", "epub")
    assert built.exit_code == 0, built.errors
    assert built.report["title"] == "The Reeds"
    assert [chapter["title"] for chapter in built.report["chapters"]] == ["Reeds"]
    assert [problem["code"] for problem in built.report["problems"]] == ["title-page"]
