"""Folders that are called parts, or have the number of a chapter."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.collating import Collated, collated

WORDS = "The ferry left at dawn.\n"


def book_of(folder: Path, files: Mapping[str, str]) -> Collated:
    """A book of such files, each with a heading, or "" for none, and a line of text."""
    return collated(folder, {name: f"# {head}\n\n{WORDS}" if head else WORDS for name, head in files.items()})


def parts(book: Collated) -> list[tuple[str, str, str, str]]:
    held = ((chapter, chapter.part) for chapter in book.book.chapters)
    return [
        (part.label if part else "", part.title if part else "", chapter.label, chapter.title)
        for chapter, part in held
    ]


def test_a_folder_called_a_part_holds_the_chapters_in_it(tmp_path: Path) -> None:
    files = {
        "Part I - Water/Chapter 1.md": "Boats",
        "Part I - Water/Chapter 2 - Oars/2.1 Blades.md": "",
        "Part Two/Chapter 3.md": "Roads",
        "Appendix A.md": "Tables",
    }
    book = book_of(tmp_path, files)
    assert parts(book) == [
        ("I", "Water", "1", "Boats"),
        ("I", "Water", "2", "Oars"),
        ("II", "", "3", "Roads"),
        ("", "", "A", "Tables"),
    ]
    assert book.codes == []


def test_the_heading_of_a_part_and_its_folder_are_one_part(tmp_path: Path) -> None:
    files = {
        "Part I/part.md": "Part I: The Sea",
        "Part I/Chapter 1.md": "Boats",
        "Part II/Chapter 2.md": "Oars",
    }
    assert parts(book_of(tmp_path, files)) == [("I", "The Sea", "1", "Boats"), ("II", "", "2", "Oars")]


def test_parts_whose_chapters_are_mixed_are_told_and_are_none(tmp_path: Path) -> None:
    files = {"Part 1/Chapter 1.md": "Boats", "Part 1/Chapter 3.md": "Oars", "Part 2/Chapter 2.md": "Roads"}
    book = book_of(tmp_path, files)
    assert (book.codes, book.errors) == (["part-order"], [])
    assert [part for part, *_ in parts(book)] == ["", "", ""]


@pytest.mark.parametrize("names", [("Part One", "Part Two", "Part Three"), ("Act I", "Act V", "Act IX")])
def test_parts_stand_by_the_numbers_that_their_folders_have_in_words(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    files = {
        f"{name}/{title}.md": title for name, title in zip(names, ("Boats", "Oars", "Sails"), strict=True)
    }
    book = book_of(tmp_path, files)
    assert [title for *_, title in parts(book)] == ["Boats", "Oars", "Sails"]


def test_a_part_is_not_called_by_its_number_twice(tmp_path: Path) -> None:
    book = book_of(tmp_path, {"part1/boats.md": "Boats", "part2 - land/roads.md": "Roads"})
    assert parts(book) == [("I", "", "1", "Boats"), ("II", "Land", "2", "Roads")]


def test_chapters_that_only_their_names_count_anew_keep_these_numbers(tmp_path: Path) -> None:
    files = {"01-water/01-boats.md": "Boats", "01-water/02-oars.md": "Oars", "02-land/01-roads.md": "Roads"}
    assert parts(book_of(tmp_path, files)) == [
        ("I", "Water", "1", "Boats"),
        ("I", "Water", "2", "Oars"),
        ("II", "Land", "1", "Roads"),
    ]


def test_chapters_in_words_count_anew_as_well(tmp_path: Path) -> None:
    names = ["One/Chapter One", "One/Chapter Two", "One/Chapter Three", "Two/Chapter One"]
    headed = book_of(tmp_path / "headed", {f"Part {name}.md": name.split("/")[1] for name in names})
    assert parts(headed) == [("I", "", "1", ""), ("I", "", "2", ""), ("I", "", "3", ""), ("II", "", "1", "")]
    assert parts(book_of(tmp_path / "bare", {f"Part {name}.md": "" for name in names})) == parts(headed)


def test_the_folder_of_a_chapters_sections_gives_its_title(tmp_path: Path) -> None:
    book = book_of(tmp_path, {"1. Water/1.1 Boats.md": "Boats", "1. Water/1.2 Oars.md": "Oars"})
    assert (parts(book), book.codes) == ([("", "", "1", "Water")], [])
