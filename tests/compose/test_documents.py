"""The documents of the e-book: what they hold, how they hang together, and how readers find their way."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from recto.compose import epub_documents
from recto.compose.epub.small import NAME
from recto.compose.epub.splitting import files_of
from recto.model import Document, Galley
from recto.settings.config import Config, ContentsSettings, EpubSettings
from recto.theme import find
from tests.epub_book import NCX, TYPE, XHTML, documents, nav, target, tree, xhtml_of
from tests.sample_galleys import composer, galley, paragraphs, sample_galleys, set_section

READ = [
    "cover.xhtml", "title-page.xhtml", "copyright-page.xhtml", "dedication.xhtml", "nav.xhtml",
    "preface.xhtml", "part-i.xhtml", "chapter-1.xhtml", "chapter-2.xhtml", "appendix-a.xhtml", "index.xhtml",
]  # fmt: skip


@pytest.fixture(scope="module")
def files() -> dict[str, Document]:
    return documents()


def types(root: etree._Element) -> Counter[str]:
    return Counter(kind for e in root.iter() for kind in e.get(TYPE, "").split())


def test_documents_stand_in_reading_order(files: dict[str, Document]) -> None:
    assert [document.name for document in files.values() if document.spine] == READ
    assert [d.name for d in files.values() if not d.spine] == [
        "toc.ncx",
        "styles/book.css",
        "styles/epub.css",
        "styles/newer.css",
    ]


def test_every_link_leads_to_an_id_that_is_there(files: dict[str, Document]) -> None:
    ids = {(name, e.get("id")) for name, root in xhtml_of(files) for e in root.iter() if e.get("id")}
    links = [
        (name, target(name, a.get("href", "")))
        for name, root in xhtml_of(files)
        for a in root.iter(f"{XHTML}a")
        if ":" not in a.get("href", "")
    ]
    assert len(links) > 40
    assert [link for link in links if link[1][1] and link[1] not in ids] == []
    assert {file for _, (file, _) in links} <= set(files)


def test_ids_are_unique_in_the_whole_book(files: dict[str, Document]) -> None:
    ids = Counter(e.get("id") for _, root in xhtml_of(files) for e in root.iter() if e.get("id"))
    ours = {"landmarks", "page-list"}
    assert [name for name, count in ids.items() if count > 1 and name not in ours] == []


def test_links_to_other_chapters_name_their_file(files: dict[str, Document]) -> None:
    links = {a.text: a.get("href") for a in tree(files["chapter-1.xhtml"]).iter(f"{XHTML}a")}
    assert links["figure 1.1"] == "#figure-1-1"
    assert links["section 2.1"] == "chapter-2.xhtml#section-2-1"


def test_no_link_but_that_to_a_note_leads_to_a_passage_that_pops_up(files: dict[str, Document]) -> None:
    """Kobo shows as a pop-up what a link leads to, if it is further on and has 9 to 5,000 characters."""
    passages = {
        (name, e.get("id")): len("".join(e.itertext()))
        for name, root in xhtml_of(files)
        for e in root.iter()
        if e.get("id")
    }
    popping = {True: 0, False: 0}
    for name, root in xhtml_of(files):
        for link in root.iter(f"{XHTML}a"):
            if link.get("role") != "doc-backlink":
                length = passages.get(target(name, link.get("href", "")), 0)
                popping[link.get("role") == "doc-noteref"] += length in range(9, 5001)
    assert popping[False] == 0
    assert popping[True] == 2


def test_what_opens_a_file_is_linked_by_the_name_of_the_file(files: dict[str, Document]) -> None:
    hrefs = [a.get("href", "") for a in nav(files, "toc").iter(f"{XHTML}a")]
    assert {"chapter-1.xhtml", "part-i.xhtml", "index.xhtml"} <= set(hrefs)
    assert "chapter-1.xhtml#section-1-1" in hrefs


def test_a_link_to_nowhere_becomes_plain_text() -> None:
    lost = '<p data-b="x:0">See <a class="xref" href="#nowhere">section 9</a>, later.</p>'
    galleys = (*sample_galleys()[:-1], replace_opening(sample_galleys()[-1], lost))
    root = tree(documents(book=composer(galleys=galleys))["appendix-a.xhtml"])
    assert "See section 9, later." in "".join(root.itertext())
    assert "nowhere" not in etree.tostring(root, encoding="unicode")


def replace_opening(of: Galley, html: str) -> Galley:
    return replace(of, opening=replace(of.opening, html=html))


def test_nothing_of_ours_is_left_in_the_documents(files: dict[str, Document]) -> None:
    for name, root in xhtml_of(files):
        left = [key for e in root.iter() for key in e.attrib if str(key).startswith("data-")]
        left = [key for key in left if key != NAME]  # the style sheets show it
        assert (name, left) == (name, [])


def test_roles_have_their_epub_type(files: dict[str, Document]) -> None:
    assert types(tree(files["chapter-1.xhtml"]))["chapter"] == 1
    assert types(tree(files["appendix-a.xhtml"]))["appendix"] == 1
    assert types(tree(files["dedication.xhtml"]))["dedication"] == 1
    assert types(tree(files["preface.xhtml"]))["preface"] == 1
    assert types(tree(files["part-i.xhtml"]))["part"] == 1
    bodies = [root.find(f"{XHTML}body").get(TYPE) for _, root in xhtml_of(files)]
    assert Counter(bodies) == {"frontmatter": 6, "bodymatter": 4, "backmatter": 1}
    assert not [b for _, root in xhtml_of(files) for b in root.iter(f"{XHTML}body") if b.get("role")]


def test_every_document_tells_its_language(files: dict[str, Document]) -> None:
    xml = "{http://www.w3.org/XML/1998/namespace}lang"
    assert {(root.get("lang"), root.get(xml)) for _, root in xhtml_of(files)} == {("en", "en")}


def test_notes_are_gathered_at_the_end_with_a_way_back(files: dict[str, Document]) -> None:
    root = tree(files["chapter-1.xhtml"])
    (shelf,) = (s for s in root.iter(f"{XHTML}section") if s.get("class") == "notes")
    notes = list(shelf)
    assert [(n.tag, n.get(TYPE), n.get("role"), n.get("id")) for n in notes] == [
        (f"{XHTML}aside", "footnote", "doc-footnote", "note-1-1"),
        (f"{XHTML}aside", "footnote", "doc-footnote", "note-1-2"),
    ]
    assert [next(n.iter(f"{XHTML}span")).text for n in notes] == ["1.", "2."]
    backs = [a for a in shelf.iter(f"{XHTML}a") if a.get("role") == "doc-backlink"]
    assert [a.get("href") for a in backs] == ["#noteref-1-1", "#noteref-1-2"]
    calls = [a for a in root.iter(f"{XHTML}a") if a.get(TYPE) == "noteref"]
    assert [a.get("href") for a in calls] == ["#note-1-1", "#note-1-2"]
    assert shelf.getparent().index(shelf) == len(shelf.getparent()) - 1


def test_a_chapter_without_notes_has_no_place_for_them(files: dict[str, Document]) -> None:
    assert b'class="notes"' not in files["chapter-2.xhtml"].content


def test_headings_never_skip_a_level(files: dict[str, Document]) -> None:
    for name, root in xhtml_of(files):
        levels = [int(e.tag[-1]) for e in root.iter() if re.fullmatch(rf"{XHTML}h[1-6]", str(e.tag))]
        assert all(b - a <= 1 for a, b in pairwise(levels)), (name, levels)
        assert name in ("cover.xhtml", "copyright-page.xhtml", "dedication.xhtml") or levels[0] == 1, name


def test_a_width_in_per_cent_is_a_style(files: dict[str, Document]) -> None:
    (image,) = tree(files["chapter-1.xhtml"]).iter(f"{XHTML}img")
    assert (image.get("style"), image.get("width")) == ("width: 60%", None)


# --- navigation ------------------------------------------------------------------------------------------


def test_the_contents_follow_the_rules_of_epub(files: dict[str, Document]) -> None:
    """EPUB 3.3, 7.3: a heading and one list; in each item a link with words, then at most one list."""
    toc = nav(files, "toc")
    assert [child.tag for child in toc] == [f"{XHTML}h1", f"{XHTML}ol"]
    for item in toc.iter(f"{XHTML}li"):
        assert [child.tag for child in item] in ([f"{XHTML}a"], [f"{XHTML}a", f"{XHTML}ol"])
        assert "".join(item[0].itertext()).strip()
    assert all(len(below) for below in toc.iter(f"{XHTML}ol"))


def test_the_contents_list_what_is_in_the_book_in_order(files: dict[str, Document]) -> None:
    lines = [" ".join("".join(a.itertext()).split()) for a in nav(files, "toc").iter(f"{XHTML}a")]
    assert lines[:4] == ["Preface", "Part I: The Workshop", "1 A Chapter with Every Element in It",
                         "1.1 What Stands in a Section"]  # fmt: skip
    assert lines[-2:] == ["Appendix A: Sizes", "Index"]
    order = [target("nav.xhtml", a.get("href"))[0] for a in nav(files, "toc").iter(f"{XHTML}a")]
    assert order == sorted(order, key=READ.index)


def test_the_contents_go_as_deep_as_the_author_says() -> None:
    flat = documents(book=composer(Config(contents=ContentsSettings(depth=1))))
    assert "1.1 " not in "".join(nav(flat, "toc").itertext())
    assert "section-1-1" not in flat["toc.ncx"].content.decode()


def test_landmarks_name_each_place_once(files: dict[str, Document]) -> None:
    marks = [(a.get(TYPE), a.get("href")) for a in nav(files, "landmarks").iter(f"{XHTML}a")]
    assert marks == [
        ("cover", "cover.xhtml"), ("titlepage", "title-page.xhtml"), ("toc", "nav.xhtml"),
        ("bodymatter", "part-i.xhtml"), ("index", "index.xhtml"),
    ]  # fmt: skip


def test_the_ncx_lists_the_same_as_the_contents(files: dict[str, Document]) -> None:
    ncx = tree(files["toc.ncx"])
    links = [a.get("href") for a in nav(files, "toc").iter(f"{XHTML}a")]
    assert [p.find(f"{NCX}content").get("src") for p in ncx.iter(f"{NCX}navPoint")] == links
    pages = [a.get("href") for a in nav(files, "page-list").iter(f"{XHTML}a")]
    assert [p.find(f"{NCX}content").get("src") for p in ncx.iter(f"{NCX}pageTarget")] == pages
    heads = {meta.get("name"): meta.get("content") for meta in ncx.iter(f"{NCX}meta")}
    assert heads == {
        "dtb:uid": "urn:isbn:9783161484100", "dtb:depth": "3", "dtb:totalPageCount": str(len(pages)),
        "dtb:maxPageNumber": "12",
    }  # fmt: skip


def test_the_order_of_play_follows_the_text(files: dict[str, Document]) -> None:
    ncx = tree(files["toc.ncx"])
    places: dict[str, int] = {}
    for element in ncx.iter(f"{NCX}navPoint", f"{NCX}pageTarget"):
        places[element.find(f"{NCX}content").get("src")] = int(element.get("playOrder"))
    assert sorted(places.values()) == list(range(1, len(places) + 1))
    assert places["chapter-1.xhtml"] < places["chapter-1.xhtml#recto.page.3"]
    assert places["chapter-1.xhtml#recto.page.5"] < places["chapter-2.xhtml"]


def test_the_index_uses_the_words_of_epub_indexes(files: dict[str, Document]) -> None:
    root = tree(files["index.xhtml"])
    found = types(root)
    assert (found["index"], found["index-headnotes"], found["index-group"]) == (1, 1, 2)
    assert (found["index-entry"], found["index-locator-range"], found["index-locator"]) == (4, 1, 5)
    assert (found["index-xref-preferred"], found["index-xref-related"]) == (1, 1)
    text = " ".join("".join(root.itertext()).split())
    assert "mesh networks, 3, 4–8. See also proofs and belts, 5" in text
    assert "galleys. See proofs proofs, 8" in text


def test_a_bar_of_letters_leads_to_the_groups_of_the_index(files: dict[str, Document]) -> None:
    root = tree(files["index.xhtml"])
    (bar,) = root.xpath("//*[@class='letters']")
    assert [(link.text, link.get("href")) for link in bar] == [("M", "#index-m"), ("G–P", "#index-g")]
    assert root.xpath("//*[@role='doc-index']/preceding-sibling::*[@class='letters']") == [bar]


def test_without_an_index_nothing_speaks_of_one() -> None:
    files = documents(index=None)
    assert "index.xhtml" not in files
    assert "Index" not in "".join(tree(files["nav.xhtml"]).itertext())


def test_without_pages_there_is_no_page_list() -> None:
    for files in (
        documents(pages=None),
        documents(book=composer(Config(epub=EpubSettings(page_list=False)))),
    ):
        assert b"page-list" not in files["nav.xhtml"].content
        assert b"pageList" not in files["toc.ncx"].content
        assert not any(b"pagebreak" in document.content for document in files.values())


# --- long chapters ---------------------------------------------------------------------------------------


def test_a_long_chapter_is_cut_between_its_sections() -> None:
    chapter = sample_galleys()[2].chapter
    sections = tuple(
        set_section(f"section-1-{n}", 2, f"1.{n}", "Long", paragraphs(10, "chapter-1", n * 10))
        for n in range(1, 7)
    )
    cut = files_of(galley(chapter, paragraphs(1, "chapter-1"), sections), limit=16_000)
    assert len(cut) > 1
    assert [piece.heading.anchor for file in cut for piece in file if piece.heading] == [
        section.heading.anchor for section in sections
    ]
    assert all(sum(len(piece.html) for piece in file) <= 16_000 for file in cut)


def test_a_section_too_long_by_itself_is_cut_between_its_blocks() -> None:
    chapter = sample_galleys()[2].chapter
    call = '<a role="doc-noteref" href="#note-{0}" id="noteref-{0}">{0}</a>'
    html = "".join(f"<p>{n} {call.format(n)} {'word ' * 100}</p>" for n in range(40))
    html += "".join(f'<aside role="doc-footnote" id="note-{n}"><p>{n}</p></aside>' for n in range(40))
    cut = files_of(galley(chapter, "", (set_section("s", 2, "1.1", "Long", html),)), limit=14_000)
    pieces = [piece for file in cut for piece in file]
    assert [piece.heading is not None for piece in pieces].count(True) == 1
    assert len(pieces) > 2
    for piece in pieces:
        assert re.findall(r'href="#note-(\d+)"', piece.html) == re.findall(r'id="note-(\d+)"', piece.html)
    assert [int(n) for p in pieces for n in re.findall(r'id="note-(\d+)"', p.html)] == list(range(40))


def test_links_keep_working_in_a_chapter_of_several_files() -> None:
    chapter = sample_galleys()[2].chapter
    link = '<p data-b="c:1">See <a class="xref" href="#section-1-9">section 1.9</a>.</p>'
    sections = tuple(
        set_section(f"section-1-{n}", 2, f"1.{n}", "Long", paragraphs(140, "c", n * 200))
        for n in range(1, 10)
    )
    galleys = (galley(replace(chapter, part=None), link, sections),)
    files = documents(None, None, composer(galleys=galleys))
    assert {"chapter-1.xhtml", "chapter-1-file-2.xhtml"} <= set(files)
    assert all(len(d.content) <= 260_000 for d in files.values())
    assert b'href="chapter-1-file-2.xhtml#section-1-9"' in files["chapter-1.xhtml"].content
    assert tree(files["chapter-1-file-2.xhtml"]).find(f".//{XHTML}h1") is None


# --- templates -------------------------------------------------------------------------------------------


def test_a_template_that_is_not_xml_is_told_with_its_file(tmp_path: Path) -> None:
    broken = tmp_path / "part.xhtml"
    broken.write_text("<html><p>one&nbsp;two</p></html>", encoding="utf-8")
    shipped = find()
    theme = replace(shipped, templates={**shipped.templates, "epub/part.xhtml": broken})
    made, problems = epub_documents(composer(theme=theme), None, None, "cover.png")
    (problem,) = problems
    assert (problem.severity, problem.code, problem.place.file) == ("error", "template-markup", str(broken))
    assert "part-i.xhtml" not in {document.name for document in made}


def test_the_number_of_a_chapter_stands_for_a_title_that_it_lacks() -> None:
    first = sample_galleys()[3]
    bare = replace(first, chapter=replace(first.chapter, title="", part=None), headings=(
        replace(first.headings[0], title="", html=""), *first.headings[1:]))  # fmt: skip
    files = documents(None, None, composer(galleys=(bare,)))
    assert "Chapter 2" in [a.text for a in nav(files, "toc").iter(f"{XHTML}a")]
    assert tree(files["chapter-2.xhtml"]).findtext(f".//{XHTML}title") == "Chapter 2"
    heading = next(tree(files["chapter-2.xhtml"]).iter(f"{XHTML}h1"))
    assert [(span.get("class"), span.text) for span in heading] == [("title", "Chapter 2")]
