"""A book is bound as the kind of PDF that its profile says, and looks the same on every page."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from recto.model import LaidOut, PageMap
from recto.print.binding.bind import bind
from recto.print.binding.pdf_profile import READING, OutputIntent, PdfProfile
from tests.print_book import METADATA, contents, geometry, made, with_picture

INTENT = OutputIntent("FOGRA39", "Coated paper", b"a profile", 4)
PROFILES = {
    "press": PdfProfile("1.4", False, False, False, False, INTENT),
    "linked": PdfProfile(tags=False),
    "tagged": PdfProfile(links=False),
    "reading": READING,
}


@pytest.fixture(scope="module")
def bound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("book")
    laid, pages, _, _ = made(folder)
    return {name: _bind(folder, laid, pages, profile) for name, profile in PROFILES.items()}


def _bind(folder: Path, laid: tuple[LaidOut, ...], pages: PageMap, profile: PdfProfile) -> bytes:
    pdf, problems = bind(
        laid,
        pages,
        contents(),
        METADATA,
        page=geometry(len(pages.folios)),
        assets=with_picture(folder),
        profile=profile,
    )
    assert problems == ()
    return pdf


def kinds(content: bytes) -> set[str]:
    """The types of all objects that a file holds, reached or not."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        held = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary | pikepdf.Stream)]
        return {str(each.Type) for each in held if "/Type" in each}


@pytest.mark.parametrize("name", PROFILES)
def test_every_profile_gives_a_file_without_a_fault_in_its_syntax(
    name: str, bound: dict[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(bound[name])
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", PROFILES)
def test_every_profile_shows_the_same_pages(name: str, bound: dict[str, bytes]) -> None:
    one, other = (pypdfium2.PdfDocument(bound[each]) for each in ("reading", name))
    assert len(one) == len(other) > 5
    for index in range(len(one)):
        pages = [document[index].render(scale=0.5).to_numpy().tobytes() for document in (one, other)]
        assert pages[0] == pages[1], index


def test_without_tags_and_links_no_object_of_either_is_left_in_the_file(bound: dict[str, bytes]) -> None:
    assert {"/Annot", "/StructElem", "/Outlines", "/StructTreeRoot"} & kinds(bound["press"]) == set()
    with pikepdf.open(io.BytesIO(bound["press"])) as pdf:
        assert {"/Names", "/Outlines", "/MarkInfo", "/StructTreeRoot", "/PageMode"} & set(pdf.Root) == set()
        for page in pdf.pages:
            assert {"/Annots", "/StructParents", "/Tabs"} & set(page.obj) == set()


def test_links_go_alone_and_tags_go_alone(bound: dict[str, bytes]) -> None:
    assert "/StructElem" not in kinds(bound["linked"])
    assert {"/Annot", "/Outlines"} <= kinds(bound["linked"])
    assert {"/Annot", "/Outlines", "/OBJR"} & kinds(bound["tagged"]) == set()
    assert {"/StructElem", "/StructTreeRoot"} <= kinds(bound["tagged"])


def test_an_older_version_has_its_objects_and_its_table_in_plain_text(bound: dict[str, bytes]) -> None:
    assert bound["press"].startswith(b"%PDF-1.4\n")
    assert {"/ObjStm", "/XRef"} & kinds(bound["press"]) == set()
    assert b"\nxref\n" in bound["press"]
    assert b"\ntrailer\n" in bound["press"]


def test_without_metadata_the_file_tells_its_maker_and_its_dates_alone(bound: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(bound["press"])) as pdf:
        assert set(pdf.docinfo) == {"/Creator", "/Producer", "/CreationDate", "/ModDate"}
        assert {"/Metadata", "/Lang", "/PageLabels"} & set(pdf.Root) == set()


def test_the_printing_condition_stands_in_the_output_intent(bound: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(bound["press"])) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert (intent.S, str(intent.OutputConditionIdentifier)) == (pikepdf.Name.GTS_PDFX, "FOGRA39")
        assert intent.DestOutputProfile.read_bytes() == b"a profile"
        assert intent.DestOutputProfile.N == 4
    with pikepdf.open(io.BytesIO(bound["reading"])) as pdf:
        assert "/OutputIntents" not in pdf.Root
