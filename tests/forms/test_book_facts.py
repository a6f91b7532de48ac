"""What the front matter of a file that is the whole book says of the book."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from recto.forms.markdown.book_facts import facts
from recto.forms.source_file import SourceFile
from tests.building import build


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("author: Ann Lee\nlang: fr", {"authors": ("Ann Lee",), "language": "fr"}),
        ("author: [Ann Lee, {name: Jo Dun}]", {"authors": ("Ann Lee", "Jo Dun")}),
        ("language: pt_BR\ndate: 2024-05-01", {"language": "pt-BR", "date": "2024-05-01"}),
        ("lang: the usual one\ndate: last May", {}),
        ("title: Ropes\nnumber: 4\nauthor: Ann Lee", {}),
        ("number: 1\nlang: fr", {}),
    ],
)
def test_its_keys_are_those_that_pandoc_made_common(front: str, said: dict[str, object]) -> None:
    assert facts(SourceFile("a.md", "a.md", f"---\n{front}\n---\n\n# 1 Ropes\n\nA rope.\n")) == said


def test_a_numbered_book_in_one_file_has_its_people_and_language(tmp_path: Path) -> None:
    source = tmp_path / "b.md"
    head = "---\ntitle: La Corde\nauthor: Ann Lee\nlang: fr\n---\n\n"
    source.write_text(f"{head}# Chapitre 2 : Deux\n\nOui.\n\n# Chapitre 1 : Un\n\nNon.\n", encoding="utf-8")
    built = build(source, tmp_path / "out", "--no-cache", "--formats", "epub")
    assert built.exit_code == 0, built.errors
    with ZipFile(built.output(".epub")) as archive:
        said = archive.read("EPUB/content.opf").decode()
    assert all(each in said for each in ("La Corde", ">Ann Lee<", "<dc:language>fr<"))


def _package(tmp_path: Path, files: dict[str, str]) -> str:
    folder = tmp_path / "book"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    built = build(folder, tmp_path / "out", "--no-cache", "--formats", "epub")
    assert built.exit_code == 0, built.errors
    with ZipFile(built.output(".epub")) as archive:
        return archive.read("EPUB/content.opf").decode()


CHAPTERS = {"01.md": "# Eins\n\nHier.\n", "02.md": "# Zwei\n\nDort.\n"}


def test_the_index_of_a_folder_speaks_for_the_book_and_opens_it(tmp_path: Path) -> None:
    head = "---\ntitle: Der Garten\nauthor: Ann Lee\nlang: de\n---\n\n"
    said = _package(tmp_path, {**CHAPTERS, "index.md": f"{head}Ein Buch.\n"})
    assert all(each in said for each in (">Der Garten<", ">Ann Lee<", "<dc:language>de<"))
    spine = said[said.index("<spine") :]
    assert spine.index("opening") < spine.index("chapter-1")


@pytest.mark.parametrize(
    ("others", "is_said"), [("author: Ann Lee\nlang: de\n", True), ("author: Jo Dun\n", False)]
)
def test_chapters_speak_for_the_book_where_all_say_the_same(
    tmp_path: Path, others: str, is_said: bool
) -> None:
    heads = ["---\ntitle: Eins\nauthor: Ann Lee\nlang: de\n---\n", f"---\ntitle: Zwei\n{others}---\n"]
    files = {name: head + text for head, (name, text) in zip(heads, CHAPTERS.items(), strict=True)}
    said = _package(tmp_path, files)
    assert (">Ann Lee<" in said, "<dc:language>de<" in said) == (is_said, is_said)
    assert "<dc:title>Eins<" not in said


@pytest.mark.parametrize(
    "front",
    [
        '+++\ntitle = "Ropes"\nauthors = ["Ann Lee", "Jo Dun"]\ndate = 2024-05-01\n+++',
        '{\n  "title": "Ropes",\n  "authors": ["Ann Lee", "Jo Dun"],\n  "date": "2024-05-01"\n}',
    ],
)
def test_front_matter_may_be_toml_or_json(front: str) -> None:
    said = facts(SourceFile("a.md", "a.md", f"{front}\n\n# Ropes\n\nA rope.\n"))
    assert said == {"title": "Ropes", "authors": ("Ann Lee", "Jo Dun"), "date": "2024-05-01"}
