"""The page list: every page of the print book, at the very character on which it begins."""

from __future__ import annotations

import pytest
from lxml import etree

from recto.compose.epub.inside import inside
from recto.compose.epub.page_breaks import PageBreak, allot, insert_breaks
from recto.model import Document, PageMap, TextPosition
from recto.notations import xhtml
from tests.epub_book import PAGES, TYPE, documents, nav, target, text_after, tree, xhtml_of


@pytest.fixture(scope="module")
def files() -> dict[str, Document]:
    return documents()


def paged(root: etree._Element, pages: PageMap, name: str = "c") -> tuple[PageBreak, ...]:
    """Put the breaks of all pages into a document."""
    breaks = allot({name: inside(root)}, pages)
    insert_breaks(root, breaks, pages.pages)
    return breaks


def set_in(html: str, block: str, offset: int, folio: str = "57") -> str:
    """A chapter of one block with a page break in it, as it stands between the tags of `<body>`."""
    root = xhtml.document(f'<html xmlns="{xhtml.XHTML}"><body>{html}</body></html>')
    pages = PageMap((folio,), {}, {0: TextPosition(block, offset)})
    breaks = paged(root, pages, "c.xhtml")
    assert [(b.folio, b.file, b.anchor) for b in breaks] == [(folio, "c.xhtml", f"recto.page.{folio}")]
    for mark in root.iter(f"{{{xhtml.XHTML}}}span"):
        if mark.get("role") == "doc-pagebreak":
            assert mark.get("aria-label") == folio
            mark.tail = f"|{mark.tail or ''}"
    text = xhtml.write_document(root).decode()
    plain = text[text.index("<body>") + 6 : text.index("</body>")]
    start = plain.index("<span xmlns:")
    end = plain.index("</span>", start) + len("</span>")
    return plain[:start] + plain[end:]


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (0, '<p data-b="b">|one two three</p>'),
        (1, '<p data-b="b">o|ne two three</p>'),
        (3, '<p data-b="b">one |two three</p>'),
        (6, '<p data-b="b">one two |three</p>'),
        (10, '<p data-b="b">one two thre|e</p>'),
    ],
)
def test_white_space_is_not_counted(offset: int, expected: str) -> None:
    assert set_in('<p data-b="b">one two three</p>', "b", offset) == expected


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (2, '<p data-b="b">on|e <em>two</em> three</p>'),
        (3, '<p data-b="b">one <em>|two</em> three</p>'),
        (5, '<p data-b="b">one <em>tw|o</em> three</p>'),
        (6, '<p data-b="b">one <em>two</em> |three</p>'),
    ],
)
def test_a_break_may_fall_within_emphasis(offset: int, expected: str) -> None:
    assert set_in('<p data-b="b">one <em>two</em> three</p>', "b", offset) == expected


def test_blocks_within_a_block_are_counted_by_themselves() -> None:
    html = '<ul><li data-b="a">one <ol><li data-b="b">inner text</li></ol> two</li></ul>'
    assert set_in(html, "a", 3) == html.replace(" two", " |two")
    assert set_in(html, "b", 5) == html.replace("inner text", "inner |text")


def test_the_number_of_a_note_is_not_counted() -> None:
    call = '<a role="doc-noteref" href="#n">12</a>'
    html = f'<p data-b="b">one{call} two</p>'
    assert set_in(html, "b", 3) == html.replace(" two", " |two")


def test_a_second_call_of_a_note_is_counted_as_print_sets_it_as_a_link() -> None:
    call = '<a role="doc-noteref" href="#n">1</a>'
    html = f'<p data-b="b">one{call} two{call} three</p>'
    assert set_in(html, "b", 7) == html.replace(" three", " |three")


def test_a_break_may_fall_within_a_line_of_code() -> None:
    lines = '<span class="line">def <b>f</b>():</span>\n<span class="line">  pass</span>'
    html = f'<pre data-b="b"><code>{lines}</code></pre>'
    assert set_in(html, "b", 7) == html.replace("  pass", "  |pass")


