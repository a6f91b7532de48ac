"""Whatever paragraphs, styles and columns a book has: the spared engine sets them as the plain one does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

PLAIN = "a the oar stroke rowing well-known internationalization fjord AVATAR office it’s 1787 3.5 — e.g. x²"
ODD = (
    "a\u00a0b",
    "soft\u00adly",
    "日本語",
    "שלום",
    "naïve",
    "“quoted”",
    "http://example.org/a/long/path-of-it",
)
WORDS = st.sampled_from((*PLAIN.split(), *ODD))
# Declarations that guards of the sparing ask for, each of which goes another way through the engine
DECLARATIONS = st.sampled_from(
    """text-align: justify|text-align: right|hyphens: auto|white-space: nowrap|white-space: pre-wrap
    |letter-spacing: 0.5pt|word-spacing: 2pt|text-decoration: underline|text-indent: 1em|font-size: 7pt
    |font-style: italic|font-weight: bold|font-variant-caps: small-caps|line-height: 1|direction: rtl
    |position: relative; top: 1pt|float: left; width: 40%|display: inline-block|margin: 1em 0|padding: 3pt
    |border: 1pt solid|background: #ddd|border-radius: 4pt|box-shadow: 1pt 1pt 0 #000|visibility: hidden
    |overflow: hidden|hyphenate-limit-zone: 10%|hyphenate-limit-chars: 4 2 2|hyphenate-character: '='
    |vertical-align: super|text-transform: uppercase|columns: 2|columns: 2; column-fill: auto
    |columns: 2; height: 1in|column-span: all|break-before: page|break-inside: avoid|display: list-item
    |font-feature-settings: 'onum'|word-break: break-all|overflow-wrap: anywhere|width: 3em
    |color: #444|opacity: 0.5|border-image-source: linear-gradient(red, blue)|float: footnote""".replace(
        "\n", ""
    ).split("|")
)
STYLE = st.lists(DECLARATIONS, max_size=3).map(lambda made: "; ".join(each.strip() for each in made))
TEXT = st.lists(WORDS, min_size=1, max_size=30).map(" ".join)


def _element(tag: str, style: str, inside: str) -> str:
    return f'<{tag} style="{style}">{inside}</{tag}>'


INLINE = st.builds(_element, st.sampled_from(("b", "i", "span", "a", "sup", "code")), STYLE, TEXT)
LANGUAGE = st.sampled_from(("en", "de", "fr", ""))
PARAGRAPH = st.builds(
    lambda tag, lang, style, parts: f'<{tag} lang="{lang}" style="{style}">{" ".join(parts)}</{tag}>',
    st.sampled_from(("p", "p", "p", "h2", "li", "pre", "blockquote")),
    LANGUAGE,
    STYLE,
    st.lists(st.one_of(TEXT, INLINE), min_size=1, max_size=5),
)
HOLDER = st.builds(
    lambda tag, style, parts: _element(tag, style, "".join(parts)),
    st.sampled_from(("div", "section", "ul", "aside")),
    STYLE,
    st.lists(PARAGRAPH, min_size=1, max_size=4),
)


@given(st.lists(st.one_of(PARAGRAPH, HOLDER), min_size=1, max_size=4))
@settings(max_examples=60)
def test_the_spared_engine_gives_the_pages_of_the_plain_one_to_the_byte(
    presses: Callable[[str], list[Any]], parts: list[str]
) -> None:
    spared, plain = presses("".join(parts))
    assert spared == plain
