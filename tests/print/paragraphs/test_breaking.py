"""The breaks of a paragraph: the best of all there are, by trying them all; and what is never done."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from recto.print.paragraphs.breaking import break_lines
from recto.print.paragraphs.costs import AVOIDED, BEARABLE, DEFAULT, Costs
from recto.print.paragraphs.items import END, FIRM, FORBIDDEN, Box, Glue, Item, Penalty

SPACE = Glue(3.0, 1.5, 0.75)
NARROW = 50.0


def word(letters: int, left: float = 0.0, right: float = 0.0) -> Box:
    return Box(5.0 * letters, 0.1 * letters, 0.02 * letters, letters, left, right)


def divided(first: int, second: int, cost: int = 50) -> list[Item]:
    return [word(first), Penalty(cost, 3.0, flagged=True, divides=True, right=2.0), word(second)]


def paragraph(*words: list[Item]) -> list[Item]:
    items: list[Item] = []
    for each in words:
        items += [*each, SPACE]
    return [*items[:-1], *END]


plain_words = st.builds(lambda n: [word(n)], st.integers(1, 9))
long_words = st.builds(divided, st.integers(2, 5), st.integers(3, 5), st.sampled_from((0, 50, 500)))
compounds = st.builds(lambda a, b: [word(a), Penalty(50, flagged=True), word(b)], *[st.integers(1, 5)] * 2)
hanging = st.builds(lambda n: [word(n, 0.4, 1.2)], st.integers(1, 6))
held = st.builds(lambda n: [word(n), Penalty(FORBIDDEN)], st.integers(1, 4))
firm = st.builds(lambda n: [word(n), Penalty(FIRM)], st.integers(1, 4))
WORDS = st.one_of(plain_words, plain_words, long_words, compounds, hanging, held, firm)


def lines_of(items: list[Item], ends: tuple[int, ...]) -> list[tuple[list[Item], Item]]:
    """The items of each line, without what vanishes at its start, and the item that it ends at."""
    lines, start = [], 0
    for end in ends:
        while start < end and not isinstance(items[start], Box):
            start += 1
        lines.append((items[start:end], items[end]))
        start = end
    return lines


def short_by(line: list[Item], end: Item, measure: float) -> float:
    """By how much a line is short of its measure, or, if negative, too long."""
    boxes = [item for item in line if isinstance(item, Box)]
    glues = [item for item in line if isinstance(item, Glue)]
    width = sum(item.width for item in (*boxes, *glues)) - (boxes[0].left if boxes else 0.0)
    if isinstance(end, Penalty) and end.width:
        width += end.width - end.right
    elif line and isinstance(line[-1], Box):
        width -= line[-1].right
    return measure - width


def stretched(line: list[Item], end: Item, measure: float) -> float:
    """By what part of its stretch, or shrink, a line is changed."""
    boxes = [item for item in line if isinstance(item, Box)]
    glues = [item for item in line if isinstance(item, Glue)]
    give = sum(item.give for item in boxes)
    short = short_by(line, end, measure)
    if abs(short) <= give + 1e-9:
        return 0.0
    if short > 0:
        stretch = sum(item.stretch for item in (*boxes, *glues))
        return (short - give) / stretch if stretch else 1e6
    shrink = sum(item.shrink for item in glues)
    return (short + give) / shrink if shrink else -1e6


def demerits(items: list[Item], ends: tuple[int, ...], measure: float, costs: Costs, worst: float) -> float:
    """What a way to break a paragraph costs, reckoned line by line; infinite if a line is no line."""
    total, fitness, run, flagged = 0.0, 1, 0, False
    lines = lines_of(items, ends)
    for number, (line, end) in enumerate(lines):
        ratio = stretched(line, end, measure)
        badness = min(100 * abs(ratio) ** 3, 10_000.0)
        if ratio < -1 or badness > worst or not any(isinstance(item, Box) for item in line):
            return float("inf")
        if badness == 10_000.0 and ratio > 0:
            badness += 10_000.0 * short_by(line, end, measure) / measure
        cost = end.cost if isinstance(end, Penalty) and end.cost > -FORBIDDEN else 0
        total += (costs.line + badness) ** 2 + cost**2
        now = 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1 else 3
        total += costs.contrast if abs(now - fitness) > 1 else 0
        is_last = number == len(lines) - 1
        if is_last and number:
            letters = sum(item.letters for item in line if isinstance(item, Box))
            alone = flagged and not any(isinstance(item, Glue) for item in line[: -len(END) + 1])
            avoided = letters < costs.least or alone
            meagre = costs.meagre if letters < costs.few else 0
            total += AVOIDED if avoided else meagre + (costs.before_last if flagged else 0)
        flagged = isinstance(end, Penalty) and end.flagged
        fitness, run = now, run + 1 if flagged else 0
        total += AVOIDED if run > 2 else costs.ladder if run == 2 else 0
    return total


def legal(items: list[Item], undivided: bool) -> list[int]:
    found = []
    for at, item in enumerate(items[:-1]):
        if isinstance(item, Penalty):
            fits = item.cost < FORBIDDEN and not (undivided and item.divides)
        else:
            fits = isinstance(item, Glue) and at > 0 and isinstance(items[at - 1], Box)
        found += [at] if fits else []
    return found


def by_trying_all(items: list[Item], measure: float) -> float:
    """The demerits of the best way, by the rules of `break_lines`: trial upon trial, more is borne."""
    for undivided, worst in ((True, 50.0), (False, 200.0), (False, 800.0), (False, 10_000.0)):
        places = legal(items, undivided)
        best = min(
            demerits(items, (*ends, len(items) - 1), measure, DEFAULT, worst)
            for count in range(len(places) + 1)
            for ends in combinations(places, count)
        )
        if best < BEARABLE or (worst == 10_000.0 and best < float("inf")):
            return best
    return float("inf")


@given(st.lists(WORDS, min_size=1, max_size=7))
@settings(max_examples=150)
def test_no_other_way_to_break_a_paragraph_costs_less(words: list[list[Item]]) -> None:
    items = paragraph(*words)
    best = by_trying_all(items, NARROW)
    ends = break_lines(items, [NARROW])
    assert ends[-1] == len(items) - 1
    if best < float("inf"):
        found = min(demerits(items, ends, NARROW, DEFAULT, worst) for worst in (50.0, 200.0, 800.0, 10_000.0))
        assert found <= best * (1 + 1e-9)


@given(st.lists(WORDS, min_size=1, max_size=120), st.floats(30, 300), st.integers(-1, 1))
def test_every_paragraph_is_broken_to_its_end_at_places_where_lines_may_end(
    words: list[list[Item]], measure: float, looseness: int
) -> None:
    items = paragraph(*words)
    ends = break_lines(items, [measure], looseness=looseness)
    assert ends[-1] == len(items) - 1
    assert list(ends) == sorted(set(ends))
    assert set(ends[:-1]) <= set(legal(items, undivided=False))
    start = 0
    for end, (line, last) in zip(ends, lines_of(items, ends), strict=True):
        if stretched(line, last, measure) < -1:  # too long is only what can't be divided
            assert not set(range(start + 1, end)) & set(legal(items, undivided=False))
        start = end


@given(st.lists(st.just(divided(4, 4, 0)), min_size=12, max_size=60), st.floats(100, 300))
def test_there_are_no_ladders_of_more_than_two_divided_words(words: list[list[Item]], measure: float) -> None:
    items = paragraph(*words)
    flags = [
        isinstance(items[at], Penalty) and items[at].flagged  # type: ignore[union-attr]
        for at in break_lines(items, [measure])
    ]
    assert "111" not in "".join("01"[flag] for flag in flags)


def test_a_hyphen_does_not_stand_at_the_turn_of_a_leaf() -> None:
    items = paragraph(*[divided(4, 4, 0)] * 40)
    ends = break_lines(items, [66.0])
    hyphens = [at for at, end in enumerate(ends, 1) if items[end] == items[1]]
    assert hyphens
    turned = break_lines(items, [66.0], turns=hyphens[:1])
    assert items[turned[hyphens[0] - 1]] != items[1]
    assert turned[-1] == ends[-1]


def test_the_last_line_is_not_a_scrap() -> None:
    words = [[word(5)]] * 5 + [[word(2)]]
    items = paragraph(*words)
    (line, _), *_ = reversed(lines_of(items, break_lines(items, [140.0])))
    assert sum(item.letters for item in line if isinstance(item, Box)) >= 5


def test_a_part_of_a_word_does_not_stand_alone_in_the_last_line() -> None:
    items = paragraph(*[[word(5)]] * 4, divided(5, 9))
    ends = break_lines(items, [140.0])
    assert not any(isinstance(items[end], Penalty) and items[end].width for end in ends)  # type: ignore[union-attr]


def test_a_paragraph_is_a_line_longer_or_shorter_where_that_is_wished_and_bearable() -> None:
    items = paragraph(*[[word(n % 4 + 2)] for n in range(120)])
    usual, bears = len(break_lines(items, [200.0])), Costs(tolerance=2_000.0)
    assert len(break_lines(items, [200.0], bears, looseness=1)) == usual + 1
    assert len(break_lines(items, [200.0], looseness=1)) == usual
    assert len(break_lines(items, [200.0], looseness=-9)) <= usual


def test_lines_have_the_widths_they_are_given() -> None:
    items = paragraph(*[[word(3)]] * 40)
    widths = [60.0, 120.0, 200.0]
    made = lines_of(items, break_lines(items, widths))
    for number, (line, end) in enumerate(made[:-1]):
        measure = widths[min(number, 2)]
        natural = sum(item.width for item in line if not isinstance(item, Penalty))
        assert abs(natural - measure) < 15
        assert stretched(line, end, measure) >= -1


def test_lines_that_nothing_can_stretch_are_filled_as_far_as_they_go() -> None:
    signs = [each for _ in range(26) for each in (Box(10.0, letters=1), Penalty(0))]
    held = [Box(10.0, letters=1), Penalty(FORBIDDEN)] * 2
    items = [*signs[:-1], Penalty(FORBIDDEN), *held, Box(10.0, letters=1), *END]
    made = lines_of(items, break_lines(items, [204.0]))
    assert [sum(isinstance(item, Box) for item in line) for line, _ in made] == [20, 9]


def test_letters_that_stand_in_the_margin_make_room_for_more() -> None:
    plain = paragraph(*[[word(3)]] * 11)
    hung = paragraph(*[[word(3, 1.0, 3.0)]] * 11)
    measure = 3 * 15 + 2 * 3 - 4.0
    assert len(break_lines(hung, [measure])) == 4
    assert len(break_lines(plain, [measure])) > 4


def test_a_line_ends_where_it_must() -> None:
    items = [word(3), Penalty(-FORBIDDEN), word(3), *END]
    assert break_lines(items, [500.0]) == (1, 5)


def test_nothing_has_no_lines() -> None:
    assert break_lines([], [100.0]) == ()


def test_time_grows_with_the_text_and_not_faster() -> None:
    costs = Costs()
    items = paragraph(*[divided(3, 3)] * 4_000)
    assert len(break_lines(items, [300.0], costs)) > 300
    long = [Box(1e6, letters=3), *END]
    assert break_lines([Box(1e6), Glue(3.0, 1.0, 1.0), *long], [300.0], costs) == (1, 5)
