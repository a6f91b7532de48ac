"""How chapters are headed in Markdown where no number stands beside a title."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.forms.markdown import file_headings
from recto.forms.markdown.typed_numbers import numbered_chapters
from recto.forms.source_file import SourceFile
from tests.collating import collated


def titles(folder: Path, text: str) -> list[tuple[str, str]]:
    return [(each.label, each.title) for each in collated(folder, {"a.md": text}).book.chapters]


def test_the_title_of_a_chapter_may_be_the_heading_below_its_number(tmp_path: Path) -> None:
    road = "# Chapter 2\n\n## The *Road* {#road}\n\nA.\n\n### Mud\n\nB.\n"
    text = f"{road}\n# Chapter 1\n## Reeds\n\nC. [x](#road)\n"
    result = collated(tmp_path, {"a.md": text})
    assert [(each.label, each.title) for each in result.book.chapters] == [
        ("1", "Reeds"),
        ("2", "The *Road*"),
    ]
    assert (result.book.chapters[1].anchor, result.codes) == ("road", [])
    opening = result.chapter("2").opening
    assert opening is not None
    assert opening.text == "A.\n\n### Mud\n\nB."


@pytest.mark.parametrize(
    "below", ["## Mud\n\nA.\n\n## Rain\n\nB.", "Words.\n\n## Mud\n\nA.", "## 2.1 Mud\n\nA.", "Words."]
)
def test_any_other_heading_below_is_of_a_section(tmp_path: Path, below: str) -> None:
    assert titles(tmp_path, f"# Chapter 2\n\n{below}\n\n# Chapter 1: Reeds\n\nC.\n") == [
        ("1", "Reeds"),
        ("2", ""),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [("II. Boats", "I. Reeds"), ("II: Boats", "I: Reeds"), ("II — Boats", "I -- Reeds")],
)
def test_roman_numerals_in_a_row_count_chapters(tmp_path: Path, first: str, second: str) -> None:
    text = f"# Water\n\n## {first}\n\nA.\n\n## {second}\n\nB.\n\n## Afterword\n\nC.\n"
    assert titles(tmp_path, text) == [("1", "Reeds"), ("2", "Boats"), ("", "Afterword")]


def test_roman_numerals_alone_count_chapters_too(tmp_path: Path) -> None:
    assert titles(tmp_path, "# II\n\nA.\n\n# I\n\nB.\n") == [("1", ""), ("2", "")]


@pytest.mark.parametrize(
    "text",
    ["# I. Asimov\n\nA.\n", "# II. B\n\nA.\n\n# IV. C\n\nB.\n", "# 1 I\n\n## I. A\n\nB.\n\n## II. B\n\nC.\n"],
)
def test_roman_numerals_in_no_row_are_words(text: str) -> None:
    headings, _ = file_headings.titles(SourceFile("a.md", "a.md", text), 1)
    assert numbered_chapters(headings) == headings


def test_chapters_below_parts_may_count_anew(tmp_path: Path) -> None:
    land = "# Part One: Land\n\n## Chapter 1\n\nA.\n\n## Chapter 2\n\nB.\n"
    text = f"{land}\n# Part Two: Sea\n\n## Chapter 1\n\nC.\n"
    result = collated(tmp_path, {"a.md": text})
    assert [(each.label, each.part and each.part.title) for each in result.book.chapters] == [
        ("1", "Land"), ("2", "Land"), ("1", "Sea"),
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["Chapter2", "CHAPTER2:", "Ch.2", "Kapitel2"])
def test_the_space_before_the_number_may_be_missing(tmp_path: Path, typed: str) -> None:
    assert titles(tmp_path, f"# {typed} Rain\n\nA.\n\n# Chapter 1 Mud\n\nB.\n") == [
        ("1", "Mud"),
        ("2", "Rain"),
    ]


@pytest.mark.parametrize(
    "heads",
    [
        ["1 January", "2 January", "14 January"],
        ["3. März 1931", "4. März", "1. April: Regen"],
        ["1 de enero", "2 de enero de 1931"],
        ["2023", "2024"],
        ["1 мая", "2 мая"],
    ],
)
def test_dates_and_years_are_titles(tmp_path: Path, heads: list[str]) -> None:
    text = "".join(f"# {head}\n\nIt rained.\n\n" for head in heads)
    assert titles(tmp_path, text) == [(str(count), head) for count, head in enumerate(heads, 1)]


def test_a_month_that_begins_a_title_is_no_date(tmp_path: Path) -> None:
    text = "# 2 March of the Crabs\n\nA.\n\n# 1 May I come in?\n\nB.\n"
    assert titles(tmp_path, text) == [("1", "May I come in?"), ("2", "March of the Crabs")]


def test_sections_may_be_numbered_with_a_dash(tmp_path: Path) -> None:
    text = "# 2 Oars\n\nA.\n\n## 2-1 Long\n\nB.\n\n## 2–2: Short\n\nC.\n\n# 1 Mud\n\nD.\n"
    oars = collated(tmp_path, {"a.md": text}).chapter("2")
    assert [(str(each.number), each.source.title) for each in oars.sections] == [
        ("2.1", "Long"),
        ("2.2", "Short"),
    ]


@pytest.mark.parametrize("below", ["7-11 Shops", "7-2 Two", "3-1 Won"])
def test_a_dash_between_numbers_that_make_no_row_numbers_nothing(tmp_path: Path, below: str) -> None:
    text = f"# 7 Oars\n\nA.\n\n## {below}\n\nB.\n"
    assert collated(tmp_path, {"a.md": text}).chapter("7").sections == ()
