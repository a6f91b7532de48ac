import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto import index
from recto.model import PageMap
from recto.settings.config import Config, IndexSettings, Term
from tests.index_books import galley, mark, section, span
from tests.patience import goes_by_length

FOUR = ("a", "b", "c", "d")


def two_chapters(*marks):
    """A book with four places to mark: a and b in 1.1, c in 1.2, d in 2.1."""
    return [
        galley(
            "1",
            "One",
            section("1.1", "First", f"x{span('a')} y{span('b')}"),
            section("1.2", "Second", span("c", "words")),
            marks=marks,
        ),
        galley("2", "Two", section("2.1", "Third", f"z{span('d')}")),
    ]


def build(*marks, **settings):
    made, _, problems = index.build(two_chapters(*marks), Config(index=IndexSettings(**settings)))
    return made, [(problem.code, problem.place.line, problem.subject) for problem in problems]


def printed(made, pages=None):
    """The index as lines: level, heading, locators, see, see also."""
    return [
        (
            entry.level,
            entry.term,
            [locator.text for locator in entry.locators],
            [reference.text for reference in entry.see],
            [reference.text for reference in entry.see_also],
        )
        for main in index.locate(made, pages).entries
        for entry in main.walk()
    ]


def test_marks_become_headings_and_subheadings_in_order():
    made, problems = build(mark("wire", "a"), mark("networks!mesh", "c"), mark("networks!star!old", "d"))
    assert printed(made) == [
        (1, "networks", [], [], []),
        (2, "mesh", ["1.2"], [], []),
        (2, "star", [], [], []),
        (3, "old", ["2.1"], [], []),
        (1, "wire", ["1.1"], [], []),
    ]
    assert problems == []


def test_marks_of_one_heading_are_joined_in_time():
    def joined(names: range) -> index.Index:
        text = section("1.1", "First", "".join(span(f"a{at}") for at in names))
        marks = [mark("wire", f"a{at}", principal=True) for at in names]
        return index.build([galley("1", "One", text, marks=marks)], Config())[0]

    many = range(5_000)
    assert [(entry.path, len(entry.locators)) for entry in joined(many).entries] == [(("wire",), 5_000)]
    assert goes_by_length(joined, many)


def test_a_sort_key_moves_a_heading_and_does_not_show():
    made, _ = build(mark("ω-limit", "a", key="omega"), mark("night", "b"), mark("pearl", "c"))
    assert [line[1] for line in printed(made)] == ["night", "ω-limit", "pearl"]


def test_a_range_reaches_across_chapters():
    made, problems = build(mark("wire", "a", "open"), mark("wire", "d", "close"))
    assert printed(made) == [(1, "wire", ["1.1–2.1"], [], [])]
    assert printed(made, PageMap(("1", "2", "3"), {"a": 0, "d": 2})) == [(1, "wire", ["1–3"], [], [])]
    assert problems == []


def test_a_principal_place_is_told_of_in_the_headnote():
    made, _ = build(mark("wire", "a", principal=True), headnote="Mine.")
    located = index.locate(made, None)
    assert located.entries[0].locators[0].principal
    assert located.headnote.startswith("Mine. A bold number")
    assert not located.automatic


def test_marks_in_notes_figures_and_tables_are_told_apart_and_explained():
    html = (
        f"<p>x{span('a')}"
        '<a id="noteref-1-3" role="doc-noteref" href="#note-1-3">3</a></p>'
        f'<figure class="figure" id="fig"><img src="x"/><figcaption>y{span("b")}</figcaption></figure>'
        f'<table id="tbl"><caption>z</caption><tr><td>z{span("c")}</td></tr></table>'
        f"<table><tr><td>no caption{span('e')}</td></tr></table>"
        f'<figure class="listing" id="lst"><pre>l</pre></figure><p>{span("f")}</p>'
        f'<aside class="footnote" role="doc-footnote" id="note-1-3"><p>n{span("d")}</p></aside>'
    )
    marks = [mark("wire", anchor) for anchor in "abcdef"]
    book = [galley("1", "One", section("1.1", "First", html), marks=marks)]
    made, _, _ = index.build(book, Config())
    pages = PageMap(("57",), dict.fromkeys("abcdef", 0))
    located = index.locate(made, pages)
    assert printed(made, pages) == [(1, "wire", ["57", "57f", "57t", "57n3"], [], [])]
    assert located.headnote == "A number is followed by n for a note, f for a figure, t for a table."
    assert printed(made)[0][2] == ["1.1", "1.1f", "1.1t", "1.1n3"]


