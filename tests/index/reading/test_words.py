from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.index.reading.words import fold, fold_all, stopwords, words


@pytest.mark.parametrize(
    ("forms", "folded"),
    [
        (("index", "Indices", "index’s"), "index"),
        (("policy", "policies", "POLICIES"), "policy"),
        (("class", "classes", "class’s"), "class"),
        (("VPC", "VPCs", "vpc"), "vpc"),
        (("AMI", "AMIs"), "ami"),
        (("AWS", "aws"), "aws"),
        (("press", "presses"), "press"),
        (("setup.cfg",), "setup.cfg"),
        (("status",), "status"),
    ],
)
def test_the_forms_of_an_english_noun_are_one(forms, folded):
    assert {fold(form) for form in forms} == {folded}


def test_other_languages_lose_their_commonest_endings():
    assert {fold(form, "de") for form in ("Register", "Registern", "Registers")} == {"regist"}
    assert {fold(form, "sv") for form in ("boktryckare", "BOKTRYCKARE")} == {"boktryckare"}


def test_words_keep_the_signs_that_belong_to_them():
    text = "Run `git-rebase` or C++, see .gitignore (TCP/IP) and print(); it’s $5 -- done."
    assert [word.text for word in words(text)] == [
        "Run", "git-rebase", "or", "C++", "see", ".gitignore", "TCP/IP", "and", "print()", "it’s", "5",
        "done",
    ]  # fmt: skip


def test_a_hyphen_parts_words_like_a_space():
    assert fold_all("Tea-Pots") == fold_all("tea pot") == ("tea", "pot")


@given(st.text(max_size=80), st.sampled_from(["en", "de", "sv", "xx"]))
def test_every_word_stands_where_it_says(text, language):
    found = words(text, language)
    assert all(text[word.start : word.end] == word.text for word in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_stopwords_are_known_in_english_and_none_elsewhere():
    assert {"the", "let’s"} <= stopwords("en-GB").never
    assert stopwords("xx").never == frozenset()


@pytest.mark.parametrize(
    ("language", "word", "term"),
    [
        ("de", "sondern", "anker"),
        ("fr", "toujours", "ancre"),
        ("es", "también", "ancla"),
        ("it", "perché", "timone"),
        ("nl", "omdat", "anker"),
    ],
)
def test_function_words_are_known_in_other_languages(language, word, term):
    assert word in stopwords(language).never
    assert term not in stopwords(language).never


def test_a_unit_of_temperature_is_no_word():
    assert [word.text for word in words("at 220 °C, 30°F or C++")] == ["at", "220", "30", "or", "C++"]
