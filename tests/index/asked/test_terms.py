import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto import index
from recto.index.asked import patterns
from recto.model import PageMap
from recto.notations import xhtml
from recto.settings import config
from recto.settings.config import Config, IndexSettings, Term
from tests.index_books import galley, section


def build(html, *terms, title="Plain"):
    book = [galley("1", "One", section("1.1", title, html), section("1.2", "Other", "Nothing of it here."))]
    return index.build(book, Config(index=IndexSettings(terms=terms)))


def text_after(galleys, anchor):
    """The words that follow an anchor, to the end of its section."""
    (html,) = (part.html for each in galleys for part in each.all_sections if f'id="{anchor}"' in part.html)
    return " ".join(re.sub(r"<[^>]*>", " ", html.split(f'id="{anchor}"></span>')[1]).split())


def found(html, *terms):
    """What follows the anchor of each locator of the first entry."""
    made, galleys, _ = build(html, *terms)
    return [text_after(galleys, locator.anchor) for entry in made.entries for locator in entry.locators]


def test_a_term_is_found_at_the_very_word():
    assert found("<p>First a cup. Then a kettle sings.</p>", Term("kettle")) == ["kettle sings."]


def test_a_term_is_found_in_plural_possessive_and_any_case():
    html = "<p>Kettles.</p><p>A KETTLE.</p><p>The kettle’s lid.</p><p>Unkettled.</p>"
    assert len(found(html, Term("kettle"))) == 3


def test_a_term_is_not_found_inside_another_word():
    assert found("<p>potato</p><p>spot</p><p>a pot</p>", Term("pot")) == ["pot"]


def test_an_exact_term_is_found_only_as_it_is_written():
    html = "<p>go home</p><p>Go is a language</p><p>GO</p>"
    assert found(html, Term("Go", exact=True)) == ["Go is a language GO"]


def test_a_hyphen_and_a_space_are_the_same_to_a_term():
    assert len(found("<p>tea-pot</p><p>tea pot</p><p>teapot</p>", Term("tea pot"))) == 2


def test_a_term_is_found_by_other_words_than_its_own():
    made, galleys, _ = build("<p>Boil the water.</p>", Term("kettle", sub="use of", find=("boil", "simmer")))
    (entry,) = made.entries
    assert entry.path == ("kettle", "use of")
    assert text_after(galleys, entry.locators[0].anchor) == "Boil the water."


def test_words_split_by_emphasis_are_one_term():
    assert found("<p>the <em>tea</em> pot is hot</p>", Term("tea pot")) == ["tea pot is hot"]


@pytest.mark.parametrize("tag", ["code", "a"])
def test_no_anchor_is_put_into_code_or_a_link(tag):
    made, galleys, _ = build(f"<p>See <{tag}>the kettle</{tag}> now.</p>", Term("kettle"))
    (locator,) = made.entries[0].locators
    html = galleys[0].sections[0].html
    assert f'id="{locator.anchor}"></span><{tag}>the kettle</{tag}>' in html


def test_nothing_is_looked_for_in_blocks_of_code():
    _, galleys, problems = build("<pre><code>kettle</code></pre><p>A cup.</p>", Term("kettle"))
    assert "index-mark" not in galleys[0].sections[0].html
    assert [problem.code for problem in problems] == ["index-term-not-found"]


def test_a_term_in_a_heading_points_to_the_heading():
    made, galleys, _ = build('<p>x</p><h3 id="sub">On kettles</h3>', Term("kettle"), title="Kettle")
    assert [locator.anchor for locator in made.entries[0].locators] == ["section-1-1", "sub"]
    assert galleys[0].sections[0].html == '<p>x</p><h3 id="sub">On kettles</h3>'


def test_the_text_of_a_galley_is_left_as_it_was():
    html = "<p>A <b>kettle</b> &amp; a kettle, <i>the kettle</i>.</p>"
    html += "<ul><li>kettle<ul><li>kettles</li></ul> k</li></ul>"
    _, galleys, _ = build(html, Term("kettle"), Term("k"))
    marked = galleys[0].sections[0].html
    assert marked != html
    assert re.sub(r'<span class="index-mark"[^>]*></span>', "", marked) == html


