"""One walk reads a galley for all: what it counts is what print draws and what the e-book is cut by."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from recto import galley
from recto.compose import epub_documents, print_units
from recto.compose.epub.page_breaks import PageBreak, insert_breaks
from recto.model import TextPosition
from recto.notations import xhtml
from recto.print.engine import rendering
from recto.print.engine.page_reading import PageReader
from recto.print.layout.job import AssetFile, LayoutJob, asset_table
from recto.print.layout.positions import positions
from recto.print.layout.running import run
from recto.settings.trim import geometry, page_css
from tests.sample_galleys import composer, sample_galleys

EVERYTHING = (
    '<p data-b="c:1">One <a class="noteref" role="doc-noteref" href="#n">1</a>, two'
    '<span class="index-mark" id="m"></span> and <a class="noteref" role="doc-noteref" href="#n">1</a>'
    ' again<span class="page-reference">, page 9</span>.</p>'
    '<ul><li data-b="c:2">Outer<p data-b="c:3">inner</p>and out.</li></ul>'
    '<aside class="footnote" role="doc-footnote" id="n"><p data-b="c:4">A note.'
    ' <a class="backlink" role="doc-backlink" href="#r">↩</a></p></aside>'
)


def test_each_block_counts_its_own_text_alone() -> None:
    counted = galley.lengths(xhtml.parse(EVERYTHING))
    assert counted == {"c:1": len("One,twoand1again."), "c:2": len("Outerandout."), "c:3": 5, "c:4": 6}


def test_a_note_called_within_an_element_and_after_it_is_called_first_within() -> None:
    html = (
        '<p data-b="c:1"><em>x<a role="doc-noteref" href="#n">1</a></em>'
        'y<a role="doc-noteref" href="#n">1</a>z</p>'
    )
    passages = galley.walk(xhtml.parse(html), ("call",))
    assert "".join(passage.text for passage in passages) == "xy1z"


@given(st.lists(st.sampled_from(["a", "bc ", "\u2003d", "<em>e</em>", "<b>f<i> g</i></b>"]), max_size=9))
def test_the_walk_reads_all_text_in_its_order(pieces: list[str]) -> None:
    root = xhtml.parse(f'<p data-b="c:1">{"".join(pieces)}</p>')
    assert "".join(passage.text for passage in galley.walk(root)) == "".join(root.itertext())
    assert galley.lengths(root)["c:1"] == len("".join("".join(root.itertext()).split()))


def test_a_mark_stands_where_the_text_before_it_ends() -> None:
    (found,) = [place for anchor, place in positions(sample_galleys()).items() if anchor == "mark-1-1"]
    before = "The first paragraph after a heading stands flush."
    before += " It calls a note in the middle of its sentence, names"
    assert found == TextPosition("chapter-1:1", len("".join(before.split())))


@pytest.mark.slow
def test_print_draws_and_the_e_book_holds_as_many_characters_of_each_block_as_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: Counter[str] = Counter()
    for each in sample_galleys():
        for section in each.all_sections:
            counted += galley.lengths(xhtml.parse(section.html))
    assert len(counted) > 60

    drawn: Counter[str] = Counter()
    readers: list[PageReader] = []

    def remembered() -> PageReader:
        readers.append(PageReader())
        return readers[-1]

    monkeypatch.setattr(rendering, "PageReader", remembered)
    book = composer()
    picture = tmp_path / "net.png"
    Image.new("RGB", (800, 500), "#cccccc").save(picture)
    theme = book.templates.theme
    assets = asset_table(theme, ()) | {"images/net.png": AssetFile.of(picture)}
    sheets = (*theme.paper(), page_css(geometry(book.config)[0]))
    for unit in print_units(book, None, None)[0]:
        run(LayoutJob(unit, sheets, assets))
    for reader in readers:
        drawn.update({block: reader.drawn(block) for block in counted})
    assert drawn == counted

    for document in epub_documents(book, None, None, "cover.png")[0]:
        if document.spine:
            root = xhtml.document(document.content.decode())
            assert {block: counted[block] for block in galley.lengths(root)} == galley.lengths(root)


def test_a_page_break_is_set_before_the_very_character_in_any_block() -> None:
    for block, size in galley.lengths(xhtml.parse(EVERYTHING)).items():
        for offset in range(1, size):
            html = f'<html xmlns="{xhtml.XHTML}"><body>{EVERYTHING}</body></html>'
            root = xhtml.document(html)
            insert_breaks(root, [PageBreak(0, "9", "x", "page-9", TextPosition(block, offset))], {})
            passed = 0
            for passage in galley.walk(root, galley.NOT_DRAWN_IN_PLACE):
                if passage.element.get("id") == "page-9":
                    break
                passed += galley.length(passage.text) if passage.block == block else 0
            assert passed == offset


@given(st.text(alphabet=st.characters() | st.sampled_from(" \n\u00a0\u200b\u2003\x1c\x85ab")))
def test_a_character_counts_alone_as_it_does_in_a_text(text: str) -> None:
    assert galley.counted(text) == [at for at, each in enumerate(text) if galley.length(each)]
    assert len(galley.counted(text)) == galley.length(text)
