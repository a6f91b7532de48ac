"""The index by hand, in a book: what is decided is in the next build, and shown before it as that will be."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from recto.account.report import Report
from recto.builder import build
from recto.desk.indexer.list_editing import UndecidedError
from recto.desk.indexer.workbook import Workbook
from recto.index.automatic import finding
from recto.options import Options

BOOK = """# 1 Bees

## 1.1 Swarms

A swarm of bees hangs in the tree.{^swarm} It is looking for a home.{^home}

A second swarm is called a cast,{^swarm} and few keepers run after it.

The third swarm comes when nobody is looking.{^swarm!third}{^Casts|see swarm}

## 1.2 Smoke

The smoker calms the bees, and the swarm too.{^swarm|main}{^smoke!and swarms}{^smoke!of pine}

## 1.3 Winter

In winter the swarm is quiet.{^winter}{^swarm}{^Old keepers|see also smoke}
"""
SECOND = "1.1 “and few keepers run after it.”"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "bees"
    made.mkdir()
    (made / "1.md").write_text(BOOK, encoding="utf-8")
    return made


def built(folder: Path) -> Report:
    report = build(Options(folder, folder.parent / "out", ("epub",), jobs=1, cache=False))
    assert report.exit_code == 0, report.problems
    return report


def seen(index: dict[str, Any]) -> list[tuple[str, list[str], list[str], list[tuple[str, bool]]]]:
    return [
        (
            "!".join(row["path"]), row["see"], row["seeAlso"],
            [(place["after"].strip(), place["principal"]) for place in row["places"]],
        )
        for row in index["entries"]
    ]  # fmt: skip


@pytest.mark.parametrize(
    "asked",
    [
        [{"do": "never", "term": "winter"}],
        [{"do": "never", "term": "swarm"}, {"do": "never", "term": "Casts"}],
        [{"do": "never", "term": "smoke", "sub": "of pine"}],
        [{"do": "rename", "term": "swarm", "to": "bees, swarming"}],
        [{"do": "rename", "term": "smoke", "sub": "of pine", "to": "pine, of"}],
        [{"do": "merge", "term": "home", "to": "swarm"}],
        [{"do": "merge", "term": "swarm", "sub": "third", "to": "swarm"}],
        [{"do": "sub", "term": "winter", "to": "swarm"}],
        [{"do": "sub", "term": "swarm", "sub": "third", "to": "home"}],
        [{"do": "see", "term": "winter", "to": "swarm"}],
        [{"do": "also", "term": "home", "to": "winter"}],
        [{"do": "omit", "term": "swarm", "place": SECOND}],
        [{"do": "omit", "term": "swarm", "place": "1.3"}],
        [{"do": "omit", "term": "winter", "place": "1.3"}],
        [{"do": "principal", "term": "swarm", "place": SECOND}],
        [{"do": "rename", "term": "home", "to": "nest"}, {"do": "sub", "term": "nest", "to": "winter"}],
        [{"do": "rename", "term": "winter", "to": "cold"}, {"do": "undo"}],
    ],
    ids=lambda asked: " ".join(f"{each['do']}-{each.get('term', '')}" for each in asked),
)
def test_the_index_is_at_once_as_the_next_build_makes_it(folder: Path, asked: list[dict[str, str]]) -> None:
    workbook, report = Workbook(folder), built(folder)
    workbook.index(report, None)
    at_once = [seen(workbook.decide(each, report)) for each in asked][-1]
    workbook.begin()
    after = built(folder)
    workbook.finish()
    index = workbook.index(after, None)
    assert at_once == seen(index)
    assert not any(row.get("pending") for row in index["entries"])
    assert [problem.code for problem in after.problems if problem.code.startswith("index-")] == []


def test_a_place_is_named_by_its_section_where_it_is_alone_there_else_by_its_words(folder: Path) -> None:
    index = Workbook(folder).index(built(folder), None)
    swarm = next(row for row in index["entries"] if row["path"] == ["swarm"])
    assert [place["name"] for place in swarm["places"]] == [
        "1.1 “It is looking for a home.”", SECOND, "1.2", "1.3",
    ]  # fmt: skip
    assert [place["chapter"] for place in swarm["places"]] == [0, 0, 0, 0]


def test_the_sign_of_a_note_is_no_word_of_the_sentence(folder: Path) -> None:
    text = "# 1 Bees\n\nA swarm[^1] of bees{^bees} hangs there.[^2] It hums.\n\n[^1]: Many.\n\n[^2]: Still.\n"
    (folder / "1.md").write_text(text, encoding="utf-8")
    ((place,),) = (row["places"] for row in Workbook(folder).index(built(folder), None)["entries"])
    assert place["before"] + place["after"] == "A swarm of bees hangs there. "


def test_a_decision_during_a_build_outlasts_it(folder: Path) -> None:
    workbook, report = Workbook(folder), built(folder)
    workbook.index(report, None)
    workbook.begin()
    during = built(folder)
    shown = workbook.decide({"do": "rename", "term": "winter", "to": "cold"}, report)
    workbook.finish()
    assert seen(workbook.index(during, None)) == seen(shown)
    (row,) = (row for row in shown["entries"] if row["path"] == ["cold"])
    assert row["pending"]


def test_what_is_taken_back_during_a_build_does_not_come_in_with_it(folder: Path) -> None:
    workbook, report = Workbook(folder), built(folder)
    before = workbook.index(report, None)
    workbook.decide({"do": "never", "term": "winter"}, report)
    workbook.begin()
    during = built(folder)
    workbook.decide({"do": "undo"}, report)
    workbook.finish()
    assert seen(workbook.index(during, None)) == seen(before)
    with pytest.raises(UndecidedError, match="nothing to take back"):
        workbook.decide({"do": "undo"}, report)


def test_what_is_left_out_and_what_is_the_main_place_is_printed_so(folder: Path) -> None:
    workbook, report = Workbook(folder), built(folder)
    for asked in (
        {"do": "omit", "term": "swarm", "place": "1.2"},
        {"do": "principal", "term": "swarm", "place": SECOND},
        {"do": "omit", "term": "swarm", "place": "1.9 “no such words”"},
    ):
        workbook.decide(asked, report)
    after = built(folder)
    problems = [(each.code, Path(each.place.file).name) for each in after.problems]
    assert problems == [("index-place-unknown", "index.toml")]
    with ZipFile(next((folder.parent / "out").glob("*.epub"))) as archive:
        page = next(
            archive.read(each).decode() for each in archive.namelist() if each.endswith("index.xhtml")
        )
    assert re.findall(r'class="principal">([\d.]+)<', page) == ["1.1"]


def test_a_text_is_judged_once_for_the_books_and_the_list_and_without_what_stands_before_the_contents(
    folder: Path,
) -> None:
    text = re.sub(r"\{[^}]*\}", "", BOOK)
    (folder / "1.md").write_text(text, encoding="utf-8")
    (folder / "0.md").write_text("# Copyright\n\nHive Press and the Hive Press.\n", encoding="utf-8")
    workbook, report = Workbook(folder), built(folder)
    before = workbook.index(report, None)
    (row, *_) = before["entries"]
    misses = finding._judge.cache_info().misses
    workbook.decide({"do": "never", "term": row["path"][0]}, report)
    workbook.begin()
    after = built(folder)
    workbook.finish()
    index = workbook.index(after, None)
    assert row["path"] not in [each["path"] for each in index["entries"]]
    assert finding._judge.cache_info().misses == misses
    words = [word for each in (*index["entries"], *index["candidates"]) for word in each["path"]]
    assert words and not [word for word in words if "Press" in word]


def test_what_was_read_of_a_former_text_is_let_go(folder: Path) -> None:
    workbook, held = Workbook(folder), set[int]()
    for word in ("quiet", "still", "asleep"):
        (folder / "1.md").write_text(BOOK.replace("quiet", word), encoding="utf-8")
        workbook.index(built(folder), None)
        held.add(len(workbook._memo._made))
    assert len(held) == 1
