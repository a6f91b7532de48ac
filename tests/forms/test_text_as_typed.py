"""Plain text as people type and paste it: other headings, and what is no text of the book."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.forms.source_file import SourceFile
from recto.forms.text.dressed import undressed
from recto.forms.text.reading import read
from tests.collating import collated, sections_of
from tests.patience import goes_by_length

WORDS = "The heron stood in the reeds until the boats were gone."


def headings(folder: Path, text: str) -> list[tuple[str, str]]:
    sections, _ = sections_of(folder, text, "book.txt")
    return [(str(s.number or s.role), s.title) for s in sections]


def codes(folder: Path, text: str) -> list[str]:
    return sections_of(folder, text, "book.txt")[1]


@pytest.mark.parametrize("mark", ["=", "-", "~", "*"])
def test_a_rule_below_a_heading_belongs_to_it(tmp_path: Path, mark: str) -> None:
    text = f"2.1 Reeds\n{mark * 9}\n\n{WORDS}\n\n2.2 Boats\n{mark * 3}\n\n{WORDS}\n"
    assert headings(tmp_path, text) == [("2.1", "Reeds"), ("2.2", "Boats")]
    (first, _), problems = sections_of(tmp_path, text, "book.txt")
    assert (first.text, first.text_line, problems) == (WORDS, 4, [])


def test_a_rule_below_any_other_line_is_text(tmp_path: Path) -> None:
    text = f"2.1 Reeds\n\nA table\n=======\n\n{WORDS}\n"
    (section,), _ = sections_of(tmp_path, text, "book.txt")
    assert "=======" in section.text


@pytest.mark.parametrize("marks", ["**", "*", "__", "***"])
def test_asterisks_around_a_heading_are_none_of_it(tmp_path: Path, marks: str) -> None:
    text = f"{marks}2.1 Reeds{marks}\n\n{marks}Not a heading{marks}\n\n{WORDS}\n"
    assert headings(tmp_path, text) == [("2.1", "Reeds")]
    (section,), _ = sections_of(tmp_path, text, "book.txt")
    assert f"{marks}Not a heading{marks}" in section.text


@pytest.mark.parametrize(
    "line", ["=== 2.1 Reeds ===", "-- 2.1 Reeds --", "<<< 2.1 Reeds >>>", "**3. Reeds**"]
)
def test_so_are_other_signs_on_both_sides_of_it(tmp_path: Path, line: str) -> None:
    bare, _ = undressed(SourceFile("book.txt", "book.txt", f"{line}\n\n{WORDS}\n"))
    assert bare.lines[0] == line.strip("=-<>* ")


@pytest.mark.parametrize("line", ["** 12 Angry Men **", "- 2.1 Reeds", "== 2.1 Reeds", "# 12 Angry Men"])
def test_signs_of_what_is_no_heading_stay(tmp_path: Path, line: str) -> None:
    bare, problems = undressed(SourceFile("book.txt", "book.txt", f"{line}\n\n{WORDS}\n"))
    assert (bare.lines[0], problems) == (line, ())


def test_headings_of_markdown_are_headings_of_a_text_and_the_text_is_asked_for_another_name(
    tmp_path: Path,
) -> None:
    text = f"## 2.1 Reeds ##\n\n{WORDS}\n\n# Chapter 1: *Boats*\n\n*{WORDS}*\n"
    assert headings(tmp_path, text) == [("2.1", "Reeds"), ("1", "*Boats*")]
    assert codes(tmp_path, text) == ["markup-unknown"]


@pytest.mark.parametrize(
    ("first", "second", "titles"),
    [
        ("1. Reeds", "2. Boats", [("1", "Reeds"), ("2", "Boats")]),
        ("2) Boats", "1) Reeds", [("2", "Boats"), ("1", "Reeds")]),
        ("I. Reeds", "II. Boats", [("1", "Reeds"), ("2", "Boats")]),
        ("I", "II", [("1", ""), ("2", "")]),
        ("1", "2", [("1", ""), ("2", "")]),
        ("IV: Boats", "III: Reeds", [("4", "Boats"), ("3", "Reeds")]),
    ],
)
def test_single_numbers_are_chapters_where_nothing_else_is_numbered(
    tmp_path: Path, first: str, second: str, titles: list[tuple[str, str]]
) -> None:
    assert headings(tmp_path, f"{first}\n\n{WORDS}\n\n{second}\n\n{WORDS}\n") == titles


@pytest.mark.parametrize(
    "text",
    [
        "1. Buy reeds\n\n2. Buy boats\n\n3. Go home\n",  # a list: nothing stands below its items
        f"1. Reeds\n\n{WORDS}\n\n3. Boats\n\n{WORDS}\n",  # a number is missing
        f"1. Reeds\n\n{WORDS}\n\n1. Boats\n\n{WORDS}\n",
        f"1. Reeds\n\n{WORDS}\n",
        f"1. He came.\n\n{WORDS}\n\n2. He saw.\n\n{WORDS}\n",
        f"I\n\n{WORDS}\n\nand I\n\n{WORDS}\n",
    ],
)
def test_numbers_that_are_no_row_of_headings_are_text(tmp_path: Path, text: str) -> None:
    assert headings(tmp_path, text) == [("None", "")]


def test_single_numbers_that_make_no_row_are_told_where_text_stands_below_them(tmp_path: Path) -> None:
    text = f"2. Reeds\n\n{WORDS}\n\n10. Boats\n\n{WORDS}\n\n11. Nothing\n"
    assert headings(tmp_path, text) == [("None", "")]
    assert codes(tmp_path, text) == ["unclear-heading"] * 2


def test_a_name_with_text_on_the_next_line_is_told(tmp_path: Path) -> None:
    text = f"4.1 Reeds\n\n{WORDS}\n\nAcknowledgments\n{WORDS}\n"
    assert headings(tmp_path, text) == [("4.1", "Reeds")]
    assert codes(tmp_path, text) == ["unclear-heading"]


def test_beside_numbered_sections_single_numbers_are_text(tmp_path: Path) -> None:
    text = f"4.1 Reeds\n\n1. First\n\n{WORDS}\n\n2. Second\n\n{WORDS}\n"
    assert headings(tmp_path, text) == [("4.1", "Reeds")]


def test_headings_without_blank_lines_are_a_guess_and_told(tmp_path: Path) -> None:
    text = f"4.2 Boats\n{WORDS}\n4.1 Reeds\n{WORDS}\n"
    assert headings(tmp_path, text) == [("4.2", "Boats"), ("4.1", "Reeds")]
    assert codes(tmp_path, text) == ["unclear-heading"] * 2
    broken = f"{WORDS[:-1]}\n4.2 Boats\n{WORDS}\n4.1 Reeds\n{WORDS}\n"  # in the middle of a sentence
    assert headings(tmp_path, broken) == [("None", "")]


@pytest.mark.parametrize("line", ["2.4 GHz is the band", "3.5 kg of reeds", "1.5 million boats", "9.5 %"])
def test_a_measure_alone_on_its_line_is_told_as_a_doubt_and_left_in_the_text(
    tmp_path: Path, line: str
) -> None:
    text = f"4.1 Reeds\n\n{WORDS}\n\n{line}\n\n{WORDS}\n\n4.2 Boats\n\n{WORDS}\n"
    assert headings(tmp_path, text) == [("4.1", "Reeds"), ("4.2", "Boats")]
    assert codes(tmp_path, text) == ["unclear-heading"]


@pytest.mark.parametrize("end", ["", " . . . . 7", " ..... 12", "\t3", "    iv"])
def test_a_list_of_contents_in_the_text_is_left_out(tmp_path: Path, end: str) -> None:
    text = f"Contents\n\n4.1 Reeds{end}\n4.2 Boats{end}\n\n4.2 Boats\n\n{WORDS}\n\n4.1 Reeds\n\n{WORDS}\n"
    assert headings(tmp_path, text) == [("4.2", "Boats"), ("4.1", "Reeds")]
    assert codes(tmp_path, text) == ["contents-left-out"]


def test_a_list_that_does_not_come_again_stays_and_is_asked_about(tmp_path: Path) -> None:
    text = f"Contents\n\nOne thing\nAnother\n\n4.1 Reeds\n\n{WORDS}\n"
    assert headings(tmp_path, text)[0] == ("contents", "Contents")


def test_numbers_of_pages_are_left_out_and_told(tmp_path: Path) -> None:
    text = f"4.1 Reeds\n\n{WORDS}\n\n12\n\n{WORDS}\n\n- 13 -\n\n4.2 Boats\n\n{WORDS}\n\n[14]\n"
    sections, problems = sections_of(tmp_path, text, "book.txt")
    assert [section.text for section in sections] == [f"{WORDS}\n\n\n\n{WORDS}", WORDS]
    assert problems == ["page-numbers-left-out"]


@pytest.mark.parametrize("numbers", [("12",), ("12", "9"), ("1850", "1914"), ("7", "7")])
def test_other_lone_numbers_are_text(tmp_path: Path, numbers: tuple[str, ...]) -> None:
    text = "4.1 Reeds\n\n" + "".join(f"{WORDS}\n\n{number}\n\n" for number in numbers) + WORDS
    (section,), problems = sections_of(tmp_path, text, "book.txt")
    assert all(number in section.text for number in numbers) and problems == []


def test_a_title_on_the_line_below_its_chapter_is_the_title(tmp_path: Path) -> None:
    text = f"CHAPTER I.\nThe Reeds\n\n{WORDS}\n\nChapter Two\nThe Boats\n\n{WORDS}\n"
    assert headings(tmp_path, text) == [("1", "The Reeds"), ("2", "The Boats")]
    prose = f"Chapter I\n{WORDS}\n\n{WORDS}\n"
    assert headings(tmp_path, prose) == [("None", "")]


PIECES = [
    "1. Reeds",
    "2.1 Boats",
    "**2.2 Sky**",
    "====",
    "12",
    "13",
    "II",
    "Contents",
    WORDS,
    "",
    "",
    "---",
    "I. A",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_what_is_left_out_of_any_text_is_told_and_every_line_stays_on_its_line(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    file = SourceFile("a.txt", "a.txt", text)
    bare, problems = undressed(file)
    assert len(bare.lines) == len(file.lines)
    assert [line for line in file.lines if line == WORDS] == [line for line in bare.lines if line == WORDS]
    pairs = zip(file.lines, bare.lines, strict=True)
    gone = [line for line, left in pairs if line.strip() and not left.strip()]
    assert all(set(line) <= set("=-") for line in gone) or problems
    sections, _ = read(file)
    kept = "\n".join(section.text for section in sections)
    assert kept.count(WORDS) == text.count(WORDS)


def test_a_title_may_stand_apart_from_its_chapter_where_all_do(tmp_path: Path) -> None:
    text = f"CHAPTER 2\n\nThe Reeds\n\n{WORDS}\n\nCHAPTER 1\n\n\nThe *Boats*\n\n{WORDS}\n"
    assert headings(tmp_path, text) == [("2", "The Reeds"), ("1", "The *Boats*")]


@pytest.mark.parametrize(
    "below",
    [
        WORDS,
        "Dear Ida,",
        "***",
        "and so on",
        "Two lines\nof verse",
        f"1.1 Boats\n\n{WORDS}",
        "The Boats\n\nPreface",
    ],
)
def test_where_one_chapter_has_none_the_others_keep_theirs_in_the_text(tmp_path: Path, below: str) -> None:
    text = f"Chapter 2\n\nThe Reeds\n\n{WORDS}\n\nChapter 1\n\n{below}\n\n{WORDS}\n"
    found = headings(tmp_path, text)
    assert found[:2] == [("2", ""), ("1", "")]


def test_of_a_text_in_parts_the_chapters_may_be_numbers_alone(tmp_path: Path) -> None:
    text = f"Part One\n\n1\n\n{WORDS}\n\n2\n\n{WORDS}\n\nPart Two\n\n3\n\n{WORDS}\n"
    assert headings(tmp_path, text) == [("1", ""), ("1", ""), ("2", ""), ("2", ""), ("3", "")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Zweites Kapitel: Boote", "Erstes Kapitel: Schilf"),
        ("CHAPITRE DEUXIÈME. Boote", "Chapitre premier. Schilf"),
        ("Capítulo segundo: Boote", "Capítulo 1: Schilf"),
        ("Chapter Two -- Boote", "The First Chapter --- Schilf"),
        ("Tweede hoofdstuk – Boote", "Eerste hoofdstuk – Schilf"),
    ],
)
def test_chapters_are_counted_in_words(tmp_path: Path, first: str, second: str) -> None:
    text = f"{first}\n\n{WORDS}\n\n{second}\n\n{WORDS}\n"
    assert headings(tmp_path, text) == [("2", "Boote"), ("1", "Schilf")]


@pytest.mark.parametrize(
    "typed", ["First chapter of his life", "Part of the boats", "The second part was long"]
)
def test_words_that_count_and_go_on_are_text(tmp_path: Path, typed: str) -> None:
    assert headings(tmp_path, f"Chapter 1: Reeds\n\n{WORDS}\n\n{typed}\n\n{WORDS}\n") == [("1", "Reeds")]


@pytest.mark.parametrize(("one", "two"), [("ONE", "TWO"), ("One.", "Two."), ("Eins", "Zwei"), ("I", "II")])
def test_numbers_alone_may_be_words_and_have_their_titles_below(tmp_path: Path, one: str, two: str) -> None:
    bare = f"{two}\n\n{WORDS}\n\n{one}\n\n{WORDS}\n"
    assert headings(tmp_path, bare) == [("2", ""), ("1", "")]
    titled = f"{two}\n\nThe Boats\n\n{WORDS}\n\n{one}\n\nThe Reeds\n\n{WORDS}\n"
    assert headings(tmp_path, titled) == [("2", "The Boats"), ("1", "The Reeds")]


def test_numbers_alone_may_count_anew_in_each_part(tmp_path: Path) -> None:
    text = f"Part One\n\n1\n\n{WORDS}\n\n2\n\n{WORDS}\n\nPart Two\n\n1\n\n{WORDS}\n"
    result = collated(tmp_path, {"a.txt": text})
    assert [(each.label, each.part and each.part.label) for each in result.book.chapters] == [
        ("1", "I"), ("2", "I"), ("1", "II"),
    ]  # fmt: skip


def test_running_heads_beside_page_numbers_are_left_out_and_told(tmp_path: Path) -> None:
    page = "{}\n\nOF REEDS\n\n" + WORDS + "\n\n"
    text = f"Chapter 1: Reeds\n\n{WORDS}\n\n{page.format(12)}Chapter 2: Boats\n\n{WORDS}\n\n{page.format(13)}"
    sections, problems = sections_of(tmp_path, text, "book.txt")
    assert [section.title for section in sections] == ["Reeds", "Boats"]
    assert problems == ["page-numbers-left-out"]
    assert not any("REEDS" in section.text or "1" in section.text for section in sections)


@pytest.mark.parametrize(
    "pages", [("Chapter 1    12", "13    Of Reeds"), ("Chapter 1 | 12", "Of Reeds — 14")]
)
def test_running_heads_on_the_line_of_the_number_are_no_chapters(
    tmp_path: Path, pages: tuple[str, str]
) -> None:
    text = f"Chapter 1: Reeds\n\n{WORDS}\n\n{pages[0]}\n\n{WORDS}\n\n{pages[1]}\n\n{WORDS}\n"
    (section,), problems = sections_of(tmp_path, text, "book.txt")
    assert (section.title, problems) == ("Reeds", ["page-numbers-left-out"])
    assert section.text.split() == (WORDS.split() * 3)


@pytest.mark.parametrize("words", ["Letter — {}", "{}"])
def test_pieces_that_are_counted_are_no_pages(tmp_path: Path, words: str) -> None:
    text = "".join(f"{words.format(count)}\n\n{WORDS}\n\n" for count in (1, 2, 3))
    assert "page-numbers-left-out" not in codes(tmp_path, text)


def test_books_of_a_book_are_its_parts(tmp_path: Path) -> None:
    book = "BOOK THE {}\n\nCHAPTER I\n\n" + WORDS + "\n\nCHAPTER II\n\n" + WORDS + "\n\n"
    told = collated(tmp_path, {"a.txt": book.format("FIRST") + book.format("SECOND")})
    assert [(c.label, c.part and c.part.title) for c in told.book.chapters] == [
        ("1", "BOOK THE FIRST"),
        ("2", "BOOK THE FIRST"),
        ("1", "BOOK THE SECOND"),
        ("2", "BOOK THE SECOND"),
    ]


def test_numbers_without_a_word_or_a_blank_line_are_a_guess_and_told(tmp_path: Path) -> None:
    text = f"1. Reeds\n{WORDS}\n2. Boats\n{WORDS}\n"
    assert headings(tmp_path, text) == [("1", "Reeds"), ("2", "Boats")]
    assert codes(tmp_path, text) == ["unclear-heading"] * 2
    assert headings(tmp_path, f"{WORDS}\n1. Buy reeds\n2. Buy boats and\nrow them home\n") == [("None", "")]


def test_a_long_text_is_divided_in_time_that_goes_by_its_length() -> None:
    text = f"Acknowledgments\n{WORDS}\n\n" + f"{WORDS}\n\n" * 8_000
    assert goes_by_length(lambda text: read(SourceFile("book.txt", "book.txt", text)), text)


@pytest.mark.parametrize("dot", ["", "."])
def test_single_numbers_head_the_chapters_of_numbered_sections(tmp_path: Path, dot: str) -> None:
    typed = [("2", "Land"), ("1.1", "Boats"), ("1", "Water"), ("2.1", "Roads")]
    text = "".join(f"{number}{dot} {title}\n\n{WORDS}\n\n" for number, title in typed)
    assert headings(tmp_path, text) == typed
    assert codes(tmp_path, text) == []


def test_items_of_a_list_head_no_chapters(tmp_path: Path) -> None:
    text = f"1.1 Boats\n\n{WORDS}\n\n1. Oars\n\n2. Nets\n\n{WORDS}\n\n2.1 Land\n\n{WORDS}\n"
    assert headings(tmp_path, text) == [("1.1", "Boats"), ("2.1", "Land")]


def test_single_numbers_that_most_chapters_have_are_told(tmp_path: Path) -> None:
    sections = "".join(f"{number}.1 Boats\n\n{WORDS}\n\n" for number in (1, 2, 3))
    text = f"{sections}1. Water\n\n{WORDS}\n\n2. Land\n\n{WORDS}\n"
    assert [number for number, _ in headings(tmp_path, text)] == ["1.1", "2.1", "3.1"]
    assert codes(tmp_path, text) == ["unclear-heading"] * 2


def test_single_numbers_with_text_on_the_next_line_are_taken_and_told(tmp_path: Path) -> None:
    text = f"1.1 Boats\n\n{WORDS}\n\n1. Water\n{WORDS}\n\n2.1 Roads\n\n{WORDS}\n\n2. Land\n{WORDS}\n"
    assert ("2", "Land") in headings(tmp_path, text)
    assert codes(tmp_path, text) == ["unclear-heading"] * 2


@pytest.mark.parametrize(
    "line",
    [
        "2.1 | Oars",
        "2.1 / Oars",
        "Ch 2, Sec 1 - Oars",
        "Ch. 2 Sec 1: Oars",
        "@@ 2.1 Oars @@",
        "<<< 2.1 Oars >>>",
    ],
)
def test_more_ways_to_part_a_number_from_its_title(tmp_path: Path, line: str) -> None:
    assert headings(tmp_path, f"{line}\n\n{WORDS}\n") == [("2.1", "Oars")]


def test_a_line_in_capitals_among_headings_in_capitals_is_asked_about(tmp_path: Path) -> None:
    text = f"PROLOGUE\n\n{WORDS}\n\nCHAPTER ONE\n\n{WORDS}\n\nINTERLUDE\n\n{WORDS}\n\nTHE END\n"
    sections, problems = sections_of(tmp_path, text, "novel.txt")
    assert [section.kind for section in sections] == ["matter", "chapter"]
    assert problems == ["unclear-heading"]
    assert sections_of(tmp_path, text.replace("INTERLUDE", "BANG!"), "novel.txt")[1] == []


def test_a_letter_behind_the_number_of_a_chapter_is_asked_about(tmp_path: Path) -> None:
    text = f"Chapter 1: Oars\n\n{WORDS}\n\nChapter 1b: Nets\n\n{WORDS}\n\nBoat 4b was late\n\n{WORDS}\n"
    assert sections_of(tmp_path, text, "book.txt")[1] == ["unclear-heading"]


def test_numbers_alone_head_chapters_without_sections_beside_those_with_some(tmp_path: Path) -> None:
    text = "".join(f"{each}\n\n{WORDS}\n\n" for each in ("2 Nets", "1.1 Of Ash", "1 Oars"))
    sections, _ = sections_of(tmp_path, text, "book.txt")
    assert [str(section.number) for section in sections] == ["2", "1.1", "1"]
    text = text.replace("2 Nets", "12 Nets")
    assert [str(section.number) for section in sections_of(tmp_path, text, "book.txt")[0]] == [
        "None",
        "1.1",
        "1",
    ]


@pytest.mark.parametrize("chapter", ["3 - Nets", "[3] Nets", "3. Nets", "3 Nets"])
def test_a_chapter_above_its_sections_is_told_where_another_has_none(tmp_path: Path, chapter: str) -> None:
    sections = "".join(f"{number} Of Ash\n\n{WORDS}\n\n" for number in ("3.1", "4.1"))
    _, problems = sections_of(tmp_path, f"{sections}{chapter}\n\n{WORDS}\n", "book.txt")
    assert problems == ["unclear-heading"]
    made, problems = sections_of(
        tmp_path, f"{sections}{chapter}\n\n{WORDS}\n\n4 Oars\n\n{WORDS}\n", "book.txt"
    )
    assert [(str(each.number), each.title) for each in made[2:]] == [("3", "Nets"), ("4", "Oars")]
    assert problems == []


@pytest.mark.parametrize("title", ["Of Ash", "Of Ash\n======"])
def test_a_title_above_the_text_of_a_file_that_its_name_numbers_is_its_title(
    tmp_path: Path, title: str
) -> None:
    texts = {"ch1.txt": f"{title}\n\n{WORDS}\n", "ch2 Nets.txt": f"Nets\n\n{WORDS}\n", "ch3.txt": WORDS}
    told = collated(tmp_path, texts)
    assert [chapter.title for chapter in told.book.chapters] == ["Of Ash", "Nets", ""]
    assert all(chapter.opening and chapter.opening.text == WORDS for chapter in told.book.chapters)
