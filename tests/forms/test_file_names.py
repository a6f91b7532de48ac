"""What the names of files say: a heading with other signs between its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.forms.naming.file_names import read_name
from tests.collating import collated

WORDS = "The ferry left at dawn.\n"


@pytest.mark.parametrize(
    ("name", "kind", "number", "title"),
    [
        ("ch01s02.md", "section", "1.2", ""),
        ("ch01s02_the-oars.md", "section", "1.2", "The oars"),
        ("chapter1section2.md", "section", "1.2", ""),
        ("chapter-1-section-2.md", "section", "1.2", ""),
        ("Chapter 1 Section 2 Oars.md", "section", "1.2", "Oars"),
        ("Ch1_Sec2_Oars.md", "section", "1.2", "Oars"),
        ("c1s2.md", "section", "1.2", ""),
        ("Chapter One - Scene Two.md", "section", "1.2", ""),
        ("sec-1-2.md", "section", "1.2", ""),
        ("chap1/sec2.md", "section", "1.2", ""),
        ("Chapter One/02 Oars.md", "section", "1.2", "Oars"),
        ("01 - Chapter Two - Boats/3.md", "section", "2.3", ""),
        ("chapter-one.md", "chapter", "1", ""),
        ("chapter-twenty-one-boats.md", "chapter", "21", "Boats"),
        ("chapter_iv_storm.md", "chapter", "4", "Storm"),
        ("02 Chapter One.md", "chapter", "1", ""),
        ("03 - Chapter 2 - Boats.md", "chapter", "2", "Boats"),
        ("My Novel - Chapter One.md", "chapter", "1", ""),
        ("draft2_chapter7.md", "chapter", "7", ""),
        ("Kapitel 3 - Boote.md", "chapter", "3", "Boote"),
        ("capitulo-3.md", "chapter", "3", ""),
        ("第3章 船.md", "chapter", "3", "船"),
        ("app-b.md", "chapter", "B", ""),
        ("appendix-a-1.md", "section", "A.1", ""),
        ("part-ii-water.md", "part", "2", "Water"),
        ("04 Galaxy S3.md", "chapter", "4", "Galaxy S3"),
    ],
)
def test_a_name_is_read_as_a_heading(name: str, kind: str, number: str, title: str) -> None:
    said = read_name(name)
    assert said is not None
    assert (said.kind, str(said.number), said.title) == (kind, number, title)


@pytest.mark.parametrize(
    "name",
    [
        *("chocolate.md", "chi.md", "partial.md", "part-of-speech.md", "section-review.md", "apps.md"),
        *("42nd-street.md", "1a.md", "chapter1a.md", "Chapter.md", "Ann 1.md", "2026-05-01 ideas.md"),
        *("2026 05 01 ideas.md", "20260501 ideas.md", "2026.md", "1001 Nights.md"),
        *("Act 1 Scene 2.md", "Part 1 Chapter 2.md", "Part 1 - Chapter 2.md"),  # may be counted anew
    ],
)
def test_a_name_that_counts_nothing_says_nothing(name: str) -> None:
    assert read_name(name) is None


def test_scenes_of_a_novel_stand_in_their_chapters(tmp_path: Path) -> None:
    scenes = ["One - Scene 1", "One - Scene 2", "Two - Scene 1"]
    files = {
        f"{at:02} - Chapter {name}.md": f"# At dawn {at}\n\n{WORDS}" for at, name in enumerate(scenes, 1)
    }
    book = collated(tmp_path, files)
    assert [chapter.label for chapter in book.book.chapters] == ["1", "2"]
    assert (book.numbers("1"), book.numbers("2")) == (["1.1", "1.2"], ["2.1"])
