"""Preflight finds what was broken in a file on purpose, names the page, and passes a sound one."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from recto.press import PressFile, PressOrder, preflight
from recto.press.press_profile import profile
from recto.problems import Place, Problem
from recto.settings.config import Config
from recto.settings.trim import Geometry, geometry
from tests.building import build
from tests.press_book import press_book

PAGE = geometry(Config(), 40)[0]
WHERE = [(str(number), Place("a.md", number + 1)) for number in range(60)]
HERE = Place("book.toml", 2)
BROKEN = 8  # the page that is broken


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("sound")
    source = press_book(folder, '[press]\nprofile = "kdp"\n', chapters=10)
    (source / "a.md").write_text((source / "a.md").read_text("utf-8").partition("![")[0], "utf-8")
    built = build(source, folder / "out", "--formats", "press")
    assert built.exit_code == 0
    assert built.report["problems"] == []
    return built.output("-press.pdf").read_bytes()


def looked_at(content: bytes, page: Geometry = PAGE, **order: object) -> tuple[Problem, ...]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        made = PressFile(content, len(pdf.pages), 0)
    asked = replace(PressOrder(profile("kdp")), **order)
    return preflight(made, asked, page, WHERE, HERE, [("© Ann. Printed in Ghent.", Place("book.toml", 5))])


def broken(content: bytes, fault: Callable[[pikepdf.Pdf, pikepdf.Page], None]) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        fault(pdf, pdf.pages[BROKEN])
        made = io.BytesIO()
        pdf.save(made)
        return made.getvalue()


def drawing(content: bytes) -> Callable[[pikepdf.Pdf, pikepdf.Page], None]:
    """A fault that is drawn on the page."""

    def draw(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.contents_add(b"q\n" + content + b"\nQ\n")

    return draw


def picture(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    image = pdf.make_stream(b"\x80" * 100)
    image.Type, image.Subtype = Name.XObject, Name.Image
    image.Width, image.Height, image.BitsPerComponent, image.ColorSpace = 10, 10, 8, Name.DeviceGray
    page.obj.Resources.XObject = Dictionary(Im0=image)
    page.contents_add(b"q\n72 0 0 72 100 300 cm\n/Im0 Do\nQ\n")


def glassy(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.obj.Resources.ExtGState = Dictionary(G0=Dictionary(ca=0.5))
    page.contents_add(b"q\n/G0 gs\n0 g\n100 300 40 40 re\nf\nQ\n")


def unembedded(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.obj.Resources.Font.F0 = font
    page.contents_add(b"q\nBT\n/F0 10 Tf\n1 0 0 1 100 300 Tm\n(ink) Tj\nET\nQ\n")


def annotated(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))])


def outlined(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("One", 0))


def emptied(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    for at in range(BROKEN, BROKEN + 4):
        if "/Contents" in pdf.pages[at].obj:
            del pdf.pages[at].obj["/Contents"]


SMALL = b"BT\n/%s 2 Tf\n1 0 0 1 100 300 Tm\n<%s> Tj\nET"


def small(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    (name, *_) = (str(key)[1:].encode() for key in page.obj.Resources.Font)
    page.contents_add(b"q\n" + SMALL % (name, b"0001" * 8) + b"\nQ\n")


def noted(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    (name, *_) = (str(key)[1:].encode() for key in page.obj.Resources.Font)
    page.contents_add(b"q\n" + SMALL % (name, b"00010002") + b"\nQ\n")


FAULTS = {
    "press-color": drawing(b"1 0 0 rg\n100 300 40 40 re\nf"),
    "press-hairline": drawing(b"0 G\n0.1 w\n100 300 m\n200 300 l\nS"),
    "press-tint": drawing(b"0.97 g\n100 300 40 40 re\nf"),
    "press-margin": drawing(b"0 g\n2 300 20 20 re\nf"),
    "press-ink": drawing(b"1 1 1 1 k\n100 300 40 40 re\nf"),
    "press-resolution": picture,
    "press-transparency": glassy,
    "press-font": unembedded,
    "press-type": small,
    "press-blanks": emptied,
}


def test_a_sound_file_is_passed(sound: bytes) -> None:
    assert looked_at(sound) == ()


@pytest.mark.parametrize("code", FAULTS)
def test_what_is_broken_on_a_page_is_found_with_the_page_and_the_line(code: str, sound: bytes) -> None:
    asked = replace(profile("kdp"), ink=240)
    found = looked_at(broken(sound, FAULTS[code]), profile=asked)
    assert code in {problem.code for problem in found}
    said = next(problem for problem in found if problem.code == code)
    assert said.subject == f"page {BROKEN + 1}"
    assert said.place == WHERE[BROKEN][1]
    assert said.hint
    allowed = {code} | ({"press-color"} if code == "press-ink" else set())
    assert {problem.code for problem in found} == allowed


BLED = replace(PAGE, bleed=9.0)


@pytest.mark.parametrize(
    ("rectangle", "told"),
    [
        (b"-9 300 60 40 re", []),
        (b"-2 300 60 40 re", ["what runs over the spine ends 0.0972 in before the bleed does"]),
    ],
)
def test_what_runs_over_an_edge_has_to_reach_the_end_of_the_bleed(
    rectangle: bytes, told: list[str], sound: bytes
) -> None:
    def bled(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        for each in pdf.pages:
            left, foot, right, head = map(float, each.obj.TrimBox)
            each.obj.MediaBox = each.obj.BleedBox = Array([left - 9, foot - 9, right + 9, head + 9])
        page.contents_add(b"q\n0 g\n" + rectangle + b"\nf\nQ\n")

    every = replace(profile("kdp"), bleeds_at_spine=True, outside_bleeding=0.25 * 72)
    found = looked_at(broken(sound, bled), BLED, profile=every)
    assert [problem.message.partition(": ")[2] for problem in found] == told


def test_what_is_printed_to_the_edge_of_a_book_without_a_bleed_is_told(sound: bytes) -> None:
    (problem,) = looked_at(broken(sound, drawing(b"0 g\n380 300 60 40 re\nf")))
    assert (problem.code, "to the fore-edge" in problem.message) == ("press-bleed", True)
    assert problem.hint == 'set `bleed = "0.125in"` in [print]'


def test_the_number_of_a_note_may_be_smaller_than_type(sound: bytes) -> None:
    assert looked_at(broken(sound, noted)) == ()


@pytest.mark.parametrize("fault", [annotated, outlined])
def test_what_may_not_be_in_the_file_is_an_error(
    fault: Callable[[pikepdf.Pdf, pikepdf.Page], None], sound: bytes
) -> None:
    (problem,) = looked_at(broken(sound, fault))
    assert (problem.severity, problem.code) == ("error", "press-forbidden")


def test_a_page_without_its_boxes_and_an_odd_number_of_pages_are_told(sound: bytes) -> None:
    def untrimmed(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        del page.obj["/TrimBox"]

    def wide(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.obj.TrimBox = Array([0, 0, 440, 648])

    def outside(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.obj.TrimBox = Array([10, 0, 442, 648])

    def odd(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        del pdf.pages[-1]

    def filled(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        pdf.pages[-1].contents_add(b"0 g 100 300 40 40 re f")

    assert [each.code for each in looked_at(broken(sound, odd))] == ["press-parity"]
    last_blank = replace(profile("kdp"), last_blank=True)
    assert [each.code for each in looked_at(broken(sound, filled), profile=last_blank)] == ["press-parity"]
    for fault in (untrimmed, wide, outside):
        assert "press-boxes" in {each.code for each in looked_at(broken(sound, fault))}


def test_a_book_of_too_few_pages_for_its_paper_is_told(sound: bytes) -> None:
    (problem,) = looked_at(sound, paper="standard-color")
    assert problem.code == "press-pages"
    assert problem.place == HERE
    assert "72 to 600" in problem.message


def test_a_trim_that_the_printer_has_not_is_told(sound: bytes) -> None:
    found = looked_at(sound, page=replace(PAGE, width=200.0, height=300.0))
    assert "press-trim" in {problem.code for problem in found}


def test_words_that_a_printer_will_not_have_on_the_copyright_page_are_told(sound: bytes) -> None:
    claims = replace(profile("kdp"), claims=("printed in", "FSC"))
    (problem,) = looked_at(sound, profile=claims)
    assert (problem.code, problem.subject, problem.place.line) == ("press-claim", "printed in", 5)


def test_a_bleed_that_is_too_small_and_a_file_that_is_too_large_are_told(sound: bytes) -> None:
    found = looked_at(sound, page=replace(PAGE, bleed=3.0), profile=replace(profile("kdp"), megabytes=0.001))
    assert {"press-bleed", "press-size"} <= {problem.code for problem in found}


def test_a_picture_that_shines_through_where_it_may_not_be_flattened_is_told(tmp_path: Path) -> None:
    source = press_book(tmp_path, '[press]\nprofile = "kdp"\n', chapters=1)
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><defs><mask id="m">'
        '<rect width="300" height="200" fill="#888"/></mask></defs>'
        '<rect width="200" height="100" fill="#000" mask="url(#m)"/></svg>'
    )
    (source / "drawing.svg").write_text(drawing, encoding="utf-8")
    built = build(source, tmp_path / "out", "--formats", "press")
    told = {problem["code"] for problem in built.report["problems"]}
    assert "press-flattened" in told or b"/SMask" not in built.output("-press.pdf").read_bytes()


def test_a_check_looks_over_the_press_file_and_writes_none(tmp_path: Path) -> None:
    source = press_book(tmp_path, '[press]\nprofile = "kdp"\n', chapters=1)
    built = build(source, tmp_path / "out", "--check", "--formats", "press")
    assert "press-pages" in {problem["code"] for problem in built.report["problems"]}
    assert not (tmp_path / "out").exists()
