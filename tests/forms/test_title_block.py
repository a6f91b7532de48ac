"""Pandoc's title blocks and files of metadata: of what title and by whom a book is."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.forms.pandoc.title_block import without_title_block
from recto.forms.source_file import SourceFile
from recto.gather import gather
from recto.settings.config import Config


@pytest.mark.parametrize(
    ("text", "title", "authors", "left"),
    [
        ("% Salt\n% Ann Lee; Bo Ek\n% May 1901\n\nIt began.", "Salt", ("Ann Lee", "Bo Ek"), "It began."),
        ("% Salt\n  and Water\n%\n\nIt began.", "Salt and Water", (), "It began."),
        ("% Salt", "Salt", (), ""),
        ("---\ntitle: Salt\nauthor: [Ann Lee]\n---\n", "Salt", ("Ann Lee",), ""),
    ],
)
def test_a_title_block_is_no_text(text: str, title: str, authors: tuple[str, ...], left: str) -> None:
    file, said = without_title_block(SourceFile("a.md", "a.md", text))
    assert (said["title"], said.get("authors", ()), file.text.strip()) == (title, authors, left)
    assert not left or len(file.lines) == len(text.split("\n"))


@pytest.mark.parametrize(
    "text",
    [
        "%% a remark\nText.",
        "% 1\n% 2\n% 3\n% 4\n\nA list of shares.",
        "---\ntitle: Salt\nauthor: Ann Lee\n---\nText.",
        "---\ntitle: Salt\n---\n",
        "It is 3 % of it.\n% of what",
    ],
)
def test_what_only_looks_like_one_stays(text: str) -> None:
    file = SourceFile("a.md", "a.md", text)
    assert without_title_block(file) == (file, {})


@pytest.mark.parametrize("name", ["title.txt", "00-title.md", "metadata.yaml"])
def test_the_file_of_a_folder_that_says_what_the_book_is_called_is_no_chapter(
    tmp_path: Path, name: str
) -> None:
    block = "title: Salt\nauthor: Ann Lee" if name.endswith("yaml") else "% Salt\n% Ann Lee"
    files = {
        name: block,
        "01.md": "# Chapter 1: Brine\n\nIt stings.\n",
        "02.md": "# Chapter 2: Ice\n\nIt melts.\n",
    }
    for path, text in files.items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    manuscript, problems = gather(tmp_path, Config())
    assert manuscript.said == {"title": "Salt", "authors": ("Ann Lee",)}
    assert [section.title for section in manuscript.sections] == ["Brine", "Ice"]
    assert problems == ()


def test_a_file_of_metadata_says_as_much_of_a_book_as_front_matter_does(tmp_path: Path) -> None:
    metadata = "title: Salt\nlang: pt_BR\ndate: 1901-05\npublisher: Brine Press\nabstract: Of salt.\n"
    (tmp_path / "metadata.yaml").write_text(metadata, encoding="utf-8")
    for number in (1, 2):
        (tmp_path / f"{number}.md").write_text(f"# Chapter {number}: Brine\n\nIt stings.\n", encoding="utf-8")
    facts = {"language": "pt-BR", "date": "1901-05", "publisher": "Brine Press", "description": "Of salt."}
    assert gather(tmp_path, Config())[0].said == {"title": "Salt", **facts}
