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
