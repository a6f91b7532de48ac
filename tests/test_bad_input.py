"""Bad input costs nothing: a line, a sentence, a hint, the right exit code, and the former book is kept."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests import validators
from tests.building import build
from tests.checkout import ROOT
from tests.reading import Epub, Pdf, squeezed

GOOD = "1.1 Oars\n\nAn oar is a lever.\n"
FORMER = b"the book of last week"


def lay(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write the files of a manuscript."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


CASES: dict[str, tuple[dict[str, str | bytes], int, str]] = {
    # name: files, exit code, the problem line (a pattern)
    "an empty file": ({"a.txt": ""}, 1, r"a\.txt(:1)?: error: .*empty"),
    "only white space": ({"a.txt": "\n \n\n"}, 1, r"a\.txt(:1)?: error: .*empty"),
    "a binary file": ({"a.txt": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"}, 1, r"a\.txt(:\d+)?: error: .*binary"),
    "a folder without a manuscript": ({"notes.rtf": b"PK"}, 1, r"error: .*"),
    "book.toml that is not TOML": (
        {"a.txt": GOOD, "book.toml": "[book]\ntitle = Oars\n"}, 2, r"book\.toml:2: error: .*TOML",
    ),
    "book.toml with an unknown key": (
        {"a.txt": GOOD, "book.toml": '[book]\nautor = "A"\n'}, 2, r"book\.toml:2: error: .*`autor`",
    ),
    "book.toml with a wrong type": (
        {"a.txt": GOOD, "book.toml": "[book]\ntitle = 3\n"}, 2, r"book\.toml:2: error: .*`book\.title`",
    ),
    "book.toml with a trim size that is none": (
        {"a.txt": GOOD, "book.toml": '[print]\ntrim = "big"\n'}, 2, r"book\.toml:2: error: .*trim",
    ),
    "book.toml that names a chapter that is not there": (
        {"a.txt": GOOD, "book.toml": '[chapters]\n9 = "Sails"\n'}, 2, r"book\.toml:2: error: .*9",
    ),
    "a silence that matches nothing": (
        {"a.txt": GOOD, "book.toml": '[[silence]]\ncode = "stray"\nreason = "x"\n'},
        2, r"book\.toml:\d: error: .*matches no problem",
    ),
    "a collision that can't be told apart": (
        {"a.txt": "1.1 Oars\n\nOne.\n\n1.1 Blades\n\nTwo.\n"}, 1, r"a\.txt:5: error: .*1\.1",
    ),
    "a template with an undefined name": (
        {"a.txt": GOOD, "templates/print/chapter.html": "<p>\n{{ colour }}\n</p>"}, 1,
        r"templates/print/chapter\.html:2: error: .*colour",
    ),
    "a template that is no template": (
        {"a.txt": GOOD, "templates/print/chapter.html": "<p>\n\n{% if %}\n</p>"}, 1,
        r"templates/print/chapter\.html:3: error: .*",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_fault_is_told_and_the_former_book_is_kept(name: str, tmp_path: Path) -> None:
    files, exit_code, pattern = CASES[name]
    source = lay(tmp_path / "manuscript", files)
    former = lay(tmp_path / "out", {"manuscript.epub": FORMER, "manuscript.pdf": FORMER})
    built = build(source, former)
    assert (built.exit_code, bool(re.search(pattern, built.errors))) == (exit_code, True), built.errors
    assert "hint:" in built.errors
    assert "Traceback" not in built.errors
    assert {path.name: path.read_bytes() for path in former.iterdir()} == {
        "manuscript.epub": FORMER,
        "manuscript.pdf": FORMER,
    }


AMISS = b"""\
# 1 Oars

