"""For each guard of the sparing a document that needs it: without the guard a page would come out otherwise.

`python -m bench.mutants` takes the guards out, one by one, and sees a test fail for each.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.print.engine.conftest import PAGE
from tests.print_book import WORDS

LONG = f"{WORDS} " * 6
SCRIPTS = "αβγ да 日本語 שלום e\u0301t "
SPACES = "10\u2009km, a\u200bb, c\u2060d, e\u0301, \u2003f\u00a0 g. "
SYLLABLES = "mit\u00adein\u00adan\u00adder ge\u00adtrennt "
TWO = f'<div class="two">{LONG}</div>'
SPANNING = f'<div class="two"><p>{WORDS}</p><p class="all">{WORDS}</p><p>{LONG}</p></div>'
NOTE = '<i class="note">A note.</i>'
SHEET = ".two { columns: 2; column-gap: 1em } .note { float: footnote } "

# what the guard asks for: the document, and the sheet that it needs beside SHEET
DOCUMENTS = {
    "columns below a note": (f"<p>One.{NOTE}</p>{TWO}", ""),
    "columns with a note": (f'<div class="two"><p>{WORDS}{NOTE}</p><p>{LONG}</p></div>', ""),
    "columns beside a float": (f'<p class="side">Beside.</p>{TWO}', ".side { float: left; height: 1in }"),
    "columns with a height": (TWO, ".two { height: 0.5in }"),
    "columns with a least height": (f"{TWO}<p>After.</p>", ".two { min-height: 3in; border: 1pt solid }"),
    "columns of a width": (TWO, ".two { columns: 1in auto }"),
    "columns that things are placed in": (
        f'<div class="two"><b class="in">In</b> {LONG}</div>',
        ".two { position: relative; margin-left: 2em } .in { position: absolute; left: 9pt }",
    ),
    "columns from right to left": (TWO, ".two { direction: rtl }"),
    "columns with a heading across": (SPANNING, ".all { column-span: all }"),
    "columns with a gap of their own": (TWO, ".two { column-gap: normal }"),
    "columns with nothing in them": (f'<p>One.</p><div class="two"></div><p>{LONG}</p>', ""),
    "columns that a float reaches into": (
        f'<p>One.</p><p class="side">Beside.</p><div class="two"><p class="clear">{LONG}</p></div>',
        ".side { float: right; width: 1in; height: 1in } .clear { clear: right }",
    ),
    "columns with a float": (
        f'<div class="two"><p class="side">Beside.</p>{LONG}</div>',
        ".side { float: left; width: 0.4in; height: 0.6in }",
    ),
    "a note over two pages": (
        f'<p>One.<i class="note">{LONG}</i></p><p>{WORDS}</p>',
        "@page { @footnote { background: linear-gradient(red, blue) 0 0 / 30% 1pt no-repeat } }",
    ),
    "columns that end": (f'<div class="two">{WORDS}</div><p>{LONG}</p>', ""),
    "letters spaced": (f"<p>{LONG}</p>", "p { letter-spacing: 0.5pt }"),
    "words spaced": (f"<p>{LONG}</p>", "p { word-spacing: 2pt }"),
    "words underlined": (f"<p>{LONG}</p>", "p { text-decoration: underline }"),
    "space kept": (f"<p>{LONG}</p>", "p { white-space: pre-wrap }"),
    "space kept in lines": ("<p>One two.\nThree four.</p>", "p { white-space: pre-line }"),
    "an address that is wider where it is divided": (
        "<p>a a the http://example.org/a/long/path-of-it a <b>stroke</b> a a"
        " http://example.org/a/long/path-of-it</p>",
        "",
    ),
    "soft hyphens": (f"<p>{SYLLABLES * 9}</p>", "p { width: 4em; hyphens: manual }"),
    "two spaces": (f"<p>{'one  two  ' * 20}</p>", "p { width: 5em; white-space: normal }"),
    "letters of other scripts": (f"<p>{SCRIPTS * 9}</p>", "p { width: 9em }"),
    "from right to left": (f"<p>{LONG}</p>", "p { direction: rtl }"),
    "type of no size": (
        f"<p>{LONG}</p><p><b>{LONG}</b> two</p>",
        "p { font-size: 0 } b { font-size: 0.05px }",
    ),
    "lines that are too long": (
        f"<p>{LONG}</p>",
        "p { white-space: nowrap; text-align: justify; text-align-last: justify }",
    ),
    "odd spaces": (
        "<p>" + "10\u2009km, a\u200bb, c\u2060d, e\u0301, \u2003f\u00a0 g. " * 9 + "</p>",
        "p { width: 6em }",
    ),
    "a column of no width": ("<p>One two three.</p>", "p { width: 0 }"),
    "a note of an element's own": ('<p>One<i style="float: footnote">Two</i>.</p>', ""),
    "a note by its class": (f"<p>One{NOTE}.</p>", ""),
    "a note by its name": ("<p>One<b>Two</b>.</p>", "b { float: footnote }"),
    "a note by its id": ('<p>One<b id="b">Two</b>.</p>', "#b { float: footnote }"),
    "a note by an attribute": ('<p>One<b title="b">Two</b>.</p>', "[title] { float: footnote }"),
    "a note by a variable": ("<p>One<b>Two</b>.</p>", ":root { --n: footnote } b { float: var(--n) }"),
    "an item of an element's own": ('<p style="display: list-item">One.</p>', ""),
    "an item by its class": ('<p class="i">One.</p>', ".i { display: list-item }"),
    "an item by its name": ("<h2>One.</h2>", "h2 { display: list-item; margin-left: 2em }"),
    "an item by a variable": (
        "<p>One.</p>",
        ":root { --i: list-item } p { display: var(--i); margin-left: 2em; list-style: lower-roman;"
        " text-transform: uppercase }",
    ),
    "a shadow": ("<p>One.</p>", "p { box-shadow: 2pt 2pt 0 #888 }"),
    "a border of a picture": (
        "<p>One.</p>",
        "p { border: 3pt solid; border-image: linear-gradient(red, blue) 1 }",
    ),
    "round corners": ("<p>One.</p>", "p { border: 2pt solid; border-radius: 5pt }"),
    "one round corner": ("<p>One.</p>", "p { border: 2pt solid; border-bottom-left-radius: 5pt }"),
    "a ground": ("<p>One.</p>", "p { background: #ddd }"),
    "a ground in the colour of the text": ("<p>One.</p>", "p { color: #ddd; background: currentcolor }"),
    "a picture as ground": ("<p>One.</p>", "p { background: linear-gradient(red, blue) }"),
    "hidden words": ("<p>One <b>two</b> three.</p>", "b { visibility: hidden }"),
    "words cut off": (
        f"<p>{LONG}</p>",
        "p { overflow: hidden; white-space: nowrap; text-overflow: ellipsis }",
    ),
    "tables alike": (
        "".join(f'<table id="t{at}"><caption>A</caption><tr><td>{at}</td></tr></table>' for at in range(3)),
        "table { border: 1pt solid; margin-left: 10%; position: relative; top: 2pt } td { padding: 2pt }",
    ),
    "tables with borders in common": (
        "<table><tr><td>One</td><td class='w'>Two</td></tr></table>" * 2,
        "table { border-collapse: collapse } td { border: 1pt solid } .w { border: 6pt solid }",
    ),
    "the heavier margin": (
        '<div><p class="a">One.</p><p class="a b">Two.</p></div>',
        ".a, .a.a.a.b { margin-left: 3em } .a.a { margin-inline-start: 1em }",
    ),
    "a logical margin": (
        '<p>One.</p><p dir="rtl">Two.</p>',
        "p { margin-inline-start: 3em } [dir] { direction: rtl }",
    ),
    "cells with other borders than their neighbours": (
        "<table><tr><td>One</td><td class='w'>Two</td><td>Three</td></tr></table>",
        "table { border-collapse: collapse } td { border: 1pt solid } .w { border: 6pt solid }",
    ),
    "parts of boxes of many widths": (
        '<div class="side"><p>One.</p></div><div class="side"><p>One and two.</p></div>',
        ".side { float: left } p { margin-left: 20% }",
    ),
    "a float of no height": ("<p><i>One.</i>Two.</p>", "i { float: left; height: 0 }"),
    "what goes beyond the page": ("<p>One.</p>", "body { overflow: hidden } p { margin-left: -0.4in }"),
    "items that bend": (
        '<div class="f"><p>One</p><p>Two, which is longer</p></div>' * 2,
        ".f { display: flex } p { flex: 1 1 20%; border: 1pt solid; width: 50% }",
    ),
    "items as wide as their tracks": (
        '<div class="g"><p>One</p><p>Two, which is longer</p></div>',
        ".g { display: grid; grid-template-columns: 1fr 2fr } p { border: 1pt solid }",
    ),
    "items in a grid": (
        '<div class="g"><p>One</p><p>Two, which is longer</p></div>' * 2,
        ".g { display: grid; grid-template-columns: 1fr 2fr } p { border: 1pt solid; width: 50% }",
    ),
    "lines beside a float": (f'<p class="side">Beside.</p><p>{LONG}</p>', ".side { float: left }"),
    "lines below another width": (f'<p class="w">{WORDS}</p><p>{WORDS}</p>', ".w { width: 60% }"),
    "a folio": ("<p>One.</p>", "@page { @bottom-center { content: counter(page) } }"),
    "a running head": (
        '<h1>Head</h1><p class="run">Running</p><p>One.</p>',
        ".run { position: running(r) } @page { @top-left { content: element(r) } }",
    ),
    "a ground of the page": ("<p>One.</p>", "html { font-size: 9pt } body { background: #eee; color: #333 }"),
    "a mask": ("<p>One.</p>", "p { background: #ddd; mask-border: linear-gradient(red, blue) 1 }"),
    "lines cut off": (
        f"<p>{LONG}</p>",
        "p { text-align: left; max-lines: 2; block-ellipsis: auto; continue: discard }",
    ),
    "a mask without a ground": (
        "<p>One.</p>",
        "p { border: 3pt solid; mask-border: linear-gradient(white, #888) 1 }",
    ),
    "first lines of other type": (
        f"<p><b>One</b> {LONG}<b>two</b> {WORDS}</p>",
        "p::first-line { font-size: 200%; line-height: 2 }",
    ),
    "first lines": (
        f"<p>{LONG}</p>",
        "p::first-line { font-weight: 600 } p::first-letter { font-size: 2em }",
    ),
    "pages of their own": (
        f'<p>One.</p><p class="own">{LONG}</p>',
        "@page own { margin: 0.4in } .own { page: own }",
    ),
    "wide pages": (f"<p>{LONG}</p>", "@page { padding: 10%; border: 5pt solid } @page :left { padding: 5% }"),
    "capitals": (f"<p>{LONG}</p>", "p { font-variant-caps: small-caps }"),
    "kept hyphens": (
        f"<p>{LONG}</p>",
        "p { width: 8em; hyphenate-limit-zone: 20%; hyphenate-limit-chars: 8 4 4; hyphenate-character: '=' }",
    ),
    "another language": (f'<p lang="de">{LONG}</p><p>{LONG}</p>', "p { width: 8em }"),
}


@pytest.mark.parametrize("named", DOCUMENTS)
def test_what_a_guard_asks_for_is_set_as_the_plain_engine_sets_it(
    presses: Callable[[str, str], list[Any]], named: str
) -> None:
    body, sheet = DOCUMENTS[named]
    for _ in "12":  # what is kept of a document is there for the next one
        spared, plain = presses(body, f"{PAGE} {SHEET} {sheet}")
        assert plain[1], f"the engine can't set this: {plain[0]}"
        assert spared == plain


def test_parts_of_the_first_page_are_those_of_a_documents_own(
    presses: Callable[[str, str], list[Any]],
) -> None:
    sheet = "@page big { size: 6in 6in } .big { page: big } div p { padding-left: 20vw }"
    for body in ("<div><p>One.</p></div>", '<p class="big">Big.</p><div><p>One.</p></div>'):
        spared, plain = presses(body, f"{PAGE} {sheet}")
        assert plain[1]
        assert spared == plain
