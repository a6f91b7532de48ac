"""The checker of finished books finds nothing in whole ones, and what any other lacks, has twice or hides."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from recto.problems import Place
from recto.verify.comparing import compare
from recto.verify.passage import ReadBook, Wanted
from recto.verify.source_words import Stretch, wanted
from tests.building import build
from tests.checkout import ROOT, TESTS
from tests.patience import goes_by_length

BOOKS = sorted(path for path in (TESTS / "books").iterdir() if path.name != "hostile")
OARS = """# Chapter 1: Oars

The blade is *broad* and flat, and the loom is what the rower holds in both hands.[^1]

[^1]: A *note* on the loom.

## 1.1 Blades

| Wood | Use |
|------|-----|
| Ash  | sea |

- Spruce is [light](https://example.org/spruce "no word of the book"), and `ash --strong` is not.

```python
feather = "the blade turned flat on the way back"
```

Of all that a boat carries it is the oar that nobody thinks of until it has gone.
"""


@pytest.fixture
def oars(tmp_path: Path) -> Path:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "oars.md").write_text(OARS, encoding="utf-8")
    return tmp_path / "book"


def codes(book: Path, *arguments: str) -> list[tuple[str, int]]:
    """The problems of a verified build of a book, as (code, line)."""
    built = build(book, book.parent / "out", "--verify", "--jobs", "1", *arguments)
    assert built.exit_code == (1 if "error" in built.errors else 0), built.errors
    assert built.exit_code == 0 or not list(built.folder.glob("*"))
    return [(problem["code"], problem["line"]) for problem in built.report.get("problems", [])]


@pytest.mark.parametrize("book", BOOKS, ids=lambda path: path.name)
def test_every_word_of_the_books_of_the_tests_is_in_both_books(book: Path, tmp_path: Path) -> None:
    built = build(book, tmp_path / "out", "--verify", "--jobs", "1")
    assert built.exit_code == 0, built.errors
    assert len(list(built.folder.glob("*"))) == 2


def test_a_whole_book_has_no_problem(oars: Path) -> None:
    assert codes(oars) == []


def test_what_a_template_leaves_out_is_told_with_its_line(oars: Path) -> None:
    name = Path("templates/epub/sections.xhtml")
    (oars / name).parent.mkdir(parents=True)
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "{{ piece.html }}" in text
    cut = text.replace("{{ piece.html }}", '{{ piece.html | replace("Spruce", "") }}')
    (oars / name).write_text(cut, encoding="utf-8")
    assert codes(oars, "--formats", "epub") == [("words-lost", 13)]


@pytest.mark.parametrize(
    "rule",
    ["color: transparent", "font-size: 0.1pt", "position: absolute; left: -900pt", "display: none"],
)
def test_what_a_style_hides_on_paper_is_told_with_its_line(oars: Path, rule: str) -> None:
    (oars / "styles").mkdir()
    (oars / "styles" / "print.css").write_text(f"em {{ {rule} }}", encoding="utf-8")
    found = codes(oars)
    assert found
    assert {code for code, _ in found} <= {"words-lost", "off-sheet", "text-lost"}
    assert {line for _, line in found} <= {3, 5}


def test_a_book_that_is_there_already_is_made_again_to_be_read(oars: Path) -> None:
    assert codes(oars) == []
    shutil.copy(oars / "oars.md", oars.parent / "kept.md")
    assert "verify" in build(oars, oars.parent / "out", "--verify", "--jobs", "1").report["timings"]


def read(*stretches: str) -> ReadBook:
    return ReadBook("the book", tuple((text, f"page {at}") for at, text in enumerate(stretches, 1)))


def told(book: ReadBook, *lines: str) -> list[tuple[str, int | None]]:
    passages = [Wanted(line, Place("a.md", number)) for number, line in enumerate(lines, 1)]
    return [(problem.code, problem.place.line) for _, problem in compare(book, passages)]


FIRST, SECOND, THIRD = (
    "The blade is broad and flat, and the loom is what the rower holds.",
    "Spruce is light, and ash is strong, and neither is cheap in this harbour.",
    "Of all that a boat carries it is the oar that nobody thinks of at night.",
)
A, B, C = ("".join(filter(str.isalnum, each)).lower() for each in (FIRST, SECOND, THIRD))


def test_words_are_found_whatever_a_book_adds_between_them() -> None:
    assert told(read("chapter1", A, "12", f"{B[:13]}page7{B[13:]}", C), FIRST, SECOND, THIRD) == []


def test_a_sign_whose_code_is_printed_parts_no_word() -> None:
    assert told(read("chapter1", "an1f3f4oarof1f3f4ash"), "an🏴oar of🏴ash") == []
    assert told(read("chapter1", "an1f3f4oarof1f3f4"), "an🏴oar of🏴ash") == [("words-lost", 1)]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["An oar\u202e is turned", "to the end", "", "of it."], ["anoar", "ofit"]),
        (["An oar\u202e is turned\u202c back", "to the end"], ["anoar", "back", "totheend"]),
        (["[oar]:", "/url", "'A title'", "", "[oar]"], ["oar"]),
        (["[oar]: /url", "'A title'", "", "An [oar]"], ["anoar"]),
        (["[oar\\]]:my_(url) 'A title'", "", "An [oar\\]]"], ["anoar"]),
        (["<p><code>an\\</code>oar`</p>"], ["an", "oar"]),
        (["5.", "", "An oar"], ["anoar"]),
        (["It was in", "1999.", "", "1) An oar"], ["itwasin", "1999", "anoar"]),
    ],
)
def test_what_may_not_be_printed_as_it_stands_is_not_asked_for(lines: list[str], words: list[str]) -> None:
    found = wanted(Stretch("", None, "a.md", lines, 1, marked=True))
    assert [each.letters for each in found if each.letters] == words


@pytest.mark.parametrize(
    ("book", "problems"),
    [
        ((A, C), [("words-lost", 2)]),
        ((A, B.replace("cheap", ""), C), [("words-lost", 2)]),
        ((A, B[:-1], C), [("words-lost", 2)]),
        ((A, C, B), [("words-moved", 3)]),
        ((A, B, B, C), [("words-doubled", 2)]),
        ((A, B, A, C), [("words-doubled", 1)]),
        ((), [("words-lost", 1), ("words-lost", 2), ("words-lost", 3)]),
    ],
)
def test_what_is_lost_moved_or_doubled_is_told_with_its_line(
    book: tuple[str, ...], problems: list[tuple[str, int]]
) -> None:
    assert sorted(told(read(*book), FIRST, SECOND, THIRD)) == sorted(problems)


def test_a_text_that_the_manuscript_has_twice_must_be_there_twice() -> None:
    assert told(read(A, B, A), FIRST, SECOND, FIRST) == []
    assert told(read(A, B), FIRST, SECOND, FIRST) == [("words-lost", 3)]


def test_the_words_of_a_manuscript_are_those_that_are_surely_printed() -> None:
    source = Stretch("Blades", 1, "a.md", OARS.split("\n")[2:], 3, marked=True)
    words = [(each.letters, each.place.line, each.stands) for each in wanted(source) if each.letters]
    assert words == [
        ("blades", 1, "here"),
        ("thebladeisbroadandflatandtheloomiswhattherowerholdsinbothhands", 3, "here"),
        ("anoteontheloom", 5, "anywhere"),
        ("11blades", 7, "here"),
        ("wood", 9, "here"),
        ("use", 9, "here"),
        ("ash", 11, "here"),
        ("sea", 11, "here"),
        ("spruceislight", 13, "here"),
        ("andashstrongisnot", 13, "here"),
        ("featherthebladeturnedflatonthewayback", 16, "here"),
        ("ofallthataboatcarriesitistheoarthatnobodythinksofuntilithasgone", 19, "here"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "An oar is a *lever*, and a blade its end, said the man who had lost both of them.",
        "משוט הוא מנוף, and its blade is *broad* and flat, אמר האיש.",
        "Look at \u202ethis word of a stranger\u202c, which stands in a line of words.",
    ],
)
def test_lines_that_run_both_ways_are_found_as_they_are_read(line: str, tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "oars.md").write_text(f"# 1 Oars\n\n{line}\n", encoding="utf-8")
    (tmp_path / "book" / "book.toml").write_text('[book]\nlanguage = "he"\n', encoding="utf-8")
    assert "words-lost" not in dict(codes(tmp_path / "book"))


@pytest.mark.parametrize("piece", ["`", "`a", "``a`", "\\`", "![", "[^", "<a ", "{", "$", "\\a{"])
def test_markup_that_never_ends_keeps_nobody_busy(piece: str) -> None:
    """No end is looked for from every beginning."""

    def read(line: str) -> list[Wanted]:
        return list(wanted(Stretch("Oars", 1, "a.md", [line], 3, marked=True)))

    assert goes_by_length(read, piece * 20_000)
