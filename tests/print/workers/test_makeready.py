"""What workers are made ready with: no first job does it again."""

from __future__ import annotations

from typing import Any

import pytest

import recto.print.workers.makeready  # noqa: F401 - importing is the point
from recto.model import Unit
from recto.print.engine import presses
from recto.print.engine.book_files import BookFetcher
from recto.print.engine.inner import ffi, pyphen
from recto.print.engine.presses import press_of
from recto.print.engine.rendering import lay_out
from recto.print.layout.job import LayoutJob, asset_table
from recto.theme import find

HTML = '<html lang="en"><head><title>-</title></head><body><p>Splicing and whipping</p></body></html>'


def job(*more: str) -> LayoutJob:
    theme = find()
    sheets = (*theme.paper(), *more)
    return LayoutJob(Unit("ropes", HTML, "arabic"), sheets, asset_table(theme, ()), alone=False)


def test_a_worker_parses_no_sheet_again_that_all_books_have(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    parse = presses._parse

    def noted(text: str, fetcher: BookFetcher | None) -> Any:
        parsed.append(text)
        return parse(text, fetcher)

    monkeypatch.setattr(presses, "_parse", noted)
    own = "p { color: #123 }"
    press_of(job(own), BookFetcher({}))
    assert parsed == [own]


def test_a_worker_has_the_types_and_patterns_that_every_book_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    def again(what: object) -> None:
        pytest.fail(f"{what} is read again")

    monkeypatch.setattr(ffi._parser, "parse_type", again)
    monkeypatch.setattr(pyphen, "HyphDict", again)
    assert lay_out(job()).pages
