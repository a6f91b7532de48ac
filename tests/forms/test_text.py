"""Plain text: what is a heading, and what is text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.collating import gathered, sections_of


def headings(folder: Path, text: str) -> list[tuple[str, str]]:
    sections, _ = sections_of(folder, text, "book.txt")
    return [(str(s.number or s.role), s.title) for s in sections]


def codes(folder: Path, text: str) -> list[str]:
    return sections_of(folder, text, "book.txt")[1]


def test_a_heading_is_a_number_and_a_title_alone_between_blank_lines_or_edges(tmp_path: Path) -> None:
    text = "1.2 Oars\n\nText.\n1.3 not alone\n\n1.4 Not alone\neither\n\nA.1 Knots\n\n1.2.1 Blades"
    assert headings(tmp_path, text) == [("1.2", "Oars"), ("A.1", "Knots"), ("1.2.1", "Blades")]
    assert codes(tmp_path, text) == []


def test_text_keeps_every_character(tmp_path: Path) -> None:
    text = '1.1 A\n\n  It says {"x": "¯\\_(ツ)_/¯"}, *so*, <b>, $1 & “dashes”—…\n\n\n# 2 no heading\n'
    (section,), problems = sections_of(tmp_path, text, "book.txt")
    assert section.text == text[7:].rstrip("\n")
    assert (section.text_line, section.end_line, section.syntax, problems) == (3, 6, "text", [])


@pytest.mark.parametrize(
    ("line", "label", "title"),
    [
        ("Chapter 4: Knots", "4", "Knots"),
        ("CHAPTER FOUR", "4", ""),
        ("Chapter Twenty-One — Home", "21", "Home"),
        ("Chapter IV. Knots", "4", "Knots"),
        ("Kapitel 4: Knoten", "4", "Knoten"),
        ("Part II: The Sea", "2", "The Sea"),
        ("Appendix B: Tables", "B", "Tables"),
        ("Appendix 2", "B", ""),
        ("4.2. Knots", "4.2", "Knots"),
        ("4.2: Knots", "4.2", "Knots"),
        ("§ 4.2 Knots", "4.2", "Knots"),
        ("Section 4.2 Knots", "4.2", "Knots"),
        ("Sec. 4.2 Knots", "4.2", "Knots"),
        ("Chapter 4.2: Knots", "4.2", "Knots"),
        ("Chapter 4, Section 2: Knots", "4.2", "Knots"),
        ("Chapter IV Section 2 Knots", "4.2", "Knots"),
        ("Chapter 4: Section 2 of the Act", "4", "Section 2 of the Act"),
        ("Appendix B.2 Knots", "B.2", "Knots"),
        ("Ch. 4: Knots", "4", "Knots"),
        ("Kap.4 Knoten", "4", "Knoten"),
        ("[4.2] Knots", "4.2", "Knots"),
        ("(4.2) Knots", "4.2", "Knots"),
        ("4.2.) Knots", "4.2", "Knots"),
        ("Acknowledgements", "acknowledgments", "Acknowledgements"),
        ("About the Authors", "about-the-author", "About the Authors"),
        ("Preface: Why Oars", "preface", "Preface: Why Oars"),
        ("Foreword by Ann Lee", "foreword", "Foreword by Ann Lee"),
        ("Danksagung", "acknowledgments", "Danksagung"),
        ("Épilogue", "epilogue", "Épilogue"),
    ],
)
def test_chapters_parts_appendices_and_matter_stand_alone_too(
    tmp_path: Path, line: str, label: str, title: str
) -> None:
    assert headings(tmp_path, f"{line}\n\nText.\n") == [(label, title)]


@pytest.mark.parametrize(
    "line",
    [
        "3.5 million users did this.",
        "3.5 million users did this,",
        "2.0 of these were broken; we mended them.",
        "4.2 Metres are not enough. So we took five.",
        "Chapter 4 explains the rest.",
        "Part of the plan",
        "1.000 Schiffe",
        "$4.2 million",
        "12 Angry Men",
        "[4] Lee, Ann, 1987",
        "(4.2 Knots",
    ],
)
def test_a_plain_sentence_alone_is_no_heading(tmp_path: Path, line: str) -> None:
    text = f"1.1 Oars\n\nText.\n\n{line}\n\nMore.\n"
    assert headings(tmp_path, text) == [("1.1", "Oars")]
    assert codes(tmp_path, text) == []


def test_a_line_that_could_be_either_is_left_in_the_text_with_a_warning(tmp_path: Path) -> None:
    text = "1.1 Oars\n\nText.\n\n3.5 million users did this\n\nMore.\n"
    assert headings(tmp_path, text) == [("1.1", "Oars")]
    assert codes(tmp_path, text) == ["unclear-heading"]


def test_a_small_first_letter_is_a_heading_where_the_number_fits_between_two_others(tmp_path: Path) -> None:
    text = "1.1 Oars\n\nA.\n\n1.2 rowlocks and how they work\n\nB.\n\n1.3 Blades\n\nC.\n"
    assert [number for number, _ in headings(tmp_path, text)] == ["1.1", "1.2", "1.3"]
    assert codes(tmp_path, text) == []


def test_a_small_first_letter_on_the_edge_of_a_row_is_a_heading_with_a_warning(tmp_path: Path) -> None:
    text = "1.1 Oars\n\nA.\n\n1.2 rowlocks and how they work\n\nB.\n"
    assert [number for number, _ in headings(tmp_path, text)] == ["1.1", "1.2"]
    assert codes(tmp_path, text) == ["unclear-heading"]


def test_a_name_written_small_begins_a_title(tmp_path: Path) -> None:
    text = "1.1 tar: Making Ropes Last\n\nA.\n\n4.7 k9s at Sea\n\nB.\n"
    assert [number for number, _ in headings(tmp_path, text)] == ["1.1", "4.7"]
    assert codes(tmp_path, text) == []


def test_a_name_that_stands_alone_again_and_again_is_no_matter(tmp_path: Path) -> None:
    text = "1.1 Oars\n\nA.\n\nConclusion\n\nB.\n\n1.2 Blades\n\nC.\n\nConclusion\n\nD.\n"
    assert [number for number, _ in headings(tmp_path, text)] == ["1.1", "1.2"]
    assert codes(tmp_path, text) == ["unclear-heading", "unclear-heading"]


def test_text_before_the_first_heading_is_a_stray(tmp_path: Path) -> None:
    sections, _ = sections_of(tmp_path, "\nLoose words.\n\n1.1 Oars\n\nText.\n", "book.txt")
    stray = sections[0]
    assert (stray.kind, stray.text, stray.place.line, len(sections)) == ("stray", "Loose words.", 2, 2)


def test_a_heading_without_blank_lines_is_taken_where_its_number_is_missing_beside_others(
    tmp_path: Path,
) -> None:
    text = (
        "Chapter 1: Soil\n\n1.2\tChalk\nIt drains well.\n\n1.3 Loam\n\nText.\n1.1 – Clay\nIt holds water.\n"
    )
    assert headings(tmp_path, text) == [("1", "Soil"), ("1.2", "Chalk"), ("1.3", "Loam"), ("1.1", "Clay")]
    assert codes(tmp_path, text) == ["unclear-heading"] * 2


def test_the_first_section_of_the_next_chapter_needs_no_blank_lines_and_nor_do_those_within_it(
    tmp_path: Path,
) -> None:
    text = "1.1 Chalk\n\nIt drains.\n2.1 Wet Soils\n2.1.1 Bog\nIt never dries.\n2.1.2 Fen\nIt may dry.\n"
    numbers = ["1.1", "2.1", "2.1.1", "2.1.2"]
    assert [number for number, _ in headings(tmp_path, text)] == numbers
    assert codes(tmp_path, text) == ["unclear-heading"] * 3


def test_roman_numbers_of_chapters_are_told_from_letters_of_appendices_by_the_others(tmp_path: Path) -> None:
    text = "II.1 Nets\n\nText.\n\nI.2: Oars\n\nText.\n\nII.2.1 Knots\n\nText.\n"
    assert headings(tmp_path, text) == [("2.1", "Nets"), ("1.2", "Oars"), ("2.2.1", "Knots")]
    assert headings(tmp_path, "I.1 Nets\n\nText.\n\nI.2 Oars\n\nText.\n") == [
        ("I.1", "Nets"),
        ("I.2", "Oars"),
    ]


@pytest.mark.parametrize("line", ["1.2a Nets", "Part 2, Chapter 3: Nets", "B2.1 Nets"])
def test_a_heading_with_a_number_that_is_none_is_told_and_left_in_the_text(tmp_path: Path, line: str) -> None:
    text = f"1.1 Oars\n\nText.\n\n{line}\n\nMore.\n"
    assert headings(tmp_path, text) == [("1.1", "Oars")]
    assert codes(tmp_path, text) == ["unclear-heading"]


@pytest.mark.parametrize(
    "line",
    [
        "1.3 Loam is what\nmost gardens have.",  # a wrapped sentence
        "1.2 Sand\nIt runs through the fingers.",  # the number stands already
        "7.4 Sand\nIt runs through the fingers.",  # far from the row
        "1.3 Sand\n1.4 Peat\n1.5 Marl",  # a list
    ],
)
def test_a_line_without_blank_ones_stays_text_where_nothing_speaks_for_a_heading(
    tmp_path: Path, line: str
) -> None:
    assert headings(tmp_path, f"1.2 Chalk\n\nText.\n\n{line}\n") == [("1.2", "Chalk")]


def test_a_heading_without_blank_lines_that_is_left_in_the_text_is_told(tmp_path: Path) -> None:
    text = "1.2 Chalk\n\nText.\n\n7.4 Sand\nIt runs through the fingers.\n"
    assert codes(tmp_path, text) == ["unclear-heading"]


def test_a_file_without_headings_has_the_number_and_the_title_in_its_name(tmp_path: Path) -> None:
    ferry = "The ferry left at nine.\n"
    manuscript, problems = gathered(tmp_path, {"04-02 the oar.txt": ferry, "9.txt": f"3.1 Boats\n\n{ferry}"})
    told = [(str(section.number), section.title) for section in manuscript.sections]
    assert (told, problems) == ([("4.2", "The oar"), ("3.1", "Boats")], ())


@pytest.mark.parametrize("ending", ["md", "txt"])
def test_a_number_in_the_name_of_a_whole_book_is_no_chapters(tmp_path: Path, ending: str) -> None:
    sections, _ = sections_of(tmp_path, "The ferry left at nine.\n", f"1984.{ending}")
    assert [section.number for section in sections] == [None]
