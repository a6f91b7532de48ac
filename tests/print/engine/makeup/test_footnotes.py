"""Notes longer than the room for them go on at the foot of the next page, whole and in order."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recto.model import LaidOut, Page
from recto.print.engine.inner import LayoutContext
from recto.print.engine.makeup.footnotes import NotePart
from recto.print.engine.mending import mend
from recto.print.engine.page_reading import PageReader
from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run
from tests.checkout import ROOT
from tests.print_book import CSS, assets, unit

PAGE = "@page { size: 300pt 400pt; margin: 30pt; @footnote { padding-top: 6pt; margin-top: 12pt } }"
LOOK = f"""{PAGE} html {{ font-size: 10pt; line-height: 13pt; orphans: 2; widows: 2 }} p {{ margin: 0 }}
.footnote {{ footnote-display: block; footnote-policy: line; font-size: 8pt; line-height: 10pt }}
.footnote::footnote-call {{ content: attr(data-number); font-size: 0.7em; line-height: 0 }}
.note-p + .note-p, .note-pre {{ display: block }} .note-pre {{ white-space: pre-wrap }}"""
SHIPPED = "".join(re.findall(r"^\.note-.*$", (ROOT / "styles" / "print.css").read_text(), re.MULTILINE))
_count = itertools.count()


def words(count: int, mark: str) -> str:
    return " ".join(f"{mark}{at}" for at in range(count))


def note(number: int, text: str) -> str:
    return f'<span class="footnote" data-number="{number}" id="n{number}">{text}</span>'


def paragraph(before: int, after: int, call: str = "") -> str:
    return f"<p>{words(before, 'Before')}{call} {words(after, 'after')}</p>"


def lay_out(body: str, css: str = LOOK) -> LaidOut:
    return run(LayoutJob(unit(f"chapter-{next(_count)}", body), (CSS, css), assets()))


def notes(laid: LaidOut) -> str:
    return " ".join(page.notes for page in laid.pages if page.notes)


def overruns(laid: LaidOut) -> list[object]:
    return [each for page in laid.pages for each in page.overruns]


def test_a_note_longer_than_the_room_goes_on_overleaf() -> None:
    laid = lay_out(paragraph(150, 400, note(1, words(300, "noted"))))
    assert notes(laid) == words(300, "noted")
    first, second = [page for page in laid.pages if page.notes][:2]
    assert first.notes.startswith("noted0 ") and "Before149" in first.text
    assert second.text  # the text goes on beside it
    assert overruns(laid) == []


def test_a_note_of_several_pages_leaves_room_for_the_text_on_each() -> None:
    laid = lay_out(paragraph(20, 900, note(1, words(1500, "noted"))))
    carrying = [page for page in laid.pages if page.notes]
    assert len(carrying) > 3
    assert notes(laid) == words(1500, "noted")
    assert all(len(page.text.split()) > 30 for page in carrying)
    assert overruns(laid) == []


def test_a_note_that_goes_on_makes_way_for_a_line_and_not_for_a_page() -> None:
    short = "".join(f"<p>{words(9 + at % 4 * 9, f'x{at}x')}</p>" for at in range(40))
    for before in range(0, 90, 15):
        laid = lay_out(paragraph(before, 30, note(1, words(1100, "noted"))) + short)
        with_notes = [bool(page.notes) for page in laid.pages]
        assert with_notes == sorted(with_notes, reverse=True), before
        assert notes(laid) == words(1100, "noted")
        assert overruns(laid) == []


def test_a_note_may_go_on_when_the_text_has_ended() -> None:
    laid = lay_out(paragraph(20, 0, note(1, words(1500, "noted"))))
    assert notes(laid) == words(1500, "noted")
    assert len(laid.pages) < 10  # pages without text are all for the note
    assert not any(page.blank for page in laid.pages)  # and have their heads and folios
    assert overruns(laid) == []


def test_two_long_notes_on_one_page_keep_their_order() -> None:
    calls = note(1, words(450, "first")) + " and" + note(2, words(450, "second"))
    laid = lay_out(paragraph(100, 500, calls))
    assert notes(laid) == f"{words(450, 'first')} {words(450, 'second')}"
    assert overruns(laid) == []


def test_a_short_note_is_not_divided() -> None:
    for before in range(150, 300, 10):
        laid = lay_out(paragraph(before, 200, note(1, words(25, "noted"))))
        (page,) = [page for page in laid.pages if page.notes]
        assert page.notes == words(25, "noted")
        assert f"Before{before - 1}" in page.text  # it stands where it is called


def test_a_note_of_paragraphs_is_divided_between_them_as_well() -> None:
    blocks = "".join(f'<span class="note-p">{words(60, f"p{at}x")}</span>' for at in range(8))
    laid = lay_out(paragraph(200, 300, note(1, blocks)))
    assert notes(laid) == " ".join(words(60, f"p{at}x") for at in range(8))
    assert overruns(laid) == []


def test_a_note_that_goes_on_has_a_rule_over_the_whole_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    read = PageReader.read

    def looked_at(reader: PageReader, page_box: Any) -> Page:
        areas = [box for box in page_box.children if type(box).__name__ == "FootnoteAreaBox"]
        seen.extend(f"{area.style['background_size'][0][0]}" for area in areas)
        return read(reader, page_box)

    monkeypatch.setattr(PageReader, "read", looked_at)
    rule = "background: url('book:///rule.svg') 0 0 / 40pt 1pt no-repeat;"
    lay_out(
        paragraph(150, 400, note(1, words(300, "noted"))), LOOK.replace("@footnote {", f"@footnote {{ {rule}")
    )
    assert len(seen) > 1
    assert "100" not in seen[0] and all("100" in size for size in seen[1:])


PARAGRAPHS = st.tuples(st.integers(0, 160), st.sampled_from([0, 3, 30, 120, 500]), st.integers(0, 160))


@settings(max_examples=15, deadline=None)
@example([(0, 500, 0), (43, 120, 61)])  # a second note, of which not a line has room beside the first
@given(st.lists(PARAGRAPHS, min_size=1, max_size=6))
def test_whatever_notes_a_text_has_all_come_out_once_and_in_order(text: list[tuple[int, int, int]]) -> None:
    body, wanted = "", []
    for number, (before, noted, after) in enumerate(text, 1):
        called = note(number, words(noted, f"n{number}x")) if noted else ""
        body += paragraph(before, after, called)
        wanted += words(noted, f"n{number}x").split()
    laid = lay_out(body)
    assert notes(laid).split() == wanted
    assert re.sub(r"\D", "", "".join(page.text for page in laid.pages)) == "".join(
        re.sub(r"\D", "", f"{words(before, 'B')}{words(after, 'a')}") for before, _, after in text
    )
    assert overruns(laid) == []


@pytest.mark.parametrize("rows", [4, 40])
def test_notes_of_a_table_are_whole(rows: int) -> None:
    row = "".join(
        f"<tr><td>{words(8, 'cell')}{note(at, words(30, f'n{at}x'))}</td><td>x</td></tr>"
        for at in range(rows)
    )
    laid = lay_out(f"{paragraph(120, 0)}<table>{row}</table>{paragraph(100, 0)}")
    assert notes(laid).split() == " ".join(words(30, f"n{at}x") for at in range(rows)).split()
    assert overruns(laid) == []


def table(*cells: str) -> str:
    held = "".join(f'<span class="note-td">{cell}</span>' for cell in cells)
    row = f'<span class="note-tr">{held}</span>'
    return f'<span class="note-p">A table.</span> <span class="note-table">{row * 3}</span>'


def test_a_row_of_a_table_in_a_note_is_not_divided_where_it_needs_not_be() -> None:
    once = f"{words(40, 'left')} {words(20, 'right')}"
    for before in range(100, 220, 15):
        held = table(words(40, "left"), words(20, "right"))
        laid = lay_out(paragraph(before, 300, note(1, held)), f"{LOOK} {SHIPPED}")
        assert notes(laid) == f"A table. {once} {once} {once}", before
        assert overruns(laid) == []


def test_a_row_of_a_note_that_is_higher_than_a_page_goes_on_overleaf() -> None:
    laid = lay_out(paragraph(20, 300, note(1, table(words(250, "left"), "right"))), f"{LOOK} {SHIPPED}")
    assert Counter(notes(laid).split()) == {**dict.fromkeys(words(250, "left").split(), 3), "right": 3} | {
        "A": 1, "table.": 1
    }  # fmt: skip
    assert overruns(laid) == []


def test_a_note_called_in_another_comes_out_whole() -> None:
    for before in (60, 120, 180):
        inner = note(2, words(200, "inner"))
        outer = note(1, f"{words(60, 'outer')}{inner} {words(60, 'more')}")
        laid = lay_out(paragraph(before, 300, outer) + paragraph(50, 50, note(3, words(40, "last"))))
        wanted = f"{words(60, 'outer')} {words(60, 'more')} {words(200, 'inner')} {words(40, 'last')}"
        assert notes(laid).replace(" ", "") == wanted.replace(" ", "")
        assert overruns(laid) == []


def test_a_line_that_makes_room_by_moving_notes_away_keeps_its_own() -> None:
    css = f"{LOOK} p {{ orphans: 2; widows: 2 }}"
    for lines in range(12, 24):
        filler = "".join(f"<p>Line {at}</p>" for at in range(lines))
        first, second = note(1, words(30, "first")), note(2, words(8, "second"))
        four = f"<p>One{first} of<br>two{second}<br>three{note(3, 'third')}<br>four</p>"
        laid = lay_out(f"{filler}{four}<p>{words(200, 'more')}</p>", css)
        assert notes(laid) == f"{words(30, 'first')} {words(8, 'second')} third", lines


def test_notes_that_make_way_for_the_next_page_keep_their_order_whichever_goes_first() -> None:
    mend()
    first, second = (
        SimpleNamespace(recto_part=NotePart(1), recto_order=order, style={"font_size": 10})
        for order in (0, 1)
    )
    context = SimpleNamespace(
        current_page_footnotes=[first, second],
        reported_footnotes=[],
        recto_over=0,
        _update_footnote_area=lambda: False,
    )
    for each in (second, first):
        LayoutContext.report_footnote(context, each)
    assert (context.reported_footnotes, context.current_page_footnotes) == ([first, second], [])
