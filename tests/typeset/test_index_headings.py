"""Headings of the index are Markdown: their words sort and are found, what is set of them prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.collate import collate
from recto.gather import gather
from recto.index import build, locate
from recto.settings.config import Config, IndexSettings, Term
from recto.typeset import read_terms, typeset
from tests.collating import write
from tests.typeset_books import BookOf


@pytest.mark.parametrize(
    ("mark", "terms", "shown"),
    [
        ("{^*Titanic*}", ("Titanic",), ("<em>Titanic</em>",)),
        ("{^H~2~O!in *ice*}", ("H2O", "in ice"), ("H<sub>2</sub>O", "in <em>ice</em>")),
        ("{^`__init__`}", ("__init__",), ("",)),
        ("{^`a` and **b**}", ("a and b",), ("a and <strong>b</strong>",)),
        ("{^R&D}", ("R&D",), ("",)),
        (r"{^\*star}", ("*star",), ("",)),
        ("{^snake_case_name}", ("snake_case_name",), ("",)),
        ("{^<thing>}", ("<thing>",), ("",)),
        ("[a *Word*]{^}", ("a Word",), ()),
        ("[`__main__`]{^}", ("__main__",), ()),
        ('{^Moore\'s "law" of `--flag`}', ('Moore\'s "law" of --flag',), ("Moore’s “law” of --flag",)),
        ("{^$x^2$ as a power}", ("x² as a power",), ("",)),
        (r"\index{5 * 3 * 2}", ("5 * 3 * 2",), ()),
        ("((steam ship))", ("steam ship",), ()),
    ],
)
def test_a_heading_has_words_and_a_look(mark: str, terms: tuple[str, ...], shown: tuple[str, ...]) -> None:
    galleys, problems = BookOf().chapter("1").section("1.1", "T", f"Text {mark}.", 2).set()
    assert problems == ()
    (found,) = galleys[0].marks
    assert (found.terms, found.shown) == (terms, shown)


def test_headings_sort_by_their_words_and_see_finds_them(tmp_path: Path) -> None:
    text = "# 1 One\n\nA{^*Titanic*} b{^Tides} c{^Tugs} d{^Ship|see *Titanic*} e{^Titanic!bow}\n"
    manuscript, _ = gather(write(tmp_path, {"a.md": text}), Config())
    book, _ = collate(manuscript, Config())
    galleys, _ = typeset(book, manuscript, Config())
    index, _, problems = build(galleys, Config())
    assert problems == ()
    entries = [entry for group in locate(index, None).groups for entry in group.entries]
    assert [(entry.term, entry.html) for entry in entries] == [
        ("Ship", ""), ("Tides", ""), ("Titanic", "<em>Titanic</em>"), ("Tugs", ""),
    ]  # fmt: skip
    (see,) = entries[0].see
    assert (see.text, see.html, see.anchor) == ("Titanic", "<em>Titanic</em>", entries[2].anchor)
    assert [below.term for below in entries[2].entries] == ["bow"]


def test_the_headings_of_the_list_are_read_as_those_of_marks(tmp_path: Path) -> None:
    text = "# 1 One\n\nThe Titanic{^*Titanic*} of `--size` 9, and its bow.\n"
    terms = (
        Term("*Titanic*!its *bow*", find=("bow",)),
        Term("`--size`", find=("size",)),
        Term("ships", see=("*Titanic*",)),
    )
    config = Config(index=IndexSettings(terms=terms))
    manuscript, _ = gather(write(tmp_path, {"a.md": text}), config)
    galleys, _ = typeset(collate(manuscript, config)[0], manuscript, config)
    index, _, problems = build(galleys, read_terms(config))
    assert problems == ()
    entries = [entry for group in locate(index, None).groups for entry in group.entries]
    assert [(entry.term, entry.html) for entry in entries] == [
        ("ships", ""), ("--size", ""), ("Titanic", "<em>Titanic</em>"),
    ]  # fmt: skip
    assert [(below.term, below.html) for below in entries[2].entries] == [("its bow", "its <em>bow</em>")]
    assert entries[0].see[0].anchor == entries[2].anchor
