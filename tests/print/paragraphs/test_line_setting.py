"""Lines are brought to their measure by glyphs first, then by spaces, then by letters, or left short."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.print.paragraphs.line_setting import AS_IT_IS, Content, Limits, Setting, set_line

LIMITS = Limits()
LINE = Content(text=300.0, blank=25.0, spaces=10, letters=60, size=10.0)
CONTENTS = st.builds(
    Content,
    text=st.floats(80, 400),
    blank=st.floats(5, 60),
    spaces=st.integers(1, 20),
    letters=st.integers(10, 80),
    size=st.floats(6, 14),
)


def width(content: Content, setting: Setting) -> float:
    added = setting.space * content.spaces + setting.track * content.letters
    return setting.scale * (content.text + added)


def word_space(content: Content, setting: Setting) -> float:
    """How many times as wide as its own width a space is."""
    natural = content.blank / content.spaces
    return setting.scale * (natural + setting.space) / natural


@given(CONTENTS, st.floats(-60, 120))
def test_a_line_fills_its_measure_within_the_limits_or_is_left_as_it_is(
    content: Content, short: float
) -> None:
    setting = set_line(short, content, LIMITS)
    if setting == AS_IT_IS:
        return
    assert abs(setting.scale - 1) <= LIMITS.expansion + 1e-9
    assert 0 <= setting.track * setting.scale <= LIMITS.tracking * content.size + 1e-9
    assert 0.5 <= word_space(content, setting) <= LIMITS.loosest * 1.03
    if short >= 0:
        assert width(content, setting) == pytest.approx(content.text + short)


def test_what_nobody_sees_is_done_by_glyphs_alone() -> None:
    assert set_line(6.0, LINE, LIMITS) == (1.02, 0.0, 0.0)
    assert set_line(-3.0, LINE, LIMITS) == (0.99, 0.0, 0.0)
    assert set_line(0.0, LINE, LIMITS) == AS_IT_IS


def test_spaces_give_a_quarter_before_letters_are_spaced_and_take_what_is_left() -> None:
    scale, space, track = set_line(6.0 + 5.0, LINE, LIMITS)
    assert (scale, track) == (1.02, 0.0)
    assert space * 10 * scale == pytest.approx(5.0)
    scale, space, track = set_line(6.0 + 6.25 + 4.0, LINE, LIMITS)
    assert track * 60 * scale == pytest.approx(4.0)
    scale, space, track = set_line(6.0 + 6.25 + 6.0 + 10.0, LINE, LIMITS)
    assert track * scale == pytest.approx(0.1)
    assert space * 10 * scale == pytest.approx(16.25)


def test_a_line_is_left_short_before_its_spaces_gape() -> None:
    assert set_line(80.0, LINE, LIMITS) == AS_IT_IS
    assert set_line(80.0, LINE, Limits(loosest=5.0)).space > 0
    assert set_line(9.0, LINE._replace(blank=0.0, spaces=0, letters=5), LIMITS) == AS_IT_IS


def test_without_expansion_and_tracking_spaces_do_it_all() -> None:
    scale, space, track = set_line(20.0, LINE, Limits(expansion=0.0, tracking=0.0))
    assert (scale, space, track) == (1.0, 2.0, 0.0)


def test_a_line_without_text_is_left_as_it_is() -> None:
    assert set_line(10.0, Content(0.0, 0.0, 0, 0, 10.0), LIMITS) == AS_IT_IS
