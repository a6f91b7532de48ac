"""A memo makes nothing twice: not in a build, not in the next, not in the next process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from recto.model import Heading
from recto.store.cache import Cache, Memo

HEADING = Heading("a", 1, "1", "Oars", "<em>Oars</em>")


class Work:
    """Counts how often something is made."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def of(self, key: str) -> Callable[[], tuple[str, Heading]]:
        def make() -> tuple[str, Heading]:
            self.done.append(key)
            return key, HEADING

        return make


@pytest.fixture
def work() -> Work:
    return Work()


def build(cache: Cache, work: Work, *keys: str) -> list[object]:
    memo = cache.memo("headings")
    made = [memo(key, work.of(key)) for key in keys]
    cache.close()
    return list(made)


def test_nothing_is_made_twice_in_a_build_even_without_a_folder(work: Work) -> None:
    assert build(Cache(None), work, "a", "b", "a") == [("a", HEADING), ("b", HEADING), ("a", HEADING)]
    assert work.done == ["a", "b"]


def test_what_a_process_made_is_there_for_its_next_build(tmp_path: Path, work: Work) -> None:
    memos: dict[str, Memo] = {}
    for _ in range(2):
        build(Cache(tmp_path, book="oars", memos=memos), work, "a", "b")
    assert work.done == ["a", "b"]


def test_what_a_process_made_is_there_for_the_next_process(tmp_path: Path, work: Work) -> None:
    first = build(Cache(tmp_path, "1", book="oars"), work, "a", "b")
    assert build(Cache(tmp_path, "1", book="oars"), work, "b", "c", "a") == [
        first[1],
        ("c", HEADING),
        first[0],
    ]
    assert work.done == ["a", "b", "c"]


@pytest.mark.parametrize(("edition", "book"), [("2", "oars"), ("1", "sails")])
def test_another_edition_or_book_has_memos_of_its_own(
    tmp_path: Path, work: Work, edition: str, book: str
) -> None:
    build(Cache(tmp_path, "1", book="oars"), work, "a")
    build(Cache(tmp_path, edition, book=book), work, "a")
    assert work.done == ["a", "a"]


def test_what_a_build_did_not_ask_for_is_forgotten(tmp_path: Path, work: Work) -> None:
    memos: dict[str, Memo] = {}
    build(Cache(tmp_path, memos=memos), work, "a", "b")
    build(Cache(tmp_path, memos=memos), work, "b")
    build(Cache(tmp_path, memos=memos), work, "a")
    assert work.done == ["a", "b", "a"]
    build(Cache(tmp_path), work, "b")
    assert work.done == ["a", "b", "a", "b"]


def test_a_build_that_came_to_an_end_before_it_asked_forgets_nothing(tmp_path: Path, work: Work) -> None:
    memos: dict[str, Memo] = {}
    build(Cache(tmp_path, memos=memos), work, "a")
    broken = Cache(tmp_path, memos=memos)
    broken.memo("headings")
    broken.close()
    build(Cache(tmp_path, memos=memos), work, "a")
    build(Cache(tmp_path), work, "a")
    assert work.done == ["a"]


def test_a_damaged_memo_is_told_of_and_made_anew(tmp_path: Path, work: Work) -> None:
    build(Cache(tmp_path), work, "a")
    (entry,) = (path for path in tmp_path.rglob("*") if path.is_file())
    entry.write_bytes(entry.read_bytes()[:-1] + b"!")
    cache = Cache(tmp_path)
    assert build(cache, work, "a") == [("a", HEADING)]
    assert [problem.code for problem in cache.problems] == ["cache-unusable"]
    assert work.done == ["a", "a"]


def test_what_was_not_asked_for_since_is_forgotten() -> None:
    memo, work = Memo(), Work()
    for keys in ("ab", "bc"):
        for key in keys:
            memo(key, work.of(key))
        memo.forget()
    made = [memo(key, work.of(key)) for key in "bca"]
    assert (len(made), work.done) == (3, ["a", "b", "c", "a"])
