"""Notes that an author made of HTML are notes: numbered with the others, each once, with its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.notations import xhtml
from tests.typeset_books import BookOf

CALL = '<sup><a role="doc-noteref" href="#own">1</a></sup>'


def made(folder: Path, text: str) -> tuple[xhtml.Element, set[str]]:
    galleys, problems = BookOf(folder).chapter("1", "Bees", text).set()
    return xhtml.parse(galleys[0].opening.html), {problem.code for problem in problems}


@pytest.mark.parametrize(
    "note",
    [
        '<aside role="doc-footnote" id="own"><p>1. The clerk knew.'
        ' <a role="doc-backlink" href="#r">↩</a></p></aside>',
        '<div role="doc-footnote" id="own"><sup>1</sup> The clerk knew.</div>',
        '<ol>\n<li role="doc-footnote" id="own">The clerk knew.</li>\n</ol>',
        '<p role="doc-footnote" id="own">* The <em>clerk</em> knew.</p>',
    ],
)
def test_a_note_made_of_html_is_a_note_with_a_number_of_its_own(tmp_path: Path, note: str) -> None:
    text = (
        f"First.[^a] The library burned.{CALL} Then[^b] all was well.\n\n[^a]: One.\n[^b]: Three.\n\n{note}\n"
    )
    root, codes = made(tmp_path, text)
    assert codes == set()
    calls = [each for each in root.iter("a") if each.get("role") == "doc-noteref"]
    notes = [each for each in root.iter("aside") if each.get("role") == "doc-footnote"]
    assert [call.text for call in calls] == ["1", "2", "3"]
    assert [xhtml.words(each) for each in notes] == ["One.", "The clerk knew.", "Three."]
    assert [f"#{each.get('id')}" for each in notes] == [call.get("href") for call in calls]
    assert not list(root.iter("sup")) and not list(root.iter("ol"))


def test_a_half_of_a_note_is_left_where_it_is_and_is_none(tmp_path: Path) -> None:
    root, _ = made(
        tmp_path,
        'A <a role="doc-noteref" href="https://example.org">source</a>.\n\n'
        '<aside role="doc-footnote" id="x"><p>1. Never called.</p></aside>\n',
    )
    assert not [each for each in root.iter() if (each.get("role") or "").startswith("doc-")]
    assert xhtml.words(root) == "A source. 1. Never called."
