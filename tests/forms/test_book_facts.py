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
