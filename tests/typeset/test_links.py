"""Links as people write them: by slug, by file, to the web; each leads to its place or is told."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.ids import github_slug
from recto.typeset.placing.addresses import encoded, is_whole
from tests.collating import write
from tests.typeset_books import BookOf, found


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("The Details", "the-details"),
        ("What's new in 2.0?", "whats-new-in-20"),
        ("A heading with `code`", "a-heading-with-code"),
        ("snake_case and kebab-case", "snake_case-and-kebab-case"),
        ("Über das Öl", "über-das-öl"),
        ("C++ & C#", "c--c"),
        ("हिन्दी में", "हिन्दी-में"),
        ("  Padded  ", "padded"),
    ],
)
def test_a_heading_is_named_as_github_names_it(title: str, slug: str) -> None:
    assert github_slug(title) == slug


def _led(book: BookOf, words: str) -> str:
    """The href of the link of these words, in the first section that has it."""
    galleys, problems = book.set()
    assert [problem for problem in problems if problem.code == "reference-missing"] == []
    html = "".join(section.html for galley in galleys for section in galley.all_sections)
    before = html[: html.index(f">{words}</a>")]
    return before.rpartition('href="')[2].partition('"')[0]


TWO = "### The Details\n\nx\n\n### The Details\n\nx\n\n### The *Details* {#named}\n\nx\n"


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ("the-details", "section-1-1--the-details"),
        ("the-details-1", "section-1-1--the-details-2"),
        ("the-details-2", "named"),
        ("named", "named"),
        ("user-content-named", "named"),  # as GitHub has it in its pages
        ("The-Details", "section-1-1--the-details"),
        ("12-bends-and-knots", "section-1-2"),
        ("bends-and-knots", "section-1-2"),
        ("chapter-1-ropes", "chapter-1"),
        ("1.2", "section-1-2"),
        ("", "chapter-1"),
    ],
)
def test_a_link_finds_the_heading_by_its_slug(target: str, place: str) -> None:
    book = BookOf().chapter("1", "Ropes").section("1.1", "Hemp", f"[there](#{target})\n\n{TWO}", 2)
    book.section("1.2", "Bends and Knots", "x", 20)
    assert _led(book, "there") == f"#{place}"


@pytest.mark.parametrize("target", ["i̇simler", "isimler", "İsimler"])
def test_a_heading_with_a_turkish_letter_is_found(target: str) -> None:
    book = BookOf().chapter("1", "Ipler").section("1.1", "Urgan", f"[bak](#{target})\n\n### İsimler\n\nx", 2)
    assert _led(book, "bak") == "#section-1-1--isimler"


def test_references_of_latex_show_the_number_and_autoref_its_name() -> None:
    book = BookOf().chapter("1", "Ropes")
    book.section("1.1", "A", "$$a$$ {#eq:x}\n\n\\ref{eq:x}, \\eqref{eq:x}, \\autoref{eq:x}, `\\ref{eq:x}`", 2)
    (galley,), problems = book.set()
    assert problems == ()
    shown = re.findall(r'<a href="#eq:x"[^>]*>([^<]*)</a>', galley.sections[0].html)
    assert shown == ["1.1", "1.1", "equation 1.1"]
    assert ">(<a " in galley.sections[0].html
    assert "<code>\\ref{eq:x}</code>" in galley.sections[0].html


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_are_the_same_however_they_are_composed(form: str) -> None:
    text = unicodedata.normalize(form, "[a](#öl) [b](#küche) [c](#k%C3%BCche)\n\n### Öl\n\nx\n")
    book = BookOf().chapter("1").section("1.1", "A", text, 2)
    other = unicodedata.normalize("NFD" if form == "NFC" else "NFC", "### Mehr {#küche}\n\nx\n")
    book.section("1.2", "B", other, 20)
    assert [_led(book, words) for words in "abc"] == ["#section-1-1--öl", "#küche", "#küche"]


def test_index_headings_are_the_same_however_they_are_composed() -> None:
    galleys, _ = BookOf().chapter("1").section("1.1", "A", "x{^cafe\u0301} y{^caf\u00e9}", 2).set()
    assert [mark.terms for mark in galleys[0].marks] == [("caf\u00e9",), ("caf\u00e9",)]


@pytest.mark.parametrize(
    ("href", "place"),
    [
        ("b.md", "two"),
        ("b.md#a-heading", "two--a-heading"),
        ("./b.md#A-Heading", "two--a-heading"),
        ("b.html", "two"),
        ("b.html#same", "two--same"),
        ("b#same", "two--same"),
        ("/b.md", "two"),
        ("sub/", "three"),
        ("sub/README.md#same", "three--same"),
        ("sub/index.html#same", "three--same"),
        ("caf%C3%A9.md", "four"),
        ("#same", "one--same"),
        ("#only-there", "three--only-there"),
        ("a.md#fixed", "fixed"),
    ],
)
def test_a_link_to_a_file_finds_what_stands_in_it(tmp_path: Path, href: str, place: str) -> None:
    files = {
        "a.md": f"# 1 One {{#one}}\n\n[there]({href})\n\n### Same\n\nx\n\n### Fixed {{#fixed}}\n\nx\n",
        "b.md": "# 2 Two {#two}\n\nx\n\n### A `heading`\n\nx\n\n### Same\n\nx\n",
        "sub/README.md": "# 3 Three {#three}\n\nx\n\n### Same\n\nx\n\n### Only there\n\nx\n",
        "cafe\u0301.md": "# 4 Four {#four}\n\nx\n",
    }
    from recto.collate import collate
    from recto.gather import gather
    from recto.settings.config import Config
    from recto.typeset import typeset

    manuscript, _ = gather(write(tmp_path, files), Config())
    book, _ = collate(manuscript, Config())
    galleys, problems = typeset(book, manuscript, Config())
    assert [problem.message for problem in problems] == []
    assert f'href="#{place}"' in galleys[0].opening.html


def test_a_link_by_a_name_that_nothing_defines_is_told() -> None:
    text = "One [ok][yes] and\n[words *set*][nope], rows[1][2], `[a][b]`.\n\n[yes]: https://example.org/\n"
    galleys, problems = BookOf().chapter("1").section("1.1", "A", text, 2).set()
    assert [(p.severity, p.code) for p in problems] == [("warning", "reference-missing")]
    assert "[nope]" in problems[0].message and problems[0].place.line == 3
    assert "[nope]" in galleys[0].sections[0].html


def test_a_link_to_the_web_without_words_shows_its_address() -> None:
    book = (
        BookOf()
        .chapter("1")
        .section("1.1", "A", "One.\n\n[](https://example.org/x) and [ ](mailto:a@b.c)", 2)
    )
    galleys, problems = book.set()
    assert found(problems) == [("warning", "link-wordless", 5), ("warning", "link-wordless", 5)]
    assert ">https://example.org/x</a>" in galleys[0].sections[0].html


def test_a_link_without_a_scheme_leads_to_the_web() -> None:
    galleys, problems = BookOf().chapter("1").section("1.1", "Oars", "See [oars](//example.org/x).").set()
    assert problems == ()
    assert 'href="https://example.org/x"' in galleys[0].sections[0].html


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/{x}|y", "https://example.org/%7Bx%7D%7Cy"),
        ("https://example.org/a%20b?c=d&e=%", "https://example.org/a%20b?c=d&e=%25"),
        ("https://[2001:db8::1]/a[1]", "https://[2001:db8::1]/a%5B1%5D"),
        ("https://example.org/grün?q=ä#x", "https://example.org/grün?q=ä#x"),
        ("mailto:a b@example.org", "mailto:a%20b@example.org"),
    ],
)
def test_an_address_is_encoded_where_it_must_be(typed: str, address: str) -> None:
    assert encoded(typed) == address


@given(st.text())
def test_encoding_twice_changes_nothing(text: str) -> None:
    once = encoded(f"https://example.org/{text}")
    assert encoded(once) == once
    assert not set(once) & set(' <>"{}|\\^`[]')


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("https://a.org", True), ("HTTP://a.b./c", True), ("https://me@[::1]:80/", True), ("tel:1", True),
        ("https://xn--bcher-kva.example/", True), ("https://xn--ls8h.la", True), ("mailto:a@b.org", True),
        ("https://", False), ("https:///a", False), ("https:a", False), ("http:/a.org", False),
        ("https://../", False), ("https://a..b", False), ("https://\u3002/", False), ("mailto:", False),
        ("https://xn--examplue-9ta.org", False), ("https://xn--abc-.org", False), ("https://?a", False),
        ("http://a.org:5566\u3002", False), ("http://a.org:/", True),
    ],
)  # fmt: skip
def test_an_address_that_names_no_host_leads_nowhere(address: str, whole: bool) -> None:
    assert is_whole(address) is whole


def test_a_link_that_names_no_host_is_words_and_told() -> None:
    text = "A [net](https://../a) and <https://b..c>."
    galleys, problems = BookOf().chapter("1").section("1.1", "Oars", text).set()
    assert [problem.code for problem in problems] == ["link-broken", "link-broken"]
    assert "href" not in galleys[0].sections[0].html


def test_a_link_without_words_that_leads_nowhere_is_its_address() -> None:
    galleys, problems = BookOf().chapter("1").section("1.1", "Oars", "See [](oars.zip) there.").set()
    assert [problem.code for problem in problems] == ["link-broken"]
    assert ">oars.zip</span> there." in galleys[0].sections[0].html


def test_an_address_ends_before_the_stop_of_an_east_asian_sentence() -> None:
    text = "见 http://a.org:5566。然后（https://b.org/路径）、https://c.org，好"
    galleys, problems = BookOf().chapter("1").section("1.1", "Oars", text).set()
    html = galleys[0].sections[0].html
    for each in ("http://a.org:5566", "https://b.org/路径", "https://c.org"):
        assert f">{each}</a>" in html
    assert problems == ()
