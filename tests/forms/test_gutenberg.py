"""Project Gutenberg's texts: their headings by their own contents, and what typing means in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.door import Door
from recto.forms.folder import BookFolder
from recto.forms.gutenberg.boundaries import facts
from recto.forms.gutenberg.preparing import prepare
from recto.forms.gutenberg.unit_names import unit_name
from recto.forms.source_file import SourceFile
from tests.building import build
from tests.collating import Collated, collated

PROSE = (
    "The heron stood in the reeds at the mouth of the river until all the\n"
    "boats were gone, and the nets of the fishermen hung dry along the wall\n"
    "of the harbour, where nobody had mended them since the last storm.\n"
)
MARK = "OF THE PROJECT GUTENBERG EBOOK THE REEDS ***"


def typed(text: str) -> str:
    """A text between the lines of stars."""
    return f"Title: The Reeds\n\nAuthor: Ann Lee\n\n*** START {MARK}\n\n{text}\n\n*** END {MARK}\n\nTerms.\n"


def book(folder: Path, text: str) -> Collated:
    return collated(folder, {"7-0.txt": typed(text)})


def chapters(told: Collated) -> list[tuple[str, str, str]]:
    return [(c.label or c.kind, c.title, c.part.title if c.part else "") for c in told.book.chapters]


def markdown(text: str) -> str:
    file = SourceFile("7.txt", "7.txt", typed(text))
    made, _ = prepare(file, BookFolder(Path(), Door.of(Path())))
    return "\n".join(line for line in made.text.split("\n") if line)


def test_a_list_of_contents_tells_what_no_line_by_itself_would(tmp_path: Path) -> None:
    listed = "CONTENTS\n\nLetter 1\nLetter 2\n\nI. The Mill . . . . 3\nII. A Wet Night    17\n"
    listed += "The Reeds Again\n"
    text = (
        f"{listed}\n\nLetter 1\n\n{PROSE}\nLetter 2\n\n{PROSE}\nCHAPTER I.\n\nTHE MILL.\n\n{PROSE}\n"
        f"2\n\nA Wet Night\n\n{PROSE}\nTHE REEDS AGAIN\n\n{PROSE}"
    )
    told = book(tmp_path, text)
    assert chapters(told) == [
        ("front", "Letter 1", ""), ("front", "Letter 2", ""), ("1", "The Mill", ""),
        ("2", "A Wet Night", ""), ("back", "The Reeds Again", ""),
    ]  # fmt: skip
    assert told.only("contents-left-out").place.line == 7


@pytest.mark.parametrize("words", ["Book the {}--", "VOLUME {}. ", "EPOCH THE {}: "])
def test_chapters_that_begin_anew_keep_their_numbers_in_their_parts(tmp_path: Path, words: str) -> None:
    heads = [words.format(each) for each in ("First", "Second")]
    held = "".join(f"CHAPTER {n}\n\n{PROSE}\n" for n in ("I", "II", "III"))
    text = "".join(f"{head}Rain\n\n{held}" for head in heads)
    if words.startswith("EPOCH"):  # no word of the trade: it is one because each holds chapters
        names = "CHAPTER I\nCHAPTER II\nCHAPTER III\n"
        text = "CONTENTS\n\n" + "\n".join(f"{head}Rain\n\n{names}" for head in heads) + "\n\n" + text
    told = book(tmp_path, text)
    assert [label for label, *_ in chapters(told)] == ["1", "2", "3", "1", "2", "3"]
    assert {part for *_, part in chapters(told)} == {"Rain"} and told.errors == []
    assert [chapter.anchor for chapter in told.book.chapters][3:] == ["chapter-4", "chapter-5", "chapter-6"]


def test_a_title_stands_on_the_line_below_its_number_where_all_have_one(tmp_path: Path) -> None:
    text = "".join(f"CHAPTER {n}.\n\nThe Mill {n}.\n\n{PROSE}\n" for n in ("I", "II", "III"))
    assert [title for _, title, _ in chapters(book(tmp_path / "a", text))] == [
        "The Mill I", "The Mill II", "The Mill III",
    ]  # fmt: skip
    spoken = "".join(f"CHAPTER {n}.\n\n{PROSE}\n" for n in ("I", "II")) + f"CHAPTER III\n\nSo.\n\n{PROSE}"
    assert [title for _, title, _ in chapters(book(tmp_path / "b", spoken))] == ["", "", ""]


def test_a_list_that_does_not_come_again_is_text(tmp_path: Path) -> None:
    held = "".join(f"CHAPTER {n}\n\n{PROSE}\n" for n in ("I", "II"))
    told = book(tmp_path, f"CONTENTS\n\nOne thing\nAnother\nA third\n\n{held}")
    assert [label for label, *_ in chapters(told)][-2:] == ["1", "2"]
    assert "contents-left-out" not in told.codes


def test_what_is_typed_for_emphasis_verse_and_breaks_is_set_so() -> None:
    text = (
        "He said _not\nnow_ and 3 * 4 is [12] -- or `so`, #1.\n\n"
        "     The heron stood,\n       The _boats\n     Were_ gone,\n\n     And so were we.\n\n"
        "    the letter came in the morning, and was\n    read aloud before anyone had eaten a thing.\n\n"
        "       *     *     *\n\n1850. A year.\n\n- no list\n"
    )
    assert markdown(text).split("\n") == [
        "He said *not", "now* and 3 \\* 4 is &#91;12&#93; — or \\`so\\`, \\#1.",
        "| The heron stood,", "|   The *boats*", "| *Were* gone,", "|", "| And so were we.",
        "> the letter came in the morning, and was", "> read aloud before anyone had eaten a thing.",
        "***", "1850\\. A year.", "\\- no list",
    ]  # fmt: skip


def test_notes_are_called_from_where_their_sign_stands() -> None:
    text = (
        "A mill[1] stood.\n\nFOOTNOTES:\n\n[Footnote 1: Of oak,\nand old.]\n\n"
        "A heron [1] too.\n\n[Footnote 1: Grey.]\n\nA boat[2]."
    )
    assert markdown(text).split("\n") == [
        "A mill[^note-1] stood.", "[^note-1]: Of oak,", "    and old.",
        "A heron[^note-2] too.", "[^note-2]: Grey.", "A boat&#91;2&#93;.",
    ]  # fmt: skip


def test_what_is_no_part_of_the_book_is_left_out_and_told(tmp_path: Path) -> None:
    text = (
        "Transcriber's Note: Spelling is as it was.\n\nSo are commas.\n\n-----\n\nCHAPTER I\n\n"
        f"[Illustration: A heron]\n\n[Pg 12]{PROSE}\nCHAPTER II\n\n{PROSE}"
    )
    told = book(tmp_path, text)
    assert told.codes == [
        "chapter-untitled", "chapter-untitled", "illustration-missing", "licence-left-out",
        "note-left-out", "page-numbers-left-out",
    ]  # fmt: skip
    first = told.chapter("1").opening
    assert first and first.text.startswith("The heron stood") and "Terms" not in first.text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("CHAPTER THE THIRD", ("chapter", 3, "")),
        ("Book the First--Rain", ("part", 1, "Rain")),
        ("Erstes Buch", ("title", None, "Erstes Buch")),
        ("VII. The Mill", ("number", 7, "The Mill")),
        ("What I Heard", ("title", None, "What I Heard")),
        ("Canto IV.", ("other", 4, "")),
        ("Page 12", ("title", None, "Page 12")),
    ],
)
def test_a_line_is_read_as_the_head_of_a_piece(line: str, said: tuple[str, int | None, str]) -> None:
    name = unit_name(line)
    assert (name.kind, name.number, name.title) == said


@given(st.text(alphabet="ab .,\n_*[]#>|-1A", max_size=200))
def test_no_word_of_any_text_is_lost(text: str) -> None:
    def words(of: str) -> str:
        return "".join(each for each in of if each in "abA1")

    made = markdown(f"{PROSE}\n{text}").replace("&#91;", "").replace("&#93;", "")
    kept = words(made)
    assert len(kept) >= len(words(f"{PROSE}\n{text}"))


GUTENBERG = """Title: The Net
  and the Sea

