"""Text in a picture is drawn in the font that a style gives, in short or not."""

from __future__ import annotations

from urllib.parse import quote

import pypdfium2
import pytest
from weasyprint import HTML

from recto.print.engine.mending import mend
from recto.print.engine.svg_fonts import declarations

PLACED = 'x="10" y="40"'


@pytest.mark.parametrize(
    ("short", "longhands"),
    [
        ("bold 20px/1.2 Georgia, serif", ("normal", "normal", "bold", "20px", "Georgia, serif")),
        ("italic small-caps 300 x-large 'A B'", ("italic", "small-caps", "300", "x-large", '"A B"')),
        ("10px monospace", ("normal", "normal", "normal", "10px", "monospace")),
        ("120% / 2 serif", ("normal", "normal", "normal", "120%", "serif")),
        ("caption", ()),
    ],
)
def test_a_font_in_short_is_what_it_stands_for(short: str, longhands: tuple[str, ...]) -> None:
    normal, important = declarations(f"fill: red; font: {short}")
    assert normal[0] == ("fill", "red") and important == []
    assert tuple(value for _, value in normal[1:]) == longhands


@pytest.mark.parametrize(
    "inside",
    [
        f"<style>text {{ font: italic 18px serif }}</style><text {PLACED}>Words</text>",
        f"<style>.a {{ font: bold 18px/1.2 Georgia, serif }}</style><text class='a' {PLACED}>Words</text>",
        f"<text {PLACED} style='font: 600 18px serif'>Words</text>",
    ],
)
def test_text_in_a_font_given_in_short_is_drawn(inside: str) -> None:
    mend()
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60">{inside}</svg>'
    pdf = HTML(string=f'<img src="data:image/svg+xml,{quote(picture)}">').write_pdf()
    assert "Words" in pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
