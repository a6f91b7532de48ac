"""The archive, the package document and the cover: what stores and readers ask of them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from recto.epub import drawn_cover, for_screens, given_cover, package
from recto.model import Document
from recto.settings.config import AccessibilitySettings, BookSettings, Config
from recto.settings.metadata import Metadata, metadata
from tests.building import build
from tests.epub_book import OPF, documents, opened, packed
from tests.sample_galleys import composer

DC = "{http://purl.org/dc/elements/1.1/}"


@pytest.fixture(scope="module")
def epub(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return packed(documents(), tmp_path_factory.mktemp("epub"))


@pytest.fixture(scope="module")
def opf(epub: bytes) -> etree._Element:
    return etree.fromstring(opened(epub)["EPUB/content.opf"])


def facts() -> Metadata:
    book = composer()
    return metadata(book.book, book.manuscript, book.config)


def said(opf: etree._Element, name: str) -> list[str]:
    """What the package says under a property, in order."""
    return [meta.text for meta in opf.iter(f"{OPF}meta") if meta.get("property") == name]


def packaged(
    files: dict[str, Document], accessibility: AccessibilitySettings | None = None, isbn: str = ""
) -> etree._Element:
    bound = package(
        tuple(files.values()), (), facts(), accessibility or AccessibilitySettings(), print_isbn=isbn
    )
    return etree.fromstring(opened(bound)["EPUB/content.opf"])


# --- archive ---------------------------------------------------------------------------------------------


def test_mimetype_comes_first_stored_and_bare(epub: bytes) -> None:
    """OCF 3.3, 4.3; the offsets are those of a ZIP file's first local header."""
    assert epub[:4] == b"PK\x03\x04"
    assert epub[8:10] == b"\0\0"  # stored
    assert epub[28:30] == b"\0\0"  # no extra field
    assert epub[30:58] == b"mimetypeapplication/epub+zip"


def test_photographs_are_stored_as_they_are_and_text_is_packed() -> None:
    photograph = Document(
        "cover.jpg", "", b"\xff\xd8\xff" + b"0" * 5000, "image/jpeg", ("cover-image",), spine=False
    )
    bound = package((*documents().values(), photograph), (), facts(), AccessibilitySettings())
    with zipfile.ZipFile(io.BytesIO(bound)) as archive:
        kinds = {entry.filename: entry.compress_type for entry in archive.infolist()}
        assert archive.read("EPUB/cover.jpg") == photograph.content
    stored = {name for name, kind in kinds.items() if kind == zipfile.ZIP_STORED}
    assert stored == {"mimetype", "EPUB/cover.jpg"}


def test_the_archive_tells_no_time_and_nothing_of_this_machine(epub: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert (entry.extra, entry.comment, entry.create_system) == (b"", b"", 3)
        assert archive.testzip() is None


def test_the_same_book_gives_the_same_bytes(epub: bytes, tmp_path: Path) -> None:
    assert packed(documents(), tmp_path) == epub


def test_every_file_is_declared_once_and_every_declared_file_is_there(
    epub: bytes, opf: etree._Element
) -> None:
    declared = [f"EPUB/{item.get('href')}" for item in opf.iter(f"{OPF}item")]
    frame = {"mimetype", "META-INF/container.xml", "EPUB/content.opf"}
    assert sorted(declared) == sorted(set(opened(epub)) - frame)


def test_an_image_that_no_document_shows_is_left_out(epub: bytes) -> None:
    assert "EPUB/images/net.png" in opened(epub)
    assert "EPUB/images/unused.png" not in opened(epub)


def test_documents_go_in_as_they_are(epub: bytes) -> None:
    files = opened(epub)
    assert all(files[f"EPUB/{name}"] == document.content for name, document in documents().items())


@pytest.mark.parametrize("name", ["../up.xhtml", "a b.xhtml", "/abs.xhtml", "ü.xhtml", "x/.hidden", ""])
def test_a_name_that_is_not_safe_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="safe name"):
        packaged({"x": Document(name, "", b"")})


def test_two_names_that_differ_by_case_alone_are_refused() -> None:
    files = {name: Document(name, "", b"<x/>") for name in ("Chapter.xhtml", "chapter.xhtml")}
    with pytest.raises(ValueError, match="share a name"):
        packaged(files)


# --- package document ------------------------------------------------------------------------------------


