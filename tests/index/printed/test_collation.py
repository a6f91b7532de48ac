from itertools import permutations

from hypothesis import example, given
from hypothesis import strategies as st

from recto.index.index_model import Wording
from recto.index.printed.collation import initial, sort_key

HEADINGS = st.text(alphabet="abcAéåäöØßıñæ čch019 ,.-'(#$ンбй漢\u0301", max_size=12)
LANGUAGES = st.sampled_from(["en", "sv", "da", "de", "es", "cs", "tr", "hu", "ru", "xx"])
ORDERS = st.sampled_from(["word-by-word", "letter-by-letter"])


def ordered(headings, **options):
    return sorted(headings, key=lambda heading: sort_key(heading, **options))


def test_word_by_word_puts_a_short_word_before_a_longer_one():
    right = [
        "New, Arthur", "New, Zoe", "New Deal", "newborn", "news, lamentable",
        "News, Networks, and the Arts", "news conference",
    ]  # fmt: skip
    assert ordered(reversed(right)) == right


def test_letter_by_letter_passes_over_spaces():
    assert ordered(["New Deal", "newborn", "New, Zoe"], order="letter-by-letter") == [
        "New, Zoe",
        "newborn",
        "New Deal",
    ]


def test_a_word_comes_before_the_word_with_brackets_a_comma_or_another_word():
    right = ["set", "set (noun)", "set, closed", "set 2", "set theory", "setter"]
    assert ordered(reversed(right)) == right


def test_ten_sorts_after_two_and_numbers_before_letters():
    assert ordered(["ten", "10", "2", "version 10", "version 9"]) == [
        "2",
        "10",
        "ten",
        "version 9",
        "version 10",
    ]


def test_signs_before_a_word_do_not_count():
    assert ordered(["zip", ".gitignore", "hook", "--force", "$HOME"]) == [
        "--force", ".gitignore", "$HOME", "hook", "zip",
    ]  # fmt: skip


def test_signs_after_a_word_tell_alike_words_apart():
    assert ordered(["C#", "C++", "C", "D", "C shell"]) == ["C", "C#", "C++", "C shell", "D"]


def test_signs_alone_stand_before_numbers():
    assert ordered(["1", "a", "$", "++"]) == ["$", "++", "1", "a"]


def test_accents_decide_only_between_words_that_are_else_alike():
    assert ordered(["élan", "elbow", "elan", "éland"]) == ["elan", "élan", "éland", "elbow"]


def test_swedish_files_its_letters_after_z():
    right = ["zoo", "ål", "Åland", "ärlig", "öl"]
    assert all(ordered(some, language="sv") == right for some in permutations(right))
    assert ordered(right, language="en") == ["ål", "Åland", "ärlig", "öl", "zoo"]


def test_danish_files_its_letters_in_its_own_order_and_aa_as_one_letter():
    right = ["zoo", "æble", "ø", "ål", "Aalborg"]
    assert all(ordered(some, language="da") == right for some in permutations(right))


def test_spanish_files_enye_after_n_and_czech_files_ch_after_h():
    assert ordered(["ñu", "nz", "oz"], language="es") == ["nz", "ñu", "oz"]
    assert ordered(["chata", "cihla", "hrad", "ion"], language="cs") == ["cihla", "hrad", "chata", "ion"]


def test_turkish_knows_two_letters_i():
    assert ordered(["iz", "ız", "hz", "İa"], language="tr") == ["hz", "ız", "İa", "iz"]


def test_sharp_s_and_ligatures_are_filed_as_they_are_spelled_out():
    assert ordered(["Strasz", "Straße", "Strassa"], language="de") == ["Strassa", "Straße", "Strasz"]
    assert ordered(["ae", "æon", "af"]) == ["ae", "æon", "af"]


def test_a_subheading_is_filed_under_its_first_word_of_weight():
    subheadings = ["of paper", "and ink", "history of", "the press"]
    assert sorted(subheadings, key=lambda each: sort_key(each, sub=True)) == [
        "history of", "and ink", "of paper", "the press",
    ]  # fmt: skip


def test_a_subheading_of_little_words_alone_is_still_filed():
    assert sort_key("of the", sub=True)[0]


def test_letter_groups_are_named_in_the_alphabet_of_the_language():
    words = Wording()
    assert [initial(each, words, language="sv") for each in ("åk", "zoo", "éa", "3D", "$")] == [
        "Å", "Z", "E", "Numbers", "Symbols",
    ]  # fmt: skip
    assert initial("åk", words, language="en") == "A"
    assert initial("chata", words, language="cs") == "CH"


@given(HEADINGS, HEADINGS, LANGUAGES, ORDERS)
def test_two_headings_have_one_key_only_if_they_are_the_same(one, other, language, order):
    keys = [sort_key(each, language=language, order=order) for each in (one, other)]
    assert (keys[0] == keys[1]) == (one == other)


@given(st.lists(st.text(max_size=12), max_size=8), LANGUAGES, ORDERS)
def test_any_texts_can_be_put_in_order_whatever_order_they_come_in(headings, language, order):
    forwards = ordered(headings, language=language, order=order)
    assert forwards == ordered(headings[::-1], language=language, order=order)
    assert ordered(forwards, language=language, order=order) == forwards


@example(["0", "1", "¯ 0"], "en", "letter-by-letter")
@given(st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=12), LANGUAGES, ORDERS)
def test_each_letter_group_is_in_one_piece(headings, language, order):
    labels = [
        initial(each, Wording(), language=language)
        for each in ordered(headings, language=language, order=order)
    ]
    runs = [label for at, label in enumerate(labels) if at == 0 or labels[at - 1] != label]
    assert len(runs) == len(set(runs))
