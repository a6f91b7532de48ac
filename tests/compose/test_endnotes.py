"""Notes at the end of their chapter, or of the book, where the theme sets them there."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pikepdf
import pytest
from pypdfium2 import PdfDocument

from tests.building import Built, build
from tests.validators import epubcheck, pdf_ua

SETTINGS = '[book]\ntitle = "Tides"\nauthors = ["Ann Lee"]\ndate = "2026"\n[theme.notes]\nplace = "{}"\n'
BOOK = """# Preface

Salt and moon.[^p]

[^p]: Of the preface.

# 1 Ebb[^title]

[^title]: On the *name*.

## 1.1 Out

It runs.[^a] It runs again.[^a] It turns.[^b]

[^a]: First of all.{^tides}

    - with a list

[^b]: See that one.[^c]

[^c]: This one.

# 2 Flood

It comes.[^d]

[^d]: The last.

# Bibliography

Lee, Ann. *Tides*. 2026.
"""


def _built(folder: Path, place: str) -> Built:
    (folder / "book").mkdir()
    (folder / "book" / "book.toml").write_text(SETTINGS.format(place))
    (folder / "book" / "a.md").write_text(BOOK, encoding="utf-8")
    built = build(folder / "book", folder / "out", "--strict", "--verify")
    assert built.exit_code == 0, built.errors
    return built


@pytest.fixture(scope="module")
def of_chapters(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return _built(tmp_path_factory.mktemp("chapters"), "chapter")


@pytest.fixture(scope="module")
def of_book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return _built(tmp_path_factory.mktemp("book"), "book")


def _pages(built: Built) -> list[str]:
    pages = PdfDocument(built.output(".pdf"))
    texts = (page.get_textpage().get_text_range() for page in pages)
    return [" ".join(text.replace("•", "").split()) for text in texts]


def _page(built: Built, words: str) -> str:
    (page,) = (page for page in _pages(built) if words in page and not page.startswith("Contents"))
    return page


def test_the_notes_of_a_chapter_stand_below_its_text_in_the_order_called(of_chapters: Built) -> None:
    page = _page(of_chapters, "It turns.")
    assert page.endswith(
        "1.1 Out It runs.2 It runs again.2 It turns.3 Notes 1. On the name. 2. First of all."
        " with a list 3. See that one.4 4. This one."
    )
    assert _page(of_chapters, "Salt and moon.") == "Preface Salt and moon.1 Notes 1. Of the preface."
    assert _page(of_chapters, "It comes.").endswith("It comes.1 Notes 1. The last.")


def test_the_notes_of_the_book_stand_together_before_the_bibliography(of_book: Built) -> None:
    pages = _pages(of_book)
    (at,) = (number for number, page in enumerate(pages) if page.startswith("Notes"))
    assert pages[at] == (
        "Notes Preface 1. Of the preface. 1 Ebb 1. On the name. 2. First of all. with a list"
        " 3. See that one.4 4. This one. 2 Flood 1. The last."
    )
    assert any(page.startswith("Bibliography") for page in pages[at:])
    assert _page(of_book, "It comes.").endswith("It comes.1")
    contents = next(page for page in pages if page.startswith("Contents"))
    assert "2 Flood 3 Notes 5 Bibliography 7" in contents
    outline = [bookmark.get_title() for bookmark in PdfDocument(of_book.output(".pdf")).get_toc()]
    assert outline[-5:-1] == ["2 Flood", "Notes", "Bibliography", "Index"]


@pytest.mark.parametrize("where", ["of_chapters", "of_book"])
def test_a_call_leads_to_its_note_and_the_number_of_the_note_back(
    where: str, request: pytest.FixtureRequest
) -> None:
    built: Built = request.getfixturevalue(where)
    with pikepdf.open(built.output(".pdf")) as pdf:
        led = [str(link.Dest) for page in pdf.pages for link in page.get("/Annots", ()) if "/Dest" in link]
    for number in (1, 2, 3, 4):
        assert f"note-1-{number}" in led
        assert f"noteref-1-{number}" in led
    assert led.count("note-1-2") == 2, "the second call leads there too"


def test_a_mark_in_a_note_has_the_page_that_the_note_is_on(of_chapters: Built, of_book: Built) -> None:
    for built, page in ((of_chapters, "1"), (of_book, "5")):
        (entry,) = built.report["index"]
        assert [locator["page"] for locator in entry["locators"]] == [page]
        assert f"tides, {page}n2" in _page(built, "tides,")


def test_the_e_book_has_them_in_its_chapters_and_lists_no_page_for_them(of_book: Built) -> None:
    path = of_book.output(".epub")
    with zipfile.ZipFile(path) as book:
        (chapter,) = (name for name in book.namelist() if name.endswith("chapter-1.xhtml"))
        assert 'epub:type="footnote"' in book.read(chapter).decode()
        (nav,) = (name for name in book.namelist() if name.endswith("nav.xhtml"))
        listed = book.read(nav).decode().partition('role="doc-pagelist"')[2]
    assert ">3</a>" in listed and ">5</a>" not in listed
    assert epubcheck(path) == ()


def test_both_books_pass_the_rules_of_accessible_pdf(of_book: Built, of_chapters: Built) -> None:
    assert pdf_ua(of_book.output(".pdf")) == pdf_ua(of_chapters.output(".pdf")) == ()
