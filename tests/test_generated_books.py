"""Every word of manuscripts of chance is in both books once, and where it belongs.

A few run with the tests; `make torture` runs two thousand, whose seeds are their numbers.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.building import build
from tests.generated import SETTINGS, faults, manuscripts

LOTS = [(first, 25) for first in range(1, 2001, 25)] if "RECTO_TORTURE" in os.environ else [(101, 6)]


@pytest.mark.parametrize(("first", "count"), LOTS)
def test_every_word_is_in_both_books(first: int, count: int, tmp_path: Path) -> None:
    text, made = manuscripts(first, count)
    (tmp_path / "book").mkdir()
    (tmp_path / "book/a.md").write_text(text, encoding="utf-8")
    (tmp_path / "book/book.toml").write_text(SETTINGS, encoding="utf-8")
    built = build(tmp_path / "book", tmp_path / "out", "--jobs", "1")
    assert built.exit_code == 0, built.errors
    assert faults(made, tmp_path / "out") == []


def test_a_word_that_is_lost_or_doubled_or_moved_is_seen(tmp_path: Path) -> None:
    text, made = manuscripts(101, 1)
    words = [word for word in made[0].words if word.startswith("qb")]
    changed = text.replace(words[0], words[1])
    (tmp_path / "book").mkdir()
    (tmp_path / "book/a.md").write_text(changed, encoding="utf-8")
    (tmp_path / "book/book.toml").write_text(SETTINGS, encoding="utf-8")
    built = build(tmp_path / "book", tmp_path / "out", "--jobs", "1")
    assert built.exit_code == 0, built.errors
    found = faults(made, tmp_path / "out")
    for suffix in (".epub", ".pdf"):
        assert f"{suffix}: {words[0]} stands 0 times" in found
        assert f"{suffix}: {words[1]} stands 2 times" in found
        assert f"{suffix}: {words[1]} stands where {words[0]} should" in found
