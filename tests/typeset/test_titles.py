"""Titles are set as paragraphs are, with notes, links and references; and notes hold what text does."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.model import Part
from recto.notations import xhtml
from recto.problems import Place
from recto.typeset.plain_titles import plain_title
from tests import validators
from tests.building import build
from tests.reading import Epub, Pdf, squeezed
from tests.typeset_books import BookOf, found


def test_a_note_of_a_heading_is_the_first_of_its_section() -> None:
    text = "Boats.[^x]\n\n### Crane[^c]\n\nIt lifts.\n\n[^x]: Few.\n[^h]: Built in 1902.\n[^c]: Yellow.\n"
    galleys, problems = BookOf().chapter("1", "The Harbor[^h]", text).set()
    assert problems == ()
    (galley,) = galleys
    assert [heading.title for heading in galley.headings] == ["The Harbor", "Crane"]
    assert "noteref" in galley.headings[0].html and "noteref" not in galley.headings[1].html
    numbers = re.findall(r'href="#note-1-(\d)">(\d)</a>', galley.headings[0].html + galley.opening.html)
    assert numbers == [("1", "1"), ("2", "2"), ("3", "3")]
    notes = re.findall(r'<aside[^>]*id="note-1-(\d)"[^>]*>\s*<p[^>]*>([^<]*)', galley.opening.html)
    assert notes == [("1", "Built in 1902."), ("2", "Few."), ("3", "Yellow.")]
    assert "1902" not in galley.opening.text


def test_a_note_that_a_heading_calls_may_stand_anywhere_in_its_file() -> None:
    book = (
        BookOf()
        .chapter("1")
        .section("1.1", "Hemp[^h]", "x", 2)
        .section("1.2", "Knots", "y\n\n[^h]: Grown.", 9)
    )
    galleys, problems = book.set()
    assert problems == ()
    assert "Grown." in galleys[0].sections[0].html and "Grown." not in galleys[0].sections[1].html


def test_references_in_headings_have_their_words_everywhere() -> None:
    book = BookOf().chapter("1", "One").section("1.1", "More of [](#1.2)", "### See [](#1)\n\nx", 2)
    galleys, problems = book.section("1.2", "Knots", "x", 9).set()
    assert problems == ()
    assert [h.title for h in galleys[0].headings] == ["One", "More of section 1.2", "See chapter 1", "Knots"]
    assert 'href="#section-1-2"' in galleys[0].headings[1].html


def test_a_reference_to_nothing_in_a_heading_is_told_and_shown() -> None:
    galleys, problems = BookOf().chapter("1", "As in [](#9.9)", "x", 4).set()
    assert found(problems) == [("warning", "reference-missing", 4)]
    assert 'class="missing"' in galleys[0].headings[0].html
    assert galleys[0].headings[0].title == "As in #9.9"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("A<br>break", "A break"),
        ("Donau\u00addampf&shy;schiff", "Donaudampfschiff"),
        ("zero\u200bwidth and word\u2060joiner", "zerowidth and wordjoiner"),
        ("R&amp;D&nbsp;x", "R&D x"),
        ("E = mc^2^ and H~2~O", "E = mc2 and H2O"),
        ("`make -j` *with* [GNU](https://example.org)", "make -j with GNU"),
        ("Words{^mark} and [more]{^marks}", "Words and more"),
        ("Called^[in the line] here", "Called here"),
        ("Motion with $\\gamma > 0$", "Motion with γ>0"),
        ("On $E = mc^2$ and $x_{12}$", "On E=mc² and x₁₂"),
        ("Half: $\\frac12$", "Half: \\frac12"),
    ],
)
def test_the_plain_text_of_a_heading(typed: str, plain: str) -> None:
    galleys, _ = BookOf().chapter("1", "One").section("1.1", typed, f"### {typed}\n\nx", 2).set()
    assert [heading.title for heading in galleys[0].headings[1:]] == [plain, plain]


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=40))
def test_plain_text_is_one_line_of_words(text: str) -> None:
    heading = xhtml.element("h2", None, text)
    heading.append(xhtml.element("br"))
    call = xhtml.element("a", {"role": "doc-noteref", "href": "#n"}, "17")
    call.tail = text
    heading.append(call)
    said = plain_title(heading)
    assert said == " ".join(said.split())
    assert not set(said) & set("\n\u00ad\u200b\u2060")
    assert "17" not in said or "17" in text + text


@pytest.mark.parametrize("syntax", ["markdown", "text"])
def test_titles_of_book_toml_are_set_as_markdown(syntax: str) -> None:
    book = BookOf(syntax=syntax).chapter("1", "", "Words.")
    book.chapters[0] = replace(
        book.chapters[0], title="The *Titanic* and [](#1)",
        part=Part("I", "At *Sea*", "part-i"), place=Place("a.md", 1),
    )  # fmt: skip
    (galley,), problems = book.set()
    assert problems == ()
    assert galley.headings[0].title == "The Titanic and chapter 1"
    assert "<em>Titanic</em>" in galley.headings[0].html
    assert galley.part is not None
    assert (galley.part.heading.title, galley.part.heading.html) == ("At Sea", "At <em>Sea</em>")
    assert "Words." in galley.opening.html


def test_the_title_of_a_text_says_what_it_says() -> None:
    (galley,), _ = BookOf(syntax="text").chapter("1", "5 * 3 * 2 and _x_", "y").set()
    assert galley.headings[0].html == "5 * 3 * 2 and _x_"


def test_notes_in_notes_are_numbered_in_the_order_of_reading() -> None:
    text = "One.[^a] Two.[^c]\n\n[^a]: A.[^b]\n[^b]: B, see A.[^a]\n[^c]: C.\n"
    (galley,), problems = BookOf().chapter("1", "One", text).set()
    assert problems == ()
    notes = re.findall(r'id="note-1-(\d)"[^>]*>\s*<p[^>]*>(\w)', galley.opening.html)
    assert notes == [("1", "A"), ("2", "B"), ("3", "C")]


def test_a_chain_of_notes_may_be_twenty_long() -> None:
    chain = "".join(f"[^{n}]: Note.[^{n + 1}]\n" for n in range(19)) + "[^19]: Last.\n"
    (galley,), problems = BookOf().chapter("1", "One", f"x[^0]\n\n{chain}").set()
    assert problems == ()
    assert galley.opening.html.count("<aside") == 20


HEAVY = """\
# 1 Heavy *notes*[^h]

