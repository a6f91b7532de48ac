"""The specimen in every shipped theme: whole, valid, and each a world of its own."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary

from recto.theme import shipped_folder
from tests.building import Built, build
from tests.checkout import ROOT
from tests.validators import epubcheck, inks, pdf_ua

pytestmark = pytest.mark.slow

THEMES = tuple(sorted(path.parent.name for path in shipped_folder().glob("themes/*/theme.toml")))
FACES = {
    "manual": "SourceSerif4",
    "novel": "EBGaramond",
    "essay": "Alegreya",
    "textbook": "STIXTwoText",
}


@pytest.fixture(scope="module")
def specimens(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Built]:
    """The specimen built once in each theme."""
    made = {}
    for name in THEMES:
        book = tmp_path_factory.mktemp("specimens") / name
        shutil.copytree(ROOT / "tests" / "books" / "specimen", book)
        settings = book / "book.toml"
        settings.write_text(
            settings.read_text("utf-8").replace("[book]", f'[book]\ntheme = "{name}"', 1), "utf-8"
        )
        made[name] = build(book, book / "out", "--strict")
    return made


def pages(built: Built) -> list[str]:
    document = pypdfium2.PdfDocument(built.output(".pdf"))
    return [str(page.get_textpage().get_text_bounded()) for page in document]


@pytest.mark.parametrize("theme", THEMES)
def test_the_specimen_is_whole_in_every_theme(specimens: Mapping[str, Built], theme: str) -> None:
    assert specimens[theme].exit_code == 0, specimens[theme].errors
    assert specimens[theme].report["problems"] == []
    assert pdf_ua(specimens[theme].output(".pdf")) == ()
    assert epubcheck(specimens[theme].output(".epub")) == ()


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_is_set_in_its_own_typeface(specimens: Mapping[str, Built], theme: str) -> None:
    with pikepdf.open(specimens[theme].output(".pdf")) as pdf:
        fonts = {
            str(each.FontName) for each in pdf.objects if isinstance(each, Dictionary) and "/FontName" in each
        }
    assert any(f"+{FACES[theme]}" in name for name in fonts), fonts


def test_the_novel_has_folios_on_its_openings_and_no_numbers_before_its_sections(
    specimens: Mapping[str, Built],
) -> None:
    texts = pages(specimens["novel"])
    (opening,) = (text for text in texts if "The Ferry at Low Water" in text and "bell" in text)
    assert opening.startswith("2")
    headed = "".join(texts)
    assert headed.count("What the Wall Said") > 1 and "1.1" not in headed  # nor in the contents
    with zipfile.ZipFile(specimens["novel"].output(".epub")) as book:
        listed = book.read("EPUB/nav.xhtml").decode()
    assert "What the Wall Said" in listed and "1.1" not in listed
    assert "1.1 What the Wall Said" in "".join(pages(specimens["manual"])).replace("  ", " ")


def test_the_essay_has_its_notes_in_the_outer_margin(specimens: Mapping[str, Built]) -> None:
    document = pypdfium2.PdfDocument(specimens["essay"].output(".pdf"))
    texts = pages(specimens["essay"])
    index = next(at for at, text in enumerate(texts) if "Nobody has asked" in text)
    assert index % 2, "a left-hand page"
    width, height = document[index].get_size()
    margin = document[index].get_textpage().get_text_bounded(0, 0, 0.29 * width, height)
    assert "Nobody has asked" in margin.replace("\r\n", " ") and "oldest argument" not in margin


def test_the_textbook_has_colour_in_its_e_book_and_none_in_print(specimens: Mapping[str, Built]) -> None:
    with zipfile.ZipFile(specimens["textbook"].output(".epub")) as book:
        assert b"#337ab7" in book.read("EPUB/styles/look.css")
    printed = inks(specimens["textbook"].output(".pdf"))
    coloured = [each for each in printed if max(each[:3]) - min(each[:3]) > 0.0001]
    assert coloured == []


def test_a_scene_of_the_textbook_begins_a_whole_line_below_the_one_before(
    specimens: Mapping[str, Built],
) -> None:
    """Below a quotation too, where less would not show and the text would leave its grid."""
    document = pypdfium2.PdfDocument(specimens["textbook"].output(".pdf"))
    page = next(page for page in document if page.get_textpage().search("season tickets").get_next())
    text = page.get_textpage()
    above, below = (
        text.get_charbox(text.search(said).get_next()[0], loose=True)[1]
        for said in ("season tickets", "There is a second kind")
    )
    assert above - below == pytest.approx(2 * 14, abs=0.5)