def test_the_package_says_what_book_toml_says(opf: etree._Element) -> None:
    dublin = [(e.tag.removeprefix(DC), e.text) for e in opf.iter(f"{DC}*")]
    assert dublin == [
        ("identifier", "urn:isbn:9783161484100"), ("title", "The Patient Press"),
        ("title", "Pages for People Who Look Twice"), ("title", "First edition"), ("language", "en"),
        ("creator", "Ada Example"), ("creator", "Bert Sample"),
        ("publisher", "Sink & Leading"), ("date", "2026-11-01"),
    ]  # fmt: skip
    assert opf.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert opf.get("unique-identifier") == next(opf.iter(f"{DC}identifier")).get("id")
    assert said(opf, "dcterms:modified") == ["2000-01-01T00:00:00Z"]
    assert said(opf, "role") == ["aut", "aut"]
    assert not [meta for meta in opf.iter(f"{OPF}meta") if "Ebook-lib" in str(meta.attrib)]


def test_a_date_in_words_stays_out_of_the_package() -> None:
    bound = package((), (), replace(facts(), date="Spring 2026"), AccessibilitySettings())
    assert not list(etree.fromstring(opened(bound)["EPUB/content.opf"]).iter(f"{DC}date"))


def test_a_language_can_not_break_out_of_its_attribute() -> None:
    bound = package((), (), replace(facts(), language='en" x="1'), AccessibilitySettings())
    package_tag = etree.fromstring(opened(bound)["EPUB/content.opf"])
    assert package_tag.get("x") is None


def test_a_document_may_be_called_as_what_is_said_of_the_book() -> None:
    named = ("title.xhtml", "creator-1.xhtml", "pub-id.xhtml", "chapter-1.xhtml")
    ids = packaged({name: Document(name, "", b"<x/>") for name in named}).xpath("//@id")
    assert {"title", "creator-1", "pub-id", "chapter-1"}.issubset(ids)
    assert len(ids) == len(set(ids))


def test_the_spine_is_the_reading_order(opf: etree._Element) -> None:
    ids = {item.get("id"): item.get("href") for item in opf.iter(f"{OPF}item")}
    spine = [ids[ref.get("idref")] for ref in opf.iter(f"{OPF}itemref")]
    assert spine == [document.name for document in documents().values() if document.spine]
    assert opf.find(f"{OPF}spine").get("toc") == "ncx"
    assert ids["ncx"] == "toc.ncx"


def test_a_document_out_of_line_is_marked_so() -> None:
    files = documents()
    files["cover.xhtml"] = replace(files["cover.xhtml"], linear=False)
    refs = {ref.get("idref"): ref.get("linear") for ref in packaged(files).iter(f"{OPF}itemref")}
    assert (refs["cover"], refs["nav"]) == ("no", None)


def test_nav_and_cover_are_known_by_their_properties(opf: etree._Element) -> None:
    found = {i.get("properties"): i.get("href") for i in opf.iter(f"{OPF}item") if i.get("properties")}
    assert found == {"nav": "nav.xhtml", "cover-image": "cover.png", "index": "index.xhtml"}
    (old,) = (meta.get("content") for meta in opf.iter(f"{OPF}meta") if meta.get("name") == "cover")
    assert [i.get("href") for i in opf.iter(f"{OPF}item") if i.get("id") == old] == ["cover.png"]


# --- accessibility ---------------------------------------------------------------------------------------


def test_accessibility_is_computed_from_what_is_in_the_book(opf: etree._Element) -> None:
    assert said(opf, "schema:accessMode") == ["textual", "visual"]
    assert said(opf, "schema:accessModeSufficient") == ["textual"]
    assert said(opf, "schema:accessibilityFeature") == [
        "tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability", "index",
        "pageBreakMarkers", "pageNavigation", "alternativeText",
    ]  # fmt: skip
    assert said(opf, "schema:accessibilityHazard") == ["none"]
    assert said(opf, "pageBreakSource") == ["urn:isbn:9783161484100"]
    assert said(opf, "dcterms:conformsTo") == []


