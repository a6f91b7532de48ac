"""The bound book: valid, each font once, heads and folios as artifacts, links that lead somewhere."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import page as page_validation
import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name, Object, Pdf

from recto.model import Contents, ContentsEntry, Heading, LaidOut, PageMap
from recto.print.binding import stamp
from recto.print.binding.bind import bind
from recto.print.layout.job import AssetFile, LayoutJob
from recto.print.layout.running import run
from recto.problems import Problem
from recto.settings.config import Config, PrintSettings
from tests.print_book import (
    CSS,
    METADATA,
    STYLES,
    chapter,
    contents,
    geometry,
    made,
    page_css,
    paginate,
    unit,
    with_picture,
)


@dataclass(frozen=True)
class Bound:
    folder: Path
    laid: tuple[LaidOut, ...]
    pages: PageMap
    pdf: bytes
    problems: tuple[Problem, ...]

    def open(self) -> Pdf:
        return Pdf.open(io.BytesIO(self.pdf))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Bound:
    folder = tmp_path_factory.mktemp("book")
    return Bound(folder, *made(folder))


def ua_failures(pdf: bytes) -> list[str]:
    report = page_validation.validate_pdf_bytes(pdf, profile=page_validation.ValidationProfile.PDF_UA_1)
    assert report.rules.total > 100
    return [f"{failure.rule_id} {failure.message}" for failure in report.failures]


def qpdf_check(pdf: bytes, folder: Path) -> str:
    path = folder / "checked.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def contents_of(page: Object) -> str:
    """All content of a page, text shown as glyph ids."""
    if "/Contents" not in page:
        return ""
    parts = page.Contents if isinstance(page.Contents, pikepdf.Array) else [page.Contents]
    return "\n".join(part.read_bytes().decode("latin-1") for part in parts)


def elements(element: Object) -> Iterator[Object]:
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, Object) and isinstance(kid, Dictionary) and "/S" in kid:
            yield from elements(kid)


# --- valid ----------------------------------------------------------------------------------------------


def test_the_bound_book_passes_every_rule_of_pdf_ua_1(book: Bound) -> None:
    assert book.problems == ()
    assert ua_failures(book.pdf) == []


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_nothing_wrong(book: Bound, tmp_path: Path) -> None:
    assert qpdf_check(book.pdf, tmp_path) == ""


def test_the_validator_bites_where_a_picture_loses_its_description(book: Bound) -> None:
    with book.open() as pdf:
        for element in elements(pdf.Root.StructTreeRoot.K[0]):
            if str(element.S) == "/Figure":
                del element.Alt
        broken = io.BytesIO()
        pdf.save(broken)
    assert ua_failures(broken.getvalue())


def test_a_picture_that_says_nothing_is_an_artifact(tmp_path: Path) -> None:
    picture = '<img src="images/bar.svg" alt="{}">'
    body = f"<h1>A</h1><p>{picture.format(' ')} word {picture.format('A bar')}</p>"
    laid = run(LayoutJob(unit("a", body), (CSS, page_css(1)), with_picture(tmp_path)))
    with Pdf.open(io.BytesIO(laid.pdf)) as pdf:
        figures = [each for each in elements(pdf.Root.StructTreeRoot.K[0]) if str(each.S) == "/Figure"]
        assert [str(each.Alt) for each in figures] == ["A bar"]
        drawn, marks = [], []
        for each in pikepdf.parse_content_stream(pdf.pages[0]):
            operator = str(each.operator)
            if operator in ("BMC", "BDC"):
                marks.append(str(each.operands[0]))
            elif operator == "EMC":
                marks.pop()
            elif operator in ("f", "f*", "B"):
                drawn.append(marks[-1])
        assert drawn == ["/Artifact", "/Figure"]
    assert ua_failures(laid.pdf) == []


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_bites_where_bytes_are_lost(book: Bound, tmp_path: Path) -> None:
    half = len(book.pdf) // 2
    assert qpdf_check(book.pdf[:half] + book.pdf[half + 200 :], tmp_path)


def test_the_same_units_give_the_same_bytes(book: Bound, tmp_path: Path) -> None:
    again = made(tmp_path, jobs=2)
    assert again[2] == book.pdf


def test_no_time_but_the_given_one_is_in_the_file(book: Bound) -> None:
    dates = set(re.findall(rb"20\d\d-?\d\d-?\d\dT?\d{2}:?\d{2}:?\d{2}", _unpacked(book)))
    assert dates == {b"2026-01-02T03:04:05", b"20260102030405"}


def _unpacked(book: Bound) -> bytes:
    target = io.BytesIO()
    with book.open() as pdf:
        pdf.save(target, qdf=True, static_id=True)
    return target.getvalue()


# --- structure ------------------------------------------------------------------------------------------


def test_one_document_holds_a_part_for_each_unit(book: Bound) -> None:
    with book.open() as pdf:
        root = pdf.Root.StructTreeRoot
        assert [str(each.S) for each in root.K] == ["/Document"]
        assert [str(each.S) for each in root.K[0].K] == ["/Part"] * len(book.laid)
        assert all(part.P.objgen == root.K[0].objgen for part in root.K[0].K)


def test_the_parent_tree_leads_back_to_elements_of_that_very_page(book: Bound) -> None:
    with book.open() as pdf:
        leaves = pdf.Root.StructTreeRoot.ParentTree.Kids
        numbers = [each for leaf in leaves for each in leaf.Nums]
        tree = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        assert sorted(tree) == list(range(len(tree)))
        for page in pdf.pages:
            if "/StructParents" in page.obj:
                assert {each.Pg.objgen for each in tree[int(page.obj.StructParents)]} == {page.objgen}
            for annotation in page.obj.get("/Annots", ()):
                kid = tree[int(annotation.StructParent)]
                assert any(
                    isinstance(each, Dictionary)
                    and each.get("/Obj", Dictionary()).objgen == annotation.objgen
                    for each in kid.K
                )


def test_no_tag_is_empty_and_every_link_tag_holds_its_annotation(book: Bound) -> None:
    with book.open() as pdf:
        tags = list(elements(pdf.Root.StructTreeRoot.K[0]))
        assert [str(each.S) for each in tags if each.S != Name.TD and not len(each.K)] == []
        links = [each for each in tags if str(each.S) == "/Link"]
        assert links
        for link in links:
            kinds = {isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR for kid in link.K}
            assert kinds == {True, False}  # an annotation, and words


def test_table_headers_have_ids_of_their_own_in_the_whole_book(book: Bound) -> None:
    with book.open() as pdf:
        root = pdf.Root.StructTreeRoot
        headers = [str(each.ID) for each in elements(root.K[0]) if each.S == Name.TH]
        assert len(headers) == len(set(headers)) >= 6  # more where a table goes on overleaf
        names = [str(each) for each in list(root.IDTree.Names)[::2]]
        assert names == sorted(headers)
        wanted = {
            str(name)
            for each in elements(root.K[0])
            if each.S == Name.TD
            for name in each.A.get("/Headers", ())
        }
        assert wanted == set(headers)


# --- pages ----------------------------------------------------------------------------------------------


def test_page_labels_are_the_folios(book: Bound) -> None:
    document = pypdfium2.PdfDocument(book.pdf)
    labels = [document.get_page_label(index) for index in range(len(document))]
    assert labels == list(book.pages.folios)
    assert labels[:5] == ["i", "ii", "iii", "iv", "1"]


def test_every_unit_begins_on_a_recto_after_a_blank_verso_where_needed(book: Bound) -> None:
    assert all(book.pages.pages[f"chapter-{number}"] % 2 == 0 for number in (1, 2, 3))
    with book.open() as pdf:
        blanks = [index for index, page in enumerate(pdf.pages) if "/Contents" not in page.obj]
        assert blanks
        assert all(index % 2 for index in blanks)
        assert all("/Annots" not in pdf.pages[index].obj for index in blanks)
        assert {page.trimbox[2] - page.trimbox[0] for page in pdf.pages} == {432}


def test_bleed_puts_the_trim_inside_a_media_box_at_the_origin(tmp_path: Path) -> None:
    config = Config(print=PrintSettings(bleed="0.125in"))
    table = with_picture(tmp_path)
    laid, pages, _ = paginate(
        lambda _: (chapter(1, 1, "chapter-1"), chapter(2, 1, "chapter-1")),
        sheets=[CSS],
        page_css=lambda count: page_css_of(config, count),
        assets=table,
    )
    pdf, _ = bind(laid, pages, contents(), METADATA, page=geometry(4, config), assets=table)
    with Pdf.open(io.BytesIO(pdf)) as book:
        for page in book.pages:
            assert [float(value) for value in page.mediabox] == [0, 0, 450, 666]
            assert [float(value) for value in page.obj.BleedBox] == [0, 0, 450, 666]
            assert [float(value) for value in page.trimbox] == [9, 9, 441, 657]
    assert ua_failures(pdf) == []


def page_css_of(config: Config, count: int) -> str:
    from recto.settings import trim

    return trim.page_css(geometry(count, config))


# --- heads, folios, ink ---------------------------------------------------------------------------------


def test_heads_and_folios_are_pagination_artifacts_on_all_but_openings_and_display_pages(book: Bound) -> None:
    opening = {book.pages.pages[anchor] for anchor in ("contents", "chapter-1", "chapter-2", "chapter-3")}
    document = pypdfium2.PdfDocument(book.pdf)
    with book.open() as pdf:
        for index, page in enumerate(pdf.pages):
            stamped = "/Artifact <</Type/Pagination/Subtype/Header/Attached[/Top]>> BDC" in contents_of(
                page.obj
            )
            text = document[index].get_textpage().get_text_bounded()
            folio = book.pages.folios[index]
            if index in opening or index == 0 or not text:
                assert not stamped
                continue
            assert stamped
            first = text.splitlines()[0].strip()
            head = "A Small Book" if index % 2 else "On chapter-"
            assert head in first
            assert first.startswith(folio) if index % 2 else first.endswith(folio)


def test_a_running_head_falls_back_to_a_font_that_has_its_characters(book: Bound) -> None:
    document = pypdfium2.PdfDocument(book.pdf)
    recto = next(i for i in range(6, len(document), 2) if "On chapter-" in _text(document, i))
    assert "ツ" in _text(document, recto).splitlines()[0]


def _ink(document: pypdfium2.PdfDocument, index: int) -> bytes:
    """A page as grey pixels, one a point, row by row."""
    return document[index].render(scale=1).to_pil().convert("L").tobytes()


def _text(document: pypdfium2.PdfDocument, index: int) -> str:
    return document[index].get_textpage().get_text_bounded()


def test_black_and_grey_are_one_ink(book: Bound) -> None:
    with book.open() as pdf:
        drawn = "\n".join(contents_of(page.obj) for page in pdf.pages)
    greys = re.findall(r"^(\S+) \1 \1 (?:rg|RG)$", drawn, re.MULTILINE)
    assert greys == []
    assert re.search(r"^0 g$", drawn, re.MULTILINE)


def test_colour_stays_colour(tmp_path: Path) -> None:
    red = unit("red", '<h1 id="red" style="color: #f00">Red</h1>')
    laid = run(LayoutJob(red, (CSS, page_css(1)), with_picture(tmp_path)))
    with Pdf.open(io.BytesIO(laid.pdf)) as pdf:
        assert "1 0 0 rg" in contents_of(pdf.pages[0].obj)


# --- fonts and pictures ---------------------------------------------------------------------------------


def fonts_of(pdf: Pdf) -> dict[tuple[int, int], Object]:
    found = {}
    for page in pdf.pages:
        for font in page.obj.get("/Resources", Dictionary()).get("/Font", Dictionary()).values():
            program = font.DescendantFonts[0].FontDescriptor.FontFile2
            found[program.objgen] = font
    return found


def test_each_font_is_embedded_once(book: Bound) -> None:
    with book.open() as pdf:
        fonts = fonts_of(pdf)
        names = [str(font.BaseFont).partition("+")[2] for font in fonts.values()]
        assert sorted(names) == [
            "MPLUS1p-Regular",
            "SourceCodePro-Regular",
            "SourceSerif4-Italic",
            "SourceSerif4-Regular",
            "SourceSerif4-SemiBold",
        ]
        programs = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and "/Length1" in each]
        assert len(programs) == len(fonts)


def test_text_reads_and_looks_as_the_print_engine_would_have_it(book: Bound) -> None:
    document = pypdfium2.PdfDocument(book.pdf)
    index = book.pages.pages["chapter-2"]
    chapter_2 = next(laid for laid in book.laid if laid.unit.name == "chapter-2")
    sheets = (CSS, page_css(len(book.pages.folios)))
    # with fonts as the print engine subsets and embeds them itself
    unbound = run(LayoutJob(chapter_2.unit, sheets, with_picture(book.folder)))
    alone = pypdfium2.PdfDocument(unbound.pdf)
    # an opening has no running head: the page must be the very same
    assert _text(document, index) == _text(alone, 0)
    assert _ink(alone, 0) == _ink(document, index)
    for at in range(1, len(alone)):
        assert _text(alone, at) in _text(document, index + at)


def test_widths_agree_with_those_that_the_units_were_set_with(book: Bound) -> None:
    with book.open() as pdf:
        bound = {str(f.BaseFont).partition("+")[2]: _widths(f) for f in fonts_of(pdf).values()}
    compared = 0
    sheets = (CSS, page_css(len(book.pages.folios)))
    for laid in book.laid:
        alone = run(LayoutJob(laid.unit, sheets, with_picture(book.folder)))
        with Pdf.open(io.BytesIO(alone.pdf)) as pdf:
            for name, font in pdf.pages[0].obj.Resources.Font.items():
                own = _widths(font)
                widths = next(each for each in bound.values() if own.items() <= each.items())
                assert widths, name
                compared += len(own)
    assert compared > 100


def _widths(font: Object) -> dict[int, float]:
    runs = list(font.DescendantFonts[0].W)
    return {
        int(first) + at: float(width)
        for first, run in zip(runs[::2], runs[1::2], strict=True)
        for at, width in enumerate(run)
    }


def test_a_font_of_the_machine_stays_as_the_unit_embedded_it(tmp_path: Path) -> None:
    odd = unit("odd", '<h1 id="odd">Odd</h1><p style="font-family: monospace">code</p>')
    table = with_picture(tmp_path)
    laid, pages, _ = paginate(lambda _: (odd,), sheets=[CSS], page_css=page_css, assets=table)
    assert len(laid[0].fonts) == 1
    pdf, _ = bind(laid, pages, contents(), METADATA, page=geometry(1), assets=table)
    assert "code" in _text(pypdfium2.PdfDocument(pdf), 0)
    assert ua_failures(pdf) == []


def test_a_picture_in_two_units_is_in_the_book_once(tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "dot.png"
    Image.effect_noise((64, 64), 90).save(path)
    table = {**with_picture(tmp_path), "images/dot.png": AssetFile.of(path)}
    units = tuple(
        unit(name, f'<h1 id="{name}">{name}</h1><p><img src="images/dot.png" alt="Noise"></p>')
        for name in ("one", "two")
    )
    laid, pages, _ = paginate(lambda _: units, sheets=[CSS], page_css=page_css, assets=table)
    pdf, _ = bind(laid, pages, contents(), METADATA, page=geometry(3), assets=table)
    with Pdf.open(io.BytesIO(pdf)) as book:
        pictures = [
            each
            for each in book.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == Name.Image
        ]
        assert len(pictures) == 1
    document = pypdfium2.PdfDocument(pdf)
    assert min(_ink(document, 0)[432 * 80 :]) < 128
    assert min(_ink(document, 2)[432 * 80 :]) < 128


# --- links, outline, metadata ---------------------------------------------------------------------------


def destinations(pdf: Pdf) -> dict[str, Object]:
    return dict(pikepdf.NameTree(pdf.Root.Names.Dests).items())


def test_links_lead_to_the_page_of_their_anchor_and_say_where_they_go(book: Bound) -> None:
    with book.open() as pdf:
        places = destinations(pdf)
        index = {page.objgen: at for at, page in enumerate(pdf.pages)}
        seen = set()
        for page in pdf.pages:
            for annotation in page.obj.get("/Annots", ()):
                anchor = str(annotation.Dest)
                assert "/A" not in annotation
                assert index[places[anchor][0].objgen] == book.pages.pages[anchor]
                assert not str(annotation.Contents).startswith("recto:")
                assert annotation.F == 4
                seen.add(anchor)
    assert {"chapter-1", "chapter-3", "section-1-1", "section-3-1"} <= seen


def test_a_link_to_nowhere_is_an_error_that_names_unit_and_anchor(tmp_path: Path) -> None:
    table = with_picture(tmp_path)
    laid, pages, _ = paginate(
        lambda _: (chapter(1, 1, "chapter-9"),), sheets=[CSS], page_css=page_css, assets=table
    )
    _, problems = bind(laid, pages, contents(), METADATA, page=geometry(1), assets=table)
    assert [(p.severity, p.code, p.subject) for p in problems] == [("error", "lost-link", "chapter-9")]
    assert "chapter-1" in problems[0].message


def test_the_outline_follows_the_contents_and_holds_what_they_do_not_list(book: Bound) -> None:
    document = pypdfium2.PdfDocument(book.pdf)
    outline = [(each.level, each.get_title(), each.get_dest().get_index()) for each in document.get_toc()]
    assert [line[:2] for line in outline[:4]] == [
        (0, "Contents"),
        (0, "1 Title"),
        (1, "1.1 Title"),
        (1, "1.2 Title"),
    ]
    assert outline[1][2] == book.pages.pages["chapter-1"]
    assert outline[-1][2] == book.pages.pages["section-3-2"]


def test_an_outline_to_depth_one_stops_at_chapters(book: Bound) -> None:
    pdf, _ = bind(
        book.laid,
        book.pages,
        contents(),
        METADATA,
        page=geometry(len(book.pages.folios)),
        assets=with_picture(book.folder),
        outline_depth=1,
    )
    titles = [each.get_title() for each in pypdfium2.PdfDocument(pdf).get_toc()]
    assert titles == ["Contents", "1 Title", "2 Title", "3 Title"]


def test_the_book_says_what_it_is(book: Bound) -> None:
    with book.open() as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.MarkInfo.Marked
        info = {key: str(value) for key, value in pdf.docinfo.items()}
        assert info["/Title"] == "A Small Book: For Tests"
        assert info["/Author"] == "Ann Author, Ben Binder"
        assert info["/CreationDate"] == "D:20260102030405Z"
        with pdf.open_metadata() as xmp:
            assert xmp["pdfuaid:part"] == "1"
            assert xmp["dc:title"] == "A Small Book: For Tests"
            assert xmp["dc:creator"] == ["Ann Author", "Ben Binder"]
            assert xmp["dc:language"] == {"en"}


def test_what_is_bound_is_markup_safe(book: Bound) -> None:
    odd = replace(METADATA, title="Salt & <Pepper>", subtitle="“Ünïcode” ツ")
    pdf, _ = bind(
        book.laid,
        book.pages,
        contents(),
        odd,
        page=geometry(len(book.pages.folios)),
        assets=with_picture(book.folder),
    )
    with Pdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as xmp:
        assert xmp["dc:title"] == str(opened.docinfo.Title) == "Salt & <Pepper>: “Ünïcode” ツ"


def test_text_in_a_transparent_group_is_drawn_with_the_fonts_of_the_book(tmp_path: Path) -> None:
    table = with_picture(tmp_path)
    faint = unit("faint", '<h1 id="faint" style="opacity: 0.5; margin: 0">Faint words</h1>')
    laid, pages, _ = paginate(lambda _: (faint,), sheets=[CSS], page_css=page_css, assets=table)
    pdf, _ = bind(laid, pages, contents(), METADATA, page=geometry(1), assets=table)
    document = pypdfium2.PdfDocument(pdf)
    assert "Faint words" in _text(document, 0)
    assert min(_ink(document, 0)) < 200
    with Pdf.open(io.BytesIO(pdf)) as book:
        assert len(fonts_of(book)) == 1
    assert ua_failures(pdf) == []


def test_the_box_of_a_figure_is_where_the_figure_is(book: Bound) -> None:
    with book.open() as pdf:
        figures = [each for each in elements(pdf.Root.StructTreeRoot.K[0]) if str(each.S) == "/Figure"]
        assert len(figures) == 3
        for figure in figures:
            left, bottom, right, top = (round(float(value)) for value in figure.A.BBox)
            index = next(at for at, page in enumerate(pdf.pages) if page.objgen == figure.Pg.objgen)
            ink = _ink(pypdfium2.PdfDocument(book.pdf), index)
            middle = (648 - (bottom + top) // 2) * 432 + (left + right) // 2
            assert right - left == 30  # 40 CSS pixels
            assert ink[middle] == 0


def test_an_empty_description_and_no_author_leave_no_empty_metadata(book: Bound) -> None:
    bare = replace(METADATA, description="", authors=(), keywords=(), publisher="", subtitle="")
    table = with_picture(book.folder)
    page = geometry(len(book.pages.folios))
    pdf, _ = bind(book.laid, book.pages, contents(), bare, page=page, assets=table)
    with Pdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as xmp:
        assert "/Author" not in opened.docinfo
        assert "dc:creator" not in xmp
    assert ua_failures(pdf) == []


def test_a_chapter_without_a_title_is_its_label_and_number_in_the_outline(book: Bound) -> None:
    bare = Contents((ContentsEntry(Heading("chapter-1", 1, "1", "", ""), "chapter"),))
    table, page = with_picture(book.folder), geometry(len(book.pages.folios))
    labels = {"chapter": "Kapitel"}
    pdf, _ = bind(book.laid, book.pages, bare, METADATA, page=page, assets=table, labels=labels)
    assert [each.get_title() for each in pypdfium2.PdfDocument(pdf).get_toc()] == ["Contents", "Kapitel 1"]


def test_a_head_in_a_script_that_our_fonts_lack_is_drawn_in_a_font_of_the_machine(
    book: Bound, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def lend(characters: str) -> Path | None:
        asked.append(characters)
        return STYLES / "fonts" / "MPLUS1p-Regular.ttf" if "ሀ" not in characters else None

    monkeypatch.setattr(stamp, "machine_font", lend)
    table = {name: file for name, file in with_picture(book.folder).items() if "MPLUS" not in name}
    laid = [replace(each, unit=replace(each.unit, verso_head="かな ሀ")) for each in book.laid]
    pdf, _ = bind(laid, book.pages, contents(), METADATA, page=geometry(len(book.pages.folios)), assets=table)
    document = pypdfium2.PdfDocument(pdf)
    assert {"かな", "ሀ"} <= set(asked)  # a whole script at once
    assert any("かな" in _text(document, number) for number in range(len(document)))
    assert ua_failures(pdf) == []
