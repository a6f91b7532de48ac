"""The layout job: a pure function, shut off from the world, that tells what stands on each page."""

from __future__ import annotations

import base64
import hashlib
import io
import logging
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from recto.model import LaidOut, TextPosition
from recto.print.layout.job import AssetFile, LayoutJob
from recto.print.layout.running import run
from recto.print.workers.shifts import Shift
from recto.store.cache import Cache
from tests.print_book import CSS, WORDS, assets, chapter, page_css, unit, with_picture

SMALL = "@page { size: 3in 3in; margin: 0.4in }"


def lay_out(body: str, css: str = CSS + SMALL) -> LaidOut:
    return run(LayoutJob(unit("a", body), (css,), assets()))


def test_the_same_job_gives_the_same_result_whatever_was_laid_out_before(tmp_path: Path) -> None:
    table = with_picture(tmp_path)
    first = LayoutJob(chapter(1, 4, "chapter-2"), (CSS, page_css(100)), table)
    other = LayoutJob(chapter(2, 9, "chapter-1"), (CSS + "em { color: red }", page_css(300)), table)
    before = run(first)
    run(other)
    run(replace(first, unit=chapter(3, 2, "chapter-1")))
    assert run(first) == before


def test_a_digest_changes_with_each_thing_that_pages_hang_on_and_no_other(tmp_path: Path) -> None:
    table = with_picture(tmp_path)
    job = LayoutJob(chapter(1, 1, "chapter-1"), (CSS,), table)
    font = "styles/fonts/SourceSerif4-Regular.ttf"
    changed = [
        replace(job, unit=replace(job.unit, html=job.unit.html + " ")),
        replace(job, unit=replace(job.unit, name="other")),
        replace(job, sheets=(CSS + " ",)),
        replace(job, sheets=(CSS, "")),
        replace(job, assets={**table, "images/bar.svg": AssetFile("elsewhere", "other")}),
        replace(job, assets={**table, font: AssetFile(table[font].path, "other")}),
    ]
    assert len({each.digest for each in (job, *changed)}) == len(changed) + 1
    same = [
        replace(job, unit=replace(job.unit, recto_head="Other")),
        replace(job, assets={**table, "images/unused.png": AssetFile("x", "y")}),
        replace(job, assets={**table, font: AssetFile("moved", table[font].digest)}),
    ]
    assert {each.digest for each in same} == {job.digest}


@pytest.mark.parametrize("name", ["images/bar.svg", "styles/fonts/SourceSerif4-Regular.ttf"])
def test_a_file_that_was_saved_anew_meanwhile_ends_the_job_and_nothing_is_kept(
    tmp_path: Path, name: str
) -> None:
    table = with_picture(tmp_path)
    before = Path(table[name].path)
    copy = tmp_path / before.name
    copy.write_bytes(before.read_bytes())
    css = CSS + SMALL + f"/* {tmp_path}: sheets that no other test has */"
    job = LayoutJob(chapter(1, 1, "chapter-1"), (css,), {**table, name: AssetFile.of(copy)})
    copy.write_bytes(copy.read_bytes() + b"\n")
    cache = Cache(tmp_path / "cache")
    made, problems = Shift([job], None, cache).finish()
    assert made == {}
    (problem,) = problems
    assert problem.code == "layout-failed"
    assert f"{copy} was changed while the book was made" in problem.message
    assert cache.get("laid out", job.digest) is None


@pytest.mark.parametrize(
    "address",
    ["file:///etc/hostname", "http://example.org/a.png", "data:image/png;base64,AA==", "book:///secret.png"],
)
def test_nothing_but_files_of_the_book_is_fetched(address: str) -> None:
    laid = lay_out(f'<h1 id="a">A</h1><p><img src="{address}" alt="Nothing"></p>')
    assert any("only files of the book" in message or "only pictures" in message for message in laid.messages)


