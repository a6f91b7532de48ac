"""Each decision of the indexer is written into index.toml as an indexer would write it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.desk.decisions import TermList, UndecidedError
from recto.notations.toml import tomllib
from tests.building import build

ORIGINS = {"bees": "auto", "hives": "auto", "smoke": "list", "wax": "list", "queen": "mark"}
OWN = """# my list

never = [
    "bee space",  # too common
]

# both kinds
[[terms]]
term = "smoke"   # of pine
find = ["smoker", "smoke"]

[[terms]]
term = "wax"
"""


def decided(tmp_path: Path, *asked: Mapping[str, str], text: str = OWN, automatic: bool = False) -> str:
    path = tmp_path / "index.toml"
    if text:
        path.write_text(text, encoding="utf-8")
    terms = TermList(path)
    for each in asked:
        terms.decide(each, ORIGINS, keeps_automatic=automatic)
    return path.read_text(encoding="utf-8")


def terms_of(text: str) -> list[dict[str, Any]]:
    return list(tomllib.loads(text).get("terms", []))


@pytest.mark.parametrize(
    ("asked", "terms"),
    [
        ({"do": "rename", "term": "bees", "to": "honey bees"}, [{"term": "honey bees", "takes": ["bees"]}]),
        ({"do": "merge", "term": "bees", "to": "hives"}, [{"term": "hives", "takes": ["hives", "bees"]}]),
        ({"do": "sub", "term": "bees", "to": "hives"}, [{"term": "hives", "sub": "bees", "takes": ["bees"]}]),
        ({"do": "see", "term": "Apis", "to": "bees"}, [{"term": "Apis", "see": ["bees"]}]),
        ({"do": "add", "term": "pollen"}, [{"term": "pollen"}]),
        (
            {"do": "omit", "term": "bees", "section": "1.2"},
            [{"term": "bees", "takes": ["bees"], "omit": ["1.2"]}],
        ),
        (
            {"do": "principal", "term": "bees", "section": "1.2"},
            [{"term": "bees", "takes": ["bees"], "principal": ["1.2"]}],
        ),
        ({"do": "never", "term": "bees"}, []),
        ({"do": "accept", "term": "bees"}, []),
    ],
)  # fmt: skip
def test_a_decision_is_a_table_or_a_line(tmp_path: Path, asked: dict[str, str], terms: list[Any]) -> None:
    assert terms_of(decided(tmp_path, asked, text="")) == terms


def test_the_order_and_the_comments_of_the_author_stay(tmp_path: Path) -> None:
    made = decided(
        tmp_path, {"do": "never", "term": "hives"}, {"do": "rename", "term": "wax", "to": "beeswax"}
    )
    assert [line for line in OWN.splitlines() if "#" in line and line not in made.splitlines()] == []
    read = tomllib.loads(made)
    assert read["never"] == ["bee space", "hives"]
    assert read["terms"][1] == {"term": "beeswax", "find": ["wax"]}


def test_a_listed_heading_takes_its_words_along_when_it_is_merged(tmp_path: Path) -> None:
    made = decided(tmp_path, {"do": "merge", "term": "wax", "to": "smoke"})
    assert terms_of(made) == [{"term": "smoke", "find": ["smoker", "smoke", "wax"]}]


def test_the_first_term_leaves_the_automatic_index_on(tmp_path: Path) -> None:
    assert tomllib.loads(decided(tmp_path, {"do": "add", "term": "pollen"}, text="", automatic=True))[
        "automatic"
    ]
    (tmp_path / "index.toml").unlink()
    refused = tomllib.loads(decided(tmp_path, {"do": "never", "term": "bees"}, text="", automatic=True))
    assert "automatic" not in refused


@pytest.mark.parametrize(
    "asked",
    [
        {"do": "rename", "term": "queen", "to": "queens"},
        {"do": "merge", "term": "bees", "to": ""},
        {"do": "burn", "term": "bees"},
        {"do": "never", "term": " "},
        {"do": "never", "term": "x" * 201},
        {"do": "merge", "term": "wax", "to": "wax"},
    ],
)
def test_what_can_not_be_decided_is_refused_and_nothing_is_written(
    tmp_path: Path, asked: dict[str, str]
) -> None:
    with pytest.raises(UndecidedError):
        decided(tmp_path, asked)
    assert (tmp_path / "index.toml").read_text(encoding="utf-8") == OWN


def test_a_list_that_is_no_toml_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(UndecidedError, match=r"index\.toml"):
        decided(tmp_path, {"do": "never", "term": "bees"}, text="never = [")
    assert (tmp_path / "index.toml").read_text(encoding="utf-8") == "never = ["


def test_nothing_is_taken_back_from_a_list_that_was_edited_since(tmp_path: Path) -> None:
    terms = TermList(tmp_path / "index.toml")
    terms.decide({"do": "never", "term": "bees"}, ORIGINS, keeps_automatic=False)
    terms.path.write_text("# mine now\n", encoding="utf-8")
    with pytest.raises(UndecidedError, match="edited elsewhere"):
        terms.take_back()
    assert terms.path.read_text(encoding="utf-8") == "# mine now\n"


ACTS = st.sampled_from(["accept", "never", "add", "rename", "merge", "sub", "see", "principal", "omit"])
WORDS = st.sampled_from(["bees", "hives", "smoke", "wax", 'say "so"', "naïve # one", "new\\line"])


@given(st.lists(st.tuples(ACTS, WORDS, WORDS), max_size=8))
def test_after_any_decisions_the_list_is_sound_and_all_can_be_taken_back(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.mktemp("list") / "index.toml"
    path.write_text(OWN, encoding="utf-8")
    terms = TermList(path)
    for act, term, to in made:
        try:
            terms.decide(
                {"do": act, "term": term, "to": to, "section": "1.1"}, ORIGINS, keeps_automatic=False
            )
        except UndecidedError:
            continue
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        assert "# my list" in path.read_text(encoding="utf-8")
        assert all(table["term"] for table in read.get("terms", []))
    for _ in range(terms.steps):
        terms.take_back()
    assert path.read_text(encoding="utf-8") == OWN


BOOK = """# 1 Bees

## 1.1 Swarms

A swarm of bees hangs in the tree. **Swarms** are called casts when they are late.

## 1.2 Smoke

The smoker calms the bees, and the swarm too.

## 1.3 Winter

In winter the swarm is quiet.
"""


def test_places_are_left_out_and_made_the_main_one(tmp_path: Path) -> None:
    folder = tmp_path / "bees"
    folder.mkdir()
    (folder / "1.md").write_text(BOOK, encoding="utf-8")
    terms = TermList(folder / "index.toml")
    for asked in (
        {"do": "add", "term": "swarm"},
        {"do": "omit", "term": "swarm", "section": "1.2"},
        {"do": "principal", "term": "swarm", "section": "1.3"},
        {"do": "omit", "term": "swarm", "section": "1.9"},
    ):
        terms.decide(asked, {"swarm": "list"}, keeps_automatic=False)
    built = build(folder, tmp_path / "out", "--formats", "epub", "--jobs", "1")
    assert built.exit_code == 0
    (row,) = built.report["index"]
    assert {place["section"] for place in row["locators"]} == {"1.1", "1.3"}
    problems = [(each["code"], each["line"]) for each in built.report["problems"]]
    assert problems == [("index-place-unknown", 5)]
    with ZipFile(built.output(".epub")) as archive:
        page = next(
            archive.read(name).decode() for name in archive.namelist() if name.endswith("index.xhtml")
        )
    assert re.findall(r'class="principal">([\d.]+)<', page) == ["1.3"]
