"""Order, gaps and strays: what an author sees of collating."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.collate import collate, outline
from recto.forms.source_file import SourceFile
from recto.forms.text.reading import read
from recto.model import Manuscript, Section
from recto.settings.config import Config
from tests.collating import Collated, collated, text_of
from tests.patience import goes_by_length


def test_ten_comes_after_two_at_any_depth(tmp_path: Path) -> None:
    result = collated(
        tmp_path, {"a.txt": text_of("1.10", "1.9", "1.2.10", "1.2.9", "1.2", "1.1", "10.1", "2.1")}
    )
    assert result.labels == ["1", "2", "10"]
    assert result.numbers("1") == ["1.1", "1.2", "1.2.9", "1.2.10", "1.9", "1.10"]
    assert [s.level for s in result.chapter("1").sections] == [2, 2, 3, 3, 2, 2]


def test_matter_parts_chapters_and_appendices_come_in_their_conventional_order(tmp_path: Path) -> None:
    headings = [
        "# Colophon", "# Appendix B: Tables", "# 2 Blades", "# Preface", "# Afterword", "# 1 Oars",
        "# Dedication", "# Appendix A: Knots", "# About the Author", "# Foreword",
    ]  # fmt: skip
    result = collated(tmp_path, {"a.md": "\n\n".join(f"{heading}\n\nWords.\n" for heading in headings)})
    assert result.labels == (
        ["dedication", "foreword", "preface", "1", "2", "A", "B", "afterword", "about-the-author", "colophon"]
    )
    assert [c.anchor for c in result.book.body] == ["chapter-1", "chapter-2", "appendix-a", "appendix-b"]
    assert result.codes == []


def book_of(texts: list[str], names: list[int]) -> Collated:
    """A book of several text files whose sections are given, read in the order of their names."""
    sections: list[Section] = []
    for name, text in sorted(zip(names, texts, strict=True)):
        sections += read(SourceFile(f"{name}.txt", f"{name}.txt", text))[0]
    book, problems = collate(Manuscript("book", Path(), tuple(sections), ()), Config())
    return Collated(book, problems)


def content(result: Collated) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    return [
        (c.label or c.role, c.title, [(str(s.number), s.source.title, s.source.text) for s in c.sections])
        for c in result.book.chapters
    ]


NUMBERS = "1.1 1.2 1.2.1 1.10 2.1 2.2 2.3 2.5 3.1 12.1 12.2 A.1 A.2".split()
PIECES = [
    *(f"{number} Title {number}\n\nWords of {number}.\n" for number in NUMBERS),
    "2.4 small letters here\n\nWords of 2.4.\n",
    "Chapter 2: Blades\n\nAn opening.\n",
    "Preface\n\nBefore all.\n",
    "Afterword\n\nAfter all.\n",
]


@given(st.permutations(PIECES), st.permutations([1, 2, 3]), st.integers(0, 17), st.integers(0, 17))
def test_any_shuffle_of_files_or_sections_gives_the_same_book(
    pieces: list[str], names: list[int], one: int, two: int
) -> None:
    cut, end = sorted((one, two))
    files = [pieces[:cut], pieces[cut:end], pieces[end:]]
    # the piece with the small letter is told by its neighbours, which must be in its file
    near = [p for p in PIECES if p.startswith(("2.3", "2.4", "2.5"))]
    files = [[p for p in file if p not in near] for file in files]
    files[0] += near
    shuffled = book_of(["\n".join(file) for file in files], names)
    assert content(shuffled) == content(book_of(["\n".join(PIECES)], [1]))


@given(st.permutations(PIECES))
def test_any_shuffle_says_the_same(pieces: list[str]) -> None:
    def said(result: Collated) -> list[tuple[str, str]]:
        return sorted((problem.code, problem.subject) for problem in result.problems)

    assert said(book_of(["\n".join(pieces)], [1])) == said(book_of(["\n".join(PIECES)], [1]))


@pytest.mark.parametrize(
    ("numbers", "subject", "words"),
    [
        (("1.1", "1.2", "1.4"), "1.3", "1.3 is missing"),
        (("1.1", "1.5"), "1.2–1.4", "1.2–1.4 are missing"),
        (("1.1", "4.1"), "2–3", "2–3 are missing"),
        (("1.2", "1.3"), "1.1", "chapter 1 begins with 1.2"),
        (("2.1", "3.1"), "1", "begins with chapter 2"),
        (("1.1", "B.1"), "A", "first appendix is B"),
        (("1.1", "1.1.2"), "1.1.1", "section 1.1 begins with 1.1.2"),
        (("1.1", "1.2.1"), "1.2", "has no section 1.2"),
        (("1.1", "A.1", "C.1"), "B", "B is missing"),
    ],
)
def test_a_gap_is_a_warning_that_names_what_is_missing(
    tmp_path: Path, numbers: tuple[str, ...], subject: str, words: str
) -> None:
    problem = collated(tmp_path, {"a.txt": text_of(*numbers)}).only("number-gap")
    assert (problem.severity, problem.subject) == ("warning", subject)
    assert words in problem.message


def test_a_gap_names_the_places_of_both_neighbours(tmp_path: Path) -> None:
    problem = collated(tmp_path, {"a.txt": text_of("1.1", "1.4"), "b.txt": text_of("1.2")}).only("number-gap")
    assert "b.txt:1)" in problem.message
    assert "a.txt:5)" in problem.message


@pytest.mark.parametrize("numbers", [("1.0", "1.1"), ("0.1", "1.1"), ("1.1", "1.2", "2.1")])
def test_zero_is_a_number_to_begin_with(tmp_path: Path, numbers: tuple[str, ...]) -> None:
    assert "number-gap" not in collated(tmp_path, {"a.txt": text_of(*numbers)}).codes


def test_an_empty_section_is_reported_but_not_one_with_sections_below(tmp_path: Path) -> None:
    text = "1.1 Oars\n\n1.1.1 Blades\n\nWords.\n\n1.2 Seats\n\n\nPreface\n"
    result = collated(tmp_path, {"a.txt": text})
    assert [p.subject for p in result.problems if p.code == "empty-section"] == ["1.2", "preface"]


@pytest.mark.parametrize(
    "ending",
    ["and then the", "It is done, she said,", "We need these:", "He took the oar and went down to the Water"],
)
def test_a_section_that_breaks_off_is_reported_at_its_last_line(tmp_path: Path, ending: str) -> None:
    problem = collated(tmp_path, {"a.txt": f"1.1 Oars\n\nA sentence.\n\n{ending}\n\n1.2 B\n\nC.\n"}).only(
        "breaks-off"
    )
    assert (problem.place.line, problem.subject) == (5, "1.1")


@pytest.mark.parametrize(
    "ending",
    [
        "It ends.", "“It ends.”", "Does it?", "(It ends.)", "It ends …", "Ann Lee, London", "“But I—”",
        "She wrote *The End.*", "終わり。", "***", "यह चप्पू एक उत्तोलक है और यही इसका पूरा काम है।",
        "Πού πήγε το κουπί που ήταν εδώ χθες το βράδυ;", "这是桨。」",
    ],
)  # fmt: skip
def test_a_section_that_ends_as_texts_do_is_fine(tmp_path: Path, ending: str) -> None:
    result = collated(tmp_path, {"a.txt": f"1.1 Oars\n\nA sentence.\n\n{ending}\n\n1.2 B\n\nC.\n"})
    assert "breaks-off" not in result.codes


@pytest.mark.parametrize(
    "ending",
    ["- a list of things that never ends", "| a | b |", "```\ncode\n```", "![alt](a.png)\n\nA caption to it",
     "- an item\n\n  and a paragraph that still belongs to it", "It is at <https://example.org/oars>",
     "Read about all the kinds of oars at https://example.org/oars",
     "A sentence of more than eight words that ends.[^1]\n\n[^1]: Lee 1980",
     "A sentence.\n\n[oar]: https://example.org/oar", "A sentence.\n\n*[SS]: steam ship of old",
     "A sentence.\n\n<!-- here something is to follow -->", "More than eight words are in here: ends. {^x}",
     "\\begin{align}\na &= b + c\n\\end{align}", "> a quotation without an end", "[^1]: a note",
     "<div>markup</div>", "Table: All the things we have", "Cups | Grams\n--- | ---\nhalf a cup | 60 or so",
     "One of the keepers of the light  \nAnother, his brother and heir",
     "• half of all the oars that they had", "a) half of all the oars\nb) all of the other oars",
     "Half of all the oars that they had are gone. \\vspace{2em}",
     "(iv) half of all the oars that they had", "— half of all the oars that they had"],
)  # fmt: skip
def test_markdown_may_end_with_what_is_no_running_text(tmp_path: Path, ending: str) -> None:
    result = collated(tmp_path, {"a.md": f"## 1.1 Oars\n\nA sentence.\n\n{ending}\n"})
    assert "breaks-off" not in result.codes


def test_many_that_break_off_in_one_chapter_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    text = "\n".join(f"1.{n} Title\n\nIt began with the\n" for n in range(1, 5))
    message = collated(tmp_path, {"a.txt": text + "\n2.1 A\n\nB.\n"}).only("breaks-off").message
    assert message.endswith("1.1 (line 3), 1.2 (line 7), 1.3 (line 11), 1.4 (line 15)")


def test_leftovers_at_the_end_are_kept_and_reported_with_their_lines(tmp_path: Path) -> None:
    result = collated(tmp_path, {"a.txt": "1.2 B\n\nText.\n\n1.1 A\n\nThe end of it.\n\n— pun —\n\n...\n"})
    problem = result.only("stray-text")
    assert "“— pun —” (line 9) and “...” (line 11)" in problem.message
    assert (problem.place.line, problem.subject) == (9, "1.1")
    assert result.chapter("1").sections[0].source.text == "The end of it.\n\n— pun —\n\n..."


@pytest.mark.parametrize(
    "ending", ["The end.", "A last word of thanks to everyone who rowed", "“Enough”", "and so on"]
)
def test_a_last_paragraph_is_no_leftover(tmp_path: Path, ending: str) -> None:
    assert "stray-text" not in collated(tmp_path, {"a.txt": f"1.1 A\n\nText.\n\n{ending}\n"}).codes


def test_text_before_the_first_heading_is_kept_in_front_of_the_book(tmp_path: Path) -> None:
    result = collated(tmp_path, {"a.txt": "The Oar Book\n\nBy nobody.\n\n1.1 A\n\nB.\n\n2.1 C\n\nD.\n"})
    chapter = result.chapter("opening")
    assert (chapter.kind, chapter.title, chapter.anchor) == ("front", "The Oar Book", "opening")
    assert chapter.opening is not None
    assert (chapter.opening.text, chapter.opening.text_line) == ("By nobody.", 3)
    assert result.only("stray-text").place.line == 1


def test_a_first_line_of_tags_alone_is_no_title(tmp_path: Path) -> None:
    result = collated(tmp_path, {"a.md": '<div class="a">\n\nWords.\n\n</div>\n\n# 1 Nets\n\nText.\n'})
    assert "kept as “Opening”" in result.only("stray-text").message


def test_a_line_by_itself_before_the_first_heading_is_text(tmp_path: Path) -> None:
    result = collated(tmp_path, {"a.md": "*A play in two acts*\n\n# 1 A\n\nB.\n\n# 2 C\n\nD.\n"})
    opening = result.chapter("opening").opening
    assert opening is not None
    assert opening.text == "*A play in two acts*"
    assert "empty-section" not in result.codes


def test_text_before_the_sections_of_one_chapter_opens_that_chapter(tmp_path: Path) -> None:
    result = collated(tmp_path, {"a.md": "How it began.\n\n## 1.1 A\n\nB.\n", "b.md": "## 2.1 C\n\nD.\n"})
    opening = result.chapter("1").opening
    assert opening is not None
    assert opening.text == "How it began."
    assert "opening of chapter 1" in result.only("stray-text").message


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_file_without_any_heading_stands_behind_the_last_chapter(tmp_path: Path, name: str) -> None:
    files = {name: "Once upon a time.\n\nThe end.\n", "b.txt": text_of("1.1"), "c.txt": text_of("3.1", "A.1")}
    result = collated(tmp_path, files)
    problem = next(each for each in result.problems if each.code == "no-heading")
    assert (problem.severity, problem.place.line) == ("warning", None)
    assert "kept behind chapter 3 as “A”" in problem.message
    assert [(each.label, each.title) for each in result.book.chapters][-2:] == [("", "A"), ("A", "")]


def test_a_top_heading_without_number_or_known_name_stays_where_it_stands(tmp_path: Path) -> None:
    text = "# Still\n\nS.\n\n# 2 Oars\n\nA.\n\n# The Storm\n\nB.\n\n# The Calm\n\nC.\n"
    result = collated(tmp_path, {"a.md": text, "b.md": "# 3 Nets\n\nN.\n", "c.md": "# 1 Sails\n\nS.\n"})
    told = [(each.code, each.severity, each.place.line) for each in result.problems]
    assert told == [("unnumbered-heading", "warning", line) for line in (1, 9, 13)]
    titles = [chapter.title for chapter in result.book.chapters]
    assert titles == ["Sails", "Still", "Oars", "The Storm", "The Calm", "Nets"]


def test_each_heading_without_a_number_is_offered_one_that_is_free(tmp_path: Path) -> None:
    text = "# 1 Oars\n\nA.\n\n# Knots\n\nB.\n\n# 3 Rain\n\nC.\n\n# Wind\n\nD.\n"
    result = collated(tmp_path, {"a.md": text, "b.md": "# Tides\n\nE.\n"})
    offered = [(p.subject, (p.hint or "")[:40]) for p in result.problems if p.code == "unnumbered-heading"]
    assert [(title, hint.partition("(")[2].split(" ")[1]) for title, hint in offered] == [
        ("Knots", "2"), ("Wind", "4"), ("Tides", "5"),
    ]  # fmt: skip


def test_thousands_of_headings_without_a_number_among_others_take_time_by_their_number(
    tmp_path: Path,
) -> None:
    def told(numbers: range) -> list[str]:
        text = "".join(f"# {number} Oars\n\nA.\n\n# Knots {number}\n\nB.\n\n" for number in numbers)
        return [problem.hint or "" for problem in collated(tmp_path, {"a.md": text}).problems]

    many = range(1, 801)
    assert [hint.partition("(# ")[2].split()[0] for hint in told(many)[:2]] == ["801", "802"]
    assert goes_by_length(told, many)


@pytest.mark.parametrize("name", ["Index", "Contents", "Table of Contents"])
def test_what_recto_makes_itself_is_reserved(tmp_path: Path, name: str) -> None:
    result = collated(tmp_path, {"a.md": f"# 1 Oars\n\nA.\n\n# {name}\n\nB.\n"})
    assert (result.errors, result.codes) == ([], ["reserved-heading"])
    assert [chapter.title for chapter in result.book.chapters] == ["Oars", name]


def test_headings_of_one_chapter_in_several_files_are_one(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"{n}.md": f"# Chapter 1: Oars\n\n## 1.{n} Title\n\nWords {n}.\n" for n in (1, 2)
    }
    result = collated(tmp_path, {**files, "0.md": "# Chapter 1\n\nAn opening.\n"})
    assert (result.titles("1"), result.chapter("1").title, result.codes) == (["Title", "Title"], "Oars", [])
    opening = result.chapter("1").opening
    assert opening is not None
    assert opening.text == "An opening."


def test_a_chapter_can_be_all_text_as_in_a_novel(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"{n:02}.md": f"It was day {n}.\n" for n in range(1, 13)}
    result = collated(tmp_path, files)
    assert result.labels == [str(n) for n in range(1, 13)]
    assert result.codes == ["chapter-untitled"]
    assert "12 chapters have no title (1–12)" in result.problems[0].message


def test_the_title_of_last_resort_is_the_name_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "the-oar_book"
    assert collated(folder, {"a.txt": text_of("1.1")}).book.title == "The Oar Book"


def test_a_lone_first_heading_is_the_title_of_the_book(tmp_path: Path) -> None:
    result = collated(
        tmp_path, {"a.md": "# At Sea\n\n## Chapter 1: Oars\n\nB.\n\n## Chapter 2: Rain\n\nC.\n"}
    )
    assert (result.book.title, result.labels, result.codes) == ("At Sea", ["1", "2"], [])


def test_an_id_given_twice_is_told_with_both_places(tmp_path: Path) -> None:
    result = collated(tmp_path, {"a.md": "## 1.1 A {#x}\n\nB.\n\n## 1.2 C {#x}\n\nD.\n"})
    problem = result.only("id-duplicate")
    assert (problem.place.line, problem.severity) == (5, "warning")
    assert "a.md:1" in problem.message


def test_numbers_lead_to_anchors(tmp_path: Path) -> None:
    result = collated(
        tmp_path, {"a.md": "# 1 Oars {#oars}\n\n## 1.1 A {#x}\n\nB.\n\n## 1.2 C\n\nD.\n\n## A.1 E\n\nF.\n"}
    )
    assert result.book.numbers == {
        "1": "oars", "1.1": "x", "1.2": "section-1-2", "A": "appendix-a", "A.1": "section-a-1",
    }  # fmt: skip


def test_the_outline_shows_every_part_chapter_and_section_with_its_place(tmp_path: Path) -> None:
    text = "# Part I: Land\n\n# 1 Oars\n\n## 1.1 Ash\n\nA.\n\n### 1.1.1 Young Ash\n\nB.\n\n# Preface\n\nC.\n"
    lines = [
        " ".join(line.split()) for line in outline(collated(tmp_path, {"a.md": text}).book).splitlines()[1:]
    ]
    place = f"{tmp_path}/a.md"
    assert lines == [
        f"Preface {place}:13",
        "Part I Land",
        f"Chapter 1 Oars {place}:3",
        f"1.1 Ash {place}:5",
        f"1.1.1 Young Ash {place}:9",
    ]


def test_a_colon_leads_over_to_the_sections_below(tmp_path: Path) -> None:
    text = "Chapter 1: Oars\n\nIn this order:\n\n1.1 A\n\nNamely:\n\n1.1.1 B\n\nC.\n\n1.2 D\n\nNamely:\n"
    assert collated(tmp_path, {"a.txt": text}).only("breaks-off").subject == "1.2"
