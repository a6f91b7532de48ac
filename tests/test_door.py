"""All that a book names comes in by one door: nothing from elsewhere, nothing without end or that waits."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from recto import door
from recto.door import Door
from tests.building import build
from tests.reading import Epub

SECRET = "root:x:0:0:the secret of another\n"
TEXT = "# 1 Oars\n\n## 1.1 Blades\n\nAn oar is a lever.\n\n![An oar](images/oar.png)\n"
SETTINGS = '[book]\ntitle = "Oars"\ncover = "cover.png"\n'

# Every kind of file that a book may have; folders end in a slash
NAMED = (
    "02.md", "a.txt", "book.toml", "index.toml", "templates/print/chapter.html", "templates/",
    "templates/print/", "styles/", "styles/print.css", "styles/fonts/Own.ttf", "images/oar.png",
    "images/", "cover.png",
)  # fmt: skip


def link_away(path: Path) -> None:
    away = next(parent for parent in path.parents if parent.name == "book").parent / "elsewhere"
    away.mkdir()
    (away / "print").mkdir()
    for name in ("secret", "print.css", "print/chapter.html", "oar.png", "chapter.html"):
        (away / name).write_text(SECRET)
    path.symlink_to(away if path.suffix == "" else away / "secret")


def link_to_the_root(path: Path) -> None:
    path.symlink_to("/" if path.suffix == "" else "/etc/passwd")


def link_to_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    largest = door.LARGEST_IMAGE if path.suffix == ".png" else door.LARGEST_PART
    with path.open("wb") as stream:
        stream.truncate(largest + door.MEGABYTE)


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        former = Path.cwd()
        os.chdir(path.parent)  # an address has at most 108 bytes
        server.bind(path.name)
        os.chdir(former)


INTRUDERS = (link_away, link_to_the_root, link_to_a_device, link_to_itself, pipe, listening, endless)


@pytest.mark.parametrize("intrude", INTRUDERS)
@pytest.mark.parametrize("name", NAMED)
def test_no_file_of_a_book_may_be_anything_but_a_file_of_the_book(
    name: str, intrude: Callable[[Path], None], tmp_path: Path
) -> None:
    book = tmp_path / "book"
    for folder in ("templates/print", "styles/fonts", "images"):
        (book / folder).mkdir(parents=True)
    (book / "01.md").write_text(TEXT)
    (book / "book.toml").write_text(SETTINGS)
    for picture in ("images/oar.png", "cover.png"):
        Image.new("RGB", (900, 1400)).save(book / picture)
    there = book / name.rstrip("/")
    if there.is_dir():
        shutil.rmtree(there)
    there.unlink(missing_ok=True)
    intrude(there)
    built = build(book, tmp_path / "out", "--jobs", "1")
    assert there.name in built.errors
    assert "root:" not in built.errors + built.shown + str(built.report)
    if name.startswith("images/"):  # a picture that may not be shown: its place is shown, and told
        assert (built.exit_code, "[image-" in built.errors) == (0, True), built.errors
        whole = Epub(built.output(".epub"))
        assert not [each for each in whole.files if "oar" in each]
        assert "oar.png]" in whole.body() and SECRET.strip() not in whole.body()
        return
    if name.startswith("cover"):  # a cover is drawn in its place
        assert (built.exit_code, "[cover-" in built.errors) == (0, True), built.errors
        assert not any(SECRET.encode() in each for each in Epub(built.output(".epub")).files.values())
        return
    assert built.exit_code in (1, 2), built.errors
    assert "error:" in built.errors
    assert list((tmp_path / "out").glob("*")) == []


def test_a_link_within_the_book_is_a_file_of_the_book(tmp_path: Path) -> None:
    (tmp_path / "book/notes").mkdir(parents=True)
    (tmp_path / "book/notes/oars.md").write_text("# 1 Oars\n\nAn oar is a lever.\n")
    (tmp_path / "elsewhere").symlink_to(tmp_path / "book")
    built = build(tmp_path / "elsewhere", tmp_path / "out", "--check")
    assert (built.exit_code, built.errors.count("warning:")) == (0, 0), built.errors


def test_a_link_to_a_folder_elsewhere_is_told_and_one_to_the_book_itself_is_not(tmp_path: Path) -> None:
    book = tmp_path / "book"
    book.mkdir()
    (book / "01.md").write_text("# 1 Oars\n\nAn oar is a lever.\n")
    (book / "more").symlink_to("/usr")
    (book / "again").symlink_to(book)
    built = build(book, tmp_path / "out", "--check")
    assert built.exit_code == 0
    assert "more: warning: this link to a folder was not followed" in built.errors
    assert "again" not in built.errors


def test_folders_without_end_are_an_error(tmp_path: Path) -> None:
    book = tmp_path / "book"
    deep = book / "/".join("d" * (door.DEEPEST + 2))
    deep.mkdir(parents=True)
    (book / "01.md").write_text("# 1 Oars\n\nAn oar is a lever.\n")
    built = build(book, tmp_path / "out", "--check")
    assert built.exit_code == 1
    assert "lie in one another [unreadable]" in built.errors


def test_more_files_than_anybody_writes_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MOST_FILES", 10)
    for number in range(11):
        (tmp_path / f"{number}.md").write_text("x")
    with pytest.raises(door.RefusedError, match="more than 10 files"):
        Door.of(tmp_path).walk(tmp_path, lambda _: True)


def test_a_near_name_is_looked_for_in_the_book_alone(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "plan-of-mine.txt").write_text(SECRET)
    book = tmp_path / "book"
    book.mkdir()
    (book / "01.md").write_text("# 1 Oars\n\nAn oar.\n\n![A plan](../secrets/plan-of-mine.png)\n")
    built = build(book, tmp_path / "out", "--check")
    assert "plan-of-mine.txt" not in built.errors


@pytest.mark.parametrize(
    ("front", "said"),
    [
        (
            "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{p}, *{p}, *{p}]\n" for p, c in pairwise("abcdefg")),
            r":3: warning: .*`*a` stands for a value given elsewhere",
        ),
        ("title: " + "[" * 1000 + "]" * 1000, r":2: warning: .*lie in one another"),
        ("title: " + "{a: " * 1000 + "}" * 1000, r":2: warning: .*lie in one another"),
        ("x: " + "y" * 60_000, r":1: warning: .*more than 50,000 characters"),
    ],
)
def test_front_matter_explodes_nowhere(front: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\n{front}\n---\n\n# 1 Oars\n\nAn oar.\n")
    for mode in ("--check", "--no-cache"):
        built = build(tmp_path, tmp_path / "out", mode)
        assert built.exit_code == 0
        head, _, tail = said.partition("warning: .*")
        assert f"a.md{head}warning: " in built.errors
        assert tail in built.errors
