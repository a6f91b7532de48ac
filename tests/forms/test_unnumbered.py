"""Folders and files without numbers and without a list."""

from __future__ import annotations

from pathlib import Path

from tests.building import build
from tests.collating import Collated, collated, write

WORDS = "\n\nThe ferry left at nine.\n"


def chapters(told: Collated) -> list[tuple[str, str, str, str]]:
    return [(c.kind, c.label, c.title, c.part.title if c.part else "") for c in told.book.chapters]


def alone(folder: Path, text: str, name: str = "boats.md") -> Collated:
    return collated(folder, {name: text})


def test_a_lone_first_heading_is_the_title_and_those_below_it_are_chapters(tmp_path: Path) -> None:
    told = alone(tmp_path, f"# Boats\n\n## Oars{WORDS}\n### Of Ash{WORDS}\n## Sails{WORDS}")
    assert told.book.title == "Boats"
    assert chapters(told) == [("chapter", "1", "Oars", ""), ("chapter", "2", "Sails", "")]
    oars = told.chapter("1").opening
    assert oars and "### Of Ash" in oars.text
    assert told.codes == []


def test_of_several_first_headings_each_is_a_chapter(tmp_path: Path) -> None:
    told = alone(tmp_path, f"# Oars{WORDS}\n## Of Ash{WORDS}\n# Sails{WORDS}")
    assert chapters(told) == [("chapter", "1", "Oars", ""), ("chapter", "2", "Sails", "")]


def test_what_books_know_by_name_has_no_number_and_its_own_place(tmp_path: Path) -> None:
    text = f"# Boats\n\n## Glossary{WORDS}\n## Oars{WORDS}\n## Preface{WORDS}\n## Sails{WORDS}"
    assert chapters(alone(tmp_path, text)) == [
        ("front", "", "Preface", ""),
        ("chapter", "1", "Oars", ""),
        ("chapter", "2", "Sails", ""),
        ("back", "", "Glossary", ""),
    ]


def test_the_letters_of_appendices_number_no_chapters(tmp_path: Path) -> None:
    text = f"# Oars{WORDS}\n# Sails{WORDS}\n# References{WORDS}\n# Appendix A: Knots{WORDS}"
    told = alone(tmp_path, text)
    assert chapters(told) == [
        ("chapter", "1", "Oars", ""),
        ("chapter", "2", "Sails", ""),
        ("chapter", "A", "Knots", ""),
        ("back", "", "References", ""),
    ]
    assert told.codes == []
    files = {"a.md": f"# Oars{WORDS}", "b.md": f"# Sails{WORDS}", "c.md": f"# Appendix B: Knots{WORDS}"}
    told = collated(tmp_path / "files", files)
    assert [label for _, label, _, _ in chapters(told)] == ["1", "2", "B"]


def test_text_above_the_first_heading_is_not_lost(tmp_path: Path) -> None:
    told = alone(tmp_path, f"It was a dark night.\n\n# Oars{WORDS}\n# Sails{WORDS}")
    assert [title for _, _, title, _ in chapters(told)] == ["Opening", "Oars", "Sails"]
    assert told.codes == ["stray-text"]


def test_below_a_title_text_is_not_lost_either(tmp_path: Path) -> None:
    told = alone(tmp_path, f"# Boats\n\nAbout boats.\n\n## Oars{WORDS}\n## Sails{WORDS}")
    assert told.book.title == "Boats"
    assert chapters(told)[0] == ("front", "", "Opening", "")


def test_a_text_without_headings_is_one_chapter_without_a_number(tmp_path: Path) -> None:
    for name in ("the-ferry.md", "the-ferry.txt"):
        told = alone(tmp_path / name, "Once upon a time.\n\nThe end.\n", name)
        assert chapters(told) == [("chapter", "", "The ferry", "")]
        assert told.codes == []


def test_a_lone_heading_names_book_and_chapter(tmp_path: Path) -> None:
    built = build(write(tmp_path / "a", {"a.md": f"# The Ferry{WORDS}"}), tmp_path / "out", "--check")
    assert built.exit_code == 0, built.errors
    assert built.report["title"] == "The Ferry"
    assert "no numbers: one text, “The Ferry”" in built.errors


def test_files_are_chapters_in_the_order_of_their_names(tmp_path: Path) -> None:
    files = {
        "boats 10.md": f"# Ten{WORDS}",
        "boats 2.md": f"# Two{WORDS}",
        "boats-in-winter.md": WORDS,
        "README.md": f"# About Boats{WORDS}",
        "foreword.md": f"# Foreword{WORDS}",
    }
    told = collated(tmp_path, files)
    assert chapters(told) == [
        ("front", "", "Foreword", ""),
        ("front", "", "About Boats", ""),
        ("chapter", "1", "Two", ""),
        ("chapter", "2", "Ten", ""),
        ("chapter", "3", "Boats in winter", ""),
    ]
    assert told.codes == []


