"""Subheadings that the automatic index makes where a heading has many homes, and stretches of sections."""

import pytest

from recto import index
from recto.model import PageMap
from recto.settings.config import Config, IndexSettings, Term
from tests.index_books import galley, mark, section, span

TOPICS = ("wax", "honey", "hive tool", "smoker", "frame", "pollen", "resin", "veil")
FILL = "<p>Rain fell, and the evening came slowly over hills that nobody had ever counted. </p>" * 6


def text(topic):
    said = f"A {topic} needs a <em>keeper</em>. No <em>keeper</em> lends a {topic}. "
    return f"<p>{said * 3}</p>{FILL}"


def book(topics=TOPICS, *, apart=True, marks=()):
    """Every topic in a section of its own, all with the keeper; each in its own chapter or all in one."""
    sections, chapters = [], []
    for number, topic in enumerate(topics, 1):
        label = f"{number}.1" if apart else f"1.{number}"
        made = section(label, topic.title(), text(topic) * (1 + (number == 1)) + span(f"m{number}"))
        if apart:
            chapters.append(galley(str(number), f"Week {number}", made, marks=marks if number == 1 else ()))
        else:
            sections.append(made)
    empty = [section(f"99.{number}", f"Page {number}", FILL) for number in range(1, 20)]
    return [*(chapters or [galley("1", "Weeks", *sections)]), galley("99", "Pages", *empty)]


def build(galleys, **settings):
    made, _, problems = index.build(galleys, Config(index=IndexSettings(automatic=True, **settings)))
    assert not [problem for problem in problems if problem.code != "index-term-not-found"]
    return made


def keeper(made):
    """The entries under the heading of the keeper: what stands after each subheading."""
    return {
        ", ".join(entry.sub): [locator.section for locator in entry.locators]
        for entry in made.entries
        if "keeper" in entry.term
    }


def test_many_homes_are_parted_by_what_else_is_treated_there():
    found = keeper(build(book()))
    assert len(found[""]) == 1
    subs = {sub: places for sub, places in found.items() if sub}
    assert len(subs) == len(TOPICS) - 1
    for sub, (place,) in subs.items():
        assert sub.removeprefix("and ").removesuffix("s") == TOPICS[int(place.split(".")[0]) - 1]


def test_few_homes_need_no_subheadings():
    assert keeper(build(book(TOPICS[:5]))).keys() == {""}


def test_what_is_never_indexed_is_no_subheading():
    found = keeper(build(book(), never=("honey", "wax")))
    assert not [sub for sub in found if "honey" in sub or "wax" in sub]


def test_of_a_longer_term_the_rest_is_the_subheading():
    found = keeper(build(book(("keeper", "bee keeper", *TOPICS[2:]))))
    assert found["bee"] == ["2.1"]


def test_a_name_is_not_broken_for_a_subheading():
    found = keeper(build(book(("keeper", "Keeper Hub", *TOPICS[2:]))))
    assert found["and Keeper Hub"] == ["2.1"]


def test_a_subheading_names_a_renamed_neighbor_by_its_new_name():
    terms = (Term("stings", takes=("honey",)), Term("bees", sub="smoke", takes=("smoker",)))
    found = keeper(build(book(), terms=terms))
    assert "and stings" in found
    assert "and smoke" in found
    assert not [sub for sub in found if "honey" in sub or "smoker" in sub]


def test_beside_what_it_is_merged_with_a_heading_needs_no_subheading():
    terms = (Term("keeper", takes=("keeper", "honey")),)
    found = keeper(build(book(), terms=terms))
    assert "2.1" in found[""]
    assert not [sub for sub in found if "honey" in sub or "keeper" in sub]


def test_sections_in_a_row_are_one_stretch():
    made = build(book(apart=False))
    (entry,) = [entry for entry in index.locate(made, None).entries if "keeper" in entry.term]
    assert [locator.text for locator in entry.locators] == ["1.1–1.8"]
    (row,) = [row for row in index.report_rows(made, index.locate(made, None)) if "keeper" in row["term"]]
    assert [place["section"] for place in row["locators"]] == [f"1.{number}" for number in range(1, 9)]


def test_a_stretch_is_printed_as_the_range_of_its_pages():
    made = build(book(apart=False))
    (entry,) = [entry for entry in made.entries if "keeper" in entry.term]
    anchors = [locator.anchor for locator in entry.locators]
    pages = PageMap(tuple(map(str, range(40))), {anchor: 10 + 2 * at for at, anchor in enumerate(anchors)})
    (printed,) = [each for each in index.locate(made, pages).entries if "keeper" in each.term]
    assert [locator.text for locator in printed.locators] == ["10–24"]


def test_subheadings_join_the_authors_heading_of_another_number():
    marks = (mark("Keepers", "m1"),)
    made = build(book(marks=marks))
    assert {entry.term for entry in made.entries if "keeper" in entry.term.lower()} == {"Keepers"}
    assert len([entry for entry in made.entries if entry.term == "Keepers"]) > 6


@pytest.mark.parametrize(("term", "depth"), [("people!keepers", 3), ("people!bees!keepers", 3)])
def test_a_renamed_heading_takes_its_subheadings_along_as_far_as_there_is_room(term, depth):
    made = build(book(), terms=(Term(term, takes=("keeper",)),))
    assert max(len(entry.path) for entry in made.entries if entry.term == "people") == depth


def test_subheadings_are_in_the_language_of_the_book():
    config = Config(index=IndexSettings(automatic=True))
    french = Config(book=config.book.__class__(language="fr"), index=config.index)
    made, _, _ = index.build(book(), french)
    assert any(sub.startswith("et ") for sub in keeper(made) if sub)


def test_the_opening_of_the_first_chapter_can_be_the_only_home():
    chapter = galley("1", "Boats", section("1.1", "Rudders", "<p>A <em>rudder</em> steers.</p>"))
    (entry,) = [entry for entry in build([chapter], accept=("boats",)).entries if entry.term == "boats"]
    assert [locator.section for locator in entry.locators] == ["1"]
