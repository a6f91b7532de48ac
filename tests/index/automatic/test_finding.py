import pytest

from recto import index
from recto.index.reading.acronyms import acronyms, explained
from recto.settings.config import Config, IndexSettings
from recto.store.cache import Cache
from tests.index_books import galley, mark, section, span

BREAD = (
    "<p>A sourdough starter is a culture of wild yeast. Feed the sourdough starter daily. Let’s be honest: it"
    " is magic. When the sourdough starter smells sharp, feed it again.</p>"
)
OVEN = (
    "<p>A Dutch oven keeps the steam. Heat the Dutch oven first. Steam makes crust, so the Dutch oven stays"
    " closed. Bread needs steam.</p>"
)
MILL = (
    "<p>The Grain Research Board (GRB) grades flour. Ask the GRB for a list. The GRB tests protein content,"
    " and protein content decides what a flour is good for.</p><pre><code>bake(loaf)</code></pre>"
)
MARKED = BREAD + f"<p>{span('a')}</p>"


def book():
    return [
        galley(
            "1",
            "Bread",
            section("1.1", "Keeping a Sourdough Starter", BREAD),
            section("1.2", "Baking: Dutch Ovens and Steam", OVEN),
        ),
        galley(
            "2",
            "Flour",
            section("2.1", "Protein Content", MILL),
            section("2.2", "Storage", "<p>Keep it dry.</p>"),
        ),
    ]


def build(galleys=None, **settings):
    return index.build(galleys or book(), Config(index=IndexSettings(**settings)))


def headings(made):
    return {entry.term: [locator.section for locator in entry.locators] for entry in made.entries}


def test_a_book_without_marks_gets_an_automatic_index_and_says_so():
    made, _, problems = build()
    located = index.locate(made, None)
    assert located.automatic
    assert "automatically" in located.headnote
    assert {entry.origin for entry in made.entries} == {"auto"}
    assert problems == ()


def test_the_subjects_of_sections_become_headings():
    made, _, _ = build()
    assert headings(made)["sourdough starter"] == ["1.1"]
    assert headings(made)["Dutch oven"] == ["1.2"]
    assert headings(made)["protein content"] == ["2.1"]


def test_every_section_is_pointed_to():
    made, _, _ = build()
    assert {locator.section for entry in made.entries for locator in entry.locators} >= {
        "1.1",
        "1.2",
        "2.1",
        "2.2",
    }


def test_a_roman_number_by_itself_is_no_heading():
    text = "<p>In II the oven is hot. II begins with steam. Read II, then XIV, and XIV again.</p>"
    made, _, _ = build([galley("1", "Ovens", section("1.1", "II", text), section("1.2", "Oven XIV", OVEN))])
    assert not {"II", "XIV"} & set(headings(made))


def test_filler_and_figures_of_speech_are_no_headings():
    made, _, _ = build()
    assert not {"magic", "let’s", "list", "daily", "good"} & {entry.term.lower() for entry in made.entries}


def test_a_term_with_few_homes_stands_under_its_short_form_and_under_its_long_one():
    made, _, _ = build()
    joined = [entry for entry in made.entries if "GRB" in entry.term]
    assert [entry.term for entry in joined] == ["Grain Research Board (GRB)", "GRB (Grain Research Board)"]
    assert [locator.section for locator in joined[0].locators] == [
        locator.section for locator in joined[1].locators
    ]
    assert joined[0].locators
    assert not any(entry.see for entry in joined)


def test_a_term_with_many_homes_has_them_once_and_a_see_from_its_other_form():
    text = "<p>The Grain Research Board (GRB) met. The GRB of millers spoke; the GRB went.</p>"
    made, _, _ = build(
        [
            galley(
                "1",
                "Bread",
                *(section(f"1.{number}", f"The GRB in {number}", text) for number in range(1, 7)),
            )
        ]
    )
    assert [entry.see for entry in made.entries if entry.term == "GRB"] == [
        (("Grain Research Board (GRB)",),)
    ]
    assert not [entry for entry in made.entries if entry.term == "GRB (Grain Research Board)"]


def test_a_book_with_marks_gets_no_automatic_index_unless_it_asks():
    marked = [galley("1", "Bread", section("1.1", "Keeping a Sourdough Starter", MARKED),
                     marks=[mark("yeast", "a")])]  # fmt: skip
    made, galleys, _ = build(marked)
    assert headings(made) == {"yeast": ["1.1"]}
    assert galleys == tuple(marked)
    made, _, _ = build(marked, automatic=True)
    assert {"yeast", "sourdough starter"} <= headings(made).keys()


def test_a_found_heading_joins_the_authors_own_of_another_number():
    marked = [galley("1", "Bread", section("1.1", "Keeping a Sourdough Starter", MARKED),
                     marks=[mark("Sourdough Starters", "a")])]  # fmt: skip
    made, _, _ = build(marked, automatic=True)
    (joined,) = (entry for entry in made.entries if "starter" in entry.term.lower())
    assert joined.term == "Sourdough Starters"
    assert len(joined.locators) == 2


def test_what_is_never_to_be_indexed_is_not():
    made, _, _ = build(never=("Dutch Ovens",))
    assert "Dutch oven" not in headings(made)


def test_the_same_book_gives_the_same_index():
    assert build()[0] == build()[0]


def test_an_empty_book_has_an_empty_index():
    made, galleys, problems = build([galley("1", "One")])
    assert all(entry.locators for entry in made.entries)
    assert problems == ()
    assert len(galleys) == 1


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("every simplified payment verification (SPV) node", "SPV", "simplified payment verification"),
        ("a Court of Human Rights (CHR) ruling", "CHR", "Court of Human Rights"),
        ("mail by point-to-point (P2P) links", "P2P", "point-to-point"),
        ("the Super Simple Store (S3) is", "S3", "Super Simple Store"),
        ("several tamper-proof modules (TPMs) here", "TPM", "tamper-proof modules"),
        ("ask the Court of Human Rights, or CHR, to rule", "CHR", "Court of Human Rights"),
        ("the CHR (Court of Human Rights) rules", "CHR", "Court of Human Rights"),
        ("TPM stands for a tamper-proof module here", "TPM", "tamper-proof module"),
        ("the TPM, or tamper-proof module, is small", "TPM", "tamper-proof module"),
    ],
)
def test_a_short_form_is_known_by_the_initials_of_the_words_before_or_after_it(text, short, long):
    found = acronyms(explained(text, "en"), "en")
    assert {key: form for key, (form, _) in found.items()} == {short: long}


@pytest.mark.parametrize("text", ["a nice thing (NASA)", "done at last (see ABC)", "the same (same) again"])
def test_words_in_brackets_that_spell_nothing_are_no_short_form(text):
    assert acronyms(explained(text, "en"), "en") == {}


def test_a_section_name_that_returns_in_every_chapter_is_no_heading():
    chapters = [
        galley(f"{n}", f"Chapter {n}", section(f"{n}.1", "Summary", "The summary. A summary of it."))
        for n in range(1, 5)
    ]
    made, _, _ = build(chapters)
    assert "summary" not in {entry.term.lower() for entry in made.entries}


def test_what_an_indexer_wished_for_earlier_is_not_in_the_next_index_of_the_same_text():
    kept, text, plain = Cache(None, memos={}), book(), headings(build()[0])

    def decided(**settings):
        config = Config(index=IndexSettings(automatic=True, **settings))
        return headings(index.build(text, config, kept)[0])

    assert decided() == plain
    assert "Dutch oven" not in decided(never=("Dutch oven",))
    assert "Bread" in decided(accept=("bread",)) and "Bread" not in plain
    assert decided() == plain
