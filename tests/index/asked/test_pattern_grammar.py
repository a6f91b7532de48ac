"""The grammars of index marks: what is written is what is read, and nothing makes them fail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.typeset.mark_grammar import Mark, read, read_asciidoctor, read_latex

GRAMMARS = [read, read_latex, read_asciidoctor]
# no grammar is asked to keep white space at the ends of a heading, or code in it
SIGNS = st.text(
    st.characters(exclude_characters='`\\{}"', exclude_categories=["Cc", "Cs", "Cn", "Z"]), min_size=1
)
TERMS = st.lists(SIGNS, min_size=1, max_size=3)


def escaped(text):
    return "".join(f'"{sign}' if sign in '!@|"' else sign for sign in text)


@given(st.sampled_from(GRAMMARS), st.text(alphabet='ab!@|(){}"\\,;=>& see\n', max_size=30))
def test_whatever_is_written_is_a_mark_or_a_fault(grammar, text):
    mark = grammar(text)
    assert mark.fault or (mark.terms and all(mark.terms) and len(mark.terms) == len(mark.sort_keys) <= 3)


@given(TERMS, st.lists(st.none() | SIGNS, min_size=3, max_size=3), st.sampled_from(["", "|(", "|)", "|main"]))
def test_headings_and_sort_keys_come_back_whatever_signs_they_have(terms, keys, role):
    levels = [
        escaped(term) if key is None else f"{escaped(key)}@{escaped(term)}"
        for term, key in zip(terms, keys, strict=False)
    ]
    mark = read("!".join(levels) + role)
    assert mark == Mark(
        tuple(terms),
        tuple(key or "" for key in keys[: len(terms)]),
        {"|(": "open", "|)": "close"}.get(role, "point"),
        principal=role == "|main",
        is_markdown=True,
    )


@given(TERMS, TERMS)
def test_a_see_leads_to_the_path_that_is_written(terms, target):
    path = "!".join(map(escaped, terms))
    mark = read(f"{path}|see {'!'.join(map(escaped, target))}")
    assert (mark.role, mark.terms) == ("see", tuple(terms))
    assert mark.target == "!".join(target)


@given(st.lists(SIGNS.filter(lambda text: not set(text) & set(',"&>=')), min_size=1, max_size=3))
def test_the_levels_of_asciidoctor_come_back(terms):
    assert read_asciidoctor(", ".join(terms)).terms == tuple(terms)
    assert read_asciidoctor(",".join(f'"{term}"' for term in terms)).terms == tuple(terms)


@pytest.mark.parametrize("text", ["", " ", "a!", "!a", "a!!b", "@", "a|nonsense", "a|see", "a!b!c!d"])
def test_a_mark_that_can_not_be_meant_is_a_fault(text):
    assert read(text).fault