def test_several_terms_at_one_place_share_an_anchor():
    made, galleys, _ = build("<p>kettle drum</p>", Term("kettle"), Term("kettle drum"))
    assert len({locator.anchor for entry in made.entries for locator in entry.locators}) == 1
    assert galleys[0].sections[0].html.count("index-mark") == 1


def test_new_anchors_keep_clear_of_ids_in_the_book():
    html = '<p id="term-chapter-1-1">A kettle.</p>'
    made, galleys, _ = build(html, Term("kettle"))
    assert made.entries[0].locators[0].anchor == "term-chapter-1-2"
    assert galleys[0].sections[0].html.count("term-chapter-1-1") == 1


def test_a_folio_is_that_of_the_page_of_the_words():
    made, _, _ = build("<p>A kettle.</p><p>x</p><p>A kettle.</p>", Term("kettle"))
    anchors = [locator.anchor for locator in made.entries[0].locators]
    pages = PageMap(("1", "2", "3"), {"section-1-1": 0, anchors[0]: 0, anchors[1]: 2})
    (entry,) = index.locate(made, pages).entries
    assert [locator.text for locator in entry.locators] == ["1", "3"]


def test_a_term_that_is_nowhere_is_reported_with_its_line(tmp_path):
    path = tmp_path / "book.toml"
    path.write_text(
        '[[index.terms]]\nterm = "cup"\nsee_also = ["teapot"]\n\n'
        '[[index.terms]]\nterm = "teapot"\nfind = ["pott"]\n'
    )
    settings, faults = config.read(path)
    assert faults == ()
    made, _, problems = index.build([galley("1", "One", section("1.1", "S", "<p>A cup.</p>"))], settings)
    problem, blind = problems
    assert (blind.code, blind.place.line) == ("index-see-nothing", 2)
    assert (problem.code, problem.place.line, problem.subject) == ("index-term-not-found", 6, "teapot")
    assert [entry.term for entry in made.entries] == ["cup"]


def test_a_term_may_only_send_the_reader_on():
    made, _, problems = build("<p>A kettle, an urn.</p>", Term("kettle"), Term("urn", see=("Kettles",)))
    assert {entry.term: (len(entry.locators), entry.see) for entry in made.entries} == {
        "kettle": (1, ()),
        "urn": (0, (("kettle",),)),
    }
    assert problems == ()


def test_a_listed_term_sorts_where_it_is_told_to():
    made, _, _ = build("<p>The Ring, a song.</p>", Term("The Ring", sort="Ring"), Term("song"))
    located = index.locate(made, None)
    assert [(group.label, group.entries[0].term) for group in located.groups] == [
        ("R", "The Ring"),
        ("S", "song"),
    ]


def test_a_section_that_is_not_touched_is_the_same_object():
    _, galleys, _ = build("<p>kettle</p>", Term("kettle"))
    assert galleys[0].sections[1].html == "<p>Nothing of it here.</p>"
    assert xhtml.words(xhtml.parse(galleys[0].sections[0].html)) == "kettle"


# --- patterns, sections, subheadings ---------------------------------------------------------------------


def test_a_pattern_finds_whole_words_in_any_case():
    html = "<p>Colour and color.</p><p>discolored</p><p>colorful</p><p>COLOURS</p>"
    assert found(html, Term("colors", patterns=(r"colou?rs?",))) == [
        "Colour and color. discolored colorful COLOURS",
        "COLOURS",
    ]


def test_an_exact_pattern_minds_the_case():
    assert found("<p>go</p><p>Go 1.22</p>", Term("Go", patterns=(r"Go( \d+(\.\d+)?)?",), exact=True)) == [
        "Go 1.22"
    ]


@pytest.mark.parametrize(
    "pattern", ["(a+)+", "(a|a)*", "(a", "a)", r"(a)\1", "(?=a)", "a**", "[a", "^a", "\\w*\\w*\\w*x", "*"]
)
def test_a_pattern_that_might_never_end_or_be_read_is_reported(pattern):
    _, _, problems = build("<p>aaa</p>", Term("a", patterns=(pattern,)))
    assert [(problem.severity, problem.code) for problem in problems] == [("error", "index-pattern")]


@given(st.text(alphabet="ab.*+?()|[]{}2,\\\\w^$", max_size=12))
def test_whatever_is_written_as_a_pattern_is_searched_soon_or_refused(pattern):
    try:
        expression = patterns.compiled(pattern)
    except patterns.PatternError:
        return
    list(patterns.places("a" * 400 + "ab" * 200, {0: [expression]}))


