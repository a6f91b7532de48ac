"""Chinese and Japanese run on over the ends of source lines; Korean and Western text keep a space there."""

from __future__ import annotations

import re

import pytest

from recto.forms.text.setting import paragraphs
from tests.typeset_books import set_text


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("港に船が\n停まる。", "港に船が停まる。"),
        ("港口，\n船停。", "港口，船停。"),
        ("港に  \t\n  船。", "港に船。"),
        ("**港**\nに船。", "港に船。"),
        ("港\n*に*船。", "港に船。"),
        ("港{^港}\nに船。", "港に船。"),
        ("배가 항구에\n있다.", "배가 항구에\n있다."),
        ("a ship\nin port", "a ship\nin port"),
        ("港 port\nに船", "港 port\nに船"),
        ("港\nport", "港\nport"),
        ("港，\nport", "港，port"),
        ("port\n「*港*」", "port「港」"),
        ("port,\n港", "port,\n港"),
        ("`港`\nに船", "港\nに船"),
        ("港\\\nに船", "港\nに船"),
        ("「港」\n「船」", "「港」「船」"),
        ("🚢\n🚢", "🚢\n🚢"),
    ],
)
def test_a_line_break_between_wide_letters_is_no_space(text: str, made: str) -> None:
    html, _ = set_text(text)
    assert re.sub(r"<[^>]*>", "", html).strip() == made


def test_plain_text_runs_on_too() -> None:
    assert paragraphs("港に\n船。\n\n次の。") == "<p>港に船。</p>\n<p>次の。</p>"
    assert paragraphs("a\nb") == "<p>a\nb</p>"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("**「港」**と**船。**と", "<strong>「港」</strong>と<strong>船。</strong>と"),
        ("**注意：**港口见**“船”**之后", "<strong>注意：</strong>港口见<strong>“船”</strong>之后"),
        ("**“배”**는 *항구(港)*에", "<strong>“배”</strong>는 <em>항구(港)</em>에"),
        ("港~~船。~~港", "港<del>船。</del>港"),
        ("a**b.**c", "a**b.**c"),
        ("港 ** 船 **港", "港 ** 船 **港"),
    ],
)
def test_emphasis_needs_no_space_where_words_have_none(text: str, made: str) -> None:
    html, _ = set_text(text)
    assert re.sub(r"</?p>", "", html).strip() == made
