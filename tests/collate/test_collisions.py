"""Two sections with one number."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.collating import Collated, collated, text_of


def guide(tmp_path: Path, *numbers: str) -> Collated:
    return collated(tmp_path, {"guide.txt": text_of(*numbers)})


DOWN = "4.2 4.1 3.2 3.1 2.3 2.2 2.1 1.2 1.1".split()


def test_of_two_runs_the_one_between_its_neighbours_keeps_its_numbers(tmp_path: Path) -> None:
    result = guide(tmp_path, *DOWN, "3.2", "3.1", "9.1")
    assert result.labels == ["1", "2", "3", "4", "9", "A"]
    assert (result.numbers("3"), result.numbers("A")) == (["3.1", "3.2"], ["A.1", "A.2"])
    assert [s.source.place.line for s in result.chapter("3").sections] == [13, 9]
    assert [s.source.place.line for s in result.chapter("A").sections] == [41, 37]
    problem = result.only("number-collision")
    assert (problem.severity, problem.subject, problem.place.line) == ("warning", "3", 37)
    assert "lines 37–43" in problem.message
    assert "lines 9–15" in problem.message
    assert problem.hint is not None
    assert 'lines = "37-43"' in problem.hint


def test_the_run_that_goes_is_found_wherever_it_stands(tmp_path: Path) -> None:
    result = guide(tmp_path, "3.2", "3.1", *DOWN)
    assert [s.source.place.line for s in result.chapter("A").sections] == [5, 1]


def test_runs_that_go_up_are_as_natural_as_those_that_go_down(tmp_path: Path) -> None:
    result = guide(tmp_path, "1.1", "1.2", "2.1", "2.2", "3.1", "3.2", "1.1", "1.2")
    assert [s.source.place.line for s in result.chapter("A").sections] == [25, 29]


def test_the_first_section_of_a_run_that_goes_becomes_a_one(tmp_path: Path) -> None:
    result = guide(tmp_path, "1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "3.1", "9.1", "2.3", "2.4")
    assert result.numbers("A") == ["A.1", "A.2"]


def test_letters_that_are_taken_are_not_given_again(tmp_path: Path) -> None:
    result = guide(tmp_path, *DOWN, "3.2", "3.1", "A.1")
    assert result.labels == ["1", "2", "3", "4", "A", "B"]
    assert result.numbers("B") == ["B.1", "B.2"]


def test_a_number_that_stood_twice_leads_to_the_section_that_kept_it(tmp_path: Path) -> None:
    numbers = guide(tmp_path, *DOWN, "3.2", "3.1", "9.1").book.numbers
    assert (numbers["3.1"], numbers["A.1"], numbers["3"]) == ("section-3-1", "section-a-1", "chapter-3")


def test_runs_in_two_files_are_told_apart_too(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "book.txt": text_of("1.1", "2.1", "2.2", "3.1"), "extra.txt": text_of("2.1", "2.2", first=40)
    }  # fmt: skip
    result = collated(tmp_path, files)
    assert {Path(s.source.place.file).name for s in result.chapter("A").sections} == {"extra.txt"}
    assert result.errors == []


@pytest.mark.parametrize(
    "numbers",
    [
        ("1.1", "1.2", "1.2", "1.3"),  # one number twice in a row
        ("1.1", "2.1", "2.2", "3.1", "9.1", "2.1"),  # a single section is no run
        ("1.1", "2.1", "2.2", "2.1", "2.2", "3.1"),  # both beside a neighbour
        ("1.1", "2.1", "2.3", "2.2", "2.4", "3.1", "9.1", "2.2", "2.1", "2.3"),  # no steady order
    ],
)
def test_what_cannot_be_told_apart_is_an_error_that_names_both_places(
    tmp_path: Path, numbers: tuple[str, ...]
) -> None:
    result = guide(tmp_path, *numbers)
    errors = [p for p in result.problems if p.code == "number-collision"]
    assert errors
    assert {p.severity for p in errors} == {"error"}
    lines = {number: [4 * n + 1 for n, held in enumerate(numbers) if held == number] for number in numbers}
    for problem in errors:
        first, second = lines[problem.subject]
        assert problem.place.line == second
        assert f"guide.txt:{first};" in problem.message


def test_two_chapters_with_one_number_are_an_error_and_two_prefaces_are_not(tmp_path: Path) -> None:
    text = "# 1 Oars\n\nA.\n\n# 1 Blades\n\nB.\n\n# Preface\n\nC.\n\n# Vorwort\n\nD.\n"
    result = collated(tmp_path, {"a.md": text})
    assert result.errors == ["number-collision"]
    assert {p.subject for p in result.problems} == {"1"}
    assert [(c.role, c.title, c.anchor) for c in result.book.front] == [
        ("preface", "Preface", "preface"), ("preface", "Vorwort", "preface-2"),
    ]  # fmt: skip


def test_two_pieces_of_matter_of_one_title_both_stand_and_are_told(tmp_path: Path) -> None:
    result = collated(tmp_path, {"a.md": "# Notes\n\nA.\n\n# 1 Oars\n\nB.\n", "b.md": "# Notes\n\nC.\n"})
    problem = result.only("number-collision")
    assert (problem.severity, Path(problem.place.file).name) == ("warning", "b.md")
    assert [chapter.anchor for chapter in result.book.back] == ["notes", "notes-2"]


def test_what_has_a_page_of_its_own_stands_once(tmp_path: Path) -> None:
    result = collated(tmp_path, {"a.md": "# Dedication\n\nFor A.\n\n# Widmung\n\nFor B.\n\n# 1 C\n\nD.\n"})
    assert result.errors == ["number-collision"]


def test_the_same_text_twice_is_reported_once_and_set_once(tmp_path: Path) -> None:
    copy = "1.2 Blades\n\nThe same   words.\n"
    result = collated(tmp_path, {"a.txt": f"1.1 A\n\nB.\n\n{copy}\n1.3 C\n\nD.\n\n{copy}", "b.txt": copy})
    assert result.numbers("1") == ["1.1", "1.2", "1.3"]
    problem = result.only("repeated-text")
    assert (problem.severity, problem.subject, problem.place.line) == ("warning", "1.2", 13)
    assert result.errors == []


def test_a_whole_run_twice_word_for_word_is_reported_once(tmp_path: Path) -> None:
    text = text_of("1.1", "1.2", "1.3")
    result = collated(tmp_path, {"a.txt": text, "b.txt": text})
    assert result.numbers("1") == ["1.1", "1.2", "1.3"]
    assert result.codes == ["chapter-untitled", "repeated-text"]


def test_three_runs_of_one_chapter_become_two_appendices(tmp_path: Path) -> None:
    result = guide(tmp_path, *DOWN, "3.2", "3.1", "9.1", "3.2", "3.1")
    assert (result.numbers("A"), result.numbers("B")) == (["A.1", "A.2"], ["B.1", "B.2"])
    assert [s.source.place.line for s in result.chapter("B").sections] == [53, 49]
    assert result.errors == []


def test_what_a_chapter_opens_with_in_two_files_is_reported_and_set_once(tmp_path: Path) -> None:
    opening = "# Chapter 2: Rain\n\nIt rained.\n\n"
    result = collated(tmp_path, {"a.md": f"{opening}## 2.1 A\n\nB.\n", "b.md": f"{opening}## 2.2 C\n\nD.\n"})
    assert (result.labels, result.numbers("2"), result.errors) == (["2"], ["2.1", "2.2"], [])
    problem = result.only("repeated-text")
    assert (problem.subject, problem.place.file[-4:], problem.place.line) == ("2", "b.md", 1)
