"""Folders that each count their chapters from one, and what stands beside numbered files."""

from __future__ import annotations

from pathlib import Path

from tests.collating import Collated, collated

WORDS = "\n\nThe ferry left at nine.\n"


def chapters(told: Collated) -> list[tuple[str, str, str]]:
    return [(c.label or c.kind, c.title, c.part.title if c.part else "") for c in told.book.chapters]


def series(folder: Path, **more: str) -> Collated:
    """Two books side by side; each file has the title of its book above its own heading."""
    files = {
        "README.md": f"# Boats\n\n* [Sails](sails/README.md)\n* [Oars](oars/README.md){WORDS}",
        "preface.md": f"# Boats\n# Preface{WORDS}",
    }
    for name, count in (("oars", 2), ("sails", 3)):
        title = f"# Boats: {name.capitalize()}\n"
        files[f"{name}/README.md"] = f"{title}{WORDS}"
        files[f"{name}/apA.md"] = f"{title}# Appendix A: More{WORDS}"
        files[f"{name}/foreword.md"] = f"{title}# Foreword{WORDS}"
        files[f"{name}/toc.md"] = f"{title}\n## Table of Contents\n\n* One\n"
        for number in range(1, count + 1):
            files[f"{name}/ch{number}.md"] = f"{title}# Chapter {number}: Of {name} {number}{WORDS}"
    return collated(folder, {**files, **more})


def test_folders_that_count_anew_are_parts_in_the_order_of_the_readme(tmp_path: Path) -> None:
    told = series(tmp_path)
    assert chapters(told) == [
        ("front", "Boats", ""), ("front", "Preface", ""), ("chapter", "Foreword", "Boats: Sails"),
        ("1", "Of sails 1", "Boats: Sails"), ("2", "Of sails 2", "Boats: Sails"),
        ("3", "Of sails 3", "Boats: Sails"), ("chapter", "Appendix A: More", "Boats: Sails"),
        ("chapter", "Foreword", "Boats: Oars"),
        ("1", "Of oars 1", "Boats: Oars"), ("2", "Of oars 2", "Boats: Oars"),
        ("back", "Appendix A: More", ""),
    ]  # fmt: skip
    assert told.codes == ["contents-left-out", "contents-left-out"]


def test_a_number_that_stands_twice_in_one_folder_is_still_asked_about(tmp_path: Path) -> None:
    told = series(tmp_path, **{"oars/ch2b.md": f"# Chapter 2: Blades{WORDS}"})
    assert "number-collision" in told.errors


def test_a_small_heading_with_a_number_takes_no_file_its_number(tmp_path: Path) -> None:
    text = f"# Nets{WORDS}\n## Knots{WORDS}\n#### 12 things to tie{WORDS}"
    told = collated(tmp_path, {"01 Oars.md": f"# Oars{WORDS}", "02 Nets.md": text})
    assert [label for label, *_ in chapters(told)] == ["1", "2"] and told.errors == []


def test_a_file_with_the_cover_alone_is_told_and_is_no_chapter(tmp_path: Path) -> None:
    files = {
        "01 Oars.md": f"# Oars{WORDS}",
        "cover.md": "---\ntitle: Cover\n---\n\n![cover](art/Cover.png)\n",
    }
    told = collated(tmp_path, files)
    problem = told.only("unread-file")
    assert (problem.severity, "art/Cover.png" in (problem.hint or "")) == ("warning", True)
    assert [label for label, *_ in chapters(told)] == ["1"]


def mixed(folder: Path, **more: str) -> Collated:
    """Two numbered folders beside a numbered file; the files in each count from one."""
    files = {
        "01 Water/01 Cold.md": f"# Cold{WORDS}",
        "01 Water/02 Warm.md": f"# 2 Warm{WORDS}",
        "02 Oars/README.md": f"# Of Oars{WORDS}",
        "02 Oars/1-long.md": WORDS,
        "03 Air.md": f"# Air{WORDS}",
        "preface.md": f"# Preface{WORDS}",
    }
    return collated(folder, {**files, **more})


def test_numbered_folders_beside_numbered_files_are_chapters_of_sections(tmp_path: Path) -> None:
    told = mixed(tmp_path)
    assert chapters(told) == [
        ("front", "Preface", ""),
        ("1", "Water", ""),
        ("2", "Of Oars", ""),
        ("3", "Air", ""),
    ]
    assert (told.numbers("1"), told.titles("1")) == (["1.1", "1.2"], ["Cold", "Warm"])
    assert (told.numbers("2"), told.titles("2"), told.codes) == (["2.1"], ["Long"], [])


def test_a_number_of_both_a_folder_and_a_file_is_asked_about(tmp_path: Path) -> None:
    assert mixed(tmp_path, **{"02 Sails.md": f"# Sails{WORDS}"}).errors != []


def test_a_folder_around_them_all_says_nothing_and_one_of_matter_alone_is_no_part(tmp_path: Path) -> None:
    names = ("01 Land/01 Sand", "01 Land/02 Stone", "02 Water/01 Tides", "02 Water/02 Waves")
    files = {f"Draft/{name}.md": f"About {name[-5:].lower()}.\n" for name in names}
    files["Draft/00 Front/01 Dedication.md"] = "For Ann.\n"
    files["Draft/99 Back/01 Notes.md"] = "# Afterword\n\nThanks to all.\n"
    files["README.md"] = "# The Shore\n"
    told = collated(tmp_path, files)
    assert [(c.label, c.title, c.part.title if c.part else "") for c in told.book.chapters] == [
        ("", "The Shore", ""),
        ("", "Dedication", ""),
        ("1", "Sand", "Land"),
        ("2", "Stone", "Land"),
        ("3", "Tides", "Water"),
        ("4", "Waves", "Water"),
        ("", "Afterword", ""),
    ]
