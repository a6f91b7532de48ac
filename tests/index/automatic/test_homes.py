"""Which sections a heading of the automatic index leads to."""

import pytest

from recto import index
from recto.index.automatic import finding as automatic
from recto.index.automatic.candidates import Candidates
from recto.index.automatic.homes import WEIGHTS, Homes, spot_in
from recto.index.reading import prose
from recto.settings.config import Config
from tests.index_books import galley, section

PLAIN = "A loaf rests. Some bread is dark. Flour, water and salt are weighed. " * 6
MENTION = PLAIN + "One may use sourdough. " + PLAIN


def judged(*texts, titles=(), chapter="Bread"):
    """The homes of `sourdough` in a chapter of sections with these texts, and its candidate."""
    titles = (*titles, *("Loaves" for _ in texts[len(titles) :]))
    sections = [
        section(f"1.{number}", title, text)
        for number, (title, text) in enumerate(zip(titles, texts, strict=True), 1)
    ]
    book = prose.read([galley("1", chapter, *sections)])
    return Homes(book), Candidates(book, "en").by_key["sourdough",]


def better(homes, candidate, first, second):
    return homes.score(candidate, first) > homes.score(candidate, second)


def test_every_kind_of_evidence_has_a_weight():
    homes, candidate = judged(MENTION, MENTION)
    assert homes.evidence(candidate, 1).keys() == WEIGHTS.keys()


@pytest.mark.parametrize("text", ["<p>The <em>sourdough</em>.</p>", "<h4>Sourdough</h4><p>Sourdough.</p>"])
def test_a_section_that_sets_a_term_apart_treats_it_rather_than_one_that_mentions_it(text):
    homes, candidate = judged(MENTION, text + f"<p>{PLAIN}</p>")
    assert better(homes, candidate, 2, 1)


def test_a_section_with_a_term_in_its_title_treats_it():
    homes, candidate = judged(MENTION, MENTION, titles=("Loaves", "Sourdough"))
    assert better(homes, candidate, 2, 1)
    assert homes.of(candidate, -9.0) == (spot_in(candidate, 2),)


def test_a_term_has_one_home_at_least_and_few_at_most():
    homes, candidate = judged(*[MENTION] * 30)
    assert len(homes.of(candidate, -9.0)) == 1
    assert 1 < len(homes.of(candidate, 90.0)) < 15


def test_a_heading_of_more_worth_leads_to_more_sections():
    homes, candidate = judged(MENTION * 3, MENTION, MENTION, PLAIN)
    numbers = [len(homes.of(candidate, worth)) for worth in (-4.0, 2.0, 8.0)]
    assert numbers == sorted(numbers)
    assert numbers[0] < numbers[-1]


def test_a_reader_is_led_to_the_title_the_definition_or_the_first_words():
    titled = "<p>The word. Sourdough is a culture.</p>"
    _, candidate = judged(titled, MENTION, titles=("Sourdough",))
    assert spot_in(candidate, 1).block == -1
    _, candidate = judged(titled, MENTION)
    assert spot_in(candidate, 1).offset == titled.index("Sourdough") - len("<p>")
    assert spot_in(candidate, 2).offset == MENTION.index("sourdough")


FIGURE = '<figure class="figure" id="fig"><img src="x"/><figcaption>The sourdough</figcaption></figure>'
TABLE = '<table class="table" id="tab"><caption>Sourdough</caption><tbody><tr><td>1</td></tr></tbody></table>'
LISTING = '<figure class="listing" id="lst"><figcaption>Sourdough</figcaption><pre>mix()</pre></figure>'


@pytest.mark.parametrize(("held", "kinds"), [(FIGURE, ["text", "figure"]), (TABLE, ["text", "table"]),
                                             (LISTING, ["text"])])  # fmt: skip
def test_a_figure_or_table_in_a_home_is_a_place_of_its_own(held, kinds):
    text = f"{held}<p>Feed the sourdough. A sourdough bubbles; no sourdough sleeps.</p>"
    made, _, _ = index.build([galley("1", "Bread", section("1.1", "Loaves", text))], Config())
    (entry,) = [entry for entry in made.entries if entry.term == "sourdough"]
    assert sorted(locator.kind for locator in entry.locators) == sorted(kinds)


def test_a_term_that_stands_in_a_caption_alone_is_led_to_the_figure():
    text = f"{FIGURE}<p>Feed it.</p>" + FIGURE.replace('"fig"', '"two"')
    made, _, _ = index.build([galley("1", "Bread", section("1.1", "Loaves", text))], Config())
    (entry,) = [entry for entry in made.entries if entry.term == "sourdough"]
    assert [locator.kind for locator in entry.locators] == ["figure"]


def test_the_number_of_a_figure_is_no_word_of_its_caption():
    html = FIGURE.replace("The sourdough", '<span class="label">Figure 1.1</span> Dough')
    ((block,),) = [prose.read([galley("1", "B", section("1.1", "L", html))])[1].blocks]
    assert (block.kind, block.text.strip()) == ("caption", "Dough")


def test_sections_that_no_heading_leads_to_are_not_all_given_to_the_same(monkeypatch):
    monkeypatch.setattr(automatic, "_HEADINGS_A_SECTION", 0.0)  # nothing is chosen at first
    words = ("rack", "cloth", "knife", "board", "basket", "bag", "crumb", "tin", "cellar", "scale")
    texts = [f"The <em>loaf</em> cools. The <em>{word}</em> waits by the {word}." for word in words]
    sections = [section(f"1.{n}", "", f"<p>{text}</p>") for n, text in enumerate(texts, 1)]

    def headings():
        made, _, _ = index.build([galley("1", "Bread", *sections)], Config())
        assert {locator.section for entry in made.entries for locator in entry.locators} >= set(numbers)
        return {entry.term for entry in made.entries}

    numbers = [each.heading.number for each in sections]
    several = headings()
    monkeypatch.setattr(automatic, "_PILED", 0.0)
    assert several > headings() == {"loaf"}