def test_an_image_without_words_takes_the_claim_away() -> None:
    files = documents()
    chapter = files["chapter-1.xhtml"]
    silent = chapter.content.replace(b'alt="Four squares joined by lines"', b'alt=""')
    assert silent != chapter.content
    opf = packaged({**files, chapter.name: replace(chapter, content=silent)})
    assert "alternativeText" not in said(opf, "schema:accessibilityFeature")
    assert said(opf, "schema:accessModeSufficient") == ["textual,visual"]
    assert "1 of 1" in said(opf, "schema:accessibilitySummary")[0]


def test_a_long_description_is_claimed_where_a_picture_names_one() -> None:
    files = documents()
    assert "longDescription" not in said(packaged(files), "schema:accessibilityFeature")
    chapter = files["chapter-1.xhtml"]
    described = chapter.content.replace(b"<img", b'<img aria-details="described-1"')
    opf = packaged({**files, chapter.name: replace(chapter, content=described)})
    assert "longDescription" in said(opf, "schema:accessibilityFeature")
    assert "described at length: 1 of 1" in said(opf, "schema:accessibilitySummary")[0]


def test_pictures_that_only_decorate_are_none_to_see_but_are_told_of() -> None:
    files = documents()
    chapter = files["chapter-1.xhtml"]
    plain = chapter.content.replace(b"<img", b'<img role="presentation"')
    opf = packaged({**files, chapter.name: replace(chapter, content=plain)})
    assert said(opf, "schema:accessMode") == ["textual"]
    assert said(opf, "schema:accessibilitySummary")[0].endswith("Its images only decorate.")


def test_a_book_without_images_pages_and_index_claims_none_of_them() -> None:
    files = documents(None, None)
    del files["chapter-1.xhtml"]
    opf = packaged(files)
    assert said(opf, "schema:accessMode") == ["textual"]
    features = said(opf, "schema:accessibilityFeature")
    assert not {"index", "pageNavigation", "pageBreakMarkers", "alternativeText"} & set(features)
    assert said(opf, "pageBreakSource") == []


def test_without_an_isbn_the_print_edition_is_told_in_words() -> None:
    (source,) = said(packaged(documents()), "pageBreakSource")
    assert source == "The Patient Press: Pages for People Who Look Twice, Sink & Leading, print edition"


def test_conformance_is_claimed_only_by_the_author() -> None:
    claim = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
    opf = packaged(documents(), AccessibilitySettings("Words.", ("unknown",), claim, "Ada Example"))
    assert said(opf, "dcterms:conformsTo") == [claim]
    assert said(opf, "a11y:certifiedBy") == ["Ada Example"]
    assert said(opf, "schema:accessibilitySummary") == ["Words."]
    assert said(opf, "schema:accessibilityHazard") == ["unknown"]


# --- cover -----------------------------------------------------------------------------------------------


def with_cover(name: str) -> Config:
    return Config(book=BookSettings(cover=name))


@pytest.mark.parametrize(("name", "inside"), [("a.png", "cover.png"), ("b.JPG", "cover.jpg")])
def test_a_good_cover_is_taken_as_it_is(name: str, inside: str, tmp_path: Path) -> None:
    Image.new("RGB", (1400, 2240), "#123456").save(tmp_path / name)
    cover, problems = given_cover(with_cover(name), tmp_path)
    assert problems == ()
    assert cover is not None
    assert (cover.name, cover.properties, cover.spine) == (inside, ("cover-image",), False)
    assert cover.content == (tmp_path / name).read_bytes()
    shown = documents(book=composer(with_cover(name)), cover=cover.name)["cover.xhtml"]
    assert f'src="{inside}"'.encode() in shown.content


@pytest.mark.parametrize(
    ("name", "mode", "size", "code"),
    [
        ("cmyk.jpg", "CMYK", (1400, 2240), "cover-color"),
        ("clear.png", "RGBA", (1400, 2240), "cover-color"),
        ("tiny.png", "RGB", (300, 400), "cover-size"),
        ("small.png", "RGB", (1000, 1600), "cover-small"),
        ("other.gif", "L", (1400, 2240), "cover-format"),
        ("other.webp", "RGB", (1400, 2240), "cover-format"),
        ("other.tif", "RGB", (1400, 2240), "cover-format"),
    ],
)
def test_a_cover_that_stores_refuse_is_told_and_taken(
    name: str, mode: str, size: tuple[int, int], code: str, tmp_path: Path
) -> None:
    Image.new(mode, size).save(tmp_path / name)
    cover, (problem,) = given_cover(with_cover(name), tmp_path)
    assert (problem.severity, problem.code, problem.subject) == ("warning", code, name)
    assert cover is not None
    with Image.open(io.BytesIO(for_screens(cover, lambda _, make: make()).content)) as shown:
        assert (shown.mode in ("RGB", "L", "P"), shown.size) == (True, size)
        assert Image.MIME[shown.format or ""] == cover.media_type


