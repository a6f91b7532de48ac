"""Printer's marks: beside the page, where the printer takes them, and never on what is printed."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2

from recto.press.printers_marks import MARGIN
from tests.building import build
from tests.press_book import press_book


def marked(tmp_path: Path, settings: str) -> pikepdf.Pdf:
    built = build(press_book(tmp_path, settings, chapters=2), tmp_path / "out", "--formats", "press")
    assert built.exit_code == 0, built.errors
    assert {each["code"] for each in built.report["problems"]} <= {"press-flattened", "press-resolution"}
    return pikepdf.open(built.output("-press.pdf"))


def test_marks_stand_on_a_larger_sheet_and_leave_the_page_as_it_is(tmp_path: Path) -> None:
    plain, with_marks = tmp_path / "plain", tmp_path / "marks"
    drawn = []
    for folder, wish in ((plain, ""), (with_marks, "marks = true\n")):
        folder.mkdir()
        pdf = marked(folder, f'[press]\nprofile = "generic-x4"\n{wish}')
        page = pdf.pages[8]
        assert [float(each) for each in page.trimbox] == [0, 0, 432, 648]
        edge = MARGIN if wish else 0
        assert [float(each) for each in page.mediabox] == [-edge, -edge, 432 + edge, 648 + edge]
        sheet = pypdfium2.PdfDocument(next((folder / "out").glob("*-press.pdf")).read_bytes())[8]
        drawn.append(sheet.render(scale=1, grayscale=True, crop=(edge,) * 4).to_pil().tobytes())
        around = sheet.render(scale=2, grayscale=True).to_pil()
        left = around.crop((0, 0, 2 * MARGIN, around.height)).getextrema() if wish else (0, 255)
        assert left[0] < 128
    assert drawn[0] == drawn[1]


def test_a_printer_that_takes_no_marks_is_not_sent_any(tmp_path: Path) -> None:
    source = press_book(tmp_path, '[press]\nprofile = "kdp"\nmarks = true\n', chapters=1)
    built = build(source, tmp_path / "out", "--formats", "press")
    assert built.exit_code == 2
    (problem,) = (each for each in built.report["problems"] if each["code"] == "press-marks")
    assert problem["line"] == 3
