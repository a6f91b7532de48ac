"""Tables wider than the type area are set denser, smaller, turned, at last with broken words."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdfium2
import pytest

from recto.model import LaidOut
from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run
from recto.print.layout.wide_tables import STEPS, fit
from recto.settings.config import Config, PrintSettings
from recto.settings.trim import geometry, page_css
from tests.print_book import CSS, assets, unit

LOOK = """th, td { padding: 2pt 6pt } table { font-size: 8.5pt; hyphens: manual; text-align: left }
.divided { hyphens: auto } .dense td { padding: 2pt 3pt }
.smaller { font-size: 7.5pt } .smallest { font-size: 6.5pt } .broken td { overflow-wrap: anywhere }
.turned-sheet { page: turned; break-after: page }"""
TRIMS = ("6x9in", "5x8in", "a5", "8.5x11in")


def job(body: str, trim: str = "6x9in") -> LayoutJob:
    geometrical = page_css(geometry(Config(print=PrintSettings(trim=trim)), 100)[0])
    text = unit("chapter-1", f"<p>Before it.</p>{body}<p>After it.</p>")
    return LayoutJob(text, (CSS, LOOK, geometrical), assets())


def table(columns: int, word: str, rows: int = 2) -> str:
    row = "".join(f'<td data-b="c:{at}">{word}{at}</td>' for at in range(columns))
    return f"<table>{f'<tr>{row}</tr>' * rows}</table>"


def fitted(body: str, trim: str = "6x9in") -> tuple[list[str], LaidOut]:
    """The steps that its tables took, and the unit laid out."""
    from recto.print.engine.rendering import lay_out

    helped, laid = fit(job(body, trim), lay_out)
    return re.findall(r'<table(?: class="([^"]*)")?>', helped.unit.html), laid


def overruns(laid: LaidOut) -> list[object]:
    return [each for page in laid.pages for each in page.overruns]


def test_a_table_that_fits_is_left_alone() -> None:
    steps, laid = fitted(table(4, "cell"))
    assert steps == [""] and overruns(laid) == []


@pytest.mark.parametrize(
    ("columns", "word", "step"),
    [
        (2, "com.example.enterprise.application.factory.AbstractProxyBean", 0),
        (5, "mmmmmm", 0),
        (6, "mmmmm", 1),
        (8, "mmmm", 3),
        (8, "mmmmm", 4),
        (10, "mmmmm", 5),
        (16, "mmmmm", 6),
    ],
)
def test_a_wide_table_takes_as_many_steps_as_it_needs(columns: int, word: str, step: int) -> None:
    steps, laid = fitted(table(columns, word))
    assert steps == [STEPS[step]]
    assert overruns(laid) == []


def test_what_no_step_makes_fit_is_left_for_the_gate() -> None:
    steps, laid = fitted(table(120, "mmm"))
    assert steps == [STEPS[-1]]
    assert overruns(laid)


def test_each_table_takes_its_own_steps() -> None:
    steps, laid = fitted(table(4, "cell").replace("c:", "d:") + table(8, "mmmm"))
    assert steps == ["", STEPS[3]] and overruns(laid) == []


@pytest.mark.parametrize("trim", TRIMS)
def test_a_turned_table_stands_upright_in_the_book_with_all_that_belongs_to_it(trim: str) -> None:
    link = '<td data-b="c:90"><a href="https://example.org/">linked</a></td>'
    wide = table(7, "mmmmm" if trim != "8.5x11in" else "mmmmmmmmm").replace("</tr>", f"{link}</tr>", 1)
    laid = run(job(f'<figure class="table" id="t"><figcaption>The caption</figcaption>{wide}</figure>', trim))
    assert overruns(laid) == []
    with pikepdf.open(io.BytesIO(laid.pdf)) as pdf:
        sizes = {tuple(map(float, page.MediaBox)) for page in pdf.pages}
        assert len(sizes) == 1 and next(iter(sizes))[2] < next(iter(sizes))[3]
        turned = next(page for page in pdf.pages if "/Annots" in page)
        left, bottom, right, top = map(float, turned.Annots[0].Rect)
        assert right - left < top - bottom  # it reads upwards
    document = pypdfium2.PdfDocument(laid.pdf)
    (page,) = [each for each in document if "The caption" in each.get_textpage().get_text_bounded()]
    width, height = page.get_size()
    assert 0 < left < right < width and 0 < bottom < top < height
    read = page.get_textpage()
    first = read.get_charbox(read.get_text_range().index("The caption"))
    last = read.get_charbox(read.get_text_range().index("caption") + 6)
    assert first[0] == pytest.approx(last[0], abs=6) and first[1] < last[1]
    texts = [each.text for each in laid.pages]
    assert texts[0].startswith("Before it.") and texts[-1].endswith("After it.")


def test_of_all_that_is_tried_with_a_unit_one_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    from recto.print.engine import rendering

    printed = []
    usual = rendering._printed
    monkeypatch.setattr(rendering, "_printed", lambda *given: printed.append(1) or usual(*given))
    assert overruns(run(job(table(10, "mmmmm")))) == []
    assert len(printed) == 1


def test_a_unit_comes_back_as_it_was_asked_for() -> None:
    asked = job(table(8, "mmmmm"))
    assert run(asked).unit is asked.unit


def test_what_divides_a_path_is_no_part_of_the_text() -> None:
    _, laid = fitted(table(2, "com.example.enterprise.application.factory.AbstractProxyBean"))
    assert "com.example.enterprise.application.factory.AbstractProxyBean0" in laid.pages[0].text.replace(
        " ", ""
    )
    passed = [(block, count) for block, count, _ in laid.pages[0].lines if block == "c:1"]
    assert (
        passed[0] == ("c:1", 0)
        and passed[-1][1] <= len("com.example.enterprise.application.factory.AbstractProxyBean1") * 2
    )
