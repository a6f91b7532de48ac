"""What the automatic index knows of languages other than English."""

import pytest

from recto.index.reading.defined_terms import definitions
from recto.index.reading.speech import speech
from recto.index.reading.words import fold, stopwords
from tests.index_books import evidence_of, galley, section
from tests.patience import goes_by_length


def judged(language, text):
    """The keys of the candidates that are judged in a book with this text."""
    return evidence_of(galley("1", "One", section("1.1", "Two", text)), language=language).pool.keys()


@pytest.mark.parametrize(
    ("language", "text", "term", "called"),
    [
        ("en", "A rope on a sail is called a sheet.", "sheet", True),
        ("en", "It is late. A painter is a rope at the bow.", "painter", False),
        ("en", "Such knots, also known as hitches, hold.", "hitches", True),
        ("de", "Ein Tau am Segel heißt Schot.", "Schot", True),
        ("de", "Es ist spät. Eine Fangleine ist ein Tau am Bug.", "Fangleine", False),
        ("fr", "Un cordage de voile est appelé une écoute.", "écoute", True),
        ("fr", "Une amarre est un cordage du bord.", "amarre", False),
        ("es", "Un cabo de la vela se llama escota.", "escota", True),
        ("es", "Una amarra es un cabo.", "amarra", False),
        ("it", "La corda della vela è detta scotta.", "scotta", True),
        ("it", "Una gomena è una corda.", "gomena", False),
        ("nl", "Een lijn aan het zeil heet schoot.", "schoot", True),
        ("nl", "Een tros is een dikke lijn.", "tros", False),
        ("pt", "Um cabo da vela chama-se escota.", "escota", True),
        ("pt", "Uma amarra é um cabo.", "amarra", False),
        ("sv", "En lina vid seglet kallas skot.", "skot", True),
        ("sv", "En tross är en grov lina.", "tross", False),
    ],
)
def test_definitions_are_found(language, text, term, called):
    found = [(each.words[0].text, each.called, text[each.offset :]) for each in definitions(text, language)]
    assert (term, called, text[text.index(term) :]) in found


def test_that_is_to_say_calls_nothing_by_a_name():
    assert not list(definitions("Das heißt, wir warten. Das heißt Warten.", "de"))


def test_white_space_without_end_before_a_verb_takes_time_by_its_length():
    def found(space):
        return list(definitions(f"A{space}B" * 5, "en"))

    assert not found(" " * 1000)
    assert goes_by_length(found, " " * 100_000)


def test_an_unknown_language_has_no_little_words_and_no_definitions():
    assert speech("xx").determiners == frozenset()
    assert not list(definitions("A painter is a rope.", "xx"))


@pytest.mark.parametrize("language", ["de", "es", "fr", "it", "nl", "pt", "sv"])
def test_a_language_whose_speech_is_known_has_a_list_of_stopwords(language):
    assert speech(language).called
    assert stopwords(language).never


def test_what_german_writes_small_is_no_noun():
    found = judged(
        "de",
        "<p>Wer segeln will, lernt segeln. Man kann ein Boot segeln. Das Boot liegt im Hafen, und der Hafen"
        " ist klein. Kein Boot bleibt im Hafen.</p>",
    )
    assert {(fold("Boot", "de"),), (fold("Hafen", "de"),)} <= found
    assert (fold("segeln", "de"),) not in found


@pytest.mark.parametrize(
    ("language", "text", "adverb"),
    [
        ("fr", "La voile tient généralement, généralement.", "généralement"),
        ("es", "La vela sube lentamente, lentamente.", "lentamente"),
        ("it", "La vela sale lentamente, lentamente.", "lentamente"),
        ("pt", "A vela sobe lentamente, lentamente.", "lentamente"),
    ],
)
def test_adverbs_of_romance_languages_are_no_headings(language, text, adverb):
    assert (fold(adverb, language),) not in judged(language, f"<p>{text}</p>" * 2)


def test_the_last_part_of_a_hyphenated_word_loses_its_ending():
    assert {fold(form, "de") for form in ("Feature-Branch", "Feature-Branches")} == {"feature-branch"}