def test_a_break_amid_a_formula_stands_before_it() -> None:
    math = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mrow><mi>U</mi><mo>=</mo><mi>M</mi></mrow></math>'
    )
    html = f'<p data-b="b">at {math} then</p>'
    for offset in (3, 4):
        assert set_in(html, "b", offset) == html.replace("at <", "at |<")
    assert set_in(html, "b", 5) == html.replace(" then", " |then")


@pytest.mark.parametrize(
    ("offset", "place"), [(0, ["span", "figure"]), (5, ["figure", "span"])], ids=["begins", "goes on"]
)
@pytest.mark.parametrize("name", ["figure", "table"])
def test_a_break_stands_beside_a_figure_and_not_within_its_caption(
    name: str, offset: int, place: list[str]
) -> None:
    caption = "figcaption" if name == "figure" else "caption"
    html = f'<section><{name}><{caption} data-b="b">one two three</{caption}></{name}></section>'
    root = xhtml.document(f'<html xmlns="{xhtml.XHTML}"><body>{html}</body></html>')
    paged(root, PageMap(("1",), {}, {0: TextPosition("b", offset)}))
    found = [etree.QName(each).localname for each in root.find(".//{*}section")]
    assert found == [each.replace("figure", name) for each in place]


def test_a_page_that_begins_with_a_block_under_a_heading_begins_with_the_heading() -> None:
    html = '<section id="s"><h2>Title</h2><p data-b="b">text</p></section>'
    root = xhtml.document(f'<html xmlns="{xhtml.XHTML}"><body>{html}</body></html>')
    paged(root, PageMap(("1",), {"s": 0}, {0: TextPosition("b", 0)}))
    assert [etree.QName(e).localname for e in root.find(".//{*}section")] == ["span", "h2", "p"]


def test_a_heading_of_the_page_before_stays_there() -> None:
    html = '<section id="s"><h2>Title</h2><p data-b="b">text</p></section>'
    root = xhtml.document(f'<html xmlns="{xhtml.XHTML}"><body>{html}</body></html>')
    paged(root, PageMap(("1", "2"), {"s": 0}, {1: TextPosition("b", 0)}))
    paragraph = root.find(".//{*}p")
    assert paragraph is not None
    assert paragraph[0].get("id") == "recto.page.2"


def test_every_break_is_listed_and_every_line_of_the_list_leads_to_its_break(
    files: dict[str, Document],
) -> None:
    breaks = {
        (name, mark.get("id")): mark.get("aria-label")
        for name, root in xhtml_of(files)
        for mark in root.iter()
        if mark.get(TYPE) == "pagebreak"
    }
    listed = {target("nav.xhtml", a.get("href")): a.text for a in nav(files, "page-list").iter("{*}a")}
    assert listed == breaks
    in_documents = [folio for document in files.values() for folio in document.pages]
    assert list(listed.values()) == in_documents


def test_the_list_has_the_folios_of_print_without_blanks_and_half_title(files: dict[str, Document]) -> None:
    listed = [a.text for a in nav(files, "page-list").iter("{*}a")]
    assert listed == ["iii", "iv", "v", "vii", "viii", "1", "3", "4", "5", "6", "8", "9", "11", "12"]


def test_a_break_lands_in_the_middle_of_a_paragraph(files: dict[str, Document]) -> None:
    root = tree(files["chapter-1.xhtml"])
    (mark,) = root.xpath("//*[@id='recto.page.5']")
    before = "".join(mark.getparent().text.split())
    assert PAGES.starts[12].offset == len(before)
    assert text_after(mark).startswith("ented,notspaced.")


def test_a_page_of_which_no_start_is_known_is_found_by_what_is_on_it(files: dict[str, Document]) -> None:
    (mark,) = tree(files["index.xhtml"]).xpath("//*[@id='recto.page.12']")
    assert text_after(mark).startswith("proofs,")


def test_a_chapter_begins_with_the_break_of_its_page(files: dict[str, Document]) -> None:
    (mark,) = tree(files["chapter-1.xhtml"]).xpath("//*[@id='recto.page.3']")
    assert mark.getnext().tag.endswith("h1")
