"""At the next build of an e-book only the documents that something has changed in are composed again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from recto.compose import epub_documents, fill_ahead
from recto.compose.environment import Templates
from recto.index.index_model import LocatedIndex
from recto.model import Document, Galley, PageMap
from recto.store.cache import Memo
from recto.theme import find
from tests.epub_book import INDEX, PAGES
from tests.sample_galleys import composer, sample_galleys

Book = Callable[..., tuple[Document, ...]]


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that were filled, in order."""
    names: list[str] = []
    fill = Templates.fill

    def noting(self: Templates, name: str, *rest: object) -> str:
        names.append(name)
        return fill(self, name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Templates, "fill", noting)
    return names


@pytest.fixture
def build(filled: list[str]) -> Book:
    """Composes the book, with what earlier calls made; then none is noted as filled but its own."""
    memo = Memo()

    def compose(
        galleys: tuple[Galley, ...] = (),
        pages: PageMap | None = PAGES,
        index: LocatedIndex | None = INDEX,
        kept: Memo | None = memo,
    ) -> tuple[Document, ...]:
        filled.clear()
        made, problems = epub_documents(composer(galleys=galleys, memo=kept), index, pages, "cover.png")
        assert problems == ()
        return made

    return compose


def edited() -> tuple[Galley, ...]:
    """The sample book with another word in the last section that has it."""
    galleys = list(sample_galleys())
    number = max(
        n for n, galley in enumerate(galleys) if any("machine" in each.html for each in galley.sections[-1:])
    )
    *sections, last = galleys[number].sections
    last = replace(last, html=last.html.replace("machine", "engine"))
    galleys[number] = replace(galleys[number], sections=(*sections, last))
    return tuple(galleys)


def test_of_a_book_that_stays_the_same_nothing_is_composed_again(build: Book, filled: list[str]) -> None:
    first = build()
    assert build() == first
    assert filled == []


def test_after_an_edit_its_document_alone_is_composed_again(build: Book, filled: list[str]) -> None:
    build()
    second = build(edited())
    assert filled == ["epub/chapter.xhtml"]
    assert second == build(edited(), kept=None)


def test_a_page_that_begins_elsewhere_is_a_change_of_its_document(build: Book, filled: list[str]) -> None:
    build()
    starts = {**PAGES.starts, 16: replace(PAGES.starts[16], offset=90)}
    moved = replace(PAGES, starts=starts)
    second = build(pages=moved)
    assert filled == ["epub/chapter.xhtml"]
    assert second == build(pages=moved, kept=None)


@pytest.mark.parametrize("pages", [None, replace(PAGES, folios=tuple(f"A-{n}" for n in range(22)))])
def test_other_pages_and_another_index_are_not_missed(build: Book, pages: PageMap | None) -> None:
    build()
    fewer = replace(INDEX, groups=INDEX.groups[:1])
    for index in (INDEX, fewer, None):
        assert build(pages=pages, index=index) == build(pages=pages, index=index, kept=None)


def test_what_an_edit_takes_away_is_not_linked_to_any_more(build: Book) -> None:
    build()
    shorter = sample_galleys()[:-1]
    assert build(shorter, index=None) == build(shorter, index=None, kept=None)


def test_what_hangs_on_no_page_is_filled_ahead_and_not_again(filled: list[str]) -> None:
    book = composer(memo=Memo())
    fill_ahead(book, INDEX)
    ahead = list(filled)
    assert {"epub/chapter.xhtml", "epub/index.xhtml"} <= {*ahead}
    made, problems = epub_documents(book, INDEX, PAGES, "cover.png")
    assert problems == ()
    later = {f"epub/{name}" for name in ("cover.xhtml", "nav.xhtml", "toc.ncx")}
    assert {*filled[len(ahead) :]} == later
    assert made == epub_documents(composer(memo=Memo()), INDEX, PAGES, "cover.png")[0]


def test_a_fault_of_a_template_that_is_met_ahead_is_told_once(tmp_path: Path) -> None:
    template = tmp_path / "chapter.xhtml"
    template.write_text("{{ nothing }}", encoding="utf-8")
    theme = replace(find(), templates={**find().templates, "epub/chapter.xhtml": template})
    book = composer(theme=theme, memo=Memo())
    fill_ahead(book)
    _, problems = epub_documents(book, INDEX, PAGES, "cover.png")
    assert [problem.code for problem in problems] == ["template-undefined"]