See the [chapter on looms](#looms), [](#nothing), [a file](looms.pdf) and [the sheet]().[^gone] A caf\xe9.

![A blade of ash](images/blade.png)

Figure: Drawn from life

### Looms {#same}

Text with ![a small blade](small.png) in it. <span id="bare"></span> [](#bare)

### Collars {#same}

See [](#same).

```text
left open
"""


@pytest.mark.slow
def test_a_book_with_things_amiss_is_made_and_shows_them(tmp_path: Path) -> None:
    source = lay(tmp_path / "manuscript", {"a.md": AMISS})
    built = build(source, tmp_path / "out")
    assert built.exit_code == 0, built.errors
    told = {(problem["severity"], problem["code"], problem["line"]) for problem in built.report["problems"]}
    codes = {
        "wrong-encoding": 3, "reference-missing": 3, "link-broken": 3, "note-missing": 3, "image-missing": 5,
        "id-duplicate": 13, "reference-wordless": 11, "unclosed-fence": 17,
    }  # fmt: skip
    assert {("warning", code, line) for code, line in codes.items()} <= told
    shown = (
        "chapter on looms", "#nothing", "a file", "the sheet", "[^gone]", "[A blade of ash – blade.png]",
        "Drawn from life", "[a small blade – small.png]", "café", "left open",
    )  # fmt: skip
    assert validators.epubcheck(built.output(".epub")) == ()
    for text in (Epub(built.output(".epub")).body(), Pdf(built.output(".pdf")).body()):
        assert [words for words in shown if squeezed(words) not in text] == []
    strict = build(source, tmp_path / "strict", "--strict")
    assert strict.exit_code == 1
    assert not list((tmp_path / "strict").glob("*"))


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    source = lay(tmp_path / "manuscript", {"a.txt": GOOD})
    (source / "b.txt").symlink_to(source / "b.txt")  # a loop can't be read even by the superuser
    built = build(source, tmp_path / "out")
    assert built.exit_code == 1
    assert re.search(r"b\.txt: error: .*read", built.errors)


def test_the_head_of_a_table_that_is_higher_than_a_page_is_printed_whole(tmp_path: Path) -> None:
    table = f"| A {'word ' * 700} end | B |\n|---|---|\n| c | d |\n"
    built = build(lay(tmp_path, {"a.md": f"# 1 Oars\n\n{table}"}), tmp_path / "out", "--check", "--jobs", "1")
    assert built.exit_code == 0, built.errors


def test_a_missing_source_is_wrong_usage(tmp_path: Path) -> None:
    built = build(tmp_path / "nowhere", tmp_path / "out")
    assert built.exit_code == 2
    assert "nowhere: error: there is no such file or folder [source-missing]\n    hint:" in built.errors


def test_an_output_folder_that_cannot_be_written_is_told_before_any_work(tmp_path: Path) -> None:
    source = lay(tmp_path / "manuscript", {"a.txt": GOOD})
    (tmp_path / "out").write_bytes(FORMER)
    built = build(source, tmp_path / "out")
    assert built.exit_code == 2
    assert "can't be written" in built.errors
    assert (tmp_path / "out").read_bytes() == FORMER


@pytest.mark.slow
def test_a_disk_without_room_leaves_the_former_book(tmp_path: Path) -> None:
    """A limit on file size is the full disk that the kernel can play for us."""
    source = lay(tmp_path / "manuscript", {"a.txt": GOOD})
    former = lay(tmp_path / "out", {"manuscript.epub": FORMER, "manuscript.pdf": FORMER})
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "import recto.store.outputs as outputs; write = outputs.write\n"
        "def limited(*a):\n"
        " resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); return write(*a)\n"
        "outputs.write = limited\n"
        "from recto.cli import main; main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", code, str(source), "-o", str(former), "--jobs", "1"]
    root = str(ROOT)
    run = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": root})
    assert run.returncode == 1, run.stderr
    assert "error: the book can't be written" in run.stderr
    assert "Traceback" not in run.stderr
    assert {path.name: path.read_bytes() for path in former.iterdir()} == {
        "manuscript.epub": FORMER,
        "manuscript.pdf": FORMER,
    }


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_of_a_file_that_is_no_utf8_is_shown_by_its_bytes(tmp_path: Path) -> None:
    name = os.fsdecode(b"02 \xff.md")
    (tmp_path / name).write_text("Some text.\n\n![a](no.png)\n", encoding="utf-8")
    (tmp_path / "01.md").write_text("# 1 Oars\n\n## 1.1 Blades\n\nFlat.\n", encoding="utf-8")
    built = build(tmp_path, tmp_path / "out", "--check", "--jobs", "1")
    assert built.exit_code == 0
    assert "02 \\udcff.md:3: warning: there is no image no.png" in built.errors
    assert "02 \\udcff.md" in built.shown
    assert any(problem["file"].endswith("02 \\udcff.md") for problem in built.report["problems"])
