"""Figures that don't fit go to the head of the next page, and the text goes on in their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.model import LaidOut
from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run
from tests.print_book import CSS, WORDS, unit, with_picture

PAGE = "@page { size: 300pt 400pt; margin: 40pt } html { font-size: 10pt; line-height: 16pt }"
LOOK = f"""{PAGE} p, figcaption {{ margin: 0 }} figure {{ margin: 8pt 0; break-inside: avoid }}
h2 {{ break-after: avoid; font-size: 10pt; margin: 16pt 0 0 }} .short {{ break-inside: avoid }}"""
LINES = 20  # that a page holds
FILLS = 12  # lines that a figure takes


def figure(number: int, kind: str = "") -> str:
    style = f"display: block; height: {16 * (FILLS - 2)}pt; width: 100pt"
    picture = f'<img src="images/bar.svg" alt="" style="{style}"/>'
    return (
        f'<figure class="{kind}" id="f{number}">{picture}<figcaption>Figure {number}.</figcaption></figure>'
    )


def lines(count: int, mark: str) -> str:
    return "".join(f'<p data-b="{mark}:{at}">{mark} {at}</p>' for at in range(count))


def lay_out(body: str, folder: Path) -> LaidOut:
    return run(LayoutJob(unit("chapter-1", body), (CSS, LOOK), with_picture(folder)))


def test_a_figure_that_fits_stands_where_it_is(tmp_path: Path) -> None:
    (page,) = lay_out(f"{lines(3, 'a')}{figure(1)}{lines(3, 'b')}", tmp_path).pages
    assert page.text == "a 0 a 1 a 2 Figure 1. b 0 b 1 b 2" and page.moved == ""


def test_a_figure_that_does_not_fit_leaves_no_hole(tmp_path: Path) -> None:
    one, two = lay_out(f"{lines(12, 'a')}{figure(1)}{lines(12, 'b')}", tmp_path).pages
    assert one.text.endswith("a 11 b 0 b 1 b 2 b 3 b 4 b 5 b 6 b 7")
    assert two.moved == "Figure 1." and two.text == "b 8 b 9 b 10 b 11"
    assert "f1" in two.anchors
    assert max(top for _, _, top in two.lines) < 400 - 40 - 16 * (FILLS - 1)  # the text begins below it


def test_a_short_table_that_does_not_fit_leaves_no_hole(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>row {at}</td></tr>" for at in range(FILLS))
    table = f'<table class="captioned short" id="t1"><caption>Table 1.</caption>{rows}</table>'
    one, two = lay_out(f"{lines(12, 'a')}{table}{lines(12, 'b')}", tmp_path).pages
    assert one.text.endswith("a 11 b 0 b 1 b 2 b 3 b 4 b 5 b 6 b 7")
    assert two.moved.startswith("Table 1. row 0") and two.text == "b 8 b 9 b 10 b 11"


@pytest.mark.parametrize(("before", "on_first"), [(12, "row 0 row 1"), (15, "")])
def test_a_short_table_without_a_caption_is_parted_rather_than_leave_a_hole(
    tmp_path: Path, before: int, on_first: str
) -> None:
    rows = "".join(f"<tr><td>row {at}</td></tr>" for at in range(FILLS))
    one, two = lay_out(f'{lines(before, "a")}<table class="short">{rows}</table>', tmp_path).pages
    assert one.text.startswith("a 0") and f"a {before - 1}" in one.text
    assert ("row" in one.text) == bool(on_first) and on_first in one.text
    assert f"row {FILLS - 1}" in two.text and two.moved == ""


def test_figures_keep_their_order(tmp_path: Path) -> None:
    body = f"{lines(12, 'a')}{figure(1)}{lines(2, 'b')}{figure(2)}{lines(30, 'c')}"
    pages = lay_out(body, tmp_path).pages
    assert " ".join(page.moved for page in pages if page.moved) == "Figure 1. Figure 2."
    assert all(len(page.text) > 20 for page in pages)


def test_a_small_figure_waits_for_a_large_one_that_found_no_room_on_two_pages(tmp_path: Path) -> None:
    large = figure(2).replace(f"{16 * (FILLS - 2)}pt", f"{16 * (LINES - 4)}pt")
    small = figure(3).replace(f"{16 * (FILLS - 2)}pt", "32pt")
    body = f"{lines(12, 'a')}{figure(1)}{large}{lines(12, 'b')}{small}{lines(30, 'c')}"
    pages = lay_out(body, tmp_path).pages
    shown = " ".join(f"{page.moved} {page.text}" for page in pages)
    assert [shown.index(f"Figure {at}.") for at in (1, 2, 3)] == sorted(
        shown.index(f"Figure {at}.") for at in (1, 2, 3)
    )


def test_a_figure_that_is_told_to_stay_stays(tmp_path: Path) -> None:
    one, two = lay_out(f"{lines(12, 'a')}{figure(1, 'here')}{lines(6, 'b')}", tmp_path).pages
    assert one.text.endswith("a 11") and two.text.startswith("Figure 1. b 0") and two.moved == ""


def test_what_stays_waits_for_the_next_page_where_a_moved_figure_leaves_it_no_room(tmp_path: Path) -> None:
    body = f"{lines(12, 'a')}{figure(1)}{lines(8, 'b')}{figure(2, 'here')}{lines(3, 'c')}"
    one, two, three = lay_out(body, tmp_path).pages
    assert one.text.endswith("b 7")
    assert (two.moved, two.text) == ("Figure 1.", "")
    assert three.text == "Figure 2. c 0 c 1 c 2"
    assert not any(page.overruns for page in (one, two, three))


def test_a_figure_at_the_end_of_a_text_is_not_lost(tmp_path: Path) -> None:
    pages = lay_out(f"{lines(12, 'a')}{figure(1)}", tmp_path).pages
    assert [page.moved for page in pages] == ["", "Figure 1."]
    assert not pages[-1].blank


def test_a_heading_before_a_figure_that_moves_stays_with_its_text(tmp_path: Path) -> None:
    for before in range(10, 20):
        body = f"{lines(before, 'a')}<h2>Heading</h2>{figure(1)}<p>{WORDS} {WORDS}</p>"
        pages = lay_out(body, tmp_path).pages
        (page,) = [page for page in pages if "Heading" in page.text]
        assert not page.text.endswith("Heading")
        assert sum(page.text.count("Figure 1.") + page.moved.count("Figure 1.") for page in pages) == 1


def test_a_figure_is_printed_once_where_its_place_is_taken_back_to_the_next_page(tmp_path: Path) -> None:
    for before in range(14, 20):
        held = '<h2 style="break-before: avoid">Held</h2><p style="break-before: avoid">to</p>'
        body = f"{lines(before, 'a')}<p>{WORDS}</p>{figure(1)}{held}{lines(30, 'b')}"
        pages = lay_out(body, tmp_path).pages
        assert sum(page.text.count("Figure 1.") + page.moved.count("Figure 1.") for page in pages) == 1


@pytest.mark.parametrize("count", [1, 3, 6])
def test_many_figures_come_out_each_once(count: int, tmp_path: Path) -> None:
    body = "".join(f"{lines(3, f'p{at}')}{figure(at)}" for at in range(count))
    pages = lay_out(body, tmp_path).pages
    shown = " ".join(f"{page.moved} {page.text}" for page in pages)
    assert [shown.count(f"Figure {at}.") for at in range(count)] == [1] * count
    assert [each for page in pages for each in page.overruns] == []


@pytest.mark.parametrize("fills", [FILLS, 18, 30])
def test_a_figure_loses_nothing_beside_a_note_that_goes_on(tmp_path: Path, fills: int) -> None:
    """What is as high as the page, and has notes below it, waits until there is room."""
    said = "noted words and more " * 120 + "the end"
    note = f'<p data-b="n:0">called<span class="footnote" id="n1">{said}</span></p>'
    tall = figure(1).replace(f"height: {16 * (FILLS - 2)}pt", f"height: {16 * (fills - 2)}pt")
    pages = lay_out(f"{lines(6, 'a')}{note}{tall}{lines(30, 'b')}", tmp_path).pages
    assert " ".join(page.moved for page in pages if page.moved) == "Figure 1."
    assert " ".join(page.notes for page in pages).split()[-2:] == ["the", "end"]
    assert " ".join(page.text for page in pages).split()[-2:] == ["b", "29"]
    overruns = [overrun.kind for page in pages for overrun in page.overruns]
    assert ("overprinted" not in overruns) and (("off-sheet" in overruns) == (fills == 30)), overruns


@pytest.mark.parametrize(("before", "fills"), [(14, 10), (15, FILLS), (16, 8)])
def test_notes_that_wait_are_set_where_no_text_fits_below_a_moved_figure(
    before: int, fills: int, tmp_path: Path
) -> None:
    called = "".join(
        f'word <span class="footnote" id="n{at}">note {at}<br/>and<br/>more</span>' for at in range(3)
    )
    tall = figure(1).replace(f"height: {16 * (FILLS - 2)}pt", f"height: {16 * (fills - 2)}pt")
    code = "".join(f"code {at}\n" for at in range(9))
    whole = f'<figure class="here"><pre data-b="c">{code}</pre></figure>'
    body = f'{lines(before, "a")}{tall}<p data-b="n">{called}</p><h2 data-b="h">Head</h2>{whole}'
    pages = lay_out(body, tmp_path).pages
    notes = " ".join(page.notes for page in pages)
    assert [notes.count(f"note {at}") for at in range(3)] == [1, 1, 1]
    assert " ".join(page.moved for page in pages if page.moved) == "Figure 1."
    assert " ".join(page.text for page in pages).count("code") == 9


def covering(number: int) -> str:
    style = "display: block; height: 319pt; width: 100%; object-fit: cover"
    return f'<figure class="bleed" id="f{number}"><img src="images/bar.svg" alt="" style="{style}"/></figure>'


BLEEDING = "@page { bleed: 9pt } figure.bleed { margin: 0; height: 319pt }"


def test_a_picture_that_covers_its_page_has_it_alone_and_the_text_goes_on_around_it(tmp_path: Path) -> None:
    body = f"{lines(3, 'a')}{covering(1)}{lines(2 * LINES, 'b')}"
    job = LayoutJob(unit("chapter-1", body), (CSS, LOOK, BLEEDING), with_picture(tmp_path), alone=True)
    laid = run(job)
    one, two, three, _ = laid.pages
    assert one.text.endswith(f"b {LINES - 4}") and three.text.startswith(f"b {LINES - 3}")
    assert (two.text, two.anchors, two.covered, two.overruns) == ("", ("f1",), True, ())
    assert not (one.covered or three.covered)


def test_a_picture_that_covers_its_page_may_be_the_last_thing(tmp_path: Path) -> None:
    one, two = run(
        LayoutJob(unit("chapter-1", f"{lines(3, 'a')}{covering(1)}"), (CSS, LOOK), with_picture(tmp_path))
    ).pages
    assert (one.text, one.covered, two.covered) == ("a 0 a 1 a 2", False, True)
