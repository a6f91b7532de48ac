"""The reading of Markdown held against the examples of CommonMark, and against GitHub's additions."""

from __future__ import annotations

import re

import pytest
from lxml import etree, html

from recto.typeset.drafting import set_section
from recto.typeset.work import Style
from tests.typeset_books import BookOf, found, set_text
from tests.validators import commonmark

# What a book takes from raw HTML is no matter of Markdown: its own tests are in test_markdown.py
NOT_MARKDOWN = {"HTML blocks", "Raw HTML"}
# Examples that come out differently, by number, and why
_ADDRESS = "an address in the text is a link, as GitHub has it"
_SCHEME = "a book links to the web, to mail and telephones: any other scheme is taken out, and reported"
_NO_ELEMENT = "what HTML has no element for was hardly meant as HTML: it prints as typed, and is reported"
_NO_WORDS = "headings without words are left out, and told"
DIFFERENT = {
    79: _NO_WORDS,
    201: _NO_ELEMENT,
    491: _NO_ELEMENT,
    524: _NO_ELEMENT,
    536: _NO_ELEMENT,
    596: _SCHEME,
    598: _SCHEME,
    599: _SCHEME,
    601: _SCHEME,
    608: _ADDRESS,
    611: _ADDRESS,
    612: _ADDRESS,
}
_BLOCKS = "p|ul|ol|li|h|blockquote|div|pre|hr|table|thead|tbody|tr|td|th"


def as_set(markdown: str) -> str:
    section = BookOf().section_of("section", None, "", markdown, 1)
    return set_section(section, 2, Style(smart_punctuation=False, highlight=False)).html


def plain(fragment: str) -> str:
    """HTML without what a galley has besides: levels shifted, figures, lines of code, classes."""
    root = html.fragment_fromstring(fragment, create_parent="div")
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            element.drop_tree()  # a comment
            continue
        if element.tag == "figcaption":  # the title of an image alone
            element.getprevious().set("title", element.text_content())
            element.drop_tree()
            continue
        element.tag = {"figure": "p"}.get(element.tag, re.sub(r"h\d", "h", element.tag))
        kept = {
            name: " ".join(value.split())
            for name, value in sorted(element.items())
            if (name in ("href", "src", "title", "start", "alt", "id") and (name, value) != ("alt", ""))
            or (name, value[:9]) == ("class", "language-")
        }
        element.attrib.clear()
        element.attrib.update(kept)
        if element.tag == "span" and not kept and element.getparent() is not None:
            element.drop_tag()
        if element.tag == "code" and element.getparent().tag == "pre":
            element.text, element[:] = element.text_content().expandtabs(4).strip("\n"), []
    written = etree.tostring(root, encoding="unicode", method="html")
    written = re.sub(r"\s+(?=</a>)", "", re.sub(r"[ \t]*\n[ \t]*", "\n", written))
    return re.sub(rf"\s*(</?(?:{_BLOCKS})\b[^>]*>)\s*", r"\1", written)


def test_the_examples_of_commonmark_come_out_as_they_should():
    examples = dict(enumerate(commonmark(), 1))
    assert len(examples) == 652
    wrong = {
        number
        for number, example in examples.items()
        if example["section"] not in NOT_MARKDOWN
        if plain(as_set(example["markdown"])) != plain(example["html"])
    }
    assert {number: examples[number]["markdown"] for number in sorted(wrong - DIFFERENT.keys())} == {}
    assert DIFFERENT.keys() == wrong, "these do come out as they should"


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        # tables: GFM 4.10
        ("| ale | bock |\n| --- | --- |\n| cask | dark |", "head:ale,bock body:cask,dark"),
        ("ale | bock\n:-: | --:\n1 | 2", "head:ale.center,bock.right body:1.center,2.right"),
        ("| a\\|b |\n| --- |\n| c `\\|` d |\n| **\\|** e |", "head:a|b body:c | d;| e"),
        ("| a | b |\n| - | - |\n| 1 | 2 |\n> said", "head:a,b body:1,2 then:blockquote"),
        ("| a | b |\n| - | - |\n| 1 | 2 |\nlast\n\nnext", "head:a,b body:1,2;last, then:p"),
        ("| a | b |\n| - |\n| 1 |", "then:p"),
        ("| a | b |\n| - | - |\n| one |\n| 1 | 2 | 3 |", "head:a,b body:one,;1,2"),
        ("| a | b |\n| - | - |", "head:a,b"),
        ("words\n| a |\n| - |\n| 1 |", "before:p head:a body:1"),
        ("> | a |\n> | - |\n> | 1 |", "head:a body:1"),
    ],
)
def test_tables_are_github_s(markdown, expected):
    root = html.fragment_fromstring(as_set(markdown), create_parent="div")
    table = next(root.iter("table"), None)

    def row(cells):
        return ",".join(cell.text_content() + "".join(f".{c}" for c in cell.classes) for cell in cells)

    told = []
    if table is not None:
        if table.getprevious() is not None:
            told.append(f"before:{table.getprevious().tag}")
        told.append("head:" + row(table.iter("th")))
        if rows := [row(each) for each in table.iter("tr") if each[0].tag == "td"]:
            told.append("body:" + ";".join(rows))
    following = table.getnext() if table is not None else root[0]
    if following is not None:
        told.append(f"then:{following.tag}")
    assert " ".join(told) == expected