def test_a_picture_within_a_drawing_is_printed() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(stream, "PNG")
    address = f"data:image/png;base64,{base64.b64encode(stream.getvalue()).decode()}"
    laid = lay_out(f'<h1 id="a">A</h1><p><img src="{address}" alt="Red"></p>')
    assert laid.messages == ()
    whole = lay_out(f'<h1 id="a">A</h1><p><img src="{address[:60]}" alt="Red"></p>')
    assert whole.messages


def test_an_asset_may_not_be_reached_round_about(tmp_path: Path) -> None:
    (tmp_path / "secret.css").write_text("h1 { color: red }", encoding="utf-8")
    css = f'@import "book:///styles/../../{tmp_path}/secret.css";'
    laid = lay_out('<h1 id="a">A</h1>', CSS + css)
    css_first = run(LayoutJob(unit("a", '<h1 id="a">A</h1>'), (css,), assets()))
    assert any("only files of the book" in message for message in css_first.messages)
    assert len(laid.pages) == 1


def test_what_the_engine_complains_of_is_told_and_not_printed(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    css = CSS + "p { flavour: sweet }"
    with caplog.at_level(logging.DEBUG):
        first = lay_out('<p id="a"><a href="#nowhere">x</a></p>', css)
        second = lay_out('<p id="b">y</p>', css)
    assert any("flavour" in message for message in first.messages)
    assert any("#nowhere" in message for message in first.messages)
    # parsed once, told for each
    assert any("flavour" in message for message in second.messages)
    assert capfd.readouterr() == ("", "")
    assert [record for record in caplog.records if record.name == "weasyprint"] == []


def test_anchors_come_out_in_order_with_their_place_in_the_text() -> None:
    laid = lay_out(
        '<section id="one"><h2 id="two">Early</h2><p>Some <span id="three">words</span> follow.</p></section>'
        '<section id="four" style="break-before: page"><p>More.</p></section>'
    )
    first, second = laid.pages
    assert first.anchors == ("one", "two", "three")
    assert first.text == "Early Some words follow."
    assert [first.text[offset:] for offset in first.offsets] == [
        "Early Some words follow.",
        "Early Some words follow.",
        "words follow.",
    ]
    assert (second.anchors, second.offsets, second.text) == (("four",), (0,), "More.")


def test_text_is_the_authors_without_hyphens_markers_references_and_notes() -> None:
    laid = lay_out(
        f"<ol><li>{WORDS}</li></ol><p>See<span class='footnote' id='n'>A note.</span> it"
        "<span class='page-reference'>, page 7</span>, soft&shy;ly.</p>"
    )
    whole = "".join(page.text for page in laid.pages)
    # a word may be divided at the end of a page: spaces don't count
    assert whole.replace(" ", "") == f"{WORDS} See it, softly.".replace(" ", "")
    assert [page.notes for page in laid.pages if page.notes] == ["A note."]
    assert [page.anchors for page in laid.pages if page.notes] == [("n",)]


def test_a_page_begins_where_the_one_before_it_ended() -> None:
    blocks = [f"{WORDS} {WORDS} {number}" for number in range(6)]
    body = "".join(
        f'<p data-b="a:{n}">{text}<span class="footnote">A note on {n}.</span></p>'
        for n, text in enumerate(blocks)
    )
    laid = lay_out(body)
    assert len(laid.pages) > 2
    assert laid.pages[0].start == TextPosition("a:0", 0)
    assert any(page.start and page.start.offset for page in laid.pages)
    for page in laid.pages:
        assert page.start is not None
        number = int(page.start.block.removeprefix("a:"))
        rest = "".join("".join(blocks[number:]).split())[page.start.offset :]
        assert rest.startswith("".join(page.text.split())[:40])


def test_a_table_header_repeated_overleaf_does_not_begin_the_page() -> None:
    rows = "".join(f'<tr><td data-b="a:{n}">Row number {n}</td></tr>' for n in range(1, 40))
    laid = lay_out(f'<table><thead><tr><th data-b="a:0">Head</th></tr></thead><tbody>{rows}</tbody></table>')
    assert laid.pages[0].start == TextPosition("a:0", 0)
    for page in laid.pages[1:]:
        assert page.start is not None
        assert page.start.block != "a:0"
        assert "Head" not in page.text


def test_fonts_of_the_book_are_told_with_what_is_drawn_with_them() -> None:
    laid = lay_out('<h1 id="a">Waffle</h1><p>ab <em>c</em></p>')
    files = {asset.digest: name.rpartition("/")[2] for name, asset in assets().items()}
    drawn = {files[font.digest]: "".join(sorted(set("".join(font.glyphs.values())))) for font in laid.fonts}
    assert drawn == {
        "SourceSerif4-SemiBold.ttf": "Waefl",
        "SourceSerif4-Regular.ttf": " ab",
        "SourceSerif4-Italic.ttf": "c",
    }


def test_a_line_ends_at_the_same_word_whether_an_element_follows_or_not() -> None:
    text = "The first stands under Sa, where some readers look, and prints as {}. The second has none."
    one_line = "p { margin: 0; orphans: 1; widows: 1; text-align: left; hyphens: none; font-size: 10pt }"

    def lines(name: str, width: int) -> list[str]:
        page = f"{CSS} @page {{ size: {width}pt 14pt; margin: 0 }} {one_line}"
        return [each.text for each in lay_out(f"<p>{text.format(name)}</p>", page).pages]

    for width in range(150, 240, 2):
        assert lines("<span>Gall</span>", width) == lines("Gall", width), f"{width} pt"


def test_leaders_are_a_dotted_stroke_from_the_words_to_the_folio_and_no_text() -> None:
    css = "p { position: relative; padding-right: 30pt } .leader { position: absolute; right: 0; bottom: 0 }"
    lines = "".join(f'<p>{words} <span class="leader">12</span></p>' for words in ("Short", "Rather longer"))
    laid = lay_out(lines, CSS + SMALL + css)
    pdf = pikepdf.open(io.BytesIO(laid.pdf))
    stream = [(str(each.operator), each.operands) for each in pikepdf.parse_content_stream(pdf.pages[0])]
    start = next(at for at, (operator, _) in enumerate(stream) if operator == "d")
    assert [operator for operator, _ in stream[start:]].count("S") == 2
    assert float(stream[start][1][0][0]) == 0  # dashes without length: dots
    marked = [operands for operator, operands in stream[:start] if operator in ("BMC", "BDC")]
    assert str(marked[-1][0]) == "/Artifact"
    right = {float(operands[0]) for operator, operands in stream[start:] if operator == "m"}
    left = [float(operands[0]) for operator, operands in stream[start:] if operator == "l"]
    assert len(right) == 1 and left[0] < left[1] < right.pop()
    assert laid.pages[0].text == "Short 12 Rather longer 12"


def test_leaders_run_to_the_left_in_a_book_that_is_read_that_way() -> None:
    css = (
        "p { direction: rtl; position: relative; padding-left: 30pt } .leader { position: absolute; left: 0 }"
    )
    lines = "".join(f'<p>{words} <span class="leader">12</span></p>' for words in ("Short", "Rather longer"))
    laid = lay_out(lines, CSS + SMALL + css)
    pdf = pikepdf.open(io.BytesIO(laid.pdf))
    stream = [(str(each.operator), each.operands) for each in pikepdf.parse_content_stream(pdf.pages[0])]
    start = next(at for at, (operator, _) in enumerate(stream) if operator == "d")
    folios = {float(operands[0]) for operator, operands in stream[start:] if operator == "m"}
    words = [float(operands[0]) for operator, operands in stream[start:] if operator == "l"]
    assert len(folios) == 1 and words[0] > words[1] > folios.pop()


def test_words_in_a_drawing_are_drawn(tmp_path: Path) -> None:
    path = tmp_path / "words.svg"
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20">'
        '<text y="9" font-family="Code, serif" font-size="9">Words</text></svg>',
        encoding="utf-8",
    )
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    table = {**assets(), "images/words.svg": AssetFile(str(path), digest)}
    laid = run(LayoutJob(unit("a", '<p><img src="images/words.svg" alt="Words"></p>'), (CSS + SMALL,), table))
    assert laid.messages == ()
    assert "W" in [text for font in laid.fonts for text in font.glyphs.values()]
