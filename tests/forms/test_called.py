"""Plain texts whose chapters are called lessons, letters, days."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.compose.labels import labels
from recto.gather import gather
from recto.production import configure
from recto.settings import config as settings
from tests.collating import gathered, sections_of

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
    assert headings(tmp_path, f"Act I\n\n{scenes}Act II\n\n{scenes}") == [("1", ""), ("2", "")]


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
