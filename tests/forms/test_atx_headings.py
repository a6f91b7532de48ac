"""Lines that are headings by their signs (CommonMark 0.31, 4.2)."""

from __future__ import annotations

import pytest

from recto.forms.atx_headings import AtxHeading, atx_heading


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("# Nets", AtxHeading(1, "Nets", "")),
        ("   ### Nets  ###  ", AtxHeading(3, "Nets", "")),
        ("## C#", AtxHeading(2, "C#", "")),
        ("##", AtxHeading(2, "", "")),
        ("## ##", AtxHeading(2, "", "")),
        ("# Nets {#nets .wide}", AtxHeading(1, "Nets", "#nets .wide")),
        ("# Nets # {#nets}", AtxHeading(1, "Nets", "#nets")),
        ("# Nets {-}", AtxHeading(1, "Nets", "-")),
        ("# Nets {- .wide}", AtxHeading(1, "Nets", "- .wide")),
        ("# Nets{lang=de} #", AtxHeading(1, "Nets", "lang=de")),
        ("# {#alone}", AtxHeading(1, "", "#alone")),
        ("# The set {a, b}", AtxHeading(1, "The set {a, b}", "")),
        ("# A range {-5}", AtxHeading(1, "A range {-5}", "")),
    ],
)
def test_a_heading_is_its_level_its_words_and_its_attributes(line: str, heading: AtxHeading) -> None:
    assert atx_heading(line) == heading


@pytest.mark.parametrize("line", ["#nets", "####### Nets", "    # Nets", "\\# Nets", "Nets #", ""])
def test_any_other_line_is_none(line: str) -> None:
    assert atx_heading(line) is None
