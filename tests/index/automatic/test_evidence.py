import pytest

from bench import familiar
from recto.index.automatic import finding as automatic
from recto.index.automatic.evidence import WEIGHTS
from recto.index.automatic.familiarity import familiarity
from recto.index.reading import prose
from tests.index_books import evidence_of, galley, section


def judged(*texts, titles=()):
    """The evidence, by key, of a book whose sections have these texts (and titles)."""
    sections = [
        section(f"1.{number}", title, text)
        for number, (text, title) in enumerate(zip(texts, titles or ["Plain"] * len(texts), strict=True), 1)
    ]
    return evidence_of(galley("1", "All", *sections))


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
    evidence = judged("<p>One optative is set, two optatives are read. An optative is rare.</p>")
    assert ("optative",) in evidence.pool


def test_the_long_form_leads_unless_the_short_one_is_known_everywhere():
    long = (
        "<p>An automatic identification system (AIS) tells who sails. The AIS is small. Turn the AIS on.</p>"
    )
    assert next(iter(headings(long))) == "automatic identification system (AIS)"
    assert (
        next(iter(headings(long + "<p>The AIS, an AIS.</p>" * 30))) == "AIS (automatic identification system)"
    )


def test_a_long_form_that_is_a_name_keeps_its_capitals_under_both_forms():
    text = (
        "<p>The Harbor Master Office (HMO) is near. "
        + "Ask the HMO. " * 30
        + "Every master has an office.</p>"
    )
    assert {"HMO (Harbor Master Office)", "Harbor Master Office (HMO)"} <= headings(text).keys()


def test_a_word_that_books_of_every_subject_have_is_a_heading_only_where_the_book_marks_it_as_a_term():
    said = "<p>The process goes on. A process may wait; this process waits.</p>"
    assert ("process",) not in judged(said).pool
    assert ("process",) in judged(said + "<p>It is called a process.</p>").pool
    assert ("process",) in judged(said + "<p>Each <em>process</em> has a number.</p>").pool


def test_a_phrase_of_everyday_words_with_a_weak_end_is_no_heading():
    evidence = judged(
        "<p>In the real world it rains. The real world is wet, a sea chart is dry; a sea chart.</p>"
    )
    assert ("real", "world") not in evidence.pool
    assert ("sea", "chart") in evidence.pool


def test_a_word_said_here_and_there_is_no_heading_though_one_place_says_it_twice():
    said = ["<p>The sledge falls. Another sledge.</p>", *["<p>It is a sledge.</p>"] * 3]
    assert ("sledge",) not in judged(*said).pool
    assert ("sledge",) in judged(said[0] * 2, *said[1:]).pool


def test_the_letter_of_a_formula_is_no_heading_and_that_of_a_language_is():
    evidence = judged("<p>Let x be one, then x grows, and x ends. We write C; in C it is C that counts.</p>")
    assert ("x",) not in evidence.pool
    assert ("c",) in evidence.pool


def test_a_capital_that_is_set_apart_is_a_letter_of_a_formula():
    evidence = judged("<p>Let <em>S</em> be the sail. In S we sum; S counts, S grows, and S ends.</p>")
    assert ("s",) not in evidence.pool


def test_a_word_of_code_is_a_word_however_plain_it_is():
    evidence = judged(
        "<p>A <code>while</code> loop turns, while the boat turns. The <code>while</code> loop ends.</p>"
    )
    assert evidence.pool[("while", "loop")].count == 2
    assert ("boat",) not in evidence.pool


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ("A <em>mere conjecture</em> is a guess.", ("mere", "conjecture")),
        ("This is called an order of sailing.", ("order", "of", "sailing")),
    ],
)
def test_plain_words_open_a_term_only_where_the_book_says_that_it_is_one(told, key):
    said = f"<p>One {' '.join(key)}, another {' '.join(key)}.</p>"
    assert key not in judged(said).pool
    assert judged(said, f"<p>{told}</p>").pool[key].count == 3


def test_a_noun_by_its_ending_closes_a_term_though_it_often_stands_before_nouns():
    evidence = judged(
        "<p>Navigation lights, a navigation bar, the navigation act. Inland navigation is slow.</p>"
        "<p>Inland navigation needs a navigation chart and navigation lore.</p>"
    )
    assert ("inland", "navigation") in evidence.pool


