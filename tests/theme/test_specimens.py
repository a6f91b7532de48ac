"""The specimen in every shipped theme: whole, valid, and each a world of its own."""

from __future__ import annotations

import shutil
from collections.abc import Mapping

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary

from recto.theme import shipped_folder
from tests.building import Built, build
from tests.checkout import ROOT
from tests.validators import epubcheck, pdf_ua

pytestmark = pytest.mark.slow

THEMES = tuple(sorted(path.parent.name for path in shipped_folder().glob("themes/*/theme.toml")))
FACES = {"manual": "SourceSerif4", "novel": "EBGaramond"}


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
    headed = "".join(texts[12:])
    assert "What the Wall Said" in headed and "1.1" not in headed
    assert "1.1 What the Wall Said" in "".join(pages(specimens["manual"])).replace("  ", " ")
