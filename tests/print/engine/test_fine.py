"""Paragraphs are broken as a whole and brought to an even edge, and nothing of their text is lost by it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html import escape
from typing import Any
from unittest.mock import Mock

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.spaces import PageLines, PrintedLine, justified
from recto.model import LaidOut
from recto.print.engine.fine import long_texts, plan
from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run
from recto.print.paragraphs.breaking import break_lines
from tests.print_book import CSS, WORDS, assets, unit
from tests.reading import squeezed

FINE = "html { --paragraphs: fine 200 2 1 1 }"
QUICK = "html { --paragraphs: quick }"
CODE = "code { overflow-wrap: break-word; hyphens: manual } .nobr { white-space: nowrap }"
CALL = ".footnote::footnote-call { content: attr(data-number); vertical-align: super; font-size: 0.68em }"
LOOK = (
    f"{CODE} {CALL} html {{ font-size: 10pt; line-height: 13.5pt }} body {{ hyphenate-limit-chars: 6 3 3 }}"
)
TEXT = (
    "The river had been rising since the thaw, and nobody in the harbour believed that the old quay would"
    " hold another winter; but the lightermen, whose grandfathers had driven its piles, went on loading as if"
    " the water were none of their business. Considerable quantities of timber lay there, marked for London,"
    " and the responsible superintendent had counted them twice. “Extraordinary,” he said, “how everything in"
    " this place is either too early or too late.” Towards evening the wind went round to the north-west, as"
    " it usually did, and the warehouses along the embankment stood out against an unbelievably yellow sky. "
)


def sheet(width: float) -> str:
    return f"@page {{ size: {width + 40}pt 500pt; margin: 20pt }}"


def lay_out(body: str, asked: str = FINE, width: float = 309.7) -> LaidOut:
    return run(LayoutJob(unit("a", body), (CSS, LOOK, asked, sheet(width)), assets()))


def lines_of(laid: LaidOut, block: str, text: str) -> list[str]:
    """The lines of a block, whose text is known, without spaces and hyphens that were added."""
    letters = "".join(text.split())
    starts = [passed for page in laid.pages for found, passed, _ in page.lines if found == block]
    return [letters[start:end] for start, end in zip(starts, [*starts[1:], len(letters)], strict=True)]


@cache
def set_lines(asked: str, width: float) -> tuple[PrintedLine, ...]:
    """The justified lines of some paragraphs as they stand in the PDF."""
    body = "".join(f"<p>{TEXT[at * 7 % 60 :]} {TEXT}</p>" for at in range(24))
    return tuple(justified(io.BytesIO(lay_out(body, asked, width).pdf)))


def test_word_spaces_are_even() -> None:
    fine, quick = ([line.ratio for line in set_lines(asked, 309.7)] for asked in (FINE, QUICK))
    assert len(fine) > 200
    assert sum(fine) / len(fine) <= 1.1 < sum(quick) / len(quick)
    assert sum(ratio > 1.5 for ratio in fine) <= 0.03 * len(fine)
    assert max(fine) < 2
    assert min(fine) > 0.74


@pytest.mark.parametrize("width", [120.0, 180.0, 309.7])
def test_no_space_is_three_times_as_wide_in_narrow_columns_either(width: float) -> None:
    assert max(line.ratio for line in set_lines(FINE, width)) <= 3.05


def test_the_edge_is_straight_but_for_what_hangs_in_the_margin() -> None:
    plain = set_lines("html { --paragraphs: fine 200 2 1 0 }", 309.7)
    assert max(line.right for line in plain) - min(line.right for line in plain) < 0.6
    hung = set_lines(FINE, 309.7)
    edge = 20 + 309.7
    letters = [line.right for line in hung if line.last in "nmhdlui"]
    assert letters
    assert all(abs(right - edge) < 0.4 for right in letters)
    marks = [line.right - edge for line in hung if line.last in ".,-‐"]
    assert marks
    assert all(0.8 < over < 4 for over in marks)


def test_glyphs_are_scaled_by_two_hundredths_at_most() -> None:
    laid = lay_out(f"<p>{TEXT * 3}</p>")
    document = pypdfium2.PdfDocument(laid.pdf)
    assert squeezed(TEXT) in squeezed(document[0].get_textpage().get_text_range())
    scales = [float(found) for found in re.findall(rb"([\d.]+) Tz", streams(laid.pdf))]
    assert len(set(scales)) > 5
    assert all(98 <= scale <= 102 for scale in scales)


def streams(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as book:
        return b"\n".join(page.Contents.read_bytes() for page in book.pages)


# --- what holds together ----------------------------------------------------------------------------------


def test_the_call_of_a_note_never_begins_a_line() -> None:
    words = [f"{word}{'—!'[at % 2]}" for at, word in enumerate(TEXT.split())]
    noted = "".join(f'{word}<span class="footnote" data-number="8">N.</span> ' for word in words)
    for width in (180.0, 220.0, 260.0, 300.0):
        laid = lay_out(f"<p>{noted}</p>", width=width)
        with pikepdf.open(io.BytesIO(laid.pdf)) as book:
            lines = [line for page in book.pages for line in PageLines(page).lines.values()]
        calls = [line for line in lines if set(line.sizes) == {6.8}]
        assert len(calls) > 5
        assert all(line.left > 24 for line in calls), width


@pytest.mark.parametrize("held", ["5 km", "p. 12", "well — then", "J. S. Bach", "No. 7"])
def test_what_belongs_together_is_not_parted(held: str) -> None:
    first, _, rest = held.partition(" ")
    for start in range(0, 60, 3):
        text = f"{TEXT[start:]} {held} {TEXT}"
        laid = lay_out(f'<p data-b="p">{escape(text)}</p>', width=200)
        squeezed_text = "".join(text.split())
        parted = squeezed_text.index("".join(held.split())) + len(first)
        passed = {offset for page in laid.pages for _, offset, _ in page.lines}
        assert parted not in passed, (start, rest)


def test_code_is_divided_where_a_reader_would_and_without_a_hyphen() -> None:
    code = "settings.print_paragraphs.tolerance_of_lines/within_the_limits"
    for start in range(0, 60, 4):
        text = TEXT[start:140]
        laid = lay_out(f'<p data-b="p">{escape(text)} <code>{code}</code> end.</p>', width=190)
        made = lines_of(laid, "p", f"{text} {code} end.")
        ends = [line[-1] for line in made if line[-8:] in code]
        assert set(ends) <= set("._/"), made
        assert "‐" not in "".join(page.text for page in laid.pages)


def test_a_word_too_long_for_the_column_leaves_its_neighbours_as_they_are() -> None:
    word = "w" * 70
    for width in (150.0, 309.7):
        laid = lay_out(f"<p>{TEXT} {word} {TEXT}</p><p>{TEXT}</p>", width=width)
        assert squeezed(f"{TEXT}{word}{TEXT}{TEXT}") == squeezed("".join(page.text for page in laid.pages))


def test_no_three_lines_below_each_other_end_in_hyphens_and_no_paragraph_in_a_scrap() -> None:
    long = "internationalization responsibilities characteristically incomprehensibilities communication "
    for start in range(0, 60, 6):
        text = " ".join((TEXT[start:], long * 3, "so be it."))
        laid = lay_out(f'<p data-b="p" lang="en">{escape(text)}</p>', width=170)
        made = lines_of(laid, "p", text)
        words, offset, bounds = text.split(), 0, set()
        for word in words:
            offset += len(word)
            bounds.add(offset)
        ends, at = [], 0
        for line in made:
            at += len(line)
            ends.append(at not in bounds)
        assert "111" not in "".join("01"[end] for end in ends)
        assert sum(map(str.isalnum, made[-1])) >= 5


def test_signs_count_for_letters_in_a_last_line_and_stops_do_not() -> None:
    text = "— Non, répondit-il. M. Dupont, p. 12, né en 1848, habite au n{} 7."
    lasts = [
        lines_of(lay_out(f'<p data-b="p">{text.format(sign)}</p>', width=260), "p", text.format(sign))[-1]
        for sign in "°."
    ]
    assert lasts == ["aun°7.", "habiteaun.7."]


# --- nothing is lost --------------------------------------------------------------------------------------

plain = st.sampled_from(("oar", "a", "well-known", "internationalization", "“Why", "not?”", "1 000", "– and"))
odd = st.sampled_from(("日本語の組版", "αβγ", "→", "soft\u00adly", "e\u0301te", "no\u00a0break", "www" * 9))
words = st.lists(st.one_of(plain, plain, odd), min_size=1, max_size=12).map(" ".join)
marked = st.builds(
    lambda name, text, space: f"<{name}>{escape(text)}</{name}>{space}",
    st.sampled_from(
        ("em", "b", "code", "a href='#x'", "sup", "span class='nobr'", "span style='padding:0 2pt'")
    ),
    words,
    st.sampled_from(("", " ")),
).map(lambda made: re.sub(r"</(\w+) [^>]*>", r"</\1>", made))
other = st.sampled_from(
    ("<br>", " ", '<span class="footnote" data-number="8">Note.</span>', "<i></i>", "<b> </b>")
)
BODY = st.lists(st.one_of(words.map(escape), marked, other), min_size=1, max_size=14).map("".join)


def text_of(html: str) -> str:
    without = re.sub(r'<span class="footnote".*?</span>', "", html)
    return re.sub("<[^>]*>", "", without).replace("&#x27;", "'").replace("&amp;", "&")


@given(st.lists(BODY, min_size=1, max_size=3), st.sampled_from((60.0, 110.0, 200.0, 309.7)))
@settings(max_examples=60)
def test_every_letter_is_there_whatever_stands_in_a_paragraph(bodies: list[str], width: float) -> None:
    laid = lay_out("".join(f"<p>{body}</p>" for body in bodies) + "<p>ends.</p>", width=width)
    found = squeezed("".join(page.text for page in laid.pages))
    assert found == squeezed("".join(map(text_of, bodies)) + "ends.")


@given(st.lists(BODY, min_size=1, max_size=3), st.sampled_from((110.0, 309.7)))
@settings(max_examples=40)
def test_quick_paragraphs_are_broken_as_the_plain_engine_breaks_them(
    presses: Callable[..., list[Any]], bodies: list[str], width: float
) -> None:
    body = "".join(f"<p>{each}</p>" for each in bodies)
    spared, plain = presses(body, f"{LOOK} {sheet(width)} {QUICK}")
    assert spared == plain


def test_a_paragraph_goes_on_overleaf_as_it_was_broken() -> None:
    whole = lay_out(f'<p data-b="p">{TEXT * 2}</p>')
    short = "@page { size: 349.7pt 120pt; margin: 20pt }"
    parts = run(LayoutJob(unit("a", f'<p data-b="p">{TEXT * 2}</p>'), (CSS, LOOK, FINE, short), assets()))
    assert len(parts.pages) > 2
    turned = lines_of(parts, "p", TEXT * 2)
    assert len(turned) == len(lines_of(whole, "p", TEXT * 2))


def test_only_what_differs_is_broken_again_where_a_text_is_set_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """At another depth of its pages, or after an edit; whatever its paragraphs are in."""
    breaking = Mock(wraps=break_lines)
    monkeypatch.setattr(plan, "break_lines", breaking)
    first, second = f"Once. {TEXT}", f"Twice. {TEXT}"
    sheets = (CSS, LOOK, FINE, sheet(301.3), "@page deep { size: 341.3pt 600pt }")
    job = LayoutJob(unit("a", f"<p>{first}</p><ul><li>{second}</li></ul>"), sheets, assets())

    def times(job: LayoutJob) -> int:
        breaking.reset_mock()
        run(job)
        return breaking.call_count

    assert times(job) == 2
    assert times(replace(job, style="page: deep")) == 0
    edited = unit("a", f"<p>{first}</p><ul><li>{second} Edited.</li></ul>")
    assert times(replace(job, unit=edited)) == 1
    assert times(replace(job, sheets=(*sheets, "html { --paragraphs: fine 300 2 1 1 }"))) == 2


def test_the_same_paragraph_is_cut_in_its_own_texts() -> None:
    body = f"<p>{TEXT}</p><p>{TEXT.replace('harbour', '<i>harbour</i>')}</p><p>{TEXT}</p>"
    found = squeezed("".join(page.text for page in lay_out(body, width=222.2).pages))
    assert found == squeezed(TEXT * 3)


HEBREW = (
    "הסירות עוגנות כאן ליד <b>המזח הישן והארוך</b> והמנוף מרים ארבעים טונות בכל <i>יום</i> וכל אחד מן הספנים "
)
LET_IN = '<span style="float: left; font-size: 40pt; height: 40.5pt; line-height: 40.5pt">T</span>'
AT_THE_RIGHT = '<div style="float: right; width: 50pt; height: 60pt"></div>'


@pytest.mark.parametrize(
    ("before", "within", "left", "right"), [("", LET_IN, 24.0, 0.0), (AT_THE_RIGHT, "", 0.0, 50.0)]
)
def test_lines_beside_a_float_are_as_even_as_those_below(
    before: str, within: str, left: float, right: float
) -> None:
    body = f"{before}<p>{within}{TEXT * 2}</p>"
    beside, below = lines_beside(body, FINE)
    assert all(abs(line.left - 20 - left) < 5 and abs(240 - line.right - right) < 5 for line in beside)
    assert all(abs(line.left - 20) < 5 and abs(line.right - 240) < 5 for line in below)
    quick, _ = lines_beside(body, QUICK)
    assert max(line.ratio for line in beside) < max(line.ratio for line in quick)


def lines_beside(body: str, asked: str) -> tuple[list[PrintedLine], list[PrintedLine]]:
    """The first two lines of a paragraph, and those below what stands beside them."""
    laid = lay_out(body, asked, 220)
    assert squeezed(TEXT * 2) in squeezed(laid.pages[0].text)
    with pikepdf.open(io.BytesIO(laid.pdf)) as book:
        by_place = PageLines(book.pages[0]).lines
    lines = [line for _, line in sorted(by_place.items(), reverse=True)]
    return lines[:2], lines[5:-1]


@pytest.mark.parametrize(
    ("text", "gain"), [((TEXT * 2).strip(), 0.05), ((HEBREW * 4).strip(), 0.0)], ids=["latin", "hebrew"]
)
def test_lines_from_right_to_left_are_as_even_as_spaces_alone_make_them(text: str, gain: float) -> None:
    body, means = f'<p dir="rtl">{text}</p><p></p>', {}
    for asked in (FINE, QUICK):
        laid = lay_out(body, asked, 220)
        shown = re.sub("<[^>]*>", "", text)
        assert sorted(squeezed(laid.pages[0].text)) == sorted(squeezed(shown)) and not laid.pages[0].overruns
        with pikepdf.open(io.BytesIO(laid.pdf)) as book:
            by_place = PageLines(book.pages[0]).lines
        *lines, last = [line for _, line in sorted(by_place.items(), reverse=True)]
        assert all(abs(line.left - 20) < 2 and abs(line.right - 240) < 2 for line in lines)
        assert abs(last.right - 240) < 2
        means[asked] = sum(line.ratio for line in lines) / len(lines)
        assert b" Tz" not in streams(laid.pdf)
    assert means[FINE] <= means[QUICK] - gain


def test_what_floats_further_on_or_runs_the_other_way_is_left_to_the_engine() -> None:
    amid = f"<p>{TEXT[:90]}{LET_IN}{TEXT[90:]}</p>"
    narrow = f'<div style="float: left; width: 270pt; height: 90pt"></div><p>{LET_IN}{TEXT}</p>'
    hebrew = f"<p>שלום עולם {WORDS}</p>"
    english = f'<p dir="rtl">{HEBREW}<span dir="ltr" style="direction: ltr">{WORDS}</span></p>'
    for body in (amid, narrow, hebrew, english):
        assert lay_out(body).pages == lay_out(body, QUICK).pages


def test_a_line_may_not_end_before_the_first_letter_after_a_picture() -> None:
    wide = '<span style="display: inline-block; width: 309pt; height: 9pt"></span>'
    laid = lay_out(f'<p data-b="1">{wide}^version-history</p>')
    assert "".join(lines_of(laid, "1", "^version-history")) == "^version-history"


def test_tolerance_expansion_and_letterspacing_are_what_is_asked_for() -> None:
    without = lay_out(f"<p>{TEXT * 2}</p>", "html { --paragraphs: fine 200 0 0 1 }", 150)
    assert b" Tz" not in streams(without.pdf)
    assert b" Tc" not in streams(without.pdf)
    assert b" Tc" in streams(lay_out(f"<p>{TEXT * 2}</p>", "html { --paragraphs: fine 200 0 3 1 }", 150).pdf)
    strict, lax = (set_lines(f"html {{ --paragraphs: fine {n} 0 0 0 }}", 309.7) for n in (20, 10_000))
    assert sum(line.ratio for line in strict) / len(strict) < sum(line.ratio for line in lax) / len(lax)
    assert sum(line.last == "‐" for line in strict) > sum(line.last == "‐" for line in lax)


@pytest.mark.parametrize(
    "asked", ["--paragraphs: fine", "--paragraphs: fine 1 2", "--paragraphs: coarse 1 1 1 1"]
)
def test_what_is_not_understood_is_quick(asked: str) -> None:
    body = f"<p>{TEXT}</p>"
    assert lay_out(body, f"html {{ {asked} }}").pdf == lay_out(body, QUICK).pdf


def test_one_place_may_ask_for_something_else() -> None:
    css = f"{FINE} .letter {{ --paragraphs: quick }}"
    body = f'<p>{TEXT}</p><div class="letter"><p data-b="q">{TEXT}</p></div>'
    quick = lay_out(f'<div class="letter"><p data-b="q">{TEXT}</p></div>', QUICK)
    assert lines_of(lay_out(body, css), "q", TEXT) == lines_of(quick, "q", TEXT)
    assert lines_of(lay_out(f'<p data-b="q">{TEXT}</p>'), "q", TEXT) != lines_of(quick, "q", TEXT)


def test_a_drawing_in_a_line_stands_in_it() -> None:
    """A formula is one: nobody has told its measures by the time that the paragraph is read."""
    size = "width: 2em; height: 1em; vertical-align: -0.2em"
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10" style="{size}"><title>x</title></svg>'
    )
    laid = lay_out(f'<p data-b="u:1">{TEXT} {drawing} {TEXT}</p>')
    assert laid.messages == ()
    assert "".join(page.text for page in laid.pages).count("lightermen") == 2


@pytest.mark.parametrize("asked", [FINE, QUICK, ""])
def test_a_long_text_is_laid_out_as_if_it_were_not_divided(
    asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = f'<p data-b="1">{TEXT * 4}<em>{TEXT * 3}</em> {TEXT}</p><p>{"ßolid" * 60} {TEXT}</p>'
    whole = lay_out(body, asked)
    monkeypatch.setattr(long_texts, "LONGEST", 60)
    divided = lay_out(body, asked)
    assert [page.text for page in divided.pages] == [page.text for page in whole.pages]
    assert [page.lines for page in divided.pages] == [page.lines for page in whole.pages]
    assert len(whole.pages) > 1