def test_an_adjective_is_a_term_where_the_book_calls_something_so():
    said = "<p>No sail is reefable here. A sail was reefable; every sail is reefable.</p>"
    assert ("reefable",) not in judged(said).pool
    assert ("reefable",) in judged(said + "<p>A sail with points is called reefable.</p>").pool


def test_a_colon_within_a_word_does_not_part_a_title():
    evidence = judged("<p>Hoist it.</p>", titles=("Flags: sea:Signal, and More",))
    assert ("flag",) in evidence.pool
    assert not {("sea",), ("signal",)} & evidence.pool.keys()


def test_something_may_be_called_by_what_is_no_word():
    said = "<p>A rudder steers; the rudder is wood. This rudder is called _</p>"
    assert ("rudder",) in judged(said).pool


def test_a_noun_that_ends_like_a_superlative_is_known_by_its_article():
    said = "<p>The {0} is slow. Ask for the {0}. The {0} wins.</p>"
    assert ("dampest",) not in judged(said.format("dampest")).pool
    evidence = judged(said.format("bilgetest") + "<p>Run a bilgetest.</p>")
    assert ("bilgetest",) in evidence.pool


def test_a_word_that_others_always_follow_is_no_term_though_titles_have_it_as_a_name():
    said = "<p>The Storm Glass fell. Read the Storm Glass, then a Storm Flag; hoist the Storm Flag.</p>"
    evidence = judged(said, said, titles=("Storm Glasses", "Storm Flags"))
    assert ("storm",) not in evidence.pool
    assert {("storm", "glass"), ("storm", "flag")} <= evidence.pool.keys()


def test_forms_that_differ_in_hyphens_are_one_term():
    evidence = judged(
        "<p>Set a time-lock. The time-lock is new, and no time-lock is safe.</p>",
        "<p>Open the time lock.</p>",
        "<p>Such is a timelock.</p>",
    )
    found = [key for key in evidence.pool if "".join(key).replace("-", "") == "timelock"]
    assert found == [("time-lock",)]
    assert set(evidence.pool["time-lock",].sections) == {1, 2, 3}


def test_a_maker_of_many_things_is_left_out_before_each_of_them():
    things = ("Sextant", "Compass", "Lantern", "Anchor")
    often = "".join(
        f"<p>A Plath {each} is brass. The {each} hangs. Ask for the {each}.</p>" for each in things
    )
    seldom = "<p>The Plath Barometer falls, like every Barometer.</p>"
    evidence = judged(often, seldom, titles=("Makers", "Plath Barometer"))
    assert {("sextant",), ("barometer",)} <= evidence.pool.keys()
    assert not {("plath", "sextant"), ("plath", "barometer")} & evidence.pool.keys()


def test_an_owner_is_worth_less_than_a_thing():
    evidence = judged(
        "<p>We ask Mabel. Mabel’s boat met Mabel’s crew. We use Lidar. Old Lidar met new Lidar.</p>"
    )
    mabel, lidar = evidence.pool[("mabel",)], evidence.pool[("lidar",)]
    assert evidence.of(mabel)["owning"] > evidence.of(lidar)["owning"] == 0
    assert WEIGHTS["owning"] < 0


@pytest.mark.parametrize(
    ("phrase", "least", "most"),
    [
        (("number",), 0.5, 1),
        (("trebuchet",), 0, 0),
        (("number", "trebuchet"), 0, 0),
        (("water-clock",), 0.1, 0.9),
    ],
)
def test_a_phrase_is_as_familiar_as_its_rarest_word(phrase, least, most):
    assert least <= familiarity("en").of(phrase) <= most


def test_no_word_is_more_familiar_than_another_in_a_language_without_a_table():
    assert familiarity("fi").of(("talo",)) == familiarity("fi").of(("vesi", "kello"))


def test_the_table_of_familiar_words_counts_each_folder_once(tmp_path, monkeypatch, capsys):
    for folder, texts in {
        "one": ["Boats sail.", "A boat."],
        "two": ["The boat, `sheet`, oak-trees."],
    }.items():
        (tmp_path / folder).mkdir()
        for number, text in enumerate(texts):
            (tmp_path / folder / f"{number}.md").write_text(text, "utf-8")
    monkeypatch.setattr("sys.argv", ["familiar", "--least", "1", *map(str, sorted(tmp_path.iterdir()))])
    familiar.main()
    assert capsys.readouterr().out == "# 2\nboat\n# 1\na oak sail the tree\n"
