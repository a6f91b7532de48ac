"""A few paragraphs of book.toml become XHTML and plain words."""

from __future__ import annotations

import pytest

from recto.notations import blurb


@pytest.mark.parametrize(
    ("typed", "markup", "plain"),
    [
        ("One\nline.\n\n*Two*.", "<p>One\nline.</p>\n<p><em>Two</em>.</p>", "One line.\n\nTwo."),
        ("1984. A year\n# no heading", "<p>1984. A year\n# no heading</p>", "1984. A year # no heading"),
        ("<em>So</em> <b>typed</b>", "<p><em>So</em> <b>typed</b></p>", "So typed"),
        ("<em>alone, and <script>", "<p>&lt;em&gt;alone, and &lt;script&gt;</p>", "<em>alone, and <script>"),
        ("A\x01B & C", "<p>AB &amp; C</p>", "AB & C"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_emphasis_is_markup_and_all_else_stays_words(typed: str, markup: str, plain: str) -> None:
    assert (blurb.markup(typed), blurb.plain(typed)) == (markup, plain)
