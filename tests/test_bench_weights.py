"""What the automatic index has learnt is learnt again from books with an index by their author."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench import weights
from recto.index.automatic.evidence import WEIGHTS

THINGS = ("anchor", "halyard", "rudder", "tiller", "shackle", "bollard", "capstan", "windlass")
OTHERS = ("herring", "seagull", "pebble", "lantern", "barrel", "kettle", "blanket", "biscuit")


def book(folder: Path, name: str, things: tuple[str, ...], others: tuple[str, ...]) -> None:
    """A book whose author has the things in the index, and none of the others that it speaks of as often."""
    folder.mkdir(exist_ok=True)
    text, rows = ["# 1 Ropes"], ["term\tsection"]
    for number, (thing, other) in enumerate(zip(things, others, strict=True), 1):
        text += [
            f"## 1.{number} Morning {number}",
            f"Here is the *{thing}*, a {thing} of iron. Paint the {thing}. There was a {other}, a wet"
            f" {other}, and the {other} was old.",
        ]
        rows.append(f"{thing}s (of ships)\t1.{number}")
    (folder / f"{name}.md").write_text("\n\n".join(text), "utf-8")
    (folder / f"{name}.tsv").write_text("\n".join(rows), "utf-8")


@pytest.fixture
def folders(tmp_path):
    book(tmp_path / "one", "near", THINGS[:4], OTHERS[:4])
    book(tmp_path / "two", "far", THINGS[4:], OTHERS[4:])
    (tmp_path / "two" / "unmarked.md").write_text("# 1 Nothing\n\nNo index.", "utf-8")
    return tmp_path / "one", tmp_path / "two"


def test_what_authors_put_into_their_indexes_gets_weight(folders):
    found = dict(zip(WEIGHTS, weights.found(weights.judged(folders)), strict=True))
    assert found["set apart"] > 0.1
    assert abs(found["mixed case"]) < 0.001


def test_each_book_is_judged_by_the_others(folders, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["weights", *map(str, folders)])
    weights.main()
    *scores, mean = [line for line in capsys.readouterr().out.splitlines() if " F " in line]
    assert [line.split()[0] for line in scores] == ["near", "far"]
    assert all(float(line.split()[-1]) > 0.5 for line in (*scores, mean))


def test_weights_that_find_the_wrong_words_are_told_by_their_score(folders):
    (judged,), _ = weights.judged(folders)
    at = list(WEIGHTS).index("set apart")
    right, wrong = np.zeros(len(WEIGHTS)), np.zeros(len(WEIGHTS))
    right[at], wrong[at] = 1, -1
    assert judged.score(right) > judged.score(wrong)
