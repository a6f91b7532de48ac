"""Numbers order as people count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.numbering import Number, letter, roman, unroman


def number(text: str) -> Number:
    parsed = Number.parse(text)
    assert parsed is not None
    return parsed


def test_ten_sorts_after_two() -> None:
    assert number("2") < number("10")
    assert number("4.9") < number("4.10")


def test_a_chapter_sorts_before_its_sections_and_appendices_after_all() -> None:
    typed = ["B", "A.10", "A.2", "4.1", "12", "4", "4.1.1", "4.2", "A"]
    assert [str(n) for n in sorted(map(number, typed))] == "4 4.1 4.1.1 4.2 12 A A.2 A.10 B".split()


@pytest.mark.parametrize("text", ["", "4.", "4.2.", " 4.2 "])
def test_a_trailing_dot_and_space_around_are_allowed(text: str) -> None:
    parsed = Number.parse(text)
    assert str(parsed) == text.strip().rstrip(".") if text else parsed is None


@pytest.mark.parametrize("text", ["four", "4,2", "4..2", "AA", "a.1", "4.2b", "12345", "1.2.3.4.5.6.7.8.9"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert Number.parse(text) is None


def test_a_number_can_move_to_another_chapter() -> None:
    assert str(number("37.8.2").under(number("A"))) == "A.8.2"
    assert number("37.8").parent == number("37")
    assert number("37").parent is None


@given(st.lists(st.lists(st.integers(0, 99), min_size=1, max_size=4).map(lambda parts: Number(tuple(parts)))))
def test_numbers_order_part_by_part(numbers: list[Number]) -> None:
    assert sorted(numbers) == sorted(numbers, key=lambda n: n.parts)


@given(st.integers(1, 3999))
def test_every_roman_numeral_reads_back(value: int) -> None:
    assert unroman(roman(value)) == value
    assert unroman(roman(value).upper()) == value


@pytest.mark.parametrize("text", ["", "iiii", "vx", "abc", "mix up"])
def test_what_is_no_roman_numeral_is_none(text: str) -> None:
    assert unroman(text) is None


def test_letters_go_on_after_z() -> None:
    assert [letter(n) for n in (0, 1, 25, 26, 27)] == ["A", "B", "Z", "AA", "AB"]