def test_a_pattern_that_will_mean_something_else_some_day_is_refused():
    with pytest.raises(patterns.PatternError, match="can't be read"):
        patterns.compiled("[[]")


def test_a_term_that_names_its_sections_has_one_place_in_each():
    html = "<p>A kettle.</p><p>A kettle.</p>"
    book = [galley("1", "One", *(section(f"1.{number}", "S", html) for number in (1, 2, 3)))]
    made, _, problems = index.build(
        book, Config(index=IndexSettings(terms=(Term("kettle", sections=("1.1", "1.3", "9")),)))
    )
    assert [locator.section for locator in made.entries[0].locators] == ["1.1", "1.3"]
    (problem,) = problems
    assert problem.code == "index-term-not-found" and "not in section 9:" in problem.message


def test_the_opening_of_a_chapter_can_be_named_alone():
    book = [galley("1", "Tea", section("1.1", "S", "<p>A kettle.</p>"), opening="<p>The kettle.</p>")]
    for wanted, found in (("1", ["1", "1.1"]), ("1.0", ["1"]), ("1.1", ["1.1"])):
        settings = IndexSettings(terms=(Term("kettle", sections=(wanted,)),))
        made, _, problems = index.build(book, Config(index=settings))
        assert [locator.section for locator in made.entries[0].locators] == found
        assert problems == ()


def two_chapters():
    return [
        galley("1", "Tea", section("1.1", "S", "<p>A kettle and water.</p><p>The kettle sings.</p>")),
        galley(
            "2",
            "Coffee",
            section("2.1", "S", "<p>Beans; a kettle.</p>"),
            section("2.2", "T", "<p>A kettle.</p>"),
        ),
    ]


def tree(*terms):
    made, _, problems = index.build(two_chapters(), Config(index=IndexSettings(terms=terms)))
    assert problems == ()
    return {entry.path: [locator.section for locator in entry.locators] for entry in made.entries}


def test_places_can_be_parted_by_chapter():
    assert tree(Term("kettle", divide="chapter")) == {
        ("kettle", "Tea"): ["1.1", "1.1"], ("kettle", "Coffee"): ["2.1", "2.2"],
    }  # fmt: skip


def test_places_can_be_parted_by_the_heading_that_stands_nearest():
    assert tree(Term("kettle", divide="neighbor"), Term("water"), Term("beans")) == {
        ("kettle",): ["2.2"], ("kettle", "and water"): ["1.1", "1.1"], ("kettle", "and beans"): ["2.1"],
        ("water",): ["1.1"], ("beans",): ["2.1"],
    }  # fmt: skip


# --- index.toml ------------------------------------------------------------------------------------------


def test_index_toml_adds_to_the_list_of_book_toml(tmp_path):
    book, terms = tmp_path / "book.toml", tmp_path / "index.toml"
    book.write_text('[index]\norder = "letter-by-letter"\nnever = ["a"]\n[[index.terms]]\nterm = "cup"\n')
    terms.write_text(
        'never = ["b"]\nstyle = "run-in"\n\n[[terms]]\nsort = "t"\nterm = "teapot"\n[[terms]]\nterm = "lid"\n'
    )
    settings, problems = config.read(book, terms)
    assert problems == ()
    assert (settings.index.order, settings.index.style) == ("letter-by-letter", "run-in")
    assert settings.index.never == ("a", "b")
    places = [(term.term, Path(term.place.file).name, term.place.line) for term in settings.index.terms]
    assert places == [("cup", "book.toml", 5), ("teapot", "index.toml", 6), ("lid", "index.toml", 8)]


def test_index_toml_can_stand_alone_and_its_faults_have_their_lines(tmp_path):
    terms = tmp_path / "index.toml"
    terms.write_text('[[terms]]\nterm = "cup"\nfinds = "mug"\n')
    _, (problem,) = config.read(None, terms)
    assert (problem.code, problem.place.line) == ("config-unknown-key", 3)
    assert problem.place.file.endswith("index.toml")
    terms.write_text("[[terms]\n")
    _, (problem,) = config.read(None, terms)
    assert (problem.code, problem.place.line) == ("config-syntax", 1)
