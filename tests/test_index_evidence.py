import pytest

from index_books import galley, section
from recto.index import automatic, prose
from recto.index.candidates import Candidates
from recto.index.definitions import definitions
from recto.index.evidence import WEIGHTS, Evidence
from recto.index.forms import Forms


def judged(*texts, titles=()):
    """The evidence, by key, of a book whose sections have these texts (and titles)."""
    sections = [
        section(f"1.{number}", title, text)
        for number, (text, title) in enumerate(zip(texts, titles or ["Plain"] * len(texts), strict=True), 1)
    ]
    book = prose.read([galley("1", "All", *sections)])
    candidates = Candidates(book, "en")
    return Evidence(book, candidates, Forms(book, candidates, "en"), "en")


def headings(*texts, titles=()):
    sections = [
        section(f"1.{number}", title, text)
        for number, (text, title) in enumerate(zip(texts, titles or ["Plain"] * len(texts), strict=True), 1)
    ]
    book = prose.read([galley("1", "All", *sections)])
    return {found.entry.term: found.entry.see for found in automatic.find(book, "en")}


def test_every_kind_of_evidence_has_a_weight():
    evidence = judged("<p>A rudder steers the boat. The rudder is wood.</p>")
    assert list(evidence.of(evidence.pool[("rudder",)])) == list(WEIGHTS)


def test_the_shares_of_the_evidence_are_the_score():
    evidence = judged("<p>A rudder steers the boat. The rudder is wood.</p>")
    candidate = evidence.pool[("rudder",)]
    assert evidence.score(candidate) == pytest.approx(sum(dict(evidence.shares(candidate)).values()))


def test_what_is_called_so_is_worth_more_than_what_is_mentioned():
    evidence = judged(
        "<p>The blade behind the stern is called the rudder. The rudder turns.</p>"
        "<p>The anchor hangs at the bow. Lower the anchor.</p>"
    )
    rudder, anchor = evidence.pool[("rudder",)], evidence.pool[("anchor",)]
    assert evidence.of(rudder)["called"] == 1
    assert evidence.score(rudder) > evidence.score(anchor)


def test_what_is_set_apart_is_worth_more_than_what_is_not():
    evidence = judged("<p>Trim the <em>jib</em>, then the jib sheet. Trim the spar, then the spar again.</p>")
    assert evidence.of(evidence.pool[("jib",)])["set apart"] > 0


def test_a_subject_of_titles_is_worth_more_than_the_same_elsewhere():
    text = "<p>The keel and the mast. A keel is lead, a mast is wood. The keel. The mast.</p>"
    evidence = judged(text, titles=["The Keel"])
    assert evidence.score(evidence.pool[("keel",)]) > evidence.score(evidence.pool[("mast",)])


def test_an_adjective_is_no_heading_though_its_nouns_are():
    evidence = judged("<p>A tidal pool, tidal current, the tidal range, tidal locks and one tidal pool.</p>")
    assert ("tidal",) not in evidence.pool
    assert ("tidal", "pool") in evidence.pool


def test_a_piece_of_a_longer_term_is_no_heading():
    evidence = judged("<p>The North Channel Light burns. See the North Channel Light at night.</p>")
    assert ("north", "channel", "light") in evidence.pool
    assert ("north", "channel") not in evidence.pool


def test_a_title_that_says_what_one_does_gives_its_object():
    evidence = judged("<p>The hull is old. A hull needs paint.</p>", titles=["Scraping Hulls"])
    assert ("scraping", "hull") not in evidence.pool
    assert ("hull",) in evidence.pool


def test_an_identifier_is_joined_with_its_kind():
    evidence = judged(
        "<p>The <code>moor</code> command ties up. Call <code>moor</code> twice, and <code>moor</code>"
        " again.</p>"
    )
    assert evidence.pool[("moor", "command")].count == 3
    assert ("moor",) not in evidence.pool


def test_a_noun_that_ends_like_an_adjective_is_known_by_its_plural():
    evidence = judged("<p>One variable is set, two variables are read. A variable may be empty.</p>")
    assert ("variable",) in evidence.pool


def test_the_long_form_leads_unless_the_short_one_is_known_everywhere():
    long = (
        "<p>An automatic identification system (AIS) tells who sails. The AIS is small. Turn the AIS on.</p>"
    )
    assert headings(long)["AIS"] == (("automatic identification system (AIS)",),)
    made = headings(long + "<p>The AIS, an AIS.</p>" * 30)
    assert made["automatic identification system"] == (("AIS (automatic identification system)",),)


@pytest.mark.parametrize(
    ("text", "term", "called"),
    [
        ("A rope on a sail is called a sheet.", "sheet", True),
        ("It is late. A painter is a rope at the bow.", "painter", False),
        ("Such knots, also known as hitches, hold.", "hitches", True),
    ],
)
def test_definitions_are_found(text, term, called):
    found = [(each.words[0].text, each.called, text[each.offset :]) for each in definitions(text, "en")]
    assert (term, called, text[text.index(term) :]) in found
