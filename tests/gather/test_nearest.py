"""A SOURCE that is no manuscript: the error says what is read, and what may have been meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.gather.nearest import missing, nothing


def hint(problem: object) -> str:
    return str(getattr(problem, "hint", ""))


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tides").mkdir()
    (tmp_path / "notes.txt").write_text("1.1 One\n\nWords.\n")
    return tmp_path


def test_a_typo_is_told_the_name_that_is_there(shelf: Path) -> None:
    assert hint(missing(Path("tidse"))) == "did you mean tides?"
    assert hint(missing(Path("note.md"))) == "did you mean notes.txt?"


def test_without_a_near_name_the_text_that_is_there_is_named(shelf: Path) -> None:
    assert hint(missing(Path("book"))) == "there is notes.txt; for all of it, name the folder itself: ."


def test_where_there_is_nothing_it_says_what_can_be_read(shelf: Path) -> None:
    told = hint(missing(Path("tides/book")))
    assert "text (.txt), Markdown (.md), Word (.docx)" in told
    assert "mdBook" in told
    assert "`init`" in told


def test_a_folder_of_pictures_is_told_what_it_holds(shelf: Path) -> None:
    problem = nothing(shelf, [Path("a.png"), Path("b.JPG"), Path("c.rtf")])
    assert "but 2 pictures and one RTF file" in problem.message


def test_an_empty_folder_is_called_empty_and_text_below_is_named(shelf: Path) -> None:
    assert nothing(Path("tides"), []).message == "this folder is empty"
    (shelf / "tides" / "out").mkdir()
    (shelf / "tides" / "out" / "one.md").write_text("# 1 One\n")
    assert "there is text in tides/out" in hint(nothing(Path("tides"), []))