def test_folders_are_parts_and_their_readme_opens_them(tmp_path: Path) -> None:
    files = {
        "before.md": f"# Before{WORDS}",
        "rowing/index.md": f"# On Rowing{WORDS}",
        "rowing/oars.md": f"# Oars{WORDS}",
        "sailing-boats/sails.md": f"# Sails{WORDS}",
        "sailing-boats/more/wind.md": f"# Wind{WORDS}",
    }
    told = collated(tmp_path, files)
    assert chapters(told) == [
        ("chapter", "1", "Before", ""),
        ("chapter", "2", "Oars", "On Rowing"),
        ("chapter", "3", "Wind", "Sailing boats"),
        ("chapter", "4", "Sails", "Sailing boats"),
    ]
    part = told.chapter("2").part
    assert part and part.opening and "ferry" in part.opening.text


def test_files_stand_where_their_front_matter_puts_them_on_a_website(tmp_path: Path) -> None:
    files = {
        "a/_index.md": f"---\ntitle: Sailing\nweight: 20\n---\n{WORDS}",
        "a/sails.md": f"---\ntitle: Sails\nweight: 2\n---\n{WORDS}",
        "a/wind.md": f"---\ntitle: Wind\nweight: 1\n---\n{WORDS}",
        "b/_index.md": f"---\ntitle: Rowing\nweight: 10\n---\n{WORDS}",
        "b/oars.md": f"---\ntitle: Oars\nweight: 1.5\n---\n{WORDS}",
    }
    told = collated(tmp_path, files)
    assert chapters(told) == [
        ("chapter", "1", "Oars", "Rowing"),
        ("chapter", "2", "Wind", "Sailing"),
        ("chapter", "3", "Sails", "Sailing"),
    ]


def test_a_place_that_not_every_file_has_is_no_order(tmp_path: Path) -> None:
    files = {"a.md": f"---\nweight: 2\n---\n# Oars{WORDS}", "b.md": f"# Sails{WORDS}"}
    assert [title for _, _, title, _ in chapters(collated(tmp_path, files))] == ["Oars", "Sails"]


def test_one_number_anywhere_and_numbers_are_the_order(tmp_path: Path) -> None:
    told = collated(tmp_path, {"a.md": f"# 1 Oars{WORDS}", "b.md": f"# Sails{WORDS}"})
    assert (told.errors, told.codes) == ([], ["unnumbered-heading"])
    assert [chapter.title for chapter in told.book.chapters] == ["Oars", "Sails"]


def test_the_author_can_insist_on_numbers(tmp_path: Path) -> None:
    told = collated(tmp_path, {"a.md": f"# Oars{WORDS}"}, '[source]\nform = "numbers"\n')
    assert told.codes == ["unnumbered-heading"]


def test_what_was_decided_is_told_in_one_line_and_both_books_are_made(tmp_path: Path) -> None:
    folder = write(tmp_path / "boats", {"a.md": f"# Oars{WORDS}", "b.txt": "Sails are cloth.\n"})
    built = build(folder, tmp_path / "out", "--no-cache", "--strict")
    assert built.exit_code == 0, built.errors
    assert "neither numbers nor a list: 2 chapters, a file each, in the order of their names" in built.errors
    assert [c["title"] for c in built.report["chapters"]] == ["Oars", "B"]
    assert built.output(".epub").exists() and built.output(".pdf").exists()


LINKED = {"loops.md": "# Loops" + WORDS, "start.md": "# Start" + WORDS, "more/ends.md": "# Ends" + WORDS}
README = "# Shells\n\n1. [Start](start.md)\n2. [Loops](./loops.md#for)\n   - [Ends](more/ends.md)\n"


def test_a_readme_that_links_to_all_files_in_a_list_gives_their_order(tmp_path: Path) -> None:
    told = collated(tmp_path, {**LINKED, "README.md": README})
    assert [title for _, _, title, _ in chapters(told)] == ["Shells", "Start", "Loops", "Ends"]


def test_a_readme_that_leaves_out_a_file_gives_no_order(tmp_path: Path) -> None:
    told = collated(tmp_path, {**LINKED, "README.md": README, "zebra.md": "# Zebra" + WORDS})
    assert [title for _, _, title, _ in chapters(told)] == ["Shells", "Loops", "Ends", "Start", "Zebra"]


def test_texts_in_folders_of_data_are_told_and_no_chapters(tmp_path: Path) -> None:
    files = {
        "01-oars.md": f"# Oars{WORDS}",
        "data/tides.txt": "1.2 3.4\n",
        "data/02-nets.md": f"# Nets{WORDS}",
    }
    told = collated(tmp_path / "a", files)
    assert chapters(told) == [("chapter", "1", "Oars", ""), ("chapter", "2", "Nets", "")]
    assert told.only("unread-file").subject == "data/tides.txt"
    alone = collated(tmp_path / "b", {"data/oars.md": f"# Oars{WORDS}", "data/nets.md": f"# Nets{WORDS}"})
    assert len(alone.book.chapters) == 2


def test_folders_that_hold_one_file_each_called_alike_are_chapters(tmp_path: Path) -> None:
    files = {f"{name}/text.md": f"About {name}.\n" for name in ("10 - Storm", "2 - Stone", "1 - Sand")}
    assert chapters(collated(tmp_path, files)) == [
        ("chapter", "1", "Sand", ""),
        ("chapter", "2", "Stone", ""),
        ("chapter", "3", "Storm", ""),
    ]
