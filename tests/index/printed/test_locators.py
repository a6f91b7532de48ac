from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.index import locate
from recto.index.index_model import Entry, Index, Locator
from recto.index.printed.locators import inclusive, print_locators
from recto.index.printed.wording import wording
from recto.model import PageMap
from recto.numbering import roman

# CMOS 18, 9.63
CHICAGO = [
    ("3", "10", "10"), ("71", "72", "72"), ("96", "117", "117"), ("100", "104", "104"),
    ("1100", "1113", "1113"), ("101", "108", "8"), ("808", "833", "33"), ("1103", "1104", "4"),
    ("321", "328", "28"), ("498", "532", "532"), ("1087", "1089", "89"), ("1496", "1500", "500"),
    ("11564", "11615", "615"), ("12991", "13001", "3001"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "last", "printed"), CHICAGO)
def test_inclusive_numbers_are_abbreviated_as_chicago_does(first, last, printed):
    assert inclusive(first, last) == printed


def test_roman_folios_are_never_abbreviated():
    assert inclusive("xxi", "xxiv") == "xxiv"
    assert inclusive("176r", "177v") == "177v"


@given(st.integers(1, 20000), st.integers(0, 20000))
def test_an_abbreviated_number_can_be_read_back(first, more):
    last = str(first + more)
    printed = inclusive(str(first), last)
    assert (
        str(first)[: len(last) - len(printed)] + printed == last
        if len(last) == len(str(first))
        else (printed == last)
    )


def page_map(*folios, **anchors):
    return PageMap(tuple(folios), anchors)


def texts(locators, pages):
    return [locator.text for locator in print_locators(locators, pages)]


def places(*anchors):
    return [Locator(anchor, order=(0, number)) for number, anchor in enumerate(anchors)]


def test_folios_that_follow_one_another_become_a_range():
    pages = page_map(*map(str, range(1, 20)), a=11, b=11, c=12, d=14)
    (joined, single) = print_locators(places("a", "b", "c", "d"), pages)
    assert (joined.text, joined.first, joined.last, joined.anchor, joined.anchor_to) == (
        "12–13", "12", "13", "a", "c",
    )  # fmt: skip
    assert (single.text, single.anchor, single.last) == ("15", "d", "")


def test_front_matter_and_body_never_share_a_range():
    assert texts(places("a", "b"), page_map("i", "ii", "1", "2", a=1, b=2)) == ["ii", "1"]


def test_a_marked_range_covers_all_pages_between_its_ends():
    pages = page_map(*map(str, range(1, 200)), a=100, b=107, c=103)
    assert texts([Locator("a", "b", order=(0, 1)), Locator("c", order=(0, 2))], pages) == ["101–8"]


def test_a_principal_place_stands_apart_from_its_neighbours():
    pages = page_map("1", "2", "3", a=0, b=1, c=2)
    locators = [Locator("a"), Locator("b", principal=True, order=(0, 1)), Locator("c", order=(0, 2))]
    assert [(each.text, each.principal) for each in print_locators(locators, pages)] == [
        ("1", False), ("2", True), ("3", False),
    ]  # fmt: skip


def test_a_range_is_not_broken_by_a_principal_place_within_it():
    pages = page_map("1", "2", "3", a=0, b=2, c=1)
    locators = [Locator("a", "b"), Locator("c", principal=True, order=(0, 1))]
    assert texts(locators, pages) == ["1–3", "2"]


def test_without_pages_each_section_is_named_once():
    locators = [
        Locator("a", section="4.2", order=(3, 0)),
        Locator("b", section="4.2", order=(3, 9)),
        Locator("c", "d", section="1.1", section_to="1.3", order=(0, 0)),
    ]
    assert texts(locators, None) == ["1.1–1.3", "4.2"]


def test_a_place_that_is_on_no_page_is_named_by_its_section():
    assert texts([Locator("a", section="2.1"), Locator("gone", section="9.9")], page_map("1", a=0)) == [
        "1",
        "9.9",
    ]


@st.composite
def books(draw):
    front = draw(st.integers(0, 9))
    folios = [roman(number) for number in range(1, front + 1)] + [str(number) for number in range(1, 130)]
    page = st.integers(0, len(folios) - 1)
    spans = draw(st.lists(st.tuples(page, st.one_of(st.none(), page), st.booleans()), max_size=14))
    anchors = {f"a{number}": span[0] for number, span in enumerate(spans)}
    anchors |= {f"z{number}": span[1] for number, span in enumerate(spans) if span[1] is not None}
    locators = [
        Locator(f"a{number}", f"z{number}" if end is not None else "", order=(start, number), principal=bold)
        for number, (start, end, bold) in enumerate(spans)
    ]
    return folios, PageMap(tuple(folios), anchors), locators


@given(books())
def test_printed_locators_cover_exactly_the_pages_of_their_places(book):
    folios, pages, locators = book
    wanted = set()
    for locator in locators:
        first = pages.pages[locator.anchor]
        wanted |= set(range(first, max(first, pages.pages.get(locator.anchor_to, first)) + 1))
    covered = []
    for printed in print_locators(locators, pages):
        first = pages.pages[printed.anchor]
        index = folios.index(printed.first)
        last = index
        if printed.last:
            while inclusive(printed.first, folios[last]) != printed.last or last == index:
                last += 1
        assert first <= index  # a range over both numberings is parted where the numerals change
        covered += [(page, printed.principal) for page in range(index, last + 1)]
    assert {page for page, _ in covered} == wanted
    assert len(covered) == len(set(covered))


