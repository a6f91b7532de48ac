"""A press file is in the inks, boxes and kind of PDF that its printer takes; other programs say so too."""

from __future__ import annotations

import io
import json
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from tests import validators
from tests.building import Built, build
from tests.press_book import press_book

READING = "colours.pdf"
PROFILES = ("generic-x1a", "generic-x3", "generic-x4", "ingramspark", "kdp", "lulu")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """The same book for every printer, and as the PDF to read."""
    books = {}
    for name in PROFILES:
        folder = tmp_path_factory.mktemp(name)
        source = press_book(folder, f'[press]\nprofile = "{name}"\n')
        books[name] = build(source, folder / "out", "--formats", "pdf,press")
        assert books[name].exit_code == 0, books[name].errors
    return books


def opened(built: Built) -> pikepdf.Pdf:
    return pikepdf.open(built.output("-press.pdf"))


@pytest.mark.slow
@pytest.mark.parametrize("name", PROFILES)
def test_a_book_in_black_takes_no_drop_of_another_ink(name: str, made: dict[str, Built]) -> None:
    taken = validators.inks(made[name].output("-press.pdf"))
    assert len(taken) > 12
    assert max(max(page[:3]) for page in taken) == 0
    assert max(page[3] for page in taken) > 0.1
    reading = validators.inks(made[name].folder / READING)
    assert max(max(page[:3]) for page in reading) > 0, "the book has no colours to turn"


@pytest.mark.parametrize("name", PROFILES)
def test_the_syntax_of_every_press_file_is_sound(name: str, made: dict[str, Built]) -> None:
    assert validators.qpdf(made[name].output("-press.pdf")) == ()


@pytest.mark.parametrize("name", PROFILES)
def test_pages_look_as_in_the_reading_pdf_but_in_grey(name: str, made: dict[str, Built]) -> None:
    """Up to the shift of the text block: so the picture page is compared by what is on it in all."""
    press = pypdfium2.PdfDocument(made[name].output("-press.pdf").read_bytes())
    reading = pypdfium2.PdfDocument((made[name].folder / READING).read_bytes())
    with opened(made[name]) as pdf:
        assert len(press) >= len(reading)
        assert len(pdf.pages) % 2 == 0
    for at in range(len(reading)):
        one, other = (_grey(document, at) for document in (press, reading))
        assert abs(ImageStat.Stat(one).mean[0] - ImageStat.Stat(other).mean[0]) < 1.5, at
        if name.startswith("kdp"):  # no shift: dot by dot
            assert ImageStat.Stat(ImageChops.difference(one, other)).mean[0] < 2, at


def _grey(document: pypdfium2.PdfDocument, at: int) -> Image.Image:
    return document[at].render(scale=0.5).to_pil().convert("L")


def test_kdp_gets_whole_fonts_and_others_what_is_drawn(made: dict[str, Built]) -> None:
    def fonts(name: str) -> dict[str, int]:
        with opened(made[name]) as pdf:
            return {
                str(each.FontName): len(each.FontFile2.read_bytes())
                for each in pdf.objects
                if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each
            }

    whole, drawn = fonts("kdp"), fonts("generic-x4")
    ours = {name: size for name, size in whole.items() if "Source" in name}  # not those within drawings
    assert "/SourceSerif4-Regular" in ours
    assert all("+" not in name for name in ours)
    assert all("+" in name for name in drawn)
    assert min(ours.values()) > 2 * max(drawn.values())


@pytest.mark.parametrize("name", PROFILES)
def test_nothing_is_in_the_file_that_a_press_has_no_use_for(name: str, made: dict[str, Built]) -> None:
    with opened(made[name]) as pdf:
        assert {"/Outlines", "/Names", "/StructTreeRoot", "/OpenAction", "/AcroForm"} & set(pdf.Root) == set()
        for page in pdf.pages:
            assert {"/Annots", "/StructParents"} & set(page.obj) == set()
            assert b"BDC" not in page.Contents.read_bytes() if "/Contents" in page.obj else True
        kinds = {str(each.get("/Type")) for each in pdf.objects if isinstance(each, pikepdf.Dictionary)}
    assert {"/Annot", "/StructElem"} & kinds == set()


@pytest.mark.parametrize(
    ("name", "version", "declared"),
    [
        ("ingramspark", "1.3", "PDF/X-1a:2001"),
        ("generic-x1a", "1.4", "PDF/X-1a:2003"),
        ("kdp", "1.6", None),
    ],
)
def test_the_file_says_what_kind_it_is(
    name: str, version: str, declared: str | None, made: dict[str, Built]
) -> None:
    with opened(made[name]) as pdf:
        assert pdf.pdf_version == version
        info = {key: str(value) for key, value in pdf.docinfo.items()}
        assert info.get("/GTS_PDFXConformance") == declared
        if declared:
            assert info["/Trapped"] == "/False"
            assert pdf.Root.OutputIntents[0].S == pikepdf.Name.GTS_PDFX
            assert pdf.trailer.ID
        else:  # KDP wants no metadata
            assert "/Title" not in info
            assert "/Metadata" not in pdf.Root


