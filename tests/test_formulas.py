"""Formulas in both books: MathML in the one, drawings in the other, and the same words for both."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from recto.notations import xhtml
from recto.notations.xhtml import MATHML
from recto.typeset.formulas.formula import formula
from tests.building import Built, build
from tests.validators import epubcheck, pdf_ua

TEXT = r"""# 1 The law $x^2$

Where $m$ is the mass, as [](#eq-e) says,[^1] it costs $5.

$$
E = mc^2
$$ {#eq-e}

| a | $\alpha$ |
|---|----------|
| b | $\beta$  |

[^1]: Or $\hat{x}$.
"""
FORMULAS = ["x^2", "m", "E = mc^2", r"\alpha", r"\beta", r"\hat{x}"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("formulas")
    (folder / "book").mkdir()
    (folder / "book" / "a.md").write_text(TEXT, encoding="utf-8")
    settings = '[book]\ntitle = "Laws"\nauthors = ["A. B."]\nlanguage = "en"\ndate = "2026"\n'
    (folder / "book" / "book.toml").write_text(settings, encoding="utf-8")
    built = build(folder / "book", folder / "out", "--strict")
    assert built.exit_code == 0, built.errors
    return built


def test_the_e_book_has_them_as_mathml_with_a_text_for_each(made: Built) -> None:
    with zipfile.ZipFile(made.output(".epub")) as archive:
        document = xhtml.document(archive.read("EPUB/chapter-1.xhtml").decode())
        package = archive.read("EPUB/content.opf").decode()
        contents = archive.read("EPUB/nav.xhtml").decode()
    formulas = [each.get("alttext") for each in document.iter(f"{{{MATHML}}}math")]
    assert sorted(formulas) == sorted(FORMULAS)
    assert 'properties="mathml"' in package
    assert "The law x²" in contents
    assert b"data-svg" not in xhtml.write_document(document)


@pytest.mark.slow
def test_both_books_pass_their_judges(made: Built) -> None:
    assert epubcheck(made.output(".epub")) == ()
    assert pdf_ua(made.output(".pdf")) == ()


def test_the_printed_book_has_each_tagged_with_its_text(made: Built) -> None:
    with pikepdf.open(made.output(".pdf")) as pdf:
        tags = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
        told = [str(each["/Alt"]) for each in tags if each["/S"] == "/Formula"]
        assert not [each for each in tags if each["/S"] == "/Figure"]
    assert sorted(told) == sorted([*FORMULAS, "x^2"])  # the title stands in the contents, too


def test_a_formula_stands_on_the_line_and_its_number_at_the_margin(made: Built) -> None:
    with pypdfium2.PdfDocument(made.output(".pdf")) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
        page = next(pdf[number] for number, text in enumerate(texts) if "the mass" in text)
        paths = [each for each in page.get_objects() if each.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH]
        assert len(paths) > 8
        search = page.get_textpage().search("(1.1)")
        index, count = search.get_next()
        right = page.get_textpage().get_charbox(index + count - 1)[2]
        width = page.get_width()
    assert right > width * 0.7
    assert Path(made.output(".pdf")).stat().st_size < 200_000


@pytest.mark.parametrize(
    "sign", [r"\sum_r", r"\prod_r", r"\bigcup_r", r"\bigvee_r", r"\int_r", r"\bigoplus_r"]
)
def test_a_large_sign_between_brackets_that_grow_is_as_high_as_by_itself(sign: str) -> None:
    alone, between = formula(f"{sign} S", display=True), formula(rf"\left({sign} S\right)", display=True)
    assert between.height < 2 * alone.height


def test_a_formula_wider_than_the_lines_goes_on_below_or_is_set_smaller(tmp_path: Path) -> None:
    terms = "+".join(f"x_{{{number}}}" for number in range(30))
    matrix = "&".join("aaaa" for _ in range(12))
    text = f"# 1 A\n\n$$\ny={terms}\n$$ {{#eq-y}}\n\n$$\n\\begin{{pmatrix}}{matrix}\\end{{pmatrix}}\n$$\n"
    (tmp_path / "a.md").write_text(text + f"\nIn the line ${terms}=0$ it ends too.\n", encoding="utf-8")
    built = build(tmp_path / "a.md", tmp_path / "out", "--formats", "pdf")
    assert built.exit_code == 0 and "in-margin" not in built.errors
    with pikepdf.open(built.output(".pdf")) as pdf:
        formulas = [each for each in pdf.objects if _is_formula(each)]
        described = [str(each.Alt) for each in formulas if str(each.Alt) != "…"]
    assert len(described) == 3 and len(formulas) > 60
    assert pdf_ua(built.output(".pdf")) == ()


def _is_formula(item: pikepdf.Object) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Formula"
