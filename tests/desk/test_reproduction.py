"""`verify-reproducible` finds a book the same where it is, and says the first difference where it is not."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from recto.cli import main
from recto.desk import reproduction
from recto.desk.difference import first_difference

# In place of Recto: a program whose book tells something that has no part in a book.
PROGRAM = """
import datetime, json, os, sys, time
source, folder, report = sys.argv[1], sys.argv[3], sys.argv[6]
cache = os.environ["RECTO_CACHE"]
told = {}
os.makedirs(cache, exist_ok=True)
os.makedirs(folder)
open(folder + "/book.txt", "w").write(str(told))
json.dump({{"date": {{"source": "none"}}, "outputs": []}}, open(report, "w"))
"""


@pytest.fixture
def oars(tmp_path: Path) -> Path:
    (tmp_path / "oars").mkdir()
    (tmp_path / "oars" / "a.md").write_text("# 1 Oars\n\nThe blade is broad.\n\n## 1.1 Looms\n\nHeld.\n")
    return tmp_path / "oars"


def test_a_book_is_the_same_whatever_has_no_part_in_it(oars: Path) -> None:
    told = CliRunner().invoke(main, ["verify-reproducible", str(oars)], catch_exceptions=False)
    assert told.exit_code == 0, told.stderr
    assert [line.split()[1] for line in told.stdout.splitlines()] == ["oars.pdf", "oars.epub"]


@pytest.mark.parametrize(
    "told",
    [
        "int(time.time() // 1e6)",
        "datetime.datetime.now().year",
        "time.localtime().tm_year",
        "os.environ['TZ']",
        "os.environ['LC_ALL']",
        "hash('a')",
        "source",
        "int(os.stat(source + '/a.md').st_mtime)",
        "'2' in sys.argv",
        "os.umask(0)",
        "os.path.exists(cache)",
    ],
)
def test_whatever_else_has_a_part_is_noticed(oars: Path, monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    monkeypatch.setattr(reproduction, "_START", PROGRAM.format(told))
    done = reproduction.reproduce(oars, [])
    assert done.exit_code == 1
    assert done.difference.startswith("book.txt: byte ")


def test_a_book_that_can_not_be_built_is_told_as_by_a_build(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("no heading", encoding="utf-8")
    (tmp_path / "book.toml").write_text("[book]\ntitel = 1\n", encoding="utf-8")
    told = CliRunner().invoke(main, ["verify-reproducible", str(tmp_path)], catch_exceptions=False)
    assert (told.exit_code, told.stdout) == (2, "")
    assert "did you mean" in told.stderr or "titel" in told.stderr


def archive(*entries: tuple[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, text in entries:
            file.writestr(zipfile.ZipInfo(name), text)
    return made.getvalue()


def pdf(text: bytes, box: int) -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as file:
        page = file.add_blank_page(page_size=(box, 100))
        page.Contents = file.make_stream(text)
        file.save(made, static_id=True)
    return made.getvalue()


@pytest.mark.parametrize(
    ("one", "two", "told"),
    [
        (b"same", b"same", ""),
        (b"first", b"fist", "book: byte 2 (line 1): b'first' and b'fist'"),
        (archive(("a", "1"), ("b", "2\n3")), archive(("a", "1"), ("b", "2\n4")), "book: b, byte 2 (line 2)"),
        (
            archive(("a", "1")),
            archive(("a", "1"), ("b", "2")),
            "book: other files, or another order, from",
        ),
        (pdf(b"q Q", 100), pdf(b"q q Q Q", 100), "book: the stream of object "),
        (pdf(b"q Q", 100), pdf(b"Q q", 100), "book: the stream of object "),
        (pdf(b"q Q", 100), pdf(b"q Q", 101), "book: "),
    ],
)
def test_the_first_difference_is_told(one: bytes, two: bytes, told: str) -> None:
    found = first_difference({"book": one}, {"book": two})
    assert found.startswith(told) if told else found == ""
