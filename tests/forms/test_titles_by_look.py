"""A plain text without numbers is divided where its titles are set off from the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.collating import collated

WORDS = "The heron stood in the reeds until the boats were gone."


def titles(folder: Path, text: str) -> list[str]:
    return [chapter.title for chapter in collated(folder, {"a.txt": text}).book.chapters]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("THE REEDS", "WHERE ARE THE BOATS?"),
        ("The Reeds\n=========", "Boats!\n------"),
        ("DAS SCHILF", "ÜBER DIE BOOTE"),
    ],
)
def test_lines_in_capitals_or_above_rules_are_titles(tmp_path: Path, first: str, second: str) -> None:
    text = f"{first}\n\n{WORDS}\n\n{WORDS}\n\n{second}\n\n{WORDS}\n"
    result = collated(tmp_path, {"a.txt": text})
    assert [each.title for each in result.book.chapters] == [first.split("\n")[0], second.split("\n")[0]]
    opening = result.book.chapters[0].opening
    assert opening is not None
    assert opening.text == f"{WORDS}\n\n{WORDS}"


@pytest.mark.parametrize(
    "text",
    [
        f"{WORDS}\n\nSTOP!\n\n{WORDS}\n",
        f"STOP.\n\n{WORDS}\n\nGO ON.\n\n{WORDS}\n",
        f"THE SIGN SAID\n\nKEEP OUT\n\n{WORDS}\n",
        f"MEN AT WORK\n{WORDS}\n\nNO ENTRY\n{WORDS}\n",
        f"{WORDS}\n\n* * *\n\n{WORDS}\n\n***\n\n{WORDS}\n",
    ],
)
def test_other_lines_are_text(tmp_path: Path, text: str) -> None:
    assert len(titles(tmp_path, text)) == 1


def test_where_chapters_have_numbers_capitals_are_text(tmp_path: Path) -> None:
    text = f"Chapter 1: Reeds\n\n{WORDS}\n\nKEEP OUT\n\n{WORDS}\n\nNO ENTRY\n\n{WORDS}\n"
    assert titles(tmp_path, text) == ["Reeds"]


@pytest.mark.parametrize("marks", ["*{}*", "** {} **", "_{}_"])
def test_lines_between_asterisks_are_titles(tmp_path: Path, marks: str) -> None:
    first, second = marks.format("Reeds"), marks.format("Boats")
    assert titles(tmp_path, f"{first}\n\n{WORDS}\n\n{second}\n\n{WORDS}\n") == ["Reeds", "Boats"]


def test_rules_of_two_signs_are_a_title_and_its_chapters(tmp_path: Path) -> None:
    text = f"Of Water\n========\n\nReeds\n-----\n\n{WORDS}\n\nBoats\n-----\n\n{WORDS}\n"
    told = collated(tmp_path, {"a.txt": text})
    assert [chapter.title for chapter in told.book.chapters] == ["Reeds", "Boats"]
    assert told.book.title == "Of Water"


def test_below_parts_with_numbers_chapters_are_known_by_their_look(tmp_path: Path) -> None:
    part = "Part {}: {}\n===========\n\n{}\n-----\n\n" + WORDS + "\n\n"
    text = part.format("One", "Shore", "Reeds") + part.format("Two", "Open Sea", "Boats")
    told = collated(tmp_path, {"a.txt": text})
    assert [(c.label, c.title, c.part and c.part.title) for c in told.book.chapters] == [
        ("1", "Reeds", "Shore"),
        ("2", "Boats", "Open Sea"),
    ]
    assert all(
        "=" not in c.opening.text and "-" not in c.opening.text for c in told.book.chapters if c.opening
    )
