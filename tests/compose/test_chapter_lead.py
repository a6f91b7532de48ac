"""The first words of a chapter, where a theme sets them apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from recto.compose.chapter_lead import mark_lead
from recto.notations import xhtml
from recto.theme import manual, shipped_folder

TEXT = replace(manual(shipped_folder()).text, lead="small-capitals", drop_cap=3)


LONG = " Then it went on, as such stories do," * 8


def marked(html: str, **changes: object) -> str:
    """The first words marked, in a paragraph that goes on long enough for a drop cap."""
    root = xhtml.parse(html.replace("</p>", f"<i>{LONG}</i></p>"))
    mark_lead(root, replace(TEXT, **changes))  # type: ignore[arg-type]
    return xhtml.serialize(root).replace(f"<i>{LONG}</i>", "")


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        (
            "<p>The last ferry of the day left.</p>",
            '<p><span class="drop-cap">T</span><span class="lead">he last ferry of</span> the day left.</p>',
        ),
        (
            "<p>“Sit down,” he said.</p>",
            '<p><span class="drop-cap">“S</span><span class="lead">it down</span>,” he said.</p>',
        ),
        (
            "<p>A river, then.</p>",
            '<p><span class="drop-cap">A</span><span class="lead"> river</span>, then.</p>',
        ),
        (
            "<p>Ça va bien.</p>",
            '<p><span class="drop-cap descends">Ç</span><span class="lead">a va bien</span>.</p>',
        ),
        ("<p>I <em>know</em> it.</p>", '<p><span class="drop-cap">I</span> <em>know</em> it.</p>'),
        ("<p><em>Nothing</em> is plain here.</p>", "<p><em>Nothing</em> is plain here.</p>"),
        ("<p>… and so on.</p>", "<p>… and so on.</p>"),
        ("<ul><li>A list</li></ul><p>Not here.</p>", "<ul><li>A list</li></ul><p>Not here.</p>"),
        ('<p class="x">Not here either.</p>', '<p class="x">Not here either.</p>'),
    ],
)
def test_the_first_words_are_marked_where_they_are_plain(html: str, wanted: str) -> None:
    assert marked(html) == wanted


def test_an_epigraph_does_not_begin_a_chapter() -> None:
    html = '<blockquote class="epigraph"><p>Said before.</p></blockquote><p>So it begins.</p>'
    assert "<p>Said before.</p>" in marked(html)
    assert '<span class="drop-cap">S</span>' in marked(html)
    assert not mark_lead(xhtml.parse(html.partition("<p>So")[0]), TEXT)


def test_no_letter_is_lost_and_a_theme_that_wants_nothing_gets_nothing() -> None:
    html = "<p>Seventeen extraordinarily long considerations about nothing.</p>"
    root = xhtml.parse(html)
    mark_lead(root, TEXT)
    assert "".join(root.itertext()) == "Seventeen extraordinarily long considerations about nothing."
    assert marked(html, drop_cap=0, lead="roman") == html


def test_a_letter_is_let_in_only_where_there_are_lines_enough_beside_it() -> None:
    root = xhtml.parse("<p>Short, and then a table.</p>")
    mark_lead(root, TEXT)
    assert xhtml.serialize(root) == '<p><span class="lead">Short</span>, and then a table.</p>'
