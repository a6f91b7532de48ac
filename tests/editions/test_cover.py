"""The wrap has the measures of this very book; words on covers are whole and as large as they can be."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from recto.compose.epub.long_titles import heads
from recto.compose.fitting import fit, lines
from recto.compose.print.bars import addon, bars_of, price_code
from recto.editions.cover import bound_pages, spine_width
from recto.editions.word_widths import _width
from recto.press import PressOrder
from recto.press.press_profile import profile
from recto.print.binding.fonts import open_font
from tests import validators
from tests.building import Built, build
from tests.print_book import assets

SETTINGS = """
[book]
title = "Two Hives"
authors = ["Ann Comb"]
isbn = "978-3-16-148410-0"
description = "Bees.\\n\\nMore bees."
date = "2026"
[press]
profile = "kdp"
"""
TEXT = "# 1 Bees\n\n## 1.1 Hives\n\nA hive hums.\n"


def made(folder: Path, settings: str = SETTINGS, text: str = TEXT) -> Built:
    source = folder / "hives"
    source.mkdir(exist_ok=True)
    (source / "a.md").write_text(text, encoding="utf-8")
    (source / "book.toml").write_text(settings, encoding="utf-8")
    return build(source, folder / "out", "--formats", "cover")


@pytest.mark.parametrize(
    ("pages", "paper", "inches"),
    [
        (300, "white", 12.926),
        (24, "white", 12.304),
        (828, "white", 14.115),
        (300, "cream", 13.0),
        (24, "cream", 12.31),
        (300, "premium-color", 12.954),
    ],
)
def test_the_wrap_of_kdp_is_as_wide_as_kdp_says(pages: int, paper: str, inches: float) -> None:
    order = PressOrder(profile("kdp"), paper)
    assert (2 * 6 * 72 + spine_width(order, pages) + 18) / 72 == pytest.approx(inches, abs=0.0006)


@pytest.mark.parametrize(
    ("trim", "pages", "paper", "wide", "high"),
    [
        ((6, 9), 186, "white", 14.183, 10.417),
        ((6, 9), 156, "cream", 14.154, 10.417),
        ((7, 10), 269, "premium-color", 16.395, 11.417),
        ((7, 10), 275, "premium-color", 16.409, 11.417),
    ],
)
def test_the_case_of_a_kdp_hardcover_is_what_kdp_itself_expects(
    trim: tuple[float, float], pages: int, paper: str, wide: float, high: float
) -> None:
    order = PressOrder(profile("kdp-hardcover"), paper)
    cover = order.profile.cover
    panel = tuple((side * 72 + more) for side, more in zip(trim, cover.panel, strict=True))
    assert (2 * panel[0] + spine_width(order, pages) + 2 * cover.bleed) / 72 == pytest.approx(
        wide, abs=0.0006
    )
    assert (panel[1] + 2 * cover.bleed) / 72 == pytest.approx(high, abs=0.0006)


@pytest.mark.parametrize(
    ("pages", "profile_name", "paper", "inches"),
    [
        (24, "lulu", "white", 0.114),
        (828, "lulu", "white", 1.925),
        (300, "kdp-hardcover", "white", 0.864),
        (20, "blurb", "white", 0.056),
        (150, "blurb", "white", 0.3195),
        (600, "blurb", "white", 0.972),
    ],
)
def test_spines_follow_from_pages_and_paper(pages: int, profile_name: str, paper: str, inches: float) -> None:
    assert spine_width(PressOrder(profile(profile_name), paper), pages) / 72 == pytest.approx(
        inches, abs=0.001
    )


@pytest.mark.parametrize(
    ("name", "trim", "pages", "paper", "wide", "high"),
    [
        ("blurb", (6, 9), 24, "white", 12.306, 9.25),
        ("blurb", (6, 9), 480, "white", 13.222, 9.25),
        ("blurb", (5, 8), 300, "color", 11.042, 8.25),
        ("blurb", (8, 10), 300, "color", 17.042, 10.25),
        ("blurb-hardcover", (6, 9), 24, "white", 13.5, 9.861),
        ("blurb-hardcover", (6, 9), 200, "white", 13.75, 9.861),
        ("blurb-hardcover", (6, 9), 480, "color", 14.625, 9.861),
    ],
)
def test_the_sheets_of_blurb_are_those_of_its_calculator(
    name: str, trim: tuple[float, float], pages: int, paper: str, wide: float, high: float
) -> None:
    order = PressOrder(profile(name), paper)
    cover = order.profile.cover
    panel = tuple((side * 72 + more) for side, more in zip(trim, cover.panel, strict=True))
    assert (2 * panel[0] + spine_width(order, pages) + 2 * cover.bleed) / 72 == pytest.approx(
        wide, abs=0.0006
    )
    assert (panel[1] + 2 * cover.bleed) / 72 == pytest.approx(high, abs=0.0006)


def test_a_proof_shows_the_zones_in_a_file_of_its_own(tmp_path: Path) -> None:
    source = made(tmp_path).folder.parent / "hives"
    built = build(source, tmp_path / "proofed", "--formats", "cover", "--proof")
    assert [o["role"] for o in built.report["outputs"]] == ["wrap", "proof", "shop window"]
    with (
        pikepdf.open(built.output("-cover-proof.pdf")) as proof,
        pikepdf.open(built.output("-cover.pdf")) as plain,
    ):
        assert list(proof.pages[0].MediaBox) == list(plain.pages[0].MediaBox)
        assert len(proof.pages[0].Contents.read_bytes()) > len(plain.pages[0].Contents.read_bytes()) + 500


def test_lulu_adds_to_the_spine_and_ingramspark_keeps_its_paper_to_itself() -> None:
    assert spine_width(PressOrder(profile("lulu")), 444) / 72 == pytest.approx(1.06, abs=0.0005)
    assert spine_width(PressOrder(profile("ingramspark")), 444) == 0


def test_the_pages_that_the_printer_adds_count() -> None:
    assert bound_pages(PressOrder(profile("kdp")), 23) == 24
    assert bound_pages(PressOrder(profile("ingramspark")), 24) == 26
    assert bound_pages(PressOrder(replace(profile("kdp"), even=False)), 23) == 23


def test_the_wrap_is_one_sheet_with_spine_bleed_and_barcode(tmp_path: Path) -> None:
    built = made(tmp_path)
    assert built.exit_code == 0, built.errors
    assert [(o["format"], o["role"]) for o in built.report["outputs"]] == [
        ("cover", "wrap"),
        ("cover", "shop window"),
    ]
    pages = built.report["pages"] + built.report["pages"] % 2
    with pikepdf.open(built.output("-cover.pdf")) as pdf:
        (page,) = pdf.pages
        media, trim = ([float(v) for v in box] for box in (page.MediaBox, page.TrimBox))
        assert {"/StructTreeRoot", "/Names", "/Outlines"} & set(pdf.Root) == set()
    assert media[2] == pytest.approx(2 * 432 + pages * 0.002252 * 72 + 18, abs=0.02)
    assert media[3] == pytest.approx(9.25 * 72, abs=0.01)
    assert trim == pytest.approx([9, 9, media[2] - 9, media[3] - 9], abs=0.02)
    assert validators.qpdf(built.output("-cover.pdf")) == ()
    with Image.open(built.output("-cover.jpg")) as picture:
        assert picture.size == (1600, 2560)


def test_without_an_isbn_there_is_no_barcode_and_the_place_for_it_is_free(tmp_path: Path) -> None:
    with_bars, without = tmp_path / "with", tmp_path / "without"
    with_bars.mkdir()
    without.mkdir()
    one = made(with_bars).output("-cover.pdf")
    other = made(without, SETTINGS.replace('isbn = "978-3-16-148410-0"', "")).output("-cover.pdf")
    drawn = []
    for path in (one, other):
        with pikepdf.open(path) as pdf:
            drawn.append(len(pdf.pages[0].Contents.read_bytes()))
    assert drawn[0] > drawn[1] + 1000


@pytest.mark.parametrize(
    ("press", "code"),
    [('profile = "ingramspark"', "cover-spine"), ('profile = "generic-x4"', "cover-spine")],
)
def test_measures_that_nobody_tells_are_asked_for(press: str, code: str, tmp_path: Path) -> None:
    built = made(tmp_path, SETTINGS.replace('profile = "kdp"', press))
    assert built.exit_code == 2
    assert code in {problem["code"] for problem in built.report["problems"]}
    assert list((tmp_path / "out").iterdir()) == []


def test_a_spine_that_the_printer_has_told_is_taken(tmp_path: Path) -> None:
    built = made(tmp_path, SETTINGS.replace('"kdp"', '"ingramspark"\nspine = "0.5in"'))
    assert built.exit_code == 0, built.errors
    assert "cover-inks" in {problem["code"] for problem in built.report["problems"]}
    with pikepdf.open(built.output("-cover.pdf")) as pdf:
        box = pdf.pages[0].MediaBox
        assert float(box[2]) / 72 == pytest.approx(12.75, abs=0.001)


def test_the_authors_own_cover_is_on_the_front_of_the_wrap(tmp_path: Path) -> None:
    (tmp_path / "hives").mkdir()
    Image.new("RGB", (1400, 2240), "#ff0000").save(tmp_path / "hives" / "art.png")
    built = made(tmp_path, SETTINGS.replace("[press]", 'cover = "art.png"\n[press]'))
    assert [o["role"] for o in built.report["outputs"]] == ["wrap"]
    (told,) = (p for p in built.report["problems"] if p["code"] == "cover-coarse")
    assert "1838 × 2775" in told["hint"]
    import pypdfium2

    page = pypdfium2.PdfDocument(built.output("-cover.pdf").read_bytes())[0]
    image = page.render(scale=0.25).to_pil().convert("RGB")
    assert image.getpixel((image.width - 3, image.height // 2)) == (255, 0, 0)


@pytest.mark.parametrize("design", ["canon", "label", "rules"])
def test_each_design_draws_its_words_whole_within_the_front(design: str, tmp_path: Path) -> None:
    import pypdfium2

    title = "Communication and Its Discontents"
    settings = SETTINGS.replace("Two Hives", title) + f'[theme.cover]\ndesign = "{design}"\n'
    page = pypdfium2.PdfDocument(made(tmp_path, settings).output("-cover.pdf").read_bytes())[0]
    text = page.get_textpage()
    assert title in " ".join(text.get_text_range().split())
    for word in ("Communication", "Discontents", "Ann Comb"):
        at, count = text.search(word).get_next()
        boxes = [text.get_charbox(at + n) for n in range(count)]
        assert min(box[0] for box in boxes) > page.get_width() / 2
        assert max(box[2] for box in boxes) < page.get_width() - 27  # bleed, and a quarter of an inch
        assert len({round(box[1] / 12) for box in boxes}) <= 2  # in one line


def test_a_word_too_long_for_the_line_is_hyphenated_where_it_would_else_be_too_small_to_read(
    tmp_path: Path,
) -> None:
    import pypdfium2

    word = "Rechtsschutzversicherungsgesellschaften"
    settings = SETTINGS.replace("Two Hives", word).replace("[press]", 'language = "de"\n[press]', 1)
    page = pypdfium2.PdfDocument(made(tmp_path, settings).output("-cover.pdf").read_bytes())[0]
    text = page.get_textpage()
    at, _ = text.search(word[:8]).get_next()
    left, bottom, _, top = text.get_charbox(at)
    assert top - bottom > 15  # of a page 6 in wide: 3.5 pixels of a picture 100 pixels wide
    assert left > page.get_width() / 2
    said = text.get_text_range()
    assert word not in said
    assert word in re.sub(r"[^A-Za-z]", "", said)


LONG = (
    "The Practice of Slow Repair; or, How to Mend a Clock, a Chair, a Boat and a Quarrel Without Losing"
    " Any of the Pieces, or the Patience of Those Who Wait for Them by the Door of the Shop on a Wet Day"
)


def test_a_title_of_many_words_has_its_beginning_set_so_large_that_it_can_be_read_in_a_list(
    tmp_path: Path,
) -> None:
    import pypdfium2

    settings = SETTINGS.replace("Two Hives", LONG)
    page = pypdfium2.PdfDocument(made(tmp_path, settings).output("-cover.pdf").read_bytes())[0]
    text = page.get_textpage()
    assert LONG in " ".join(text.get_text_range().split())

    def height(word: str, letter: int) -> float:
        """Of a letter, in pixels of a picture 100 pixels wide; the front is 6 in wide."""
        at, _ = text.search(word).get_next()
        _, bottom, _, top = text.get_charbox(at + letter)
        return float(top - bottom) * 100 / 432

    assert height("Practice", 0) > 6 and height("Repair", 1) > 4
    assert 0 < height("Losing", 1) < 2


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("The Night Ferry: A Life", "The Night Ferry:"),
        ("Is It Raining? Letters from a Lighthouse", "Is It Raining?"),
        ("The Practice of Dr. Fox; or, Repair", "The Practice of Dr. Fox;"),
        ("Geese, Ducks, and Hens", "Geese,"),
        ("Salt and the Sea", "Salt"),
        ("海辺の町、春から夏へ", "海辺の町、"),
        ("Salt — a Memoir", "Salt"),
    ],
)
def test_a_long_title_is_parted_at_its_first_sign_or_behind_a_word_of_weight(title: str, head: str) -> None:
    first, rest = next(heads(title))
    assert first == head
    assert f"{first} {rest}" == title or f"{first}{rest}" == title


def width(text: str) -> float:
    return _width(open_font(assets()["styles/fonts/SourceSerif4-SemiBold.ttf"]), text)


@pytest.mark.parametrize("word", ["Handbook", "Communication", "Typography", "Война", "Ὀδύσσεια"])
def test_no_word_of_a_title_is_broken_or_wider_than_the_line(word: str) -> None:
    size = fit(f"The {word}", 338, 500, width, largest=76, least=14, leading=1.12)
    assert 30 < size <= 76
    assert width(word) * size <= 338


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=30))
def test_what_fits_has_every_word_on_a_line_and_every_line_on_the_page(words: list[str]) -> None:
    text = " ".join(words)
    size = fit(text, 300, 400, width, largest=76, least=14, leading=1.2)
    if size > 14:
        assert max(map(width, words)) * size <= 300
        assert lines(text, size, 300, width) * size * 1.2 <= 400
        assert size == 76 or size * 1.2 * lines(text, size, 300, width) > 0


def test_chinese_and_japanese_end_a_line_after_any_sign() -> None:
    assert lines("日本語組版の手引き", 50, 210, width) == 3


def test_the_e_book_has_its_cover_drawn_with_its_words_measured(tmp_path: Path) -> None:
    source = tmp_path / "hives"
    source.mkdir()
    (source / "a.md").write_text(TEXT, encoding="utf-8")
    (source / "book.toml").write_text(SETTINGS, encoding="utf-8")
    built = build(source, tmp_path / "out", "--formats", "epub")
    with zipfile.ZipFile(built.output(".epub")) as archive, archive.open("EPUB/cover.png") as cover:
        assert Image.open(cover).size == (1400, 2240)


@pytest.mark.parametrize(
    ("price", "digits"),
    [
        ("14.99 USD", "51499"),
        ("USD 9", "50900"),
        ("$5.50 CAD", "60550"),
        ("90000", "90000"),
        ("100 USD", ""),
        ("14,99 EUR", ""),
        ("14.9 USD", ""),
    ],
)
def test_a_price_is_five_digits_or_told(price: str, digits: str) -> None:
    assert price_code(price) == digits


def test_the_price_is_drawn_as_gs1_has_it_within_the_place_of_the_barcode() -> None:
    assert addon("54495") == "01011" + "01".join(("0110001", "0100011", "0011101", "0001011", "0111001"))
    for space in ((144.0, 86.4), (126.0, 72.0)):
        made = bars_of("978-3-16-148410-0", "51499", space)
        lefts = [float(each) for each in re.findall(r"M([\d.]+) ", made.path)]
        assert 0 < min(lefts) < max(lefts) < space[0]
        assert [words for *_, words in made.digits] == ["9 783161 484100", "51499"]
