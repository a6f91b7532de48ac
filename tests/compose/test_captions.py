"""Lists of figures, tables and listings: on request, in both books, linked, with their folios on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from PIL import Image
from pypdfium2 import PdfDocument

from tests.building import Built, build
from tests.epub_book import TYPE, opened

BOOK = """# 1 Bees

![Bees](x.png "At *rest*[^1]"){#fig-rest}

Table: Weights, $x^2$ {#tbl-weights}

| a | b |
|---|---|
| 1 | 2 |

[^1]: A note.

# 2 Hives

![Hives](x.png "Two hives")
"""
SETTINGS = '[book]\ntitle = "Bees"\nauthors = ["Ann Lee"]\ndate = "2026"\n'


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("captions")
    (folder / "book").mkdir()
    (folder / "book" / "a.md").write_text(BOOK, encoding="utf-8")
    lists = '[contents]\nlists = ["figures", "tables", "listings"]\n'
    (folder / "book" / "book.toml").write_text(SETTINGS + lists)
    Image.new("L", (60, 40), 128).save(folder / "book" / "x.png")
    built = build(folder / "book", folder / "out", "--strict", "--verify")
    assert built.exit_code == 0, built.errors
    return built


def test_print_lists_them_with_their_folios(book: Built) -> None:
    pages = [
        " ".join(page.get_textpage().get_text_range().split()) for page in PdfDocument(book.output(".pdf"))
    ]
    (figures,) = (page for page in pages if page.startswith("Figures"))
    assert figures == "Figures 1.1 At rest 1 2.1 Two hives 3"
    assert any(page.startswith("Tables 1.1 Weights") for page in pages)
    assert not any(page.startswith("Listings") for page in pages)
    contents = next(page for page in pages if page.startswith("Contents"))
    assert contents.startswith("Contents Figures vii Tables ix 1 Bees 1")
    outline = [bookmark.get_title() for bookmark in PdfDocument(book.output(".pdf")).get_toc()]
    assert outline[:3] == ["Contents", "Figures", "Tables"]


def test_the_e_book_has_them_in_its_navigation(book: Built) -> None:
    content = book.output(".epub").read_bytes()
    root = etree.fromstring(opened(content)["EPUB/nav.xhtml"])
    navs = {nav.get(TYPE): nav for nav in root.iter("{*}nav")}
    assert list(navs) == ["toc", "loi", "lot", "landmarks", "page-list"]
    links = [(link.get("href"), "".join(link.itertext())) for link in navs["loi"].iter("{*}a")]
    assert links == [
        ("chapter-1.xhtml#fig-rest", "1.1 At rest"),
        ("chapter-2.xhtml#figure-2-1", "2.1 Two hives"),
    ]


def test_without_a_wish_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 1 A\n\n```\nx\n```\n\nListing: One\n")
    built = build(tmp_path / "a.md", tmp_path / "out", "--formats", "epub")
    assert b"captions" not in opened(built.output(".epub").read_bytes())["EPUB/nav.xhtml"]
