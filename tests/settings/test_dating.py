"""The date of both books: the author's, the commit's, or one that stands still; no clock's and no file's."""

from __future__ import annotations

import os
import subprocess
from datetime import datetime, timezone
from pathlib import Path

import pytest

from recto.problems import ConfigurationError
from recto.settings.config import BookSettings, Config
from recto.settings.dating import Dating, dating
from tests.building import build

TEXT = "1.1 Oars\n\nAn oar is a lever.\n"


@pytest.fixture(autouse=True)
def undated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def git(folder: Path, *command: str, at: str = "") -> None:
    names = {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    dates = {"GIT_COMMITTER_DATE": at, "GIT_AUTHOR_DATE": at} if at else {}
    subprocess.run(
        ["git", "-C", str(folder), *command],
        check=True,
        capture_output=True,
        env={**os.environ, **names, **dates},
    )


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book in a folder of a repository, whose last commit is about something else."""
    folder = tmp_path / "work" / "book"
    folder.mkdir(parents=True)
    top = folder.parent
    git(top, "init", "-q")
    for name, day in (("book/a.txt", "2021-03-04"), ("book/b.txt", "2022-05-06"), ("else.txt", "2023-01-01")):
        (top / name).write_text(TEXT.replace("1.1", f"1.{ord(Path(name).stem[0])}"))
        git(top, "add", "-A")
        git(top, "commit", "-qm", name, at=f"{day}T12:00:00Z")
    return folder


def dated(date: str) -> Config:
    return Config(book=BookSettings(date=date))


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("2026", (2026, 1, 1)),
        ("2026-11", (2026, 11, 1)),
        ("2026-11-05", (2026, 11, 5)),
        ("2026-11-05T10:20:30Z", (2026, 11, 5, 10, 20, 30)),
        ("2026-11-05 23:30:00-02:00", (2026, 11, 6, 1, 30)),
    ],
)
def test_the_date_that_the_author_gives_counts(date: str, moment: tuple[int, ...], book: Path) -> None:
    assert dating(dated(date), book) == Dating(datetime(*moment, tzinfo=timezone.utc), "book.toml")  # type: ignore[arg-type,misc]  # a tuple of any length


def test_the_date_that_the_manuscript_gives_counts_after_that_of_book_toml(book: Path) -> None:
    assert dating(dated(""), book, "2025-03-01") == Dating(
        datetime(2025, 3, 1, tzinfo=timezone.utc), "manuscript"
    )
    assert dating(dated("2026"), book, "2025-03-01").source == "book.toml"


@pytest.mark.parametrize("date", ["", "Spring 2026", "2026-13", "0000", "12026", "2026-02-30"])
def test_without_one_it_is_that_of_the_last_commit_of_the_folder(date: str, book: Path) -> None:
    assert dating(dated(date), book) == Dating(datetime(2022, 5, 6, 12, tzinfo=timezone.utc), "commit")


def test_outside_a_repository_it_does_not_move(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    first = build(tmp_path, tmp_path / "out", "--formats", "epub", "--no-cache")
    os.utime(tmp_path / "a.txt", (1e9, 1e9))
    second = build(tmp_path, tmp_path / "more", "--formats", "epub", "--no-cache")
    assert first.report["date"] == {"moment": "2000-01-01T00:00:00+00:00", "source": "none"}
    assert first.report["outputs"][0]["sha256"] == second.report["outputs"][0]["sha256"]
    assert "no date is known, so the books say 2000-01-01" in first.errors


def test_a_clone_gives_the_same_date_and_a_shallow_one_none_that_is_wrong(book: Path, tmp_path: Path) -> None:
    for name, options in (("whole", ()), ("shallow", ("--depth", "1"))):
        git(tmp_path, "clone", "-q", *options, book.parent.as_uri(), name)
    assert dating(Config(), tmp_path / "whole/book") == dating(Config(), book)
    assert dating(Config(), tmp_path / "shallow/book").source == "none"


def test_the_settings_of_a_strangers_repository_run_nothing(book: Path, tmp_path: Path) -> None:
    trap, sprung = tmp_path / "trap.sh", tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\necho $0 >> {sprung}\nexit 1\n")
    trap.chmod(0o755)
    for key in (
        "gpg.program", "core.fsmonitor", "core.pager", "core.sshCommand", "pager.rev-list", "core.editor",
        "core.hooksPath", "core.gitProxy", "credential.helper", "diff.external", "core.alternateRefsCommand",
    ):  # fmt: skip
        git(book, "config", key, str(trap))
    for key, value in (
        ("log.showSignature", "true"),
        ("alias.rev-list", f"!{trap}"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", f"ext::{trap}"),
        ("protocol.ext.allow", "always"),
    ):
        git(book, "config", key, value)
    git(book, "config", "core.repositoryformatversion", "1")
    dating(Config(), book)
    for each in (book.parent / ".git/objects").glob("??/*"):
        each.unlink()  # now all is missing, and would be fetched
    assert dating(Config(), book).source == "none"
    assert not sprung.exists()


@pytest.mark.parametrize("seconds", ["abc", "1.5", "-1", "253402300800", "9" * 5000, "٣", " 1", "1e3"])
def test_a_source_date_that_is_none_is_wrong_usage(
    seconds: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    (tmp_path / "a.txt").write_text(TEXT)
    with pytest.raises(ConfigurationError):
        dating(Config(), tmp_path)
    built = build(tmp_path, tmp_path / "out", "--check")
    assert built.exit_code == 2
    assert "SOURCE_DATE_EPOCH: error: " in built.errors
    assert "[source-date]" in built.errors


@pytest.mark.parametrize("seconds", ["0", "1", "315532799", "253402300799"])
def test_any_other_source_date_makes_a_book(
    seconds: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    (tmp_path / "a.txt").write_text(TEXT)
    built = build(tmp_path, tmp_path / "out", "--jobs", "1")
    assert (built.exit_code, built.report["date"]["source"]) == (0, "SOURCE_DATE_EPOCH"), built.errors
