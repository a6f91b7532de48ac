"""The index on the page of both books, and what its checks say: each sentence of its description, seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pypdfium2.raw import FPDFText_GetFontSize, FPDFText_GetUnicode

from tests.building import Built, build
from tests.reading import EPUB_TYPE, XHTML, Epub, Pdf, squeezed

pytestmark = pytest.mark.slow

TIDE = "The tide comes and goes, and the harbor master writes down when; nobody has ever read it. " * 30
PREFACE = f"""# Preface

Harbors{{^harbors|(}} are old.

{TIDE}

{TIDE}

So they are.{{^harbors|)}}
"""
BOOK = f"""# 1 Harbors

## 1.1 Walls

A wall{{^walls|main}}{{^walls!of stone}}{{^walls!the height of}} keeps the sea out{{^walls}}.{{^&}}
{{^Åland}}{{^éclairs}}{{^$HOME}}{{^.profile}}{{^42 (the number)}}
{{^instruments of the rope makers, the carpenters, and the sailors}}

{TIDE}

## 1.2 Quays

A quay{{^quays|seealso walls!of stone}}{{^piers|see quays}}{{^quays}} follows{{^walls}}.[^note]

[^note]: In Swedish, *kaj*.{{^quays}}

Table: Depths {{#tbl-depths}}

| Quay | Depth |
|------|-------|
| East{{^quays}} | 4 |
"""
SETTINGS = """
[book]
title = "The Harbor Book"
authors = ["A. Pilot"]
[index]
headnote = "Ships are in italics."
[print]
trim = "5x8in"
"""
FAULTS = """# 1 Faults

## 1.1 All

Here.{^to nothing|see nowhere}{^to a see|see hawser}{^hawser|see rope}{^rope}
Round.{^one|see other}{^other|see one}
Open.{^never closed|(}
Twice.{^knot tying}
Twice.{^Knot-Tying}
Both.{^both}{^both|see rope}
"""


@dataclass(frozen=True)
class Line:
    """A line of a printed page: where it begins and how large its letters are, in points."""

    text: str
    left: float
    size: float


def lines_of(pdf: Pdf, number: int) -> Iterator[Line]:
    """The lines of a page in two columns, the left column first."""
    page = pdf.text[number]
    textpage = page.get_textpage()
    rows: dict[tuple[bool, int], list[tuple[float, str, float]]] = {}
    for at in range(textpage.count_chars()):
        sign = chr(FPDFText_GetUnicode(textpage, at))
        left, bottom, _, top = textpage.get_charbox(at, loose=True)
        if sign.isprintable() and top > bottom:
            row = (left > page.get_width() / 2, -round(bottom))
            rows.setdefault(row, []).append((left, sign, FPDFText_GetFontSize(textpage, at)))
    for _, signs in sorted(rows.items()):
        text = "".join(sign for _, sign, _ in signs).strip()
        if text:
            yield Line(
                text,
                min(left for left, _, _ in signs),
                Counter(size for *_, size in signs).most_common(1)[0][0],
            )


@pytest.fixture(scope="module")
def harbor(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The book in print and as an e-book."""
    source = tmp_path_factory.mktemp("harbor") / "book"
    source.mkdir()
    for name, text in {"00.md": PREFACE, "01.md": BOOK, "book.toml": SETTINGS}.items():
        (source / name).write_text(text, encoding="utf-8")
    built = build(source, source.parent / "out")
    assert built.exit_code == 0, built.errors
    return built


@pytest.fixture(scope="module")
def printed(harbor: Built) -> list[Line]:
    """The lines of the one page of the printed index."""
    pdf = Pdf(harbor.output(".pdf"))
    (number,) = [at for at in range(len(pdf.text)) if "Ships are in italics" in pdf.page_text(at)]
    return list(lines_of(pdf, number))


def entry(lines: list[Line], heading: str) -> str:
    """The line of a heading."""
    (found,) = [line.text for line in lines if re.match(rf"{heading}[,.]", line.text)]
    return found


def test_the_index_is_set_in_two_columns_of_smaller_type(harbor: Built, printed: list[Line]) -> None:
    pdf = Pdf(harbor.output(".pdf"))
    ours = [line for line in printed if re.search(r", \d+$", line.text)]
    middle = pdf.text[0].get_width() / 2
    assert {line.left > middle for line in ours} == {True, False}
    (body,) = {line.size for line in lines_of(pdf, pdf.labels.index("1")) if "harbor master" in line.text}
    assert max(line.size for line in ours) < body


def test_a_line_that_turns_over_is_indented_further_than_a_subheading(printed: list[Line]) -> None:
    at = next(number for number, line in enumerate(printed) if line.text.startswith("instruments of"))
    turned = printed[at + 1].left - printed[at].left
    walls, first, second = (
        next(line for line in printed if line.text.startswith(text))
        for text in ("walls,", "the height of", "of stone")
    )
    assert first.left == pytest.approx(second.left)
    assert 0 < first.left - walls.left < turned


def test_headings_are_grouped_by_letter_with_symbols_and_numbers_first(printed: list[Line]) -> None:
    labels = [line.text for line in printed if line.text in ("Symbols", "Numbers") or len(line.text) == 1]
    assert labels == ["Symbols", "Numbers", "A", "E", "H", "I", "P", "Q", "W"]
    headings = [line.text for line in printed]
    order = [
        "&,",
        "42 (the",
        "Åland",
        "éclairs",
        "harbors",
        "$HOME",
        "instruments",
        "piers",
        ".profile",
        "quays",
    ]
    places = [next(n for n, text in enumerate(headings) if text.startswith(each)) for each in order]
    assert places == sorted(places)
    assert headings.index("the height of, 1") < headings.index("of stone, 1")  # articles do not count


def test_folios_are_merged_roman_ones_apart_and_notes_and_tables_marked(printed: list[Line]) -> None:
    assert re.fullmatch(r"harbors, [ivx]+–[ivx]+", entry(printed, "harbors"))
    folios = entry(printed, "quays").split(". ")[0]
    assert re.fullmatch(r"quays, (\d+), \1t, \1n1", folios) or re.fullmatch(
        r"quays, (\d+), \d+t, \d+n1", folios
    )
    assert entry(printed, "walls").startswith("walls, 1, ")


def test_the_headnote_is_the_authors_and_tells_what_signs_mean(harbor: Built) -> None:
    text = Pdf(harbor.output(".pdf")).body()
    for said in ("Ships are in italics.", "A bold number", "n for a note, t for a table"):
        assert squeezed(said) in text
    assert squeezed("f for a figure") not in text


def test_cross_references_lead_to_headings_and_subheadings(printed: list[Line]) -> None:
    assert squeezed(entry(printed, "piers")) == squeezed("piers. See quays")
    assert squeezed("See also walls: of stone") in squeezed("".join(line.text for line in printed))


def test_an_e_book_alone_names_sections_and_with_a_print_book_folios(harbor: Built, tmp_path: Path) -> None:
    assert "vii" in " ".join(locators(harbor))
    alone = build(harbor.folder.parent / "book", tmp_path / "out", "--formats", "epub")
    assert set(locators(alone)) == {"Preface", "1.1", "1.2", "1.2n1", "1.2t"}


def locators(built: Built) -> list[str]:
    root = dict(Epub(built.output(".epub")).documents())["EPUB/index.xhtml"]
    links = (each for each in root.iter(f"{XHTML}a") if each.get(EPUB_TYPE) == "index-locator")
    return ["".join(link.itertext()) for link in links]


def test_every_check_names_file_and_line(tmp_path: Path) -> None:
    source = tmp_path / "book"
    source.mkdir()
    (source / "one.md").write_text(FAULTS, encoding="utf-8")
    (source / "index.toml").write_text(
        '[[terms]]\nterm = "rope"\n\n[[terms]]\nterm = "whales"\n', encoding="utf-8"
    )
    built = build(source, tmp_path / "out", "--formats", "epub")
    found = {
        (problem["code"], Path(problem["file"]).name, problem["line"])
        for problem in built.report["problems"]
        if problem["code"].startswith("index-")
    }
    assert found >= {
        ("index-see-nothing", "one.md", 5), ("index-see-see", "one.md", 5), ("index-see-circle", "one.md", 6),
        ("index-range-unclosed", "one.md", 7), ("index-near-double", "one.md", 9),
        ("index-see-with-locators", "one.md", 10), ("index-term-not-found", "index.toml", 5),
    }  # fmt: skip
    assert all(problem["hint"] for problem in built.report["problems"])
