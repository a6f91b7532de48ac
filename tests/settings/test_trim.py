"""Page geometry: trims, gutter, margins, and the style sheet made of them."""

import re

import pytest

from recto.settings.config import Config, PrintSettings, read
from recto.settings.lengths import TRIMS, parse_length, parse_trim
from recto.settings.trim import geometry, gutter, page_css


def page(page_count: int = 0, **settings: str):
    made, problems = geometry(Config(print=PrintSettings(**settings)), page_count)
    assert problems == ()
    return made


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("6x9in", (432, 648)),
        ("6 × 9 in", (432, 648)),
        ("6x9", (432, 648)),
        ("148 x 210", (419.53, 595.28)),
        ("6inx9in", (432, 648)),
        ("140x216mm", (396.85, 612.28)),
        ("15,5x22cm", (439.37, 623.62)),
        ("A5", (419.53, 595.28)),
        ("royal", (442.08, 663.12)),
        ("digest", (396, 612)),
        ("400x600pt", (400, 600)),
    ],
)
def test_a_trim_reads_as_a_size_or_a_name(text, points):
    assert parse_trim(text) == pytest.approx(points, abs=0.01)


@pytest.mark.parametrize("text", ["", "6", "large", "6in", "6x9x2in", "-6x9in", "6cmx9in", "6x9em"])
def test_what_is_no_trim_is_not_guessed_at(text):
    assert parse_trim(text) is None


def test_every_named_trim_makes_a_page_with_a_readable_measure():
    for name in TRIMS:
        made = page(300, trim=name)
        assert made.text_width > 30 * made.font_size * 0.6, name
        assert made.text_width <= 34 * made.font_size, name
        assert made.lines >= 20, name


@pytest.mark.parametrize(
    ("pages", "inches"),
    [
        (24, 0.375), (150, 0.375), (151, 0.5), (300, 0.5), (301, 0.625), (500, 0.625), (501, 0.75),
        (700, 0.75), (701, 0.875), (2000, 0.875),
    ],
)  # fmt: skip
def test_the_gutter_grows_with_the_page_count(pages, inches):
    assert gutter(pages) == inches * 72


def test_a_thicker_book_keeps_its_line_breaks():
    thin, thick = page(100), page(800)
    assert thick.inner > thin.inner
    assert thick.text_width == pytest.approx(thin.text_width)


def test_no_margin_falls_below_half_an_inch():
    for pages in (0, 200, 828):
        for trim in ("5x8in", "6x9in", "a4", "pocket"):
            made = page(pages, trim=trim)
            assert min(made.inner, made.outer, made.top, made.bottom) >= 35.99


def test_lines_fill_the_text_block_exactly():
    made = page()
    assert made.text_height == pytest.approx(made.lines * made.leading)
    assert 13 <= made.leading <= 14


def test_the_head_stands_in_the_margin():
    made = page()
    assert 0 < made.head < made.top


def test_a_gutter_of_the_author_wins():
    assert page(100, gutter="1in").inner > page(100).inner
    assert page(800, gutter="0mm").inner < page(800).inner


def test_margins_are_mirrored_in_the_style_sheet():
    css = page_css(page(200, bleed="3mm"))
    made = page(200, bleed="3mm")
    right = next(line for line in css.splitlines() if ":right" in line)
    left = next(line for line in css.splitlines() if ":left" in line)
    assert f"{made.inner:g}pt" in right.split()[7] and f"{made.inner:g}pt" in left.split()[5]
    assert "size: 432pt 648pt" in css
    assert "bleed: 8.504pt" in css
    assert "bleed:" not in page_css(page())


def test_lengths_need_a_unit():
    assert parse_length("3mm") == pytest.approx(8.504, abs=0.001)
    assert parse_length("0") == 0
    assert parse_length("3") is None


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("trim", "huge", "trim-unknown"),
        ("trim", "1x1in", "trim-size"),
        ("font_size", "200pt", "print-length"),
        ("bleed", "some", "print-length"),
        ("gutter", "9in", "print-length"),
    ],
)
def test_a_bad_setting_is_an_error_at_its_line(tmp_path, key, value, code):
    file = tmp_path / "book.toml"
    file.write_text(f'[book]\ntitle = "{key}"\n[print]\nopenings = "any"\n{key} = "{value}"\n')
    config, _ = read(file)
    made, problems = geometry(config)
    assert [(problem.code, problem.place.line) for problem in problems] == [(code, 5)]
    assert problems[0].severity == "error" and problems[0].hint
    assert made.width == 432  # the default stands in, so that other faults are found too


def test_long_and_short_pages_differ_by_whole_lines_at_the_foot() -> None:
    css = page_css(page())
    margins = {
        name: float(re.search(rf"@page {name} {{ margin-bottom: ([\d.]+)pt }}", css)[1])  # type: ignore[index]
        for name in ("long:left", "short:left", "long:right", "short:right", "shortest:right")
    }
    assert (
        margins["long:left"]
        == margins["long:right"]
        == pytest.approx(page().bottom - page().leading, abs=0.001)
    )
    assert margins["short:left"] == pytest.approx(page().bottom + page().leading, abs=0.001)
    assert margins["shortest:right"] == pytest.approx(page().bottom + 3 * page().leading, abs=0.001)
