"""Heads and folios where a theme wants them, and in its letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from recto.print.binding.bind import bind
from recto.theme import Look, manual, shipped_folder
from tests.print_book import CSS, METADATA, chapter, contents, geometry, page_css, paginate, with_picture

LOOK = manual(shipped_folder())
FOOT = replace(LOOK.folio, place="foot", align="center", openings=True)
HEADS = replace(LOOK.heads, place="center", face="small-capitals", rule=True)
# of the trimmed page: above and below the text
HEAD, FEET = (0, 600, 432, 648), (0, 0, 432, 60)


@pytest.fixture(scope="module")
def page_texts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    table = with_picture(tmp_path_factory.mktemp("stamps"))
    laid, pages, _ = paginate(
        lambda _: (chapter(1, 9, "chapter-1"),), sheets=[CSS], page_css=page_css, assets=table
    )

    def texts(look: Look, head: str = "A Small Book") -> list[dict[str, str]]:
        page = geometry(len(pages.folios))
        headed = [replace(each, unit=replace(each.unit, verso_head=head)) for each in laid]
        pdf, _ = bind(headed, pages, contents(), METADATA, page=page, assets=table, look=look)
        assert pdf != b""
        document = pypdfium2.PdfDocument(pdf)
        return [
            {
                "head": _within(each, HEAD),
                "foot": _within(each, FEET),
                "left": _within(each, (0, 600, 120, 648)),
                # a left-hand page has its outer margin at the left
                "edge": _within(each, (0, 600, int(page.outer) - 1, 648)),
                "spine": _within(each, (int(432 - page.inner) + 2, 600, 432, 648)),
            }
            for each in document
        ]

    yield texts


def _within(page: pypdfium2.PdfPage, box: tuple[int, int, int, int]) -> str:
    return str(page.get_textpage().get_text_bounded(*box)).strip()


def test_the_manual_has_folio_and_head_at_the_outer_edge_and_nothing_at_the_foot(page_texts) -> None:
    first, second, *_ = page_texts(LOOK)
    assert set(first.values()) == {""}
    assert second["foot"] == "" and second["left"].startswith("2")
    assert "A Small Book" in second["head"]


def test_a_folio_at_the_foot_stands_on_openings_too_where_the_theme_wants_it(page_texts) -> None:
    pages = page_texts(replace(LOOK, folio=FOOT, heads=HEADS))
    assert [page["foot"] for page in pages] == [str(number) for number in range(1, len(pages) + 1)]
    assert pages[0]["head"] == ""
    assert pages[1]["head"] == "A Small Book" and pages[1]["left"] == "", "centred, without the folio"
    assert page_texts(replace(LOOK, folio=replace(FOOT, openings=False)))[0]["foot"] == ""


def test_a_page_without_a_head_has_its_folio_still(page_texts) -> None:
    heads = replace(LOOK.heads, verso="none")
    assert page_texts(replace(LOOK, heads=heads))[1]["left"].startswith("2")


@pytest.mark.parametrize("place", ["inner", "outer", "center"])
def test_a_long_running_head_is_cut_at_a_word_where_its_line_ends(page_texts, place: str) -> None:
    wide = replace(LOOK, heads=replace(LOOK.heads, place=place, size=1.2))
    for head, last in ((" ".join(f"Word{at}" for at in range(60)), "Word5"), ("語" * 90, "語" * 20)):
        page = page_texts(wide, head)[1]
        assert page["head"].removeprefix("2").removesuffix("2").strip().endswith("…") and last in page["head"]
        assert page["edge"] == page["spine"] == ""


def test_every_typeface_of_the_look_can_draw_heads() -> None:
    for role in ("text", "titles", "headings", "small"):
        family = LOOK.families[LOOK.faces.of(role)]
        for letters in ("roman", "italic", "bold", "small-capitals"):
            assert (Path(shipped_folder()) / "styles" / family.file(letters)).is_file()
