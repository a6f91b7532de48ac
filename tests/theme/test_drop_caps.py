"""A letter let in is as many lines high as the theme says, and stands on the last of them."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import c_double
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from tests.building import build

WORDS = "he ferry left before the fog had lifted, and nobody on deck could tell whether it moved at all. "


class Letter(NamedTuple):
    """A letter of a page: where its baseline begins, from the foot of the page, and its size in pixels."""

    y: float
    x: float
    text: str
    size: float


def letters(page: pypdfium2.PdfPage) -> Iterator[Letter]:
    text = page.get_textpage()
    for at in range(text.count_chars()):
        x, y = c_double(), c_double()
        pdfium.FPDFText_GetCharOrigin(text, at, x, y)
        yield Letter(
            round(y.value, 1), x.value, text.get_text_range(at, 1), pdfium.FPDFText_GetFontSize(text, at)
        )


@pytest.mark.parametrize("high", [2, 4])
def test_a_letter_let_in_stands_on_the_last_of_its_lines_and_none_is_set_over_it(
    tmp_path: Path, high: int
) -> None:
    theme = tmp_path / "themes" / "ours" / "theme.toml"
    theme.parent.mkdir(parents=True)
    theme.write_text(f'title = "Ours"\nextends = "novel"\n[text]\ndrop_cap = {high}\n', "utf-8")
    (tmp_path / "book.toml").write_text('[book]\ntitle = "Boats"\ntheme = "ours"\n', "utf-8")
    for number, letter in enumerate("TQ", 1):
        (tmp_path / f"{number}.md").write_text(f"# {number} Boats\n\n{letter}{WORDS * 6}\n", "utf-8")
    built = build(tmp_path, tmp_path / "out", "--formats", "pdf")
    assert built.exit_code == 0, built.errors
    found = {}
    for page in pypdfium2.PdfDocument(built.output(".pdf")):
        placed = sorted(letters(page), reverse=True)
        large = [each for each in placed if each.size > 35 and each.text in "TQ"]
        if not large:
            continue
        body = [each for each in placed if 14 < each.size < 15 and each.text.isalpha()]
        lines = [(y, min(each.x for each in line)) for y, line in groupby(body, key=lambda each: each.y)]
        left = lines[high + 1][1]
        beside = sum(start > left + 9 for _, start in lines[: high + 1])
        assert abs(lines[high - 1][0] - large[0].y) < 0.7  # points
        found[large[0].text] = beside
    assert found == {"T": high, "Q": high + 1}  # that reaches below the line
