"""A SOURCE that is no manuscript: the error says what is read, and what may have been meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.gather.nearest import missing, nothing
from tests.building import build


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
    assert "did you mean" not in hint(missing(Path("o.txt")))


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


def test_a_file_of_settings_is_no_manuscript_and_one_in_the_folder_above_is_told(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "a.md").write_text("# 1 Oars\n\nFlat.\n", encoding="utf-8")
    settings = tmp_path / "book.toml"
    settings.write_text('[book]\ntitle = "Oars"\nauthors = []\n', encoding="utf-8")
    named = build(settings, tmp_path / "out", "--check")
    assert named.exit_code == 2
    assert "this file holds settings, and no manuscript [source-missing]" in named.errors
    below = build(tmp_path / "src", tmp_path / "out", "--check")
    assert below.exit_code == 0
    assert f"{settings}: warning: " in below.errors
    assert "[settings-elsewhere]" in below.errors
    settings.rename(tmp_path / "src" / "book.toml")
    assert "settings-elsewhere" not in build(tmp_path / "src", tmp_path / "out", "--check").errors
