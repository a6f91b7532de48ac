"""Where lines don't end though they could, language by language; and letters that stand in the margin."""

from __future__ import annotations

import pytest

from recto.print.paragraphs.holding import costs_of_parting
from recto.print.paragraphs.items import FORBIDDEN
from recto.print.paragraphs.margins import margins

HELD = [
    ("en", "the boat_ – as ever_ – leaked"),
    ("en", "twelve km of river"),
    ("en", "12_ km of river, 50_ % of it"),
    ("en", "on p._ 12 and in No._ 7, Fig._ 3"),
    ("en", "10_ 000 oars"),
    ("en", "he rowed_ … and rowed"),
    ("en", "by J._ S._ Bach"),
    ("de", "um_ 5_ Uhr, S._ 12 und Abb._ 4"),
    ("de-CH", "Nr._ 7"),
    ("fr", "n°_ 7, p._ 12"),
    ("cs", "v_ Praze a_ z_ Brna"),
    ("pl", "z_ domu i_ w_ lesie"),
    (None, "5_ kg"),
]


@pytest.mark.parametrize(("language", "text"), HELD)
def test_a_text_holds_together_where_its_language_wants_it(language: str | None, text: str) -> None:
    plain, expected = "", set()
    for letter in text:
        if letter == "_":
            expected.add(len(plain))
        else:
            plain += letter
    assert set(costs_of_parting(plain, language)) == expected


def test_no_line_begins_with_a_dash_that_closes_nor_ends_with_one_that_opens() -> None:
    text = "now—then, —Ven aquí"
    assert costs_of_parting(text, "es") == {3: FORBIDDEN, text.index("Ven"): FORBIDDEN}


def test_plain_text_holds_nowhere() -> None:
    assert costs_of_parting("The boat went down the river, as boats do. A well-known one.", "en") == {}


def test_time_to_look_for_it_grows_with_the_text_alone() -> None:
    for part in ("1 000 ", "– ", "a. ", "— —", "p. ", "  "):
        assert costs_of_parting(part * 20_000, "en") is not None


def test_points_and_hyphens_stand_in_the_margin_by_more_than_half_of_their_width() -> None:
    table = margins()
    assert all(table.right[letter] > 0.5 for letter in "-‐.,’")
    assert "-" not in table.left
    assert 0 < table.left["T"] == table.right["T"] < 0.1
    assert all(0 < part < 1 for side in table for part in side.values())
