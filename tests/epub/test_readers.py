"""The e-book in two readers, as a person would go through it: a phone, at large type by night, on a tablet.

foliate-js and epub.js run in a headless browser (tests/readers). RECTO_READER_SHOTS names a folder that keeps
what they showed.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from tests import validators
from tests.building import build

pytestmark = pytest.mark.slow

BOOK = Path(__file__).parent.parent / "books" / "in-readers"


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> list[validators.Visit]:
    folder = tmp_path_factory.mktemp("readers")
    book = build(BOOK, folder / "out", "--formats", "epub,pdf", "--no-cache")
    assert book.exit_code == 0, book.errors
    shots = Path(os.environ.get("RECTO_READER_SHOTS") or folder / "shots")
    return validators.readers(book.output(".epub"), shots)


def test_each_reader_opens_every_part_of_the_book_on_every_device(visits: list[validators.Visit]) -> None:
    assert [visit.fault for visit in visits if visit.fault] == []
    assert Counter(visit.reader for visit in visits) == {"foliate": 3, "epubjs": 3}
    assert {len(visit.words) for visit in visits} == {len(visits[0].words)}
    assert len(visits[0].words) > 8
    assert all(sum(visit.words.values()) == sum(visits[0].words.values()) > 3_000 for visit in visits)


def test_nothing_runs_out_of_its_page_is_missing_or_leads_nowhere(visits: list[validators.Visit]) -> None:
    assert [f"{visit.reader} on {visit.device}: {fault}" for visit in visits for fault in visit.faults] == []


def test_contents_pages_index_and_notes_lead_to_their_places(visits: list[validators.Visit]) -> None:
    for visit in visits:
        if visit.device == "phone":
            assert all(visit.links[kind] > 2 for kind in ("contents", "pages", "index", "notes")), visit
