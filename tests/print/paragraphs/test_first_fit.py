"""Lines that are filled: as much as goes into each, in time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from recto.print.paragraphs.first_fit import fill_lines
from recto.print.paragraphs.items import END, Item, Penalty
from tests.patience import goes_by_length
from tests.print.paragraphs.test_breaking import NARROW, WORDS, legal, lines_of, paragraph, stretched, word


@given(st.lists(WORDS, max_size=12), st.floats(20.0, 120.0))
def test_lines_that_are_filled_hold_as_much_as_they_can(words: list[list[Item]], measure: float) -> None:
    items = paragraph(*words)
    ends = fill_lines(items, [NARROW, measure])
    assert ends[-1] == len(items) - 1
    begins = -1
    for number, (line, end) in enumerate(lines_of(items, ends)):
        width = measure if number else NARROW
        places = [at for at in legal(items, undivided=False) if begins < at < ends[number]]
        assert stretched(line, end, width) >= -1 or not places
        begins = ends[number]


def test_a_word_parted_anywhere_fills_its_lines_in_time() -> None:
    def filled(letters: range) -> list[int]:
        items = [part for _ in letters for part in (word(1), Penalty(5_000, divides=True))]
        return fill_lines([*items[:-1], *END], [300.0])

    many = range(30_000)
    assert len(filled(many)) == -(-30_000 // 61)  # sixty letters, and one more as each gives a little
    assert goes_by_length(filled, many)
