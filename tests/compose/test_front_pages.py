"""Praise, other books and a copyright page of one's own: each in its place before the contents."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from pypdfium2 import PdfDocument

from recto.forms.naming.matter import role_of
from tests.building import Built, build
from tests.epub_book import opened

BOOK = """# Copyright

Nobody may copy this.

On paper only.
{.only-pdf}

# Also by Ann Lee

- One Hive

# Praise for Two Hives

> It hums.[^1]

[^1]: Loudly.

# 1 Bees

Text.
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("front")
    (folder / "book").mkdir()
    (folder / "book" / "a.md").write_text(BOOK, encoding="utf-8")
    settings = '[book]\ntitle = "Two Hives"\nauthors = ["Ann Lee"]\nrights = "Ours"\ndate = "2026"\n'
    (folder / "book" / "book.toml").write_text(f"{settings}[index]\ninclude = false\n")
    built = build(folder / "book", folder / "out", "--strict", "--verify")
    assert built.exit_code == 0, built.errors
    return built


def test_on_paper_they_stand_where_chicago_places_them(book: Built) -> None:
    document = PdfDocument(book.output(".pdf"))
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    assert pages[:7] == [
        "Praise for Two Hives It hums.1 1. Loudly.",
        "",
        "Two Hives",
        "Also by Ann Lee One Hive",
        "Two Hives Ann Lee",
        "Nobody may copy this. On paper only.",
        "Contents 1 Bees 1",
    ]


def test_in_the_e_book_each_is_a_document_and_the_copyright_page_is_the_author_s(book: Built) -> None:
    files = opened(book.output(".epub").read_bytes())
    (opf,) = (content for name, content in files.items() if name.endswith(".opf"))
    spine = [each.get("idref") for each in etree.fromstring(opf).iter("{*}itemref")]
    names = [name.rpartition("/")[2].removesuffix(".xhtml") for name in files if name.endswith(".xhtml")]
    assert len(spine) == len(names)
    assert names[:6] == ["cover", "praise", "title-page", "also-by", "copyright-page", "nav"]
    page = files["EPUB/copyright-page.xhtml"].decode()
    assert "Nobody may copy this." in page
    assert "Ours" not in page
    assert "On paper only" not in page


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Also by Ann Lee", "also-by"),
        ("Praise for Two Hives", "praise"),
        ("Weitere Bücher von Ann Lee", "also-by"),
        ("Impressum", "copyright"),
        ("Also", None),
        ("Praise be", None),
    ],
)
def test_their_names_are_known(title: str, role: str | None) -> None:
    assert role_of(title) == role


def test_a_book_without_them_begins_with_its_half_title(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 1 A\n\nB.\n")
    built = build(tmp_path / "a.md", tmp_path / "out", "--formats", "pdf")
    assert PdfDocument(built.output(".pdf"))[0].get_textpage().get_text_range().strip() == "A"


def test_the_machine_makes_no_heading_of_what_stands_before_the_contents(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BOOK.replace("Nobody may copy this.", "Foobar Holdings prints. " * 3))
    built = build(tmp_path / "a.md", tmp_path / "out", "--check")
    headings = {str(row["term"]) for row in built.report["index"]}
    assert not {"Foobar Holdings", "Praise", "Copyright", "copyright", "Hive", "Lee, Ann"} & headings
