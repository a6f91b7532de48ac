"""The cache gives back what was put in, or nothing; and nothing that happens to it ends a build."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from recto.model import Page, TextPosition
from recto.store import cache, fingerprint
from recto.store.cache import Cache
from recto.store.fingerprint import edition

PAGE = Page(("a", "b"), "Words", TextPosition("chapter-1:2", 3), offsets=(0, 4))


def entries(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_put_in_is_given_back_to_the_next_build(tmp_path: Path) -> None:
    Cache(tmp_path, "1").put("page", "key", (PAGE, b"bytes", {1: "one"}))
    assert Cache(tmp_path, "1").get("page", "key") == (PAGE, b"bytes", {1: "one"})


@pytest.mark.parametrize(
    ("edition", "kind", "key"), [("2", "page", "key"), ("1", "x", "key"), ("1", "page", "y")]
)
def test_another_edition_kind_or_key_finds_nothing(tmp_path: Path, edition: str, kind: str, key: str) -> None:
    Cache(tmp_path, "1").put("page", "key", PAGE)
    store = Cache(tmp_path, edition)
    assert store.get(kind, key) is None
    assert store.problems == ()


def test_without_a_folder_nothing_is_kept() -> None:
    store = Cache(None)
    store.put("page", "key", PAGE)
    assert store.get("page", "key") is None
    store.close()
    assert store.problems == ()


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_a_damaged_entry_is_dropped_and_told_of_once(tmp_path: Path, damage: bytes | None) -> None:
    Cache(tmp_path).put("page", "key", PAGE)
    (entry,) = entries(tmp_path)
    entry.write_bytes(entry.read_bytes()[:-1] + b"!" if damage is None else damage)
    store = Cache(tmp_path)
    assert store.get("page", "key") is None
    assert store.get("page", "key") is None
    assert [problem.code for problem in store.problems] == ["cache-unusable"]
    assert entries(tmp_path) == []


def test_an_entry_that_would_run_code_is_not_opened(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, (f"touch {tmp_path / 'sprung'}",)

    Cache(tmp_path).put("page", "key", Trap())
    assert pickle.dumps(Trap())
    assert Cache(tmp_path).get("page", "key") is None
    assert not (tmp_path / "sprung").exists()


def test_a_folder_that_can_not_be_written_is_told_of_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    store = Cache(tmp_path / "file")
    store.put("page", "one", PAGE)
    store.put("page", "two", PAGE)
    assert store.get("page", "one") is None
    (problem,) = store.problems
    assert (problem.severity, problem.code) == ("warning", "cache-unusable")
    assert "file" in str(problem)


def test_a_full_disk_leaves_no_half_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    store = Cache(tmp_path)
    store.put("page", "key", PAGE)
    assert "No space left" in str(store.problems[0])
    assert entries(tmp_path) == []


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    store = Cache(tmp_path, largest=5000)
    for number in range(5):
        store.put("page", str(number), b"x" * 900)
    store.close()
    assert len(entries(tmp_path)) == 5
    for age, path in enumerate(entries(tmp_path), start=10):
        os.utime(path, (age, age))
    assert store.get("page", "0") is not None
    store.put("page", "5", b"x" * 900)
    store.close()
    assert 2 <= len(entries(tmp_path)) <= 4
    assert store.get("page", "0") is not None
    assert store.get("page", "5") is not None


def test_clearing_leaves_alone_what_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / "letter").write_text("dear", encoding="utf-8")
    Cache(tmp_path).put("page", "key", PAGE)
    count, size = cache.clear(tmp_path)
    assert count == 1
    assert size > 0
    assert [path.name for path in entries(tmp_path)] == ["letter"]
    assert cache.clear(tmp_path) == (0, 0)


def test_the_folder_is_where_the_user_keeps_caches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RECTO_CACHE", str(tmp_path / "mine"))
    assert cache.default_folder() == tmp_path / "mine"
    monkeypatch.delenv("RECTO_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if os.name == "posix" and os.uname().sysname == "Linux":
        assert cache.default_folder() == tmp_path / "recto"


def test_the_edition_changes_with_whatever_takes_part(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package, libraries = tmp_path / "recto", tmp_path / "libraries"
    (package / "print").mkdir(parents=True)
    (package / "print" / "layout.py").write_text("one", encoding="utf-8")
    (libraries / "weasyprint-70.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr("recto.store.fingerprint._PACKAGE", package)
    # of each process the code is read once
    monkeypatch.setattr("recto.store.fingerprint.own_code", fingerprint.own_code.__wrapped__)
    monkeypatch.setattr("sys.path", [str(libraries)])
    seen = [edition("pango 1")]
    assert edition("pango 1") == seen[0]
    seen.append(edition("pango 2"))
    (package / "print" / "layout.py").write_text("two", encoding="utf-8")
    seen.append(edition("pango 1"))
    (libraries / "weasyprint-70.0.dist-info").rename(libraries / "weasyprint-70.1.dist-info")
    seen.append(edition("pango 1"))
    monkeypatch.setattr("sys.version", "3.99")
    seen.append(edition("pango 1"))
    monkeypatch.setenv("FC_LANG", "ja")
    seen.append(edition("pango 1"))
    assert len(set(seen)) == len(seen)
