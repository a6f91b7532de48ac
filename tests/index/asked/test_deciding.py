"""What the list decides of headings that marks make, and of subheadings."""

import pytest

from recto.index import building
from recto.index.asked.editing import lies_in, name_of
from recto.index.places import Places
from recto.index.surroundings import TextsAround
from recto.settings.config import Config, IndexSettings, Term
from tests.index_books import galley, mark, section, span

BOOK = (
    galley(
        "1",
        "Ropes",
        section("1.1", "Laying", f"A rope is laid{span('a')} of hemp. Hemp rots, and hemp burns."),
        section("1.2", "Wear", f"<p>Hemp{span('b')} chafes.</p><p>So does{span('c')} sisal.</p>"),
        marks=(
            mark("ropes!hempen", "a"),
            mark("hemp", "b", key="hemp"),
            mark("hemp!and sisal", "c"),
            mark("cordage", "a", "see", target="hemp"),
        ),
    ),
)


def index_of(**settings):
    made, _, problems = building.build(BOOK, Config(index=IndexSettings(**settings)))
    shown = {"!".join(entry.path): [place.section for place in entry.locators] for entry in made.entries}
    see = {
        "!".join(entry.path): ["!".join(each) for each in entry.see] for entry in made.entries if entry.see
    }
    return shown, see, [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("settings", "headings", "see"),
    [
        ({}, {"ropes!hempen": ["1.1"], "hemp": ["1.2"], "hemp!and sisal": ["1.2"]}, "hemp"),
        ({"terms": (Term("fibers", takes=("Hemp",)),)},
         {"ropes!hempen": ["1.1"], "fibers": ["1.2"], "fibers!and sisal": ["1.2"]}, "fibers"),
        ({"terms": (Term("hemp", sub="sisal", takes=("hemp!and sisal",)),)},
         {"ropes!hempen": ["1.1"], "hemp": ["1.2"], "hemp!sisal": ["1.2"]}, "hemp"),
        ({"terms": (Term("ropes", takes=("ropes!hempen",)),)},
         {"ropes": ["1.1"], "hemp": ["1.2"], "hemp!and sisal": ["1.2"]}, "hemp"),
        ({"never": ("hemp!and sisal",)}, {"ropes!hempen": ["1.1"], "hemp": ["1.2"]}, "hemp"),
        ({"terms": (Term("hemp", takes=("hemp",), omit=("1.2 “Hemp chafes”",)),)},
         {"ropes!hempen": ["1.1"], "hemp!and sisal": ["1.2"]}, "hemp"),
    ],
)  # fmt: skip
def test_marks_are_renamed_merged_and_refused_by_the_list(settings, headings, see) -> None:
    # the machine, which knows hemp too, adds nothing: the author marks this book by hand
    shown, sent, said = index_of(**settings)
    assert {path: places for path, places in shown.items() if places} == headings
    assert (sent, said) == ({"cordage": [see]}, [])


def test_a_refused_heading_of_marks_leaves_no_way_to_it_unsaid() -> None:
    shown, _, said = index_of(never=("hemp",))
    assert "hemp" not in shown
    assert any("hemp" in message for message in said)


def test_a_subheading_that_nothing_makes_is_told() -> None:
    _, _, said = index_of(terms=(Term("ropes", takes=("ropes!wiry",)),))
    assert said == ["the index has no subheading “ropes!wiry”"]


def test_a_place_alone_in_its_section_is_named_by_it_and_others_by_words_that_fit_none_but_them() -> None:
    places, around = Places(BOOK), TextsAround(BOOK)
    a, b, c = (places.locator(anchor) for anchor in "abc")
    assert name_of(a, (a, b), around) == "1.1"
    assert name_of(b, (a, b, c), around) == "1.2 “Hemp chafes.”"
    for each in (b, c):
        name = name_of(each, (a, b, c), around)
        assert [lies_in(other, name, around) for other in (a, b, c)] == [each is other for other in (a, b, c)]