def test_notes_figures_and_tables_stand_apart_after_the_text_of_their_page():
    pages = page_map(*map(str, range(1, 9)), a=3, b=3, c=3, d=3, e=4, f=4)
    found = [
        Locator("a", order=(0, 0), kind="note", note="2"),
        Locator("b", order=(0, 1)),
        Locator("c", order=(0, 2), kind="figure"),
        Locator("d", order=(0, 3), kind="table"),
        Locator("e", order=(0, 4)),
        Locator("f", order=(0, 5), kind="note", note="3"),
    ]
    assert texts(found, pages) == ["4–5", "4f", "4t", "4n2", "5n3"]


def test_two_places_in_one_note_or_figure_are_one_locator_and_two_notes_are_two():
    pages = page_map("iv", a=0, b=0, c=0, d=0, e=0)
    notes = [Locator(anchor, kind="note", note=note) for anchor, note in ("a1", "b1", "c2")]
    figures = [Locator("d", kind="figure"), Locator("e", kind="figure")]
    assert texts([*notes, *figures], pages) == ["ivf", "ivn1", "ivn2"]


def test_without_pages_what_lies_in_a_stretch_of_sections_is_not_named_again():
    stretch = Locator("a", "d", "1.1", "1.4", (1, 0), order_to=(4, 0))
    inside = [Locator(name, section=f"1.{n}", order=(n, 0)) for n, name in enumerate("abcd", 1)]
    note = Locator("n", section="1.2", order=(2, 9), kind="note", note="3")
    main = Locator("m", section="1.3", order=(3, 1), principal=True)
    after = Locator("e", section="1.5", order=(5, 0))
    assert texts([stretch, *inside, note, main, after], None) == ["1.1–1.4", "1.2n3", "1.3", "1.5"]


def test_without_pages_a_figure_comes_after_the_text_of_its_section():
    figure = Locator("f", section="1.1", order=(1, 0), kind="figure")
    assert texts([figure, Locator("a", section="1.1", order=(1, 5))], None) == ["1.1", "1.1f"]


def test_without_pages_a_note_is_named_by_its_section():
    note = Locator("a", section="4.2", kind="note", note="7")
    assert [each.text for each in print_locators([note], None)] == ["4.2n7"]
    assert [each.text for each in print_locators([note], None, wording("de"))] == ["4.2\u00a0Anm.\u00a07"]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 30),
            st.integers(0, 4),
            st.sampled_from(["text", "note", "figure", "table"]),
            st.booleans(),
        ),
        max_size=14,
    )
)
def test_whatever_is_merged_every_place_is_on_a_page_that_is_printed(drawn):
    found, anchors = [], {}
    for number, (page, length, kind, principal) in enumerate(drawn):
        start, end = f"s{number}", f"e{number}" if kind == "text" and length else ""
        anchors[start] = page
        if end:
            anchors[end] = page + length
        note = str(length) if kind == "note" else ""
        found.append(Locator(start, end, order=(page, number), principal=principal, kind=kind, note=note))
    pages = PageMap(tuple(str(page + 1) for page in range(40)), anchors)
    printed = print_locators(found, pages)
    assert len({each.text for each in printed if not each.principal}) == len(
        [each for each in printed if not each.principal]
    )
    covered = {
        (each.kind, page)
        for each in printed
        for page in range(anchors[each.anchor], anchors.get(each.anchor_to, anchors[each.anchor]) + 1)
    }
    asked = {
        (locator.kind, page)
        for locator in found
        for page in range(
            anchors[locator.anchor], anchors.get(locator.anchor_to, anchors[locator.anchor]) + 1
        )
    }
    assert covered == asked
    starts = [anchors[each.anchor] for each in printed]
    assert starts == sorted(starts)


def test_a_heading_is_repeated_where_its_subentries_begin_a_spread():
    paths = [("bees",), ("bees", "a"), ("bees", "b"), ("bees", "b", "c"), ("bees", "b", "d"), ("bees", "e")]
    made = Index(tuple(Entry(path, locators=(Locator("m"),)) for path in paths))
    lines = tuple(f"recto.index.to.{'-'.join(path)}" for path in paths)

    def continued(*at, style="indented"):
        pages = PageMap(tuple("123456"), {"m": 0, **dict(zip(lines, at, strict=True))})
        (entry,) = locate(replace(made, style=style), pages).entries
        return {below.term: below.continued for below in entry.walk() if below.continued}

    assert continued(2, 2, 3, 3, 3, 3) == {"b": "bees"}
    assert continued(2, 2, 2, 2, 3, 3) == {"d": "bees, b"}
    assert continued(1, 1, 2, 2, 2, 2) == {}  # from a verso to the recto beside it
    assert continued(2, 2, 3, 3, 4, 5) == {"b": "bees", "e": "bees"}
    assert continued(2, 2, 3, 3, 3, 3, style="run-in") == {}
    (entry,) = locate(made, PageMap(("1",), {"m": 0})).entries
    assert not any(below.continued for below in entry.walk())
