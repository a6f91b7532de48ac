"""The copy of a unit is all that its print is made of: what is kept by it can't be out of date."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from recto.compose import print_units
from recto.compose.composer import Composer
from recto.compose.print.unit_copy import made_up, unset
from recto.compose.shared import PAPER
from recto.model import PageMap
from tests.compose.test_print import INDEX
from tests.sample_galleys import composer

PAGES = PageMap(("i", "v", "1", "12"), {"preface": 1, "chapter-1": 2, "section-2-1": 3, "recto.index": 3})


@pytest.mark.parametrize("pages", [None, PAGES])
def test_every_unit_is_made_of_its_copy_alone(pages: PageMap | None, monkeypatch: pytest.MonkeyPatch) -> None:
    filled: list[tuple[str, Any, str]] = []
    fill = Composer.filled

    def noted(self: Composer, name: str, copy: Any, context: Any, *options: Any, **named: Any) -> str:
        assert context is made_up
        filled.append((name, copy, fill(self, name, copy, context, *options, **named)))
        return filled[-1][2]

    monkeypatch.setattr(Composer, "filled", noted)
    units, _ = print_units(composer(), INDEX, pages)
    assert [html for *_, html in filled] == [unit.html for unit in units]
    elsewhere = composer(galleys=())  # knows the templates and settings, and nothing of the book
    for name, copy, html in filled:
        taken = pickle.loads(pickle.dumps(copy))
        assert repr(taken) == repr(copy)
        assert elsewhere.fill(name, made_up(taken), [], medium=PAPER) == html


def test_a_text_is_told_by_what_is_in_it_but_for_index_marks() -> None:
    marked = 'A <span class="index-mark" id="term-1"></span>word, <a class="xref" href="#a&amp;b">there</a>'
    assert repr(unset(marked)) == repr(unset(marked.replace("term-1", "term-2"))) != repr(unset("A word"))
    assert unset(marked).links == (('<a class="xref" href="#a&amp;b">', "a&b"),)
