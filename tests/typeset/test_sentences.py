"""Whether a reference begins a sentence is told by the words right before it."""

from __future__ import annotations

import pytest

from recto.notations import xhtml
from recto.typeset.placing import sentences


def test_as_many_references_as_there_are_in_a_paragraph_none_is_told_by_all_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paragraph = xhtml.element("p")
    for _ in range(400):
        paragraph.append(xhtml.element("a", {}, "Section 1.1"))
    looked: list[object] = []
    has_class = sentences.has_class
    monkeypatch.setattr(sentences, "has_class", lambda *given: looked.append(given) or has_class(*given))
    assert [sentences.begins_sentence(link) for link in paragraph][:3] == [True, False, False]
    assert len(looked) < 400 * 20