def test_a_range_that_is_not_closed_is_reported_and_keeps_its_place():
    made, problems = build(mark("wire", "b", "open", line=7))
    assert problems == [("index-range-unclosed", 7, "wire")]
    assert printed(made) == [(1, "wire", ["1.1"], [], [])]


def test_a_range_that_was_not_opened_is_reported_and_keeps_its_place():
    made, problems = build(mark("wire", "d", "close", line=9))
    assert problems == [("index-range-unopened", 9, "wire")]
    assert printed(made) == [(1, "wire", ["2.1"], [], [])]


def test_a_range_opened_twice_is_reported_at_the_second_place():
    _, problems = build(
        mark("wire", "a", "open"), mark("wire", "b", "open", line=5), mark("wire", "d", "close")
    )
    assert problems == [("index-range-twice", 5, "wire")]


def test_see_and_see_also_lead_to_the_heading_they_name():
    made, problems = build(
        mark("cable", "a", "see", target="Wires"),
        mark("wires", "a"),
        mark("wires", "a", "see-also", target="networks!mesh"),
        mark("networks!mesh", "c"),
    )
    located = index.locate(made, None)
    assert printed(made)[0] == (1, "cable", [], ["wires"], [])
    assert printed(made)[-1] == (1, "wires", ["1.1"], [], ["networks: mesh"])
    anchors = {entry.anchor for main in located.entries for entry in main.walk()}
    assert {located.entries[0].see[0].anchor, located.entries[-1].see_also[0].anchor} <= anchors
    assert problems == []


def test_see_to_nothing_is_reported_and_not_printed():
    made, problems = build(mark("cable", "a", "see", target="rope", line=3), mark("wire", "b"))
    assert problems == [("index-see-nothing", 3, "cable")]
    assert [line[1] for line in printed(made)] == ["wire"]


def test_see_to_a_see_is_reported_and_leads_to_the_end():
    made, problems = build(
        mark("rope", "a", "see", target="cable", line=3),
        mark("cable", "a", "see", target="wire", line=4),
        mark("wire", "b"),
    )
    assert problems == [("index-see-see", 3, "rope")]
    assert printed(made)[1] == (1, "rope", [], ["wire"], [])


def test_a_circle_of_sees_is_reported_at_each_of_its_headings():
    made, problems = build(
        mark("rope", "a", "see", target="cable", line=3), mark("cable", "a", "see", target="rope", line=4)
    )
    assert problems == [("index-see-circle", 3, "rope"), ("index-see-circle", 4, "cable")]
    assert printed(made) == []


def test_a_see_beside_places_of_its_own_is_reported_and_printed_as_see_also():
    made, problems = build(
        mark("rope", "a"), mark("rope", "a", "see", target="wire", line=2), mark("wire", "b")
    )
    assert problems == [("index-see-with-locators", 2, "rope")]
    assert printed(made)[0] == (1, "rope", ["1.1"], [], ["wire"])


def test_headings_that_differ_in_plural_or_hyphen_only_are_reported():
    _, problems = build(mark("e-mails", "a"), mark("E mail", "b", line=8))
    assert problems == [("index-near-double", 8, "E mail")]


@pytest.mark.parametrize(
    ("first", "second"), [("email", "E-mail"), ("bees, wild", "wild bee"), ("Go", "go"), ("a b", "a-b")]
)
def test_headings_that_a_reader_would_take_for_one_are_reported(first, second):
    _, problems = build(mark(first, "a"), mark(second, "b", line=8))
    assert problems == [("index-near-double", 8, second)]


def test_a_main_heading_and_the_heading_of_a_subheading_can_be_doubles():
    _, problems = build(mark("bees", "a"), mark("Bees!wild", "b", line=8), mark("bees!wild", "c", line=9))
    assert problems == [("index-near-double", 8, "Bees")]


def test_headings_of_different_signs_are_no_doubles():
    assert build(mark("&&", "a"), mark("||", "b"))[1] == []


def many(count, **settings):
    """A book with a term in so many sections, each on every other page."""
    sections = [section(f"1.{n}", f"Title {n}", f"<p>cup {span(f'm{n}')}</p>") for n in range(1, count + 1)]
    marks = [mark("wire", f"m{n}", line=n) for n in range(1, count + 1)] if not settings else []
    book = [galley("1", "One", *sections, marks=marks)]
    made, _, _ = index.build(book, Config(index=IndexSettings(**settings)))
    anchors = [locator.anchor for entry in made.entries for locator in entry.locators]
    folios = tuple(str(number) for number in range(1, 2 * count + 1))
    return made, folios, anchors


