"""`init` begins a book: a folder that builds at once, and never an author's file overwritten."""

from __future__ import annotations

import os
import subprocess
from email.message import Message
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from recto.cli import main
from recto.cli.init import asked
from recto.desk.beginning import begin, origin
from recto.settings import config
from recto.version import __version__
from tests.building import build


def init(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["init", *map(str, arguments)], catch_exceptions=False)
    return result.exit_code, result.output


def test_a_new_book_builds_without_a_complaint(tmp_path: Path) -> None:
    assert init(tmp_path / "two-hives", "--yes")[0] == 0
    built = build(tmp_path / "two-hives", tmp_path / "out", "--strict", "--formats", "epub", "--jobs", "1")
    assert (built.exit_code, built.report["problems"]) == (0, [])
    chapters = [(each["label"], each["title"]) for each in built.report["chapters"]]
    assert (built.report["title"], chapters) == ("Two Hives", [("1", "Setting Out"), ("2", "On the Road")])
    assert [row["term"] for row in built.report["index"]] == ["books, two at once", "index"]


def test_a_new_book_that_nobody_has_signed_yet_builds_without_a_complaint_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    monkeypatch.chdir(tmp_path)
    assert init("hives", "--yes")[0] == 0
    assert "authors = []" in (tmp_path / "hives" / "book.toml").read_text(encoding="utf-8")
    built = build(tmp_path / "hives", tmp_path / "out", "--strict", "--check", "--formats", "epub")
    assert (built.exit_code, built.report["problems"]) == (0, [])


def test_its_workflow_is_yaml_and_gives_the_source(tmp_path: Path) -> None:
    init(tmp_path / "hives", "--yes", "--action", "someone/recto@v9")
    workflow = yaml.safe_load((tmp_path / "hives" / ".github/workflows/book.yml").read_text(encoding="utf-8"))
    last = workflow["jobs"]["book"]["steps"][-1]
    assert last["with"]["source"] == "."
    assert last["uses"] == "someone/recto@v9"
    # one that nobody could run is not written, and that is said
    told = init(tmp_path / "bees", "--yes", "--action", "")[1]
    assert "wrote no workflow" in told
    assert not (tmp_path / "bees" / ".github").exists()


class Installed:
    """A package as importlib.metadata tells of it."""

    def __init__(self, direct: str | None, *urls: str) -> None:
        self._direct, self.metadata = direct, Message()
        for url in urls:
            self.metadata["Project-URL"] = url

    def read_text(self, _: str) -> str | None:
        return self._direct


HERE = "https://github.com/someone/recto"


@pytest.mark.parametrize(
    ("package", "taken"),
    [
        (Installed(f'{{"url": "{HERE}.git", "vcs_info": {{"vcs": "git", "commit_id": "{"a" * 40}"}}}}'),
         f"someone/recto@{'a' * 40}"),
        (Installed(None, "Documentation, https://example.org", f"Repository, {HERE}"),
         f"someone/recto@v{__version__}"),
        (Installed('{"url": "https://example.org/recto.whl"}'), ""),
    ],
)  # fmt: skip
def test_an_installed_recto_knows_where_it_is_from(
    package: Installed, taken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(origin, "distribution", lambda _: package)
    assert origin.action() == taken


def test_a_checkout_is_pinned_to_its_commit_if_others_can_have_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def git(*arguments: str) -> str:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        command = ["git", "-C", str(tmp_path / "recto"), *who, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    (tmp_path / "recto").mkdir()
    git("init", "-q")
    git("commit", "-q", "--allow-empty", "-m", "one")
    git("remote", "add", "origin", "git@github.com:someone/recto.git")
    monkeypatch.setattr(origin, "_TOP", tmp_path / "recto")
    monkeypatch.setattr(origin, "_installed", lambda: None)
    assert origin.action() == f"someone/recto@v{__version__}"
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    assert origin.action() == f"someone/recto@{git('rev-parse', 'HEAD')}"


def test_what_was_there_stays_and_text_that_was_there_is_the_book(tmp_path: Path) -> None:
    folder = tmp_path / "hives"
    folder.mkdir()
    (folder / "1 Bees.md").write_text("# 1 Bees\n\nThey hum.\n", encoding="utf-8")
    (folder / "book.toml").write_text('[book]\ntitle = "Mine"\n', encoding="utf-8")
    code, told = init(folder, "--yes", "--action", "someone/recto@v9")
    assert code == 0
    assert "book.toml, which was there" in told
    assert (folder / "book.toml").read_text(encoding="utf-8") == '[book]\ntitle = "Mine"\n'
    assert sorted(path.name for path in folder.iterdir()) == [
        ".github",
        ".gitignore",
        "1 Bees.md",
        "book.toml",
    ]


@pytest.mark.parametrize("title", ['Say "Hi" \\ bye', "$title ${{ x }}", "Ünïcode — ’"])
def test_a_title_of_any_characters_is_read_as_it_was_typed(tmp_path: Path, title: str) -> None:
    facts = begin.Beginnings(title, ("A. “B” C",), subtitle="and\tmore", language="de-CH", trim="a5")
    begin.lay(tmp_path, begin.starter(facts))
    read, problems = config.read(tmp_path / "book.toml")
    assert problems == ()
    assert (read.book.title, read.book.authors, read.book.subtitle) == (title, ("A. “B” C",), "and\tmore")
    assert (read.book.language, read.print.trim) == ("de-CH", "a5")


def test_what_is_asked_is_asked_again_until_it_can_be_used() -> None:
    typed = "Bread & Salt\nAnn Lee and Bo Day\nEnglish\nen-GB\n6 by 9\na5\n"
    with CliRunner().isolation(typed):
        facts = asked(begin.Beginnings("Bread", ("A. Guess",)))
    assert (facts.title, facts.authors) == ("Bread & Salt", ("Ann Lee", "Bo Day"))
    assert (facts.language, facts.trim) == ("en-GB", "a5")


@pytest.mark.parametrize(
    ("typed", "authors"),
    [
        ("Ann Lee and ", ("Ann Lee",)),
        ("and", ()),
        ("Ann Lee, Bo Day, and Cy Fox", ("Ann Lee", "Bo Day", "Cy Fox")),
        ("Lee, Ann", ("Lee, Ann",)),
        ("Ferdinand and Anders Andersen", ("Ferdinand", "Anders Andersen")),
    ],
)
def test_authors_are_typed_as_one_writes_them(typed: str, authors: tuple[str, ...]) -> None:
    with CliRunner().isolation(f"\n{typed}\n\n\n"):
        assert asked(begin.Beginnings("Bread")).authors == authors


def test_answers_that_nobody_reads_are_told(tmp_path: Path) -> None:
    assert "what is piped is not read" in init(tmp_path / "bees")[1]
    assert "what is piped is not read" not in init(tmp_path / "wasps", "--yes")[1]


def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    code, told = init(tmp_path / "file" / "book", "--yes")
    assert code == 2
    assert "[init-failed]" in told


def test_a_folder_that_is_called_init_is_built_as_a_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("init").mkdir()
    Path("init/1.md").write_text("# 1 One\n\nWords.\n", encoding="utf-8")
    typed = CliRunner().invoke(main, ["./init", "--check", "--jobs", "1"])
    assert "Chapter 1" in typed.stdout


def test_what_is_to_be_typed_next_can_be_copied(tmp_path: Path) -> None:
    _, told = init(tmp_path / "my own book", "--yes")
    assert f"serve '{tmp_path}/my own book'\n" in told