def test_a_row_that_loses_a_cell_is_reported_with_its_line():
    _, problems = set_text("| a | b |\n|---|---|\n| 1 | 2 |\n| `x | y` | z |\n| 1 | 2 |  |\n")
    assert found(problems) == [("warning", "cell-lost", 6)]
    assert "left out: z" in problems[0].message


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("- [ ] sweep\n- [x] mop", ["☐ sweep", "☑ mop"]),
        ("- [x] out\n  - [ ] in\n  - [X] deep", ["☑ out☐ in\n☑ deep", "☐ in", "☑ deep"]),
        ("1. [ ] first\n\n2. [x] second", ["☐ first", "☑ second"]),
        ("- [ ]x\n- [] x\n- see [ ] x", ["[ ]x", "[] x", "see [ ] x"]),
    ],
)
def test_lists_of_tasks_are_github_s(markdown, expected):
    root = html.fragment_fromstring(as_set(markdown), create_parent="div")
    told = [re.sub(r"\s*\n\s*", "\n", item.text_content().strip()) for item in root.iter("li")]
    assert told == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("~~Wrong~~ right", "<p><del>Wrong</del> right</p>"),
        ("This ~~has a\n\nnew paragraph~~.", "<p>This ~~has a</p>\n<p>new paragraph~~.</p>"),
        ("this ~~~is no~~~ strike", "<p>this ~~~is no~~~ strike</p>"),
        ("*a ~~b* c~~", "<p><em>a ~~b</em> c~~</p>"),
    ],
)
def test_words_are_struck_out_as_on_github(markdown, expected):
    assert re.sub(r' data-line="."', "", as_set(markdown)).strip() == expected


@pytest.mark.parametrize(
    ("typed", "shown", "address"),
    [
        ("www.mill.example", "www.mill.example", "http://www.mill.example"),
        ("Go to www.mill.example/a_b_c today.", "www.mill.example/a_b_c", "http://www.mill.example/a_b_c"),
        ("At www.mill.example/a.b.", "www.mill.example/a.b", "http://www.mill.example/a.b"),
        ("*www.mill.example*", "www.mill.example", "http://www.mill.example"),
        ("(www.mill.example/q?s=a+(b))", "www.mill.example/q?s=a+(b)", None),
        ("www.mill.example/q?s=(b)))", "www.mill.example/q?s=(b)", None),
        ("www.mill.example/?q=a&copy;", "www.mill.example/?q=a", None),
        ("www.mill.example/?q=a&hl=b", "www.mill.example/?q=a&hl=b", None),
        ("www.mill.example/he<lp", "www.mill.example/he", None),
        ("http://mill.example", "http://mill.example", "http://mill.example"),
        ("(see https://mill.example/a?b=c).", "https://mill.example/a?b=c", "https://mill.example/a?b=c"),
        ("https://mill.example/grün", "https://mill.example/grün", "https://mill.example/gr%C3%BCn"),
        ("write to a.b-c_d@mill.example.", "a.b-c_d@mill.example", "mailto:a.b-c_d@mill.example"),
        ("a+x@mill.cy.example", "a+x@mill.cy.example", "mailto:a+x@mill.cy.example"),
        ("a.b-c@mill.example-", None, None),
        ("xhttps://mill.example and hello@nowhere", None, None),
        ("https://a_b.c_d and http://word", None, None),
        ("`https://mill.example`", None, None),
    ],
)
def test_addresses_in_the_text_are_links(typed, shown, address):
    root = html.fragment_fromstring(as_set(typed), create_parent="div")
    links = [(link.text_content(), link.get("href")) for link in root.iter("a")]
    assert [text for text, _ in links] == ([shown] if shown else [])
    if address:
        assert links[0][1] == address
    assert root.text_content().strip() == html.fromstring(f"<p>{typed}</p>").text_content().strip("`*") or (
        "&" in typed or "<" in typed or "`" in typed or "*" in typed
    )


def test_an_address_in_the_words_of_a_link_is_no_second_link():
    text = as_set("[to https://a.example](https://b.example) and [https://c.example][r]\n\n[r]: /x\n")
    assert re.findall(r'href="([^"]*)"', text) == ["https://b.example", "/x"]
