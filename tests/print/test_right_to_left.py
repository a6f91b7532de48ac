"""A book that is read from right to left is set, bound and packed that way."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from recto.print.binding.fonts import FontFile
from recto.print.binding.stamp import _directed
from recto.print.layout.job import AssetFile
from tests.building import Built, build
from tests.checkout import ROOT

TEXT = """\
# 1 הסירה

חותר טוב יודע לקרוא את הרוח, והמשוט **ארוך מאוד** ונכנס למים בזווית של 45 מעלות. הפקודה `oar --length` מודדת.

[The oar]{lang=en} ושוב עברית.

## 1.1 מנוחה

"""
LINES = "הסירות עוגנות כאן ליד המזח הישן, והמנוף מרים ארבעים טונות בכל יום, וכל אחד בנמל יודע זאת היטב.\n\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("rtl")
    (folder / "book").mkdir()
    (folder / "book" / "a.md").write_text(TEXT + LINES * 40, encoding="utf-8")
    (folder / "book" / "book.toml").write_text(
        '[book]\ntitle = "ספר החתירה"\nauthors = ["נעם ים"]\nlanguage = "he"\n', encoding="utf-8"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RECTO_CACHE", str(folder / "cache"))
        return build(folder / "book", folder / "out", "--jobs", "1")


def test_it_is_built_without_a_fault(built: Built) -> None:
    assert built.exit_code == 0, built.errors


def test_the_e_book_turns_its_pages_to_the_right(built: Built) -> None:
    with zipfile.ZipFile(built.output(".epub")) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xhtml")]
        documents = {name: archive.read(name).decode() for name in names}
        (opf,) = (name for name in archive.namelist() if name.endswith(".opf"))
        package = archive.read(opf).decode()
    assert 'page-progression-direction="rtl"' in package
    assert [name for name, text in documents.items() if ' dir="rtl"' not in text[:400]] == []
    chapter = documents["EPUB/chapter-1.xhtml"]
    assert '<code dir="ltr">oar --length</code>' in chapter
    assert '<span lang="en" dir="ltr"' in chapter or 'dir="ltr" lang="en"' in chapter
    assert "פרק" in chapter


def test_the_print_book_is_bound_on_the_right(built: Built) -> None:
    content = built.output(".pdf").read_bytes()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"
        assert pdf.Root.PageLayout == "/TwoPageLeft"
    document = pypdfium2.PdfDocument(content)
    sides = {}
    for number in range(len(document)):
        text = document[number].get_textpage()
        boxes = [
            text.get_charbox(at) for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()
        ]
        if len(boxes) > 800:
            width = document[number].get_width()
            sides[number % 2] = (
                min(box[0] for box in boxes),
                width - max(box[2] for box in boxes),
            )
    (recto_left, recto_right), (verso_left, verso_right) = sides[0], sides[1]
    assert recto_left > recto_right + 2  # the spine is at the right of a recto, where the inner margin is
    assert verso_right > verso_left + 2


def test_every_line_begins_at_the_right_margin_or_an_indent_from_it(built: Built) -> None:
    command = ["pdftotext", "-bbox-layout", str(built.output(".pdf")), "-"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    page = max(said.split("<page ")[1:], key=lambda page: page.count("<line "))
    rights = sorted(float(right) for right in re.findall(r'<line [^>]*xMax="([\d.]+)"', page))[2:]
    assert len(rights) > 20
    # lines begin at the right margin, and the first of a paragraph an indent to the left of it
    at_margin = [right for right in rights if right > rights[-1] - 1]
    indented = [right for right in rights if rights[-1] - 14.5 < right < rights[-1] - 12.5]
    assert len(at_margin) + len(indented) == len(rights)
    assert min(len(at_margin), len(indented)) > 8


@pytest.mark.parametrize(
    ("text", "leftward", "pieces"),
    [
        ("Sails", False, [("Sails", False)]),
        ("פרק 12 סוף", True, [(" סוף", True), ("12", False), ("פרק ", True)]),
        ("אב, גד", True, [("אב, גד", True)]),
        ("Oars (אב) end", False, [("Oars (", False), ("אב", True), (") end", False)]),
        ("12", True, [("12", False)]),
    ],
)
def test_a_head_stands_in_the_order_it_is_read_in(
    text: str, leftward: bool, pieces: list[tuple[str, bool]]
) -> None:
    assert _directed(text, leftward=leftward) == pieces


@pytest.mark.parametrize(
    "file", sorted((ROOT / "styles" / "fonts").glob("*.ttf")), ids=lambda file: file.name
)
def test_no_font_of_ours_has_arabic_letters_that_do_not_join(file: Path) -> None:
    font = FontFile(AssetFile.of(file))
    assert 0x628 not in font.characters
    assert 0x628 not in font.face.unicodes
