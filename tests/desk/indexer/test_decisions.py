"""Each decision of the indexer is written into index.toml as an indexer would write it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.desk.indexer.list_editing import UndecidedError
from recto.desk.indexer.term_list import TermList
from recto.notations.toml import tomllib

ORIGINS = {"bees": "auto", "hives": "auto", "smoke": "list", "wax": "list", "queen": "mark", "tar": "list"}
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
            {"do": "omit", "term": "bees", "place": "1.2"},
            [{"term": "bees", "takes": ["bees"], "omit": ["1.2"]}],
        ),
        (
            {"do": "principal", "term": "bees", "place": "1.2"},
            [{"term": "bees", "takes": ["bees"], "principal": ["1.2"]}],
        ),
        ({"do": "never", "term": "bees"}, []),
        ({"do": "accept", "term": "bees"}, []),
        ({"do": "rename", "term": "queen", "to": "queens"}, [{"term": "queens", "takes": ["queen"]}]),
        (
            {"do": "rename", "term": "bees", "sub": "wild", "to": "in the wild"},
            [{"term": "bees", "sub": "in the wild", "takes": ["bees!wild"]}],
        ),
        (
            {"do": "merge", "term": "bees", "sub": "wild", "to": "bees"},
            [{"term": "bees", "takes": ["bees", "bees!wild"]}],
        ),
        (
            {"do": "sub", "term": "bees", "sub": "wild", "to": "hives!old"},
            [{"term": "hives", "sub": "old!wild", "takes": ["bees!wild"]}],
        ),
        (
            {"do": "also", "term": "bees", "to": "hives"},
            [{"term": "bees", "takes": ["bees"], "see_also": ["hives"]}],
        ),
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
        {"do": "rename", "term": "tar", "to": "pitch"},
        {"do": "accept", "term": "bees", "sub": "wild"},
        {"do": "see", "term": "bees", "sub": "wild", "to": "wax"},
        {"do": "omit", "term": "bees"},
        {"do": "merge", "term": "bees", "to": ""},
        {"do": "burn", "term": "bees"},
        {"do": "never", "term": " "},
        {"do": "never", "term": "x" * 201},
        {"do": "rename", "term": "bees", "to": "a\0b"},
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


def test_what_stands_below_a_heading_goes_with_it(tmp_path: Path) -> None:
    made = decided(
        tmp_path,
        {"do": "rename", "term": "bees", "sub": "wild", "to": "in the wild"},
        {"do": "never", "term": "bees", "sub": "tame"},
        {"do": "also", "term": "hives", "to": "bees"},
        {"do": "rename", "term": "bees", "to": "honey bees"},
        {"do": "sub", "term": "honey bees", "to": "insects"},
        text="",
    )
    assert tomllib.loads(made)["never"] == ["insects!honey bees!tame"]
    assert terms_of(made) == [
        {"term": "insects", "sub": "honey bees!in the wild", "takes": ["insects!honey bees!wild"]},
        {"term": "hives", "takes": ["hives"], "see_also": ["insects!honey bees"]},
        {"term": "insects", "sub": "honey bees", "takes": ["bees"]},
    ]


def test_an_accepted_heading_is_renamed_like_any_other(tmp_path: Path) -> None:
    terms = TermList(tmp_path / "index.toml")
    terms.decide({"do": "accept", "term": "bees"}, ORIGINS, keeps_automatic=False)
    asked = {"do": "rename", "term": "bees", "to": "honey bees"}
    terms.decide(asked, {**ORIGINS, "bees": "list"}, keeps_automatic=False)
    read = tomllib.loads(terms.path.read_text(encoding="utf-8"))
    assert (read["accept"], read["terms"]) == ([], [{"term": "honey bees", "takes": ["bees"]}])


ACTS = st.sampled_from(
    ["accept", "never", "add", "rename", "merge", "sub", "see", "also", "principal", "omit"]
)
SUBS = st.sampled_from(["", "", "wild", "naïve # one"])
WORDS = st.sampled_from(["bees", "hives", "smoke", "wax", 'say "so"', "naïve # one", "new\\line"])


@given(st.lists(st.tuples(ACTS, WORDS, SUBS, WORDS), max_size=8))
def test_after_any_decisions_the_list_is_sound_and_all_can_be_taken_back(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[str, str, str, str]]
) -> None:
    path = tmp_path_factory.mktemp("list") / "index.toml"
    path.write_text(OWN, encoding="utf-8")
    terms = TermList(path)
    for act, term, sub, to in made:
        try:
            asked = {"do": act, "term": term, "sub": sub, "to": to, "place": "1.1"}
            terms.decide(asked, ORIGINS, keeps_automatic=False)
        except UndecidedError:
            continue
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        assert "# my list" in path.read_text(encoding="utf-8")
        assert all(table["term"] for table in read.get("terms", []))
    for _ in range(terms.steps):
        terms.take_back()
    assert path.read_text(encoding="utf-8") == OWN