def test_pdf_x_4_carries_the_profile_of_its_ink_and_its_identity(made: dict[str, Built]) -> None:
    from PIL import ImageCms

    with opened(made["generic-x4"]) as pdf:
        intent = pdf.Root.OutputIntents[0]
        assert intent.DestOutputProfile.N == 1
        ink = ImageCms.ImageCmsProfile(io.BytesIO(intent.DestOutputProfile.read_bytes())).profile
        assert (ink.xcolor_space.strip(), ink.device_class.strip()) == ("GRAY", "prtr")
        assert b"<pdfxid:GTS_PDFXVersion>PDF/X-4<" in pdf.Root.Metadata.read_bytes()


@pytest.mark.parametrize("name", [name for name in PROFILES if name != "generic-x4"])
def test_nothing_shines_through_where_the_printer_wants_it_flat(name: str, made: dict[str, Built]) -> None:
    with opened(made[name]) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
                assert {"/SMask", "/Group"} & set(each.keys()) == set()
                assert float(each.get("/ca", 1)) == 1


def test_the_last_page_is_blank_where_the_printer_prints_on_it(made: dict[str, Built]) -> None:
    with opened(made["ingramspark"]) as pdf:
        assert "/Contents" not in pdf.pages[-1].obj or not pdf.pages[-1].Contents.read_bytes().strip()
        assert len(pdf.pages) % 2 == 0


def test_the_same_book_gives_the_same_press_file(made: dict[str, Built], tmp_path: Path) -> None:
    source = press_book(tmp_path, '[press]\nprofile = "kdp"\n')
    again = build(source, tmp_path / "out", "--formats", "press", "--jobs", "2")
    assert again.output("-press.pdf").read_bytes() == made["kdp"].output("-press.pdf").read_bytes()


def test_the_reading_pdf_is_the_same_beside_a_press_file(made: dict[str, Built], tmp_path: Path) -> None:
    alone = build(press_book(tmp_path), tmp_path / "out", "--formats", "pdf")
    assert alone.output(".pdf").read_bytes() == (made["kdp"].folder / READING).read_bytes()


def test_a_press_in_book_toml_is_made_without_being_asked_for(tmp_path: Path) -> None:
    source = press_book(tmp_path, '[press]\nprofile = "kdp"\n', chapters=1)
    built = build(source, tmp_path / "out")
    assert [(o["format"], o["role"]) for o in built.report["outputs"]] == [
        ("pdf", "book"),
        ("press", "interior"),
        ("epub", "book"),
    ]


@pytest.mark.parametrize(("name", "bleed"), [("kdp", "0.25in"), ("blurb", "0.25in"), ("blurb", "0mm")])
def test_a_bleed_is_cut_to_the_sides_that_the_printer_wants(name: str, bleed: str, tmp_path: Path) -> None:
    settings = f'[print]\ntrim = "6x9in"\nbleed = "{bleed}"\n[press]\nprofile = "{name}"\n'
    built = build(press_book(tmp_path, settings), tmp_path / "out", "--formats", "press")
    with opened(built) as pdf:
        for number, page in enumerate(pdf.pages):
            media, trim = ([float(v) for v in box] for box in (page.MediaBox, page.TrimBox))
            assert [media[2] - media[0], media[3] - media[1]] == pytest.approx([6.125 * 72, 9.25 * 72])
            assert [trim[2] - trim[0], trim[3] - trim[1]] == pytest.approx([6 * 72, 9 * 72])
            spine = trim[0] - media[0] if number % 2 == 0 else media[2] - trim[2]
            assert spine == pytest.approx(0)
    assert "press-boxes" not in {problem["code"] for problem in built.report["problems"]}


@pytest.mark.parametrize(("name", "pages"), [("kdp", (7, 8)), ("generic-x4", (18, 20))])
def test_all_is_on_the_plate_of_black_alone(
    name: str, pages: tuple[int, int], made: dict[str, Built], tmp_path: Path
) -> None:
    """Also where something shines through, on the last pages of the book."""
    command = [
        "gs",
        "-q",
        "-o",
        str(tmp_path / "p%03d.tif"),
        "-sDEVICE=tiffsep",
        "-r36",
        f"-dFirstPage={pages[0]}",
        f"-dLastPage={pages[1]}",
    ]
    subprocess.run([*command, str(made[name].output("-press.pdf"))], check=True, capture_output=True)
    for ink in ("Cyan", "Magenta", "Yellow"):
        for plate in tmp_path.glob(f"*({ink})*"):
            assert Image.open(plate).convert("L").getextrema() == (255, 255)
    (black, *_) = sorted(tmp_path.glob("*(Black)*"))
    assert Image.open(black).convert("L").getextrema()[0] < 128


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ('profile = "kpd"', "press-profile"),
        ('profile = "kdp"\npaper = "silk"', "press-paper"),
        ('profile = "generic-x1a"\ncolor = true', "press-icc"),
        ('profile = "generic-x1a"\ncolor = true\nicc = "photo.jpg"', "press-icc"),
        ('profile = "generic-x1a"\ncolor = true\nicc = "../press.icc"', "press-icc"),
    ],
)
def test_what_is_ordered_and_can_not_be_had_is_told_at_its_line(
    settings: str, code: str, tmp_path: Path
) -> None:
    source = press_book(tmp_path, f"[press]\n{settings}\n", chapters=1)
    built = build(source, tmp_path / "out", "--formats", "press")
    assert built.exit_code == 2
    (problem,) = (p for p in built.report["problems"] if p["severity"] == "error")
    assert problem["code"] == code
    assert problem["line"] == settings.count("\n") + 2
    assert problem["hint"]
    assert not list((tmp_path / "out").iterdir())
    json.dumps(built.report)
