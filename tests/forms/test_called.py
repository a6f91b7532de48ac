"""Texts whose chapters are called lessons, letters, days."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.compose.labels import labels
from recto.gather import gather
from recto.production import configure
from recto.settings import config as settings
from tests.collating import collated, gathered, sections_of

WORDS = "The boats were out all night."


def headings(folder: Path, text: str) -> list[tuple[str, str]]:
    sections, _ = sections_of(folder, text, "book.txt")
    return [(str(section.number), section.title) for section in sections]


@pytest.mark.parametrize(
    ("first", "second", "titles"),
    [
        ("Lesson 3: Verbs", "Lesson 1: Nouns", [("3", "Verbs"), ("1", "Nouns")]),
        ("LETTER IV", "LETTER II", [("4", ""), ("2", "")]),
        ("Lektion Zwei", "Lektion Eins", [("2", ""), ("1", "")]),
        ("Day 12 — Rain", "Day 3 Sun", [("12", "Rain"), ("3", "Sun")]),
        ("Article IV. Of Fees", "Article I. Of Boats", [("4", "Of Fees"), ("1", "Of Boats")]),
        ("§ 2 Fristen", "§1 Geltung", [("2", "Fristen"), ("1", "Geltung")]),
    ],
)
def test_several_pieces_with_one_word_and_numbers_are_chapters(
    tmp_path: Path, first: str, second: str, titles: list[tuple[str, str]]
) -> None:
    assert headings(tmp_path, f"{first}\n\n{WORDS}\n\n{second}\n\n{WORDS}\n") == titles


@pytest.mark.parametrize(
    "text",
    [
        f"Lesson 1: Nouns\n\n{WORDS}\n",  # one alone
        f"Lesson 1\n\n{WORDS}\n\nLesson 1\n\n{WORDS}\n",  # a number twice
        f"Figure 1: Oars\n\n{WORDS}\n\nFigure 2: Nets\n\n{WORDS}\n",  # captions
        f"Day 3 was worse\n\n{WORDS}\n\nDay 4 was fine\n\n{WORDS}\n",
        "Lesson 1: Nouns\n\nLesson 2: Verbs\n",  # nothing below
    ],
)
def test_what_is_no_row_of_them_is_text(tmp_path: Path, text: str) -> None:
    assert headings(tmp_path, text) == [("None", "")]


def test_beside_numbered_sections_they_are_text(tmp_path: Path) -> None:
    text = f"4.1 Reeds\n\nLesson 1\n\n{WORDS}\n\nLesson 2\n\n{WORDS}\n"
    assert headings(tmp_path, text) == [("4.1", "Reeds")]


def test_the_first_of_several_words_heads_the_chapters(tmp_path: Path) -> None:
    scenes = "".join(f"Scene {number}\n\n{WORDS}\n\n" for number in (1, 2))
    assert headings(tmp_path, f"Act I\n\n{scenes}Act II\n\nScene 1. A wood.\n\n{WORDS}\n") == [
        ("1", ""),
        ("1.1", "Scene 1"),
        ("1.2", "Scene 2"),
        ("2", ""),
        ("2.1", "A wood."),
    ]


def test_the_book_calls_its_chapters_so(tmp_path: Path) -> None:
    text = f"Knots\n\nby Ines Roca\n\nLESSON 2: Bends\n\n{WORDS}\n\nLESSON 1: Hitches\n\n{WORDS}\n"
    source = tmp_path / "knots.txt"
    source.write_text(text)
    config = configure(source)
    manuscript, _ = gather(source, config)
    config = settings.informed(config, manuscript.said)
    assert (config.book.title, config.book.chapter_word) == ("Knots", "Lesson")
    assert labels("en", config.book.chapter_word)["chapter"] == "Lesson"


def test_in_one_of_several_files_the_word_stays_in_the_title(tmp_path: Path) -> None:
    text = f"Lesson 2: Bends\n\n{WORDS}\n\nLesson 1: Hitches\n\n{WORDS}\n"
    manuscript, _ = gathered(tmp_path, {"a.txt": text, "b.txt": f"Preface\n\n{WORDS}\n"})
    titles = {section.title for section in manuscript.sections}
    assert {"Lesson 2: Bends", "Lesson 1: Hitches"} <= titles


def test_a_word_of_the_authors_own_counts_from_one_on_without_a_gap(tmp_path: Path) -> None:
    def text(*numbers: int) -> str:
        return "".join(f"TALK {number}: Oars\n\n{WORDS}\n\n" for number in numbers)

    assert headings(tmp_path, text(3, 1, 2)) == [("3", "Oars"), ("1", "Oars"), ("2", "Oars")]
    assert headings(tmp_path, text(1, 2)) == [("None", "")]
    sections, problems = sections_of(tmp_path, text(10, 2, 1), "book.txt")
    assert [section.kind for section in sections] == ["stray"]
    assert problems == ["unclear-heading"] * 3


def outline(folder: Path, text: str) -> list[tuple[str, str]]:
    made = []
    for chapter in collated(folder, {"course.md": text}).book.chapters:
        made.append((chapter.label, chapter.title))
        made += ((str(section.number), section.source.title) for section in chapter.sections)
    return made


def test_headings_of_markdown_count_so_too(tmp_path: Path) -> None:
    text = f"# Rowing\n\n## Week 2: Oars\n\n{WORDS}\n\n## Week 1: Ropes\n\n{WORDS}\n\n## Preface\n\n{WORDS}\n"
    assert outline(tmp_path, text) == [("", "Preface"), ("1", "Ropes"), ("2", "Oars")]
    play = f"# Act II\n\n## Scene 1\n\n{WORDS}\n\n# Act I\n\n## Scene 2\n\n{WORDS}\n\n## Scene 1\n\n{WORDS}\n"
    assert [label for label, _ in outline(tmp_path / "play", play)] == ["1", "1.1", "1.2", "2", "2.1"]
    lettered = "".join(f"# {letter}. Oars\n\n{WORDS}\n\n" for letter in "CAB")
    assert outline(tmp_path / "letters", lettered) == [("1", "A. Oars"), ("2", "B. Oars"), ("3", "C. Oars")]


def test_headings_in_their_order_beside_others_stay_as_they_are(tmp_path: Path) -> None:
    text = f"# Day 1\n\n{WORDS}\n\n# A Pause\n\n{WORDS}\n\n# Day 2\n\n{WORDS}\n"
    assert outline(tmp_path, text) == [("1", "Day 1"), ("2", "A Pause"), ("3", "Day 2")]


def test_below_another_heading_or_beside_numbers_they_stay_as_they_are(tmp_path: Path) -> None:
    days = f"## Day 2\n\n{WORDS}\n\n## Day 1\n\n{WORDS}\n\n"
    assert outline(tmp_path, f"# Oars\n\n{days}# Ropes\n\n{WORDS}\n") == [("1", "Oars"), ("2", "Ropes")]
    assert outline(tmp_path / "numbers", f"# 2 Oars\n\n{WORDS}\n\n{days}# 1 Ropes\n\n{WORDS}\n") == [
        ("1", "Ropes"),
        ("2", "Oars"),
    ]


def test_files_stand_as_their_headings_count(tmp_path: Path) -> None:
    words = {"after": "Afterword", "oars": "Week 2: Oars", "preface": "Preface", "ropes": "Week 1: Ropes"}
    told = collated(tmp_path, {f"{name}.md": f"# {heading}\n\n{WORDS}\n" for name, heading in words.items()})
    titles = [chapter.title for chapter in told.book.chapters]
    assert titles == ["Preface", "Week 1: Ropes", "Week 2: Oars", "Afterword"]


def test_a_number_in_brackets_heads_a_chapter_above_sections_in_brackets(tmp_path: Path) -> None:
    text = "".join(f"[{number}] Oars\n\n{WORDS}\n\n" for number in ("2.1", "1.1", "1", "2"))
    assert [number for number, _ in headings(tmp_path, text)] == ["2.1", "1.1", "1", "2"]


def test_chapters_that_name_their_part_count_on_through_all_parts(tmp_path: Path) -> None:
    words = ("Part 2, Chapter 1: Oars", "Part 1, Chapter 2: Nets", "Part 1, Chapter 1: Boats")
    text = "".join(f"{each}\n\n{WORDS}\n\n" for each in words)
    made = [("1", words[2]), ("2", words[1]), ("3", words[0])]
    assert sorted(headings(tmp_path, text)) == made
    assert sections_of(tmp_path, text, "book.txt")[1] == []
    assert outline(tmp_path / "marked", text.replace("Part", "# Part")) == made
