"""Page breaks of the e-book against a real print book: what follows each is what its page begins with."""

from __future__ import annotations

import re

import pytest
from PIL import Image

from recto.compose import print_units
from recto.model import LaidOut, PageMap, Unit
from recto.print.layout.job import AssetFile, asset_table
from recto.settings.trim import geometry, page_css
from tests.epub_book import documents, text_after, xhtml_of
from tests.print_book import paginate
from tests.sample_galleys import composer

pytestmark = pytest.mark.slow

# What the two books write differently at the same place: hyphens that may not break, and line ends
_UNLIKE = re.compile("[\\s\u00ad\u2010\u2011-]")
_TOP = 60  # characters to compare


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[LaidOut, ...], PageMap]:
    """The sample book, which has every element that a galley can hold, laid out."""
    picture = tmp_path_factory.mktemp("print") / "net.png"
    Image.new("RGB", (800, 500), "#cccccc").save(picture)
    book = composer()
    theme = book.templates.theme
    assets = asset_table(theme, ()) | {"images/net.png": AssetFile.of(picture)}

    def compose(pages: PageMap | None) -> tuple[Unit, ...]:
        return print_units(book, None, pages)[0]

    def css(page_count: int) -> str:
        return page_css(geometry(book.config, page_count)[0])

    sheets = [*theme.paper()]
    laid_out, pages, problems = paginate(compose, sheets=sheets, page_css=css, assets=assets)
    assert problems == ()
    return laid_out, pages


def same(text: str) -> str:
    return _UNLIKE.sub("", text).lower()


def test_every_page_begins_in_the_e_book_where_it_begins_in_print(
    printed: tuple[tuple[LaidOut, ...], PageMap],
) -> None:
    laid_out, pages = printed
    tops = [same(page.text)[:_TOP] for unit in laid_out for page in unit.pages if page.text]
    roots = [root for _, root in xhtml_of(documents(pages, None))]
    for call in (link for root in roots for link in root.iter("{*}a") if link.get("role") == "doc-noteref"):
        call.text = ""  # print makes the numbers of notes itself: they are none of a page's text
    breaks = [
        (mark.get("aria-label"), same(text_after(mark)))
        for root in roots
        for mark in root.iter("{*}span")
        if mark.get("role") == "doc-pagebreak"
    ]
    body = [(folio, text) for folio, text in breaks if folio.isdigit()]
    found = [next((n for n, top in enumerate(tops) if text.startswith(top)), folio) for folio, text in body]
    assert found == sorted(set(found))
    assert len(found) >= 8


def test_some_page_begins_in_the_middle_of_a_block(
    printed: tuple[tuple[LaidOut, ...], PageMap],
) -> None:
    """Otherwise the test above would say little."""
    assert any(start.offset > 0 for start in printed[1].starts.values())
