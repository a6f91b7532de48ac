"""What runs off the sheet, into a margin or over something else is found, and told at its line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from recto.model import LaidOut, Overrun
from recto.print.gate import gate
from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run
from tests.building import build
from tests.checkout import ROOT
from tests.print.gate.test_gate import galley, lay_out
from tests.print_book import CSS, WORDS, page_css, unit, with_picture

STYLES = ROOT / "styles"
LONG = "Donaudampfschifffahrtsgesellschaft" * 3
NOTE = '<span class="footnote" data-b="c:9">Said below.</span>'


def overruns(folder: Path, body: str, css: str = "") -> list[Overrun]:
    laid = run(
        LayoutJob(
            unit("chapter-1", body), (CSS, page_css(100), f"p {{ margin: 0 }} {css}"), with_picture(folder)
        )
    )
    return [each for page in laid.pages for each in page.overruns]


def told(found: list[Overrun]) -> list[tuple[str, str, str, str]]:
    return [(each.kind, each.what, each.text, each.block) for each in found]


def test_a_page_whose_lines_stand_where_they_belong_has_no_overruns(tmp_path: Path) -> None:
    body = (
        f'<h1>One</h1><p data-b="c:1">{WORDS} H<sub>2</sub>O and x<sup>2</sup>.{NOTE}</p>'
        "<ul><li>one</li></ul><table><tr><td>cell</td><td>cell</td></tr></table><p>"
        '<img src="images/bar.svg" alt="A bar"/> beside a picture</p>'
    )
    assert overruns(tmp_path, body * 12) == []


def test_a_word_that_cannot_be_divided_runs_off_the_sheet(tmp_path: Path) -> None:
    (found,) = overruns(tmp_path, f'<p data-b="c:1">{WORDS} {LONG}</p>', "p { hyphens: none }")
    assert told([found]) == [("off-sheet", "line", LONG, "c:1")]
    assert 20 < found.by < 400


def test_a_line_on_the_sheet_but_out_of_the_type_area_is_in_the_margin(tmp_path: Path) -> None:
    body = f'<p data-b="c:1">{WORDS}</p><p data-b="c:2" style="margin-left: -20pt">Out to the left.</p>'
    (found,) = overruns(tmp_path, body)
    assert told([found]) == [("in-margin", "line", "Out to the left.", "c:2")]
    assert found.by == pytest.approx(20, abs=0.1)


def test_what_hangs_out_by_no_more_than_a_hyphen_is_no_overrun(tmp_path: Path) -> None:
    assert overruns(tmp_path, '<p style="margin-left: -3pt">“Hanging.”</p>') == []


def test_what_is_placed_in_the_margin_on_purpose_is_no_overrun_but_off_the_sheet_it_is(
    tmp_path: Path,
) -> None:
    style = "position: absolute; left:"
    assert overruns(tmp_path, f'<p style="{style} -20pt">In the margin.</p>') == []
    found = overruns(tmp_path, f'<p style="{style} -200pt">Off the sheet.</p>')
    assert told(found) == [("off-sheet", "line", "Off the sheet.", "")]


def test_lines_set_over_others_are_found_though_they_stand_in_the_type_area(tmp_path: Path) -> None:
    body = f'<p data-b="c:1">{WORDS}</p><p data-b="c:2" style="margin-top: -9pt">Over the last line.</p>'
    (found,) = overruns(tmp_path, body)
    assert told([found]) == [("overprinted", "line", "Over the last line.", "c:2")]


def test_a_picture_over_a_line_is_found(tmp_path: Path) -> None:
    picture = '<img src="images/bar.svg" alt="A bar" style="display: block; margin-top: -12pt"/>'
    (found,) = overruns(tmp_path, f'<p data-b="c:1">A line.</p>{picture}')
    assert told([found]) == [("overprinted", "picture", "A bar", "")]


def test_a_note_that_stands_over_the_head_of_its_page_is_found(tmp_path: Path) -> None:
    css = ".footnote { position: relative; top: -600pt }"
    found = overruns(tmp_path, f'<p data-b="c:1">{WORDS}{NOTE}</p>', css)
    assert told(found) == [("off-sheet", "note", "Said below.", "c:9")]


def test_a_table_wider_than_the_page_is_told_once(tmp_path: Path) -> None:
    row = "".join(f'<td data-b="c:{at}">{"m" * 20}{at}</td>' for at in range(9))
    (found,) = overruns(tmp_path, f"<table>{f'<tr>{row}</tr>' * 4}</table>")
    assert (found.kind, found.what, found.block) == ("off-sheet", "table", "c:0")
    assert found.text.startswith(f"{'m' * 20}0")


def test_a_picture_wider_than_the_type_area_is_found(tmp_path: Path) -> None:
    (found,) = overruns(tmp_path, '<img src="images/bar.svg" alt="A bar" style="width: 340pt"/>')
    assert told([found]) == [("in-margin", "picture", "A bar", "")]


# --- the gate -------------------------------------------------------------------------------------------


def laid_out(folder: Path, *found: Overrun, notes: str = "") -> LaidOut:
    laid = lay_out(folder)
    return replace(laid, pages=(replace(laid.pages[0], overruns=found, notes=notes), *laid.pages[1:]))


def test_the_gate_stops_what_cannot_be_read_and_warns_of_what_is_in_a_margin(tmp_path: Path) -> None:
    found = (
        Overrun("off-sheet", "note", "Said below.", 12.5, ""),
        Overrun("overprinted", "line", "Under it.", 4, ""),
        Overrun("in-margin", "table", "Cell", 9, ""),
    )
    problems = gate([galley()], [laid_out(tmp_path, *found)])
    assert [(p.severity, p.code) for p in problems] == [
        ("error", "off-sheet"),
        ("error", "overprinted"),
        ("warning", "in-margin"),
    ]
    assert problems[0].message == "page 1: a note runs off the sheet by 12.5 pt: “Said below.”"


def test_a_note_that_is_not_among_the_notes_of_the_pages_is_lost(tmp_path: Path) -> None:
    base = galley()
    aside = f'<aside role="doc-footnote"><p>{WORDS} And its very end.</p></aside>'
    book = replace(base, sections=(replace(base.sections[0], html=aside), *base.sections[1:]))
    whole = f"{WORDS} And its very end."
    assert gate([book], [laid_out(tmp_path, notes=whole)]) == ()
    for printed in (WORDS, whole.removeprefix(WORDS[:90]), ""):
        problems = gate([book], [laid_out(tmp_path, notes=printed)])
        assert [(p.severity, p.code, p.subject) for p in problems] == [("error", "text-lost", "1.1")]
        assert "a note of section" in problems[0].message


# --- whole books ----------------------------------------------------------------------------------------

TEXT = """# 1 One

