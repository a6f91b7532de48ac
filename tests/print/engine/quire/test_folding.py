"""Folding a unit for binding: nothing of it is lost or mistaken for something else, and tags stay true."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Object, Pdf

from recto.model import LaidOut
from recto.print.binding.bind import bind
from recto.print.layout.imposition import page_map
from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run
from tests.print_book import CSS, METADATA, assets, chapter, contents, geometry, page_css, unit, with_picture


def folded(body: str, name: str = "a") -> LaidOut:
    return run(LayoutJob(unit(name, body), (CSS, page_css(1)), assets(), alone=False))


def bound(*laid: LaidOut) -> Pdf:
    pages = page_map(laid)
    pdf, problems = bind(laid, pages, contents(), METADATA, page=geometry(1), assets=assets())
    assert problems == ()
    return Pdf.open(io.BytesIO(pdf))


def elements(element: Object) -> Iterator[Object]:
    yield element
    for kid in element.get("/K", []):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield from elements(kid)


def owners_of(pdf: Pdf) -> Iterator[tuple[int, Object]]:
    """Each key of the parent tree with what it leads to, as the leaves have it."""
    for leaf in pdf.Root.StructTreeRoot.ParentTree.Kids:
        nums = list(leaf.Nums)
        assert [int(leaf.Limits[0]), int(leaf.Limits[1])] == [int(nums[0]), int(nums[-2])]
        yield from ((int(key), owner) for key, owner in zip(nums[::2], nums[1::2], strict=True))


def test_a_unit_made_for_binding_is_a_quire_and_no_file_of_its_own(tmp_path: Path) -> None:
    job = LayoutJob(chapter(1, 4, "chapter-2"), (CSS, page_css(100)), with_picture(tmp_path), alone=False)
    laid = run(job)
    assert laid.quire is not None and not laid.pdf
    assert run(replace(job, alone=True)).quire is None
    assert run(job) == laid


@pytest.mark.parametrize(
    "words", ["see 7 0 R", "100 % (of) d\\ay %d", "/StructParent 5", "a) 3 0 R (b", "naïve 1 0 R"]
)
def test_words_are_not_mistaken_for_syntax(words: str) -> None:
    with bound(folded(f'<h1 id="x">A</h1><p><a href="#x">{words}</a></p>')) as pdf:
        assert [str(each.Contents) for each in pdf.pages[0].Annots] == [words]


def test_a_description_of_two_lines_stays_whole() -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        '<title>A\n(B</title><path d="M0 0h9"/></svg>'
    )
    with bound(folded(f'<h1 id="x">A</h1><p>{drawing}</p>')) as pdf:
        figures = [each for each in elements(pdf.Root.StructTreeRoot.K[0]) if str(each.S) == "/Figure"]
        assert [str(each.Alt).split() for each in figures] == [["A", "(B"]]


def test_an_anchor_in_any_script_is_found() -> None:
    first = folded('<h1 id="x">A</h1><p><a href="recto:gr%C3%B6%C3%9Fe-1">over there</a></p>', "a")
    second = folded('<h1 id="größe-1">B</h1>', "b")
    with bound(first, second) as pdf:
        (link,) = pdf.pages[0].Annots
        (leaf,) = pdf.Root.Names.Dests.Kids
        places = {bytes(name): place for name, place in zip(leaf.Names[::2], leaf.Names[1::2], strict=True)}
        assert places[bytes(link.Dest)][0].objgen == pdf.pages[2].objgen


def test_paragraphs_hold_their_lines_themselves() -> None:
    with bound(folded("<p>" + "A line and another one. " * 40 + "</p>")) as pdf:
        (paragraph,) = (each for each in elements(pdf.Root.StructTreeRoot.K[0]) if str(each.S) == "/P")
        marks = [int(each) for each in paragraph.K]
        assert marks == list(range(len(marks))) and len(marks) > 5


def test_every_mark_on_every_page_belongs_to_the_element_that_holds_it(tmp_path: Path) -> None:
    table = with_picture(tmp_path)
    units = (chapter(1, 3, "chapter-2"), chapter(2, 9, "chapter-1"))
    laid = [run(LayoutJob(each, (CSS, page_css(1)), table, alone=False)) for each in units]
    pdf, _ = bind(laid, page_map(laid), contents(), METADATA, page=geometry(1), assets=table)
    with Pdf.open(io.BytesIO(pdf)) as book:
        tree = dict(owners_of(book))
        assert list(tree) == list(range(int(book.Root.StructTreeRoot.ParentTreeNextKey)))
        checked = 0
        for page in book.pages:
            if "/StructParents" not in page.obj:
                continue  # a blank verso
            content = b"".join(part.read_bytes() for part in page.obj.Contents)
            owners = tree[int(page.obj.StructParents)]
            assert isinstance(owners, Array)
            for mark, owner in enumerate(owners):
                assert b"/MCID %d" % mark in content
                assert owner.Pg.objgen == page.obj.objgen
                assert mark in [int(kid) for kid in owner.K if not isinstance(kid, Dictionary)]
                checked += 1
            for annotation in page.obj.get("/Annots", []):
                owner = tree[int(annotation.StructParent)]
                assert annotation.objgen in [kid.Obj.objgen for kid in owner.K if isinstance(kid, Dictionary)]
        assert checked > 100
        ids = {bytes(each.ID) for each in elements(book.Root.StructTreeRoot.K[0]) if "/ID" in each}
        assert {bytes(key) for key in list(book.Root.StructTreeRoot.IDTree.Names)[::2]} == ids
        assert len(ids) == 4
