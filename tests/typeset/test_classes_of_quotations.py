"""A class of a whole quotation or list is given to it, with or without a blank line before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.notations import xhtml
from tests.typeset_books import BookOf

LETTER = "> Dear Ada,\n>\n> bring the clock.\n"
PLAY = "Ada\n:   Who goes there?\n\nBea\n:   Nobody.\n"


@pytest.mark.parametrize("blank", ["", "\n"])
@pytest.mark.parametrize(
    ("text", "name", "tag"),
    [(LETTER, "letter", "blockquote"), (PLAY, "dialogue", "dl"), (LETTER, "poem", "blockquote")],
)
def test_a_class_below_a_quotation_or_list_is_of_the_whole(
    tmp_path: Path, text: str, name: str, tag: str, blank: str
) -> None:
    (galley,), problems = BookOf(tmp_path).chapter("1", "Bees", f"{text}{blank}{{.{name}}}\n\nEnd.\n").set()
    assert problems == ()
    marked = [
        each.tag for each in xhtml.parse(galley.opening.html).iter() if name in (each.get("class") or "")
    ]
    assert tag in marked and "p" not in marked and "dd" not in marked


def test_a_class_of_a_paragraph_stays_with_it(tmp_path: Path) -> None:
    text = "> Dear Ada,\n>\n> Your mother\n> {.signature}\n\n{.letter}\n\nEnd.\n"
    (galley,), _ = BookOf(tmp_path).chapter("1", "Bees", text).set()
    root = xhtml.parse(galley.opening.html)
    assert [each.tag for each in root.iter() if each.get("class") == "signature"] == ["p"]
    assert [each.tag for each in root.iter() if "letter" in (each.get("class") or "")] == ["blockquote"]