def test_seven_bare_locators_are_too_many_and_subheadings_are_proposed():
    made, folios, anchors = many(7)
    pages = PageMap(folios, {anchor: 2 * at for at, anchor in enumerate(anchors)})
    (problem,) = index.review(made, index.locate(made, pages))
    assert (problem.code, problem.place.line, problem.subject) == ("index-many-locators", 1, "wire")
    assert problem.message.endswith("7 locators, and nothing to tell them apart: 1, 3, 5, 7, 9, 11, 13")
    assert "“Title 1” (1); “Title 2” (3); “Title 3” (5)" in problem.hint
    assert index.review(*(lambda six: (six, index.locate(six, None)))(many(6)[0])) == ()


def test_locators_are_counted_as_they_are_printed():
    made, folios, anchors = many(9)
    pages = PageMap(folios, {anchor: at for at, anchor in enumerate(anchors)})
    assert index.review(made, index.locate(made, pages)) == ()  # one range: 1–9


def test_a_listed_term_with_many_locators_is_told_of_divide():
    made, _, _ = many(8, terms=(Term("cup"),))
    (problem,) = index.review(made, index.locate(made, None))
    assert 'divide = "chapter"' in problem.hint


def test_letters_and_headings_never_share_an_id():
    made, _ = build(mark("group 1", "a"), mark("Group-1", "b"), mark("£", "c"), mark("€", "d"))
    located = index.locate(made, None)
    ids = [group.anchor for group in located.groups] + [entry.anchor for entry in located.entries]
    assert len(ids) == len(set(ids)) == 6


def test_the_report_has_a_row_for_each_heading_with_its_places():
    made, _ = build(mark("wire!thin", "a"), mark("wire!thin", "b"), mark("rope", "a", "see", target="wire"))
    pages = PageMap(("1", "2"), {"a": 0, "b": 1})
    assert index.report_rows(made, index.locate(made, pages)) == [
        {"term": "rope", "sub": None, "locators": [], "see": ["wire"], "see_also": [], "origin": "mark"},
        {
            "term": "wire",
            "sub": "thin",
            "locators": [
                {"section": "1.1", "page": "1", "page_to": None},
                {"section": "1.1", "page": "2", "page_to": None},
            ],
            "see": [],
            "see_also": [],
            "origin": "mark",
        },
    ]


def test_the_report_tells_the_opening_of_a_chapter_from_the_whole():
    parted = galley("1", "One", section("1.1", "S"), opening=f"<p>{span('a')}</p>", marks=[mark("wire", "a")])
    whole = galley("2", "Two", opening=f"<p>{span('b')}</p>", marks=[mark("rope", "b")])
    made, _, _ = index.build([parted, whole], Config())
    located = index.locate(made, None)
    rows = index.report_rows(made, located)
    assert [row["locators"][0]["section"] for row in rows] == ["2", "1.0"]
    assert [entry.locators[0].text for entry in located.entries] == ["2", "1"]


def test_no_index_is_made_where_none_is_wanted():
    made, _ = build(mark("wire", "a"), include=False)
    assert made.entries == ()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["x", "x!y", "X", "z"]),
            st.sampled_from(FOUR),
            st.sampled_from(["point", "open", "close", "see", "see-also"]),
            st.sampled_from(["x", "z", "x!y", "nowhere"]),
        ),
        max_size=9,
    )
)
def test_whatever_is_marked_every_place_is_printed_and_every_reference_leads_somewhere(drawn):
    marks = [mark(path, anchor, role, target=target) for path, anchor, role, target in drawn]
    made, _ = build(*marks, automatic=False)
    located = index.locate(made, None)
    entries = [entry for main in located.entries for entry in main.walk()]
    ids = [entry.anchor for entry in entries]
    assert len(ids) == len(set(ids))
    for entry in entries:
        assert not (entry.see and (entry.locators or entry.entries))
        assert all(reference.anchor in ids for reference in (*entry.see, *entry.see_also))
    placed = {
        anchor
        for entry in made.entries
        for place in entry.locators
        for anchor in (place.anchor, place.anchor_to)
    }
    points = {each.anchor for each in marks if each.role == "point"}
    assert points <= placed
    headed = {entry.path for entry in made.entries if entry.locators}
    assert {each.terms for each in marks if each.role in ("point", "open", "close")} == headed
