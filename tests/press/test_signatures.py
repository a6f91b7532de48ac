"""Folded and laid in one another, the sheets of a booklet are the book: every page once, in order."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.press.signatures import impose_booklet, sides
from tests import validators
from tests.building import build


def folded(count: int) -> list[int | None]:
    """The pages as a reader leafs through them: sheets of a signature lie in one another."""
    book: list[int | None] = []
    signatures: dict[int, list[tuple[tuple[int | None, int | None], ...]]] = {}
    found = list(sides(count))
    for (signature, _, front), (_, _, back) in zip(found[::2], found[1::2], strict=True):
        signatures.setdefault(signature, []).append((front, back))
    for sheets in signatures.values():
        book += [page for front, back in sheets for page in (front[1], back[0])]
        book += [page for front, back in reversed(sheets) for page in (back[1], front[0])]
    return book


@given(st.integers(1, 400))
def test_every_page_comes_once_and_in_order(count: int) -> None:
    pages = folded(count)
    assert pages[:count] == list(range(count))
    assert pages[count:] == [None] * (len(pages) - count)
    assert len(pages) % 4 == 0
    assert len(pages) - count < 4


def test_a_long_book_comes_in_signatures_of_sixteen_pages() -> None:
    assert {signature for signature, _, _ in sides(64)} == {0}
    assert {signature for signature, _, _ in sides(65)} == set(range(5))
    assert max(sheet for _, sheet, _ in sides(160)) == 3


@pytest.mark.parametrize(("language", "size"), [("en-US", (792, 612)), ("de", (842, 595))])
def test_the_sheets_show_the_pages_of_the_book(language: str, size: tuple[int, int], tmp_path: Path) -> None:
    source = tmp_path / "folds"
    source.mkdir()
    (source / "a.md").write_text("# 1 Folds\n\n## 1.1 One\n\nA sheet is folded once.\n", encoding="utf-8")
    (source / "book.toml").write_text(f'[book]\nlanguage = "{language}"\n', encoding="utf-8")
    built = build(source, tmp_path / "out", "--formats", "booklet,pdf")
    assert built.exit_code == 0, built.errors
    path = built.output("-booklet.pdf")
    assert validators.qpdf(path) == ()
    reading = next(o["path"] for o in built.report["outputs"] if o["format"] == "pdf")
    sheets, book = (pypdfium2.PdfDocument(Path(each).read_bytes()) for each in (path, reading))
    assert len(sheets) == -(-len(book) // 4) * 2
    assert tuple(round(value) for value in sheets[0].get_size()) == size
    for at, (_, _, pages) in enumerate(sides(len(book))):
        shown = _letters(sheets[at].get_textpage().get_text_range())
        for page in pages:
            if page is not None:
                assert _letters(book[page].get_textpage().get_text_range()) in shown


def _letters(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_pages_that_are_too_large_are_made_smaller_and_inner_ones_stand_nearer_to_the_fold() -> None:
    with pikepdf.Pdf.new() as pdf:
        for _ in range(12):
            page = pdf.add_blank_page(page_size=(612, 792))
            page.obj.TrimBox = page.obj.MediaBox
            page.contents_add(b"0 g 0 0 612 792 re f")
        written = io.BytesIO()
        pdf.save(written)
    sheets = pypdfium2.PdfDocument(impose_booklet(written.getvalue(), letter=False))
    inks = []
    for at in (0, 4):
        image = sheets[at].render(scale=4, grayscale=True).to_pil().point(lambda v: 255 if v < 128 else 0)
        inks.append(image.crop((0, 200, image.width, 400)).getbbox())
    assert inks[0] is not None
    assert inks[1] is not None
    assert inks[0][0] > 0
    assert inks[1][2] - inks[1][0] < inks[0][2] - inks[0][0]
