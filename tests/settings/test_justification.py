"""The settings of paragraphs as a style sheet."""

from __future__ import annotations

import pytest

from recto.settings.config import Config, PrintSettings
from recto.settings.justification import paragraph_css


def test_paragraphs_are_fine_unless_they_are_to_be_quick() -> None:
    assert paragraph_css(Config()) == ("html { --paragraphs: fine 200 2 1 1 }\n", ())
    assert paragraph_css(Config(print=PrintSettings(paragraphs="quick"))) == ("", ())


def test_numbers_and_switches_are_handed_on() -> None:
    settings = PrintSettings(tolerance=900, expansion=1.5, letterspacing=0.0, protrusion=False)
    assert paragraph_css(Config(print=settings))[0] == "html { --paragraphs: fine 900 1.5 0 0 }\n"


@pytest.mark.parametrize(
    "settings",
    [
        PrintSettings(tolerance=0),
        PrintSettings(tolerance=20_000),
        PrintSettings(expansion=-1.0),
        PrintSettings(expansion=9.0),
        PrintSettings(letterspacing=5.5),
        PrintSettings(expansion=float("nan")),
    ],
)
def test_a_number_out_of_bounds_is_an_error(settings: PrintSettings) -> None:
    css, problems = paragraph_css(Config(print=settings))
    assert css == ""
    assert [(each.code, each.severity) for each in problems] == [("print-bounds", "error")]
