"""Which sections a heading of the automatic index leads to."""

import pytest

from index_books import galley, section
from recto.index import prose
from recto.index.candidates import Candidates
from recto.index.homes import WEIGHTS, Homes, spot_in

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
