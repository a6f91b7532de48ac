"""What the shipped style sheets make of pages: where they may end, and where they may not."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from recto.compose import print_units
from recto.index.index_model import LetterGroup, LocatedEntry, LocatedIndex, PrintedLocator
from recto.model import LaidOut, Unit
from recto.print.layout.job import LayoutJob, asset_table
from recto.print.layout.running import run
from recto.theme import find
from tests.sample_galleys import composer

ONE = PrintedLocator("1", "1", "chapter-1")


def lay_out(unit: Unit, page: str) -> LaidOut:
    theme = find(Path("nowhere"))
    return run(LayoutJob(unit, (*theme.paper(), page), asset_table(theme, ())))


def test_a_column_of_the_index_ends_with_no_heading_without_its_followers():
    def entry(term: str, level: int = 1, below: tuple[LocatedEntry, ...] = ()) -> LocatedEntry:
        return LocatedEntry(term, f"index-{term}", level, (ONE,), entries=below)

    deep = entry("deep", 1, tuple(entry(f"sub{n}", 2) for n in range(4)))
    groups = (
        LetterGroup("A", "index-a", tuple(entry(f"aa{n}") for n in range(3))),
        LetterGroup("B", "index-b", (deep, entry("after"))),
        LetterGroup("C", "index-c", tuple(entry(f"cc{n}") for n in range(3))),
    )
    made, _ = print_units(composer(), LocatedIndex(groups), None)
    unit = next(each for each in made if each.name == "index")
    for height in range(60, 160, 11):
        page = f"@page {{ size: 3in {height}pt; margin: 0 }} html {{ font-size: 10pt; line-height: 13.5pt }}"
        small = f"{page} section.index .columns {{ columns: 1 }} h1.opening {{ display: none }}"
        lasts = [each.text.removesuffix(", 1").split()[-1] for each in lay_out(unit, small).pages[:-1]]
        assert lasts and not {"A", "B", "C", "aa0", "cc0", "deep"} & set(lasts), height


def _document(body: str) -> str:
    return f'<html lang="en"><head><title>T</title></head><body>{body}</body></html>'


def test_a_formula_stays_on_the_page_of_its_number():
    for lines in range(1, 9):
        text = "".join(f"<p>Line {n}.</p>" for n in range(lines))
        formula = '<span class="number">(1)</span> <span class="math display"><br/>the formula<br/></span>'
        html = _document(f'{text}<div class="formula">{formula}</div>')
        page = "@page { size: 3in 110pt; margin: 0 } html { font-size: 10pt; line-height: 13.5pt }"
        (shown,) = (
            each.text for each in lay_out(Unit("u", html, "arabic"), page).pages if "(1)" in each.text
        )
        assert "formula" in shown, lines


@pytest.mark.parametrize("block", ['div class="poem"', 'div class="admonition"', "blockquote"])
def test_below_a_heading_stands_its_own_space_whatever_follows(block: str) -> None:
    page = "@page { size: 4in 500pt; margin: 0 } html { font-size: 10pt; line-height: 13.5pt }"
    tops = []
    for opened in ("div", block):
        text = f'<{opened}><p data-b="p:1">One.</p></{opened.split()[0]}>'
        html = _document(f'<section><h2 data-b="h:1">Heading</h2>{text}</section>')
        lines = lay_out(Unit("u", html, "arabic"), page).pages[0].lines
        tops.append(lines[0][2] - lines[1][2])
    assert tops[0] == pytest.approx(tops[1], abs=1)  # another size of type stands a little lower


def test_a_table_is_as_wide_as_what_is_in_it_whatever_its_caption():
    def width(cells: str) -> float:
        rows = f"<caption>Sizes</caption><tbody><tr>{cells}</tr></tbody>"
        html = _document(f'<table class="captioned" data-b="t">{rows}</table>')
        page = "@page { size: 5in 5in; margin: 0 } html { font-size: 10pt; line-height: 13.5pt }"
        document = pypdfium2.PdfDocument(lay_out(Unit("u", html, "arabic", display=True), page).pdf)
        text = document[0].get_textpage()
        return max(text.get_charbox(at)[2] for at in range(text.count_chars()))

    assert width("<td>a</td><td>b</td>") < 2.6 * 72
    assert width(f"<td>a</td><td>{'b ' * 90}</td>") > 4.5 * 72
