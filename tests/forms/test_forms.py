"""A source form is one folder and one line: books of a form that only these tests know."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest

from recto import forms
from tests.building import Built, build
from tests.collating import collated, write
from tests.forms.toy import FORM


@pytest.fixture(autouse=True)
def _with_toys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "FORMS", (*forms.FORMS, FORM))


ORDERED = {
    "order": "+before.toy\n+thanks.toy\n* Winter\nsnow.toy\n> ice.toy\n> thaw.toy\n+pause.toy\n"
    "* Summer\nhay.toy\n+after.toy\n",
    "before.toy": "= Preface =\nwhy we sing",
    "thanks.toy": "= Thanks to All =\nto the choir",
    "snow.toy": "= Snow =\nit falls\n= No Heading Here =\nand lies",
    "ice.toy": "== Ice ==\nit cracks",
    "thaw.toy": "== Thaw ==\nit drips",
    "pause.toy": "= A Pause =\nfor breath",
    "hay.toy": "= Hay =\nit smells",
    "after.toy": "= The End =\nsleep well",
}


def member(built: Built, ending: str) -> str:
    """The text of the one file of the e-book with such an ending."""
    with ZipFile(built.output(".epub")) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(ending))
        return archive.read(name).decode()


def made(folder: Path, files: Mapping[str, str]) -> Built:
    return build(write(folder / "songs", files), folder / "out", "--no-cache")


def test_a_form_of_one_folder_and_one_line_makes_both_books(tmp_path: Path) -> None:
    built = made(tmp_path, {"2.toy": "= Hay =\nit smells\n", "1.toy": "= Snow =\nit falls\n"})
    assert built.exit_code == 0, built.errors
    assert [(c["label"], c["title"]) for c in built.report["chapters"]] == [("1", "Snow"), ("2", "Hay")]
    assert "IT FALLS" in member(built, "chapter-1.xhtml")
    assert built.output(".pdf").stat().st_size > 0
    told = {problem["code"] for problem in built.report["problems"]}
    assert told & {"unread-file", "breaks-off", "stray-text"} == set()


def test_an_order_gives_parts_depth_and_chapters_without_numbers(tmp_path: Path) -> None:
    book = collated(tmp_path, ORDERED).book
    assert [(c.kind, c.label, c.title, c.part.title if c.part else "") for c in book.chapters] == [
        ("front", "", "Preface", ""),
        ("front", "", "Thanks to All", ""),
        ("chapter", "1", "Snow", "Winter"),
        ("chapter", "", "A Pause", "Winter"),
        ("chapter", "2", "Hay", "Summer"),
        ("back", "", "The End", ""),
    ]
    snow = book.chapters[2]
    assert [(str(s.number), s.source.title) for s in snow.sections] == [("1.1", "Ice"), ("1.2", "Thaw")]
    assert snow.opening and "No Heading Here" in snow.opening.text


def test_several_prefaces_stand_in_the_order_given(tmp_path: Path) -> None:
    prefaces = {f"{name}.toy": f"= Preface =\n{name}" for name in ("second", "first", "third")}
    files = {"order": "+second.toy\n+first.toy\n1.toy\n+third.toy", "1.toy": "= One =\nwords", **prefaces}
    told = collated(tmp_path, files)
    assert told.codes == []
    found = [(c.kind, c.opening.text if c.opening else "") for c in told.book.chapters]
    assert found == [("front", "second"), ("front", "first"), ("chapter", "words"), ("back", "third")]
    assert len({chapter.anchor for chapter in told.book.chapters}) == 4


def test_an_ordered_book_is_made_with_what_its_list_says_of_it(tmp_path: Path) -> None:
    built = made(tmp_path, ORDERED)
    assert built.exit_code == 0, built.errors
    assert built.report["title"] == "Songs"
    opf = member(built, ".opf")
    assert "Ann Lee" in opf and "Bo Ray" in opf and ">de<" in opf
    pause = member(built, "a-pause.xhtml")
    assert 'class="label"' not in pause and "FOR BREATH" in pause
    assert [c["page"] for c in built.report["chapters"]][:3] == ["vii", "ix", "3"]


def test_what_the_author_sets_goes_before_what_the_list_says(tmp_path: Path) -> None:
    built = made(tmp_path, {**ORDERED, "book.toml": '[book]\ntitle = "Our Songs"\nlanguage = "en"\n'})
    assert built.report["title"] == "Our Songs"
    opf = member(built, ".opf")
    assert ">en<" in opf and "Ann Lee" in opf


def test_a_file_that_no_list_names_is_told(tmp_path: Path) -> None:
    told = collated(tmp_path, {**ORDERED, "lost.toy": "= Lost =\nwords"})
    assert told.only("unlisted-file").subject == "lost.toy"
    assert all(chapter.title != "Lost" for chapter in told.book.chapters)


def test_a_file_that_is_listed_and_not_there_is_told(tmp_path: Path) -> None:
    told = collated(tmp_path, {"order": "1.toy\n2.toy", "1.toy": "= One =\nwords"})
    assert told.codes == ["listed-missing"] and told.labels == ["1"]


def test_an_order_that_leaves_a_level_out_is_numbered_without_a_gap(tmp_path: Path) -> None:
    files = {"order": "1.toy\n>> 2.toy\n> 3.toy", **{f"{n}.toy": f"= T{n} =\nx" for n in (1, 2, 3)}}
    assert collated(tmp_path, files).numbers("1") == ["1.1", "1.2"]


def test_a_book_in_which_nothing_is_numbered_has_chapters(tmp_path: Path) -> None:
    files = {"order": "+1.toy\n+2.toy", "1.toy": "= Foreword =\nx", "2.toy": "= Two =\nx"}
    book = collated(tmp_path, files).book
    assert [(c.kind, c.title) for c in book.chapters] == [("chapter", "Foreword"), ("chapter", "Two")]