A list.[^l] Code.[^k] Words.[^d] A table.[^t] A quotation.[^q]

[^h]: Of the heading.

[^l]:
    3. Open the hatch.
    4. Look down:
        - to the left,
        - to the right.
    5. Close it.

[^k]: As follows:

    ```python
    def hatch(open_it):
        return not open_it
    ```

[^d]: Words:

    Eel
    :   A long fish.

[^t]: Sizes:

    | Size | Width |
    |------|------:|
    | S    |    10 |

[^q]:
    > Not once.

## 1.1 Section *one*[^s]

Text.

[^s]: Of the section.
"""


@pytest.mark.slow
def test_notes_hold_the_same_on_paper_as_in_the_e_book(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "a.md").write_text(HEAVY, encoding="utf-8")
    built = build(tmp_path / "book", tmp_path / "out", "--jobs", "1")
    assert built.exit_code == 0, built.errors
    assert [p["code"] for p in built.report["problems"]] == []
    assert validators.epubcheck(built.output(".epub")) == ()
    epub, pdf = Epub(built.output(".epub")), Pdf(built.output(".pdf"))
    documents = [root for _, root in epub.documents()]
    notes = [
        note for root in documents for note in root.iter("{*}aside") if "footnote" in note.get("class", "")
    ]
    assert [note.xpath("string(.//*[@class='note-number'])") for note in notes] == [
        f"{n}." for n in range(1, 8)
    ]
    assert all(len(note.xpath(".//*[@role='doc-backlink']")) == 1 for note in notes)
    assert not any(link for note in notes for link in note.xpath(".//*[local-name()='pre']//*[@role]"))
    page = pdf.page_text(6)
    for said in (
        "1. Of the heading.", "Open the hatch. Look down: to the left, to the right. Close it.",
        "3. As follows: def hatch(open_it): return not open_it", "4. Words: Eel A long fish.",
        "5. Sizes: Size Width S 10", "6. Not once. 7. Of the section.", "3. 4. • • 5.",
    ):  # fmt: skip
        assert squeezed(page).count(squeezed(said)) == 1, said
    characters = pdf.text[6].get_textpage()

    def left(words: str) -> float:
        return float(characters.get_charbox(characters.search(words).get_next()[0])[0])

    assert left("return not") - left("def hatch") > 10
    lines = [line.text for line in pdf.contents()][:2]
    assert [bool(re.search(r"(?:Heavy notes|Section one) ?1$", line)) for line in lines] == [True, True]
    with pdf.objects.open_outline() as outline:
        titles = [item.title for top in outline.root for item in (top, *top.children)]
    assert {"1 Heavy notes", "1.1 Section one"} <= set(titles)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("From *old* notes[^1]", "From <em>old</em> notes<a "),
        ("As in section [](#1)", 'As in section <a href="#chapter-1"'),
        ("src/__init__.py", "src/__init__.py</span>"),
        ("my_*_file", "my_*_file</span>"),
    ],
)
def test_the_title_of_a_listing_is_set_unless_it_is_the_name_of_a_file(title: str, shown: str) -> None:
    text = f'~~~python {{title="{title}"}}\nx = "*1*"\n~~~\n\nWords.[^1]\n\n[^1]: One.\n'
    (galley,), problems = BookOf().chapter("1", "One", text).set()
    assert problems == ()
    assert f'<span class="title">{shown}' in galley.opening.html
    assert '"*1*"' in xhtml.words(xhtml.parse(galley.opening.html))


def test_the_title_of_a_box_is_set() -> None:
    text = '!!! note "Of *old*[^1] and [](#1)"\n    Words.\n\n[^1]: One.\n'
    (galley,), problems = BookOf().chapter("1", "One", text).set()
    assert problems == ()
    assert "Of <em>old</em><a " in galley.opening.html and ">chapter 1</a>" in galley.opening.html