## 1.1 A section

Words of the first paragraph.

And of the second,
with a line that *runs* off the sheet.

A note.[^n]

[^m]: Not this one.
[^n]: Words of a note, which stands
    wherever it does.

Called.[^m]
"""


def book(folder: Path, css: str) -> Path:
    source = folder / "book"
    (source / "styles").mkdir(parents=True)
    (source / "01.md").write_text(TEXT, encoding="utf-8")
    sheet = (STYLES / "print.css").read_text(encoding="utf-8")
    (source / "styles" / "print.css").write_text(f"{sheet}\n{css}", encoding="utf-8")
    return source


@pytest.mark.parametrize(
    ("css", "line", "said"),
    [
        ("p:nth-of-type(2) { position: relative; left: 6in }", 7, "error: page 1: a line runs off the sheet"),
        (".footnote { position: relative; top: -9in }", 13, "error: page 1: a note runs off the sheet"),
        ("p:nth-of-type(2) { margin-top: -1.2em }", 7, "error: page 1: a line is set over something else"),
    ],
)
def test_what_a_book_prints_where_it_cannot_be_read_is_told_at_its_line(
    tmp_path: Path, css: str, line: int, said: str
) -> None:
    built = build(book(tmp_path, css), tmp_path / "out", "--check")
    assert built.exit_code == 1
    assert f"01.md:{line}: {said}" in built.errors


def test_a_line_in_the_margin_is_a_warning_and_the_book_is_made(tmp_path: Path) -> None:
    source = book(tmp_path, "p:nth-of-type(2) { margin-left: -20pt; text-indent: 0 }")
    built = build(source, tmp_path / "out", "--formats", "pdf")
    assert built.exit_code == 0
    assert "01.md:7: warning: page 1: a line runs 20" in built.errors
    assert build(source, tmp_path / "out", "--check", "--strict").exit_code == 1