def test_a_cover_under_a_false_name_is_taken_as_what_it_is(tmp_path: Path) -> None:
    Image.new("RGB", (1400, 2240)).save(tmp_path / "x.png")
    (tmp_path / "x.png").rename(tmp_path / "x.jpg")
    cover, (problem,) = given_cover(with_cover("x.jpg"), tmp_path)
    assert cover is not None
    assert (cover.name, cover.media_type) == ("cover.png", "image/png")
    assert (problem.severity, problem.code, problem.hint) == ("warning", "cover-format", "call it x.png")


@pytest.mark.parametrize("kept", [200, 3000])
def test_a_cover_that_is_cut_short_is_told(tmp_path: Path, kept: int) -> None:
    Image.effect_noise((1400, 2240), 50).save(tmp_path / "a.jpg")
    (tmp_path / "a.jpg").write_bytes((tmp_path / "a.jpg").read_bytes()[:kept])
    cover, (problem,) = given_cover(with_cover("a.jpg"), tmp_path)
    assert cover is None
    assert (problem.code, problem.severity) == ("cover-format", "warning")


def test_a_cover_that_is_not_there_or_elsewhere_is_told(tmp_path: Path) -> None:
    book = tmp_path / "book"
    book.mkdir()
    Image.new("RGB", (1400, 2240)).save(tmp_path / "elsewhere.png")
    Image.new("RGB", (1400, 2240)).save(book / "frontt.jpg")
    told = given_cover(with_cover("front.jpg"), book)[1][0]
    assert (told.code, told.severity) == ("cover-missing", "warning")
    assert "did you mean frontt.jpg?" in (told.hint or "")
    assert given_cover(with_cover("../elsewhere.png"), book)[1][0].code == "cover-outside"
    assert given_cover(Config(), book) == (None, ())


def test_a_cover_is_drawn_in_the_place_of_one_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 1 Sails\n\nCloth.\n", encoding="utf-8")
    settings = '[book]\nauthors = []\ndate = "2026"\ncover = "front.jpg"\n'
    (tmp_path / "book.toml").write_text(settings, encoding="utf-8")
    built = build(tmp_path, tmp_path / "out", "--formats", "epub")
    assert built.exit_code == 0, built.errors
    assert "there is no image front.jpg; a cover is drawn in its place [cover-missing]" in built.errors
    files = opened(built.output(".epub").read_bytes())
    assert b'src="cover.png"' in files["EPUB/cover.xhtml"]
    with Image.open(io.BytesIO(files["EPUB/cover.png"])) as drawn:
        assert drawn.size == (1400, 2240)


def test_a_page_becomes_a_cover(tmp_path: Path) -> None:
    Image.new("RGB", (700, 1120), "#17324d").save(tmp_path / "page.pdf", resolution=72)
    cover = drawn_cover((tmp_path / "page.pdf").read_bytes())
    with Image.open(io.BytesIO(cover.content)) as picture:
        assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", (1400, 2240))
        assert all(
            abs(a - b) < 6 for a, b in zip(picture.getpixel((700, 900)), (0x17, 0x32, 0x4D), strict=True)
        )
    assert drawn_cover((tmp_path / "page.pdf").read_bytes()) == cover


def test_the_ncx_has_ids_of_its_own_whatever_the_author_calls_a_place(tmp_path: Path) -> None:
    source = tmp_path / "nets.md"
    source.write_text(
        "# 1 Nets {#knots:reef}\n\nSalt. See [](#knots:reef).\n\n## 1.1 Ê\u0088\n", encoding="utf-8"
    )
    made = build(source, tmp_path / "out", "--formats", "epub")
    with zipfile.ZipFile(made.output(".epub")) as book:
        (ncx,) = (book.read(name).decode() for name in book.namelist() if name.endswith(".ncx"))
    assert re.findall(r'navPoint id="([^"]*)"', ncx) == ["point-1", "point-2", "point-3"]