Author: Ann Lee

Language: French

*** START OF THIS PROJECT GUTENBERG EBOOK THE NET ***

Produced by Bo Ray
and others

THE NET
AND THE SEA

By Ann Lee

CHAPTER THE FIRST

Salt.

CHAPTER THE SECOND

More salt.

End of the Project Gutenberg EBook of The Net, by Ann Lee

*** END OF THIS PROJECT GUTENBERG EBOOK THE NET ***

A licence.
"""


def test_a_text_of_project_gutenberg_tells_what_it_is(tmp_path: Path) -> None:
    source = tmp_path / "1342-0.txt"
    source.write_text(GUTENBERG, encoding="utf-8")
    made = build(source, tmp_path / "out", "--check")
    assert made.report["title"] == "The Net and the Sea"
    assert [chapter["label"] for chapter in made.report["chapters"]] == ["1", "2"]
    codes = sorted(problem["code"] for problem in made.report["problems"])
    assert codes == ["chapter-untitled", "chapter-untitled", "licence-left-out"]
    assert facts(SourceFile("a", "a", GUTENBERG))["language"] == "fr"
    assert facts(SourceFile("a", "a", "Title: None\n\nWords.\n")) == {}


def test_a_subtitle_several_authors_and_their_title_page_are_told_apart(tmp_path: Path) -> None:
    head = "Title: The Reeds\n       A Tale of the Delta\n\nAuthor: Ann Lee\n        Bo Ray\n"
    front = "THE REEDS\n\nA Tale of the Delta\n\nBY\n\nANN LEE\n\nFOR MY MOTHER\n\n"
    listed = "CONTENTS\n\nCHAPTER            PAGE\n  I. SALT            1\n II. RAIN           12\n\n\n"
    body = f"I.\n\nSALT\n\n{PROSE.strip()}[1]\n\nII.\n\nRAIN\n\n{PROSE}\n\nFOOTNOTES:\n\n[1] A salt.\n"
    text = f"{head}\n*** START {MARK}\n\n{front}{listed}{body}\n*** END {MARK}\n"
    said = facts(SourceFile("a", "a", text))
    assert (said["title"], said["subtitle"]) == ("The Reeds", "A Tale of the Delta")
    assert said["authors"] == ("Ann Lee", "Bo Ray")
    made, problems = prepare(SourceFile("a", "a", text), BookFolder(tmp_path, Door.of(tmp_path)))
    shown = [line for line in made.lines if line.strip()]
    assert shown[:2] == ["FOR MY MOTHER", "# Chapter 1: SALT"]
    assert shown[-1] == "[^note-1]: A salt." and "FOOTNOTES" not in made.text
    assert "contents-left-out" in [problem.code for problem in problems]
