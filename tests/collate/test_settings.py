"""What book.toml settles, and what it says of a setting that matches nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.collating import Collated, collated, text_of

TEXT = text_of("1.1", "1.2", "2.1", "2.2", "2.2.1", "3.1", "4.1", "4.2", "84.1", "84.2")


def settled(folder: Path, toml: str, text: str = TEXT, name: str = "a.txt") -> Collated:
    return collated(folder, {name: text}, toml)


def place(**keys: str) -> str:
    return "[[place]]\n" + "".join(f'{key.rstrip("_")} = "{value}"\n' for key, value in keys.items())


def test_a_chapter_can_become_an_appendix_with_a_title(tmp_path: Path) -> None:
    result = settled(tmp_path, place(chapter="84", as_="appendix", title="Kites"))
    assert (result.labels[-1], result.numbers("A"), result.chapter("A").title) == (
        "A",
        ["A.1", "A.2"],
        "Kites",
    )
    assert "number-gap" not in result.codes
    assert (result.book.numbers["84"], result.book.numbers["84.2"]) == ("appendix-a", "section-a-2")


def test_free_letters_go_round_those_that_are_asked_for(tmp_path: Path) -> None:
    toml = place(chapter="84", as_="appendix") + place(chapter="4", as_="appendix A")
    result = settled(tmp_path, toml)
    assert result.labels == ["1", "2", "3", "A", "B"]
    assert str(result.chapter("A").sections[0].source.number) == "4.1"


def test_a_chapter_can_be_renumbered(tmp_path: Path) -> None:
    result = settled(tmp_path, place(chapter="84", as_="chapter 5"))
    assert (result.labels, result.numbers("5")) == (["1", "2", "3", "4", "5"], ["5.1", "5.2"])


def test_a_section_takes_those_below_it_along(tmp_path: Path) -> None:
    result = settled(tmp_path, place(section="2.2", as_="section 3.2"))
    assert (result.numbers("2"), result.numbers("3")) == (["2.1"], ["3.1", "3.2", "3.2.1"])


def test_a_section_can_become_a_chapter_of_its_own(tmp_path: Path) -> None:
    result = settled(tmp_path, place(section="2.2", as_="chapter 5", title="Five"))
    chapter = result.chapter("5")
    assert chapter.opening is not None
    assert (chapter.title, chapter.opening.text, result.numbers("5")) == (
        "Five",
        "What is said under 2.2, 4.",
        ["5.1"],
    )


def test_a_section_can_become_named_matter(tmp_path: Path) -> None:
    result = settled(tmp_path, place(section="1.1", as_="preface"))
    chapter = result.chapter("preface")
    assert (chapter.kind, chapter.title, chapter.sections) == ("front", "Title 1.1", ())
    assert "number-gap" not in [p.code for p in result.problems if p.subject == "1.1"]


def test_what_is_left_out_is_gone_and_leaves_no_gap(tmp_path: Path) -> None:
    toml = place(chapter="84", as_="omit") + place(section="2.1", as_="omit")
    result = settled(tmp_path, toml)
    assert (result.labels, result.numbers("2")) == (["1", "2", "3", "4"], ["2.2", "2.2.1"])
    assert result.codes == ["chapter-untitled"]


def test_lines_tell_two_runs_apart(tmp_path: Path) -> None:
    text = text_of("1.1", "2.1", "2.2", "3.1", "2.1", "2.2")
    toml = place(chapter="2", lines="17-23", as_="appendix B")
    result = settled(tmp_path, toml, text)
    assert (result.numbers("2"), result.numbers("B")) == (["2.1", "2.2"], ["B.1", "B.2"])
    assert [s.source.place.line for s in result.chapter("B").sections] == [17, 21]
    assert "number-collision" not in result.codes


def test_lines_alone_take_all_headings_in_them(tmp_path: Path) -> None:
    result = settled(tmp_path, place(lines="33-39", as_="chapter 5"))
    assert (result.labels, result.numbers("5")) == (["1", "2", "3", "4", "5"], ["5.1", "5.2"])


def test_lines_inside_a_section_can_be_left_out_and_no_line_moves(tmp_path: Path) -> None:
    text = "1.1 A\n\nOne.\n\nTwo.\n\nThree.\n\n— pun —\n"
    result = settled(tmp_path, place(lines="9", as_="omit") + place(lines="5", as_="omit"), text)
    assert result.chapter("1").sections[0].source.text == "One.\n\n\n\nThree."
    assert "stray-text" not in result.codes


def test_lines_inside_a_section_can_become_matter(tmp_path: Path) -> None:
    text = "1.1 A\n\nOne.\n\nFor all who row.\n"
    result = settled(tmp_path, place(lines="5", as_="dedication"), text)
    chapter = result.chapter("dedication")
    assert chapter.opening is not None
    assert (chapter.opening.text, chapter.opening.text_line, chapter.title) == (
        "For all who row.",
        5,
        "Dedication",
    )


def test_a_heading_without_a_number_can_be_placed(tmp_path: Path) -> None:
    text = "# 1 Oars\n\nA.\n\n# The Storm\n\nB.\n"
    result = settled(tmp_path, place(lines="5-7", as_="chapter 2"), text, "a.md")
    assert (result.chapter("2").title, result.errors) == ("The Storm", [])


def test_a_file_without_a_heading_can_be_placed(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"a.txt": text_of("1.1"), "notes.txt": "For all who row.\n"}
    result = collated(tmp_path, files, place(file="notes.txt", as_="dedication"))
    assert (result.labels, result.errors) == (["dedication", "1"], [])


@pytest.mark.parametrize(
    ("keys", "code", "line"),
    [
        ({"chapter": "77", "as_": "omit"}, "setting-unused", 2),
        ({"section": "7.7", "as_": "omit"}, "setting-unused", 2),
        ({"lines": "700-800", "as_": "omit"}, "setting-unused", 2),
        ({"chapter": "1", "lines": "700-800", "as_": "omit"}, "setting-unused", 3),
        ({"file": "b.txt", "as_": "omit"}, "setting-unused", 2),
        ({"chapter": "1", "as_": "somewhere"}, "setting-wrong", 2),
        ({"chapter": "1", "as_": "section 4"}, "setting-wrong", 2),
        ({"chapter": "1", "as_": "preface"}, "setting-wrong", 2),
        ({"lines": "x-y", "as_": "omit"}, "setting-wrong", 2),
        ({"lines": "1-20", "as_": "chapter 5"}, "setting-wrong", 2),
        ({"lines": "3-20", "as_": "omit"}, "setting-wrong", 2),
        ({"as_": "omit"}, "setting-wrong", 1),
    ],
)
def test_a_placement_that_matches_nothing_or_makes_no_sense_is_an_error_with_its_line(
    tmp_path: Path, keys: dict[str, str], code: str, line: int
) -> None:
    problem = settled(tmp_path, place(**keys)).only(code)
    assert (problem.severity, Path(problem.place.file).name, problem.place.line) == (
        "error",
        "book.toml",
        line,
    )


def test_a_chapter_that_stands_twice_needs_lines(tmp_path: Path) -> None:
    text = text_of("1.1", "2.1", "2.2", "3.1", "2.1", "2.2")
    result = settled(tmp_path, place(chapter="2", as_="omit"), text)
    assert result.errors == ["setting-ambiguous"]


def test_two_things_placed_on_one_number_collide(tmp_path: Path) -> None:
    result = settled(tmp_path, place(chapter="84", as_="chapter 4"))
    assert set(result.errors) == {"number-collision"}


def test_chapters_get_their_titles(tmp_path: Path) -> None:
    toml = '[chapters]\n1 = "One"\n"2" = "Two"\nA = "Kites"\npreface = "Before"\n' + place(
        chapter="84", as_="appendix A"
    )
    result = settled(tmp_path, toml, TEXT + "\nPreface\n\nWords.\n")
    assert [c.title for c in result.book.chapters] == ["Before", "One", "Two", "", "", "Kites"]
    assert [p.subject for p in result.problems if p.code == "chapter-untitled"] == ["3", "4"]


def test_a_title_for_a_chapter_that_is_not_there_is_an_error_with_its_line(tmp_path: Path) -> None:
    problem = settled(tmp_path, '[chapters]\n"1" = "One"\n"77" = "Nowhere"\n').only("setting-unused")
    assert (problem.severity, problem.place.line) == ("error", 3)


PARTS = "\n\nA.\n\n".join(
    [
        "# Part II: Sea\n\nAn epigraph.\n\n# 3 C",
        "# 4 D",
        "# Part I: Land\n\n# 1 A",
        "# 2 B",
        "# Appendix A: E",
        "",
    ]
)


def parts(result: Collated) -> list[tuple[str, str, str]]:
    return [(c.label, c.part.label, c.part.title) for c in result.book.body if c.part]


def test_part_headings_hold_the_chapters_below_them(tmp_path: Path) -> None:
    result = settled(tmp_path, "", PARTS, "a.md")
    assert parts(result) == [("1", "I", "Land"), ("2", "I", "Land"), ("3", "II", "Sea"), ("4", "II", "Sea")]
    part = result.chapter("3").part
    assert part is not None
    assert part.opening is not None
    assert (part.anchor, part.opening.text, result.codes) == ("part-ii", "An epigraph.", [])


def test_a_chapter_between_two_of_a_part_is_in_it_whatever_its_file(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "z.md": "# Part I: Land\n\n# 1 A\n\nA.\n",
        "b.md": "# 2 B\n\nA.\n",
        "a.md": "# Part II: Sea\n\n# 3 C\n\nA.\n",
    }
    assert [label for _, label, _ in parts(collated(tmp_path, files))] == ["I", "I", "II"]


def test_a_part_in_a_file_of_its_own_holds_the_files_after_it(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "0.md": "# Part I: Land\n\nWords.\n", "1-a.md": "A.\n", "2-b.md": "B.\n",
        "20 part.md": "# Part II: Sea\n", "21.md": "# 3 C\n\nC.\n",
    }  # fmt: skip
    result = collated(tmp_path, files)
    assert parts(result) == [("1", "I", "Land"), ("2", "I", "Land"), ("3", "II", "Sea")]
    assert result.errors == []


def test_front_matter_can_name_the_part(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.md": "---\nnumber: 1\ntitle: A\npart: Land\n---\nA.\n",
        "b.md": '---\nnumber: 2\ntitle: B\npart: "II: Sea"\n---\nB.\n',
    }
    assert parts(collated(tmp_path, files)) == [("1", "I", "Land"), ("2", "II", "Sea")]


def test_book_toml_can_make_the_parts(tmp_path: Path) -> None:
    toml = '[[parts]]\ntitle = "Land"\nchapters = "1-2"\n\n[[parts]]\ntitle = "Sea"\nchapters = "3, 4, 84"\n'
    assert [label for _, label, _ in parts(settled(tmp_path, toml))] == ["I", "I", "II", "II", "II"]


def test_a_part_of_book_toml_keeps_the_text_of_the_manuscripts_heading(tmp_path: Path) -> None:
    toml = '[[parts]]\ntitle = "Land"\n[[parts]]\ntitle = "Sea"\nchapters = "2-4"\n'
    result = settled(tmp_path, toml, PARTS, "a.md")
    part = result.chapter("4").part
    assert part is not None
    assert part.opening is not None
    assert "part-order" in result.errors  # chapter 2 is under Land in the manuscript as well


@pytest.mark.parametrize(
    ("toml", "code"),
    [
        ('[[parts]]\ntitle = "Land"\nchapters = "1-20"\n', "setting-unused"),
        ('[[parts]]\ntitle = "Nowhere"\n', "setting-unused"),
        (
            '[[parts]]\ntitle = "A"\nchapters = "1-2"\n[[parts]]\ntitle = "B"\nchapters = "2-3"\n',
            "part-order",
        ),
        ('[[parts]]\ntitle = "A"\nchapters = "1, 3"\n[[parts]]\ntitle = "B"\nchapters = "2"\n', "part-order"),
    ],
)
def test_parts_that_do_not_fit_are_errors(tmp_path: Path, toml: str, code: str) -> None:
    assert code in settled(tmp_path, toml).errors


def test_a_part_without_a_chapter_is_left_out_but_none_that_has_a_text(tmp_path: Path) -> None:
    assert settled(tmp_path, "", "# 1 A\n\nB.\n\n# Part I: Land\n\nC.\n", "a.md").errors == ["empty-part"]
    bare = settled(tmp_path, "", "# 1 A\n\nB.\n\n# Part I: Land\n", "a.md")
    assert (bare.errors, bare.codes) == ([], ["empty-part"])


def test_one_part_number_with_two_titles_is_an_error(tmp_path: Path) -> None:
    text = "# Part I: Land\n\n# 1 A\n\nB.\n\n# Part I: Sea\n\n# 2 A\n\nB.\n"
    assert "number-collision" in settled(tmp_path, "", text, "a.md").errors
