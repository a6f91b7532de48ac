"""A book with templates of its own builds on: those of released versions find every name that they use."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from recto.compose import epub_documents, print_units
from recto.compose.epub.drawn_cover import cover_unit, face
from recto.theme import find
from tests.checkout import ROOT
from tests.epub_book import INDEX, PAGES, documents
from tests.sample_galleys import composer

RELEASED = ROOT / "tests" / "released"  # the templates of each version, as they were shipped

CHAPTERS = ("chapter-1", "chapter-2", "appendix-a")


@pytest.fixture(params=sorted(path.name for path in RELEASED.iterdir()))
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    shutil.copytree(RELEASED / request.param / "templates", tmp_path / "templates")
    return tmp_path


def words(html: str) -> list[str]:
    return re.sub(r"<[^>]*>", " ", html).split()


def test_templates_of_a_released_version_are_filled_without_a_fault(book: Path) -> None:
    made = composer(theme=find(book))
    units, on_paper = print_units(made, INDEX, PAGES)
    screen, on_screen = epub_documents(made, INDEX, PAGES, "cover.png")
    front = face(made, lambda text: len(text) * 0.5)
    cover, on_cover = cover_unit(made, front)
    assert (on_paper, on_screen, on_cover) == ((), (), ())
    assert f"color: {front.palette.ink}" in cover.html
    assert re.search(r'class="title (huge|large|medium|small)"', cover.html)
    now = {unit.name: unit.html for unit in print_units(composer(), INDEX, PAGES)[0]}
    was = {unit.name: unit.html for unit in units}
    assert [words(was[name]) for name in CHAPTERS] == [words(now[name]) for name in CHAPTERS]
    files, shown = {each.name: each.content.decode() for each in screen}, documents()
    for name in CHAPTERS:
        assert words(files[f"{name}.xhtml"]) == words(shown[f"{name}.xhtml"].content.decode())
