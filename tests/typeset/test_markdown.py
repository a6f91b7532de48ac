import re
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.treeprocessors import Treeprocessor

from recto.notations import xhtml
from recto.typeset.drafting import set_section
from recto.typeset.markup.reader import MarkdownFrame
from recto.typeset.section_source import Source
from recto.typeset.work import Style, Work
from tests.patience import goes_by_length
from tests.typeset_books import BookOf, bare, found, set_text


def test_plain_text_comes_out_as_it_went_in():
    text = '{"a": "¯\\_(ツ)_/¯"} costs $1,200 *now* <b> `x` {^y} "q" -- ...\n\n# no heading\n'
    galleys, problems = BookOf(syntax="text").chapter("1").section("1.1", "T *x*", text).set()
    section = galleys[0].sections[0]
    assert section.text == '{"a": "¯\\_(ツ)_/¯"} costs $1,200 *now* <b> `x` {^y} "q" -- ... # no heading'
    assert section.heading.title == "T *x*"
    assert section.html.count("<p ") == 2
    assert problems == ()


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "“a ‘b’ c” – it’s…"),
        ("en-GB", "“a ‘b’ c” – it’s…"),
        ("de", "„a ‚b‘ c“ – it’s…"),
        ("de-CH", "«a ‹b› c» – it’s…"),
        ("fr", "«\u202fa “b” c\u202f» – it’s…"),
        ("es", "«a “b” c» – it’s…"),
        ("it", "«a “b” c» – it’s…"),
        ("sv", "”a ’b’ c” – it’s…"),
        ("xx", "\"a 'b' c\" -- it's..."),
    ],
)
def test_punctuation_follows_the_language(language, expected):
    html, _ = set_text("\"a 'b' c\" -- it's...", language)
    assert html == f"<p>{expected}</p>"


def test_quotes_pair_across_emphasis_and_code_stays_as_typed():
    html, _ = set_text('"*Hello*," she said, "run `a="b"`." In the \'90s---yes.')
    assert html == ('<p>“<em>Hello</em>,” she said, “run <code>a="b"</code>.” In the ’90s—yes.</p>')


def test_an_escaped_character_stays_as_typed():
    html, _ = set_text(r'\"straight\" and \{^ and 1\-\-2 and "curled"')
    assert html == '<p>"straight" and {^ and 1--2 and “curled”</p>'


@pytest.mark.parametrize("end", ["\\", "  "], ids=["backslash", "two spaces"])
@pytest.mark.parametrize(
    "text",
    [
        "Mill Lane 4{}\nthe *house*{}\nbehind",
        "> Mill Lane 4{}\n> the *house*{}\n> behind",
        "- Mill Lane 4{}\n  the *house*{}\n  behind",
        "Term\n:   Mill Lane 4{}\n    the *house*{}\n    behind",
        "Call.[^1]\n\n[^1]: Mill Lane 4{}\n    the *house*{}\n    behind",
        '<div markdown="1">\nMill Lane 4{}\nthe *house*{}\nbehind\n</div>',
    ],
    ids=["paragraph", "quotation", "list", "definition", "note", "div"],
)
def test_a_line_ends_where_the_author_ends_it(text, end):
    html, problems = set_text(text.format(end, end))
    assert re.search(r"Mill Lane 4<br/>\s*the <em>house</em><br/>\s*behind", html)
    assert problems == ()


def test_a_backslash_in_code_or_before_no_line_end_breaks_no_line():
    html, _ = set_text("`C:\\`\nand \\\\\nend\\")
    assert html == "<p><code>C:\\</code>\nand \\\nend\\</p>"


def test_smart_punctuation_can_be_switched_off():
    assert set_text('"a" \\"b\\"', smart_punctuation=False)[0] == '<p>"a" "b"</p>'


def test_headings_nest_below_the_section_without_gaps():
    galleys, _ = BookOf().chapter("1", "One").section("1.1", "T", "# A\n\n### B\n\n# A\n").set()
    headings = galleys[0].headings
    assert [(h.anchor, h.level, h.title) for h in headings] == [
        ("chapter-1", 1, "One"),
        ("section-1-1", 2, "T"),
        ("section-1-1--a", 3, "A"),
        ("section-1-1--b", 4, "B"),
        ("section-1-1--a-2", 3, "A"),
    ]
    assert "<h3" in galleys[0].sections[0].html
    assert "<h4" in galleys[0].sections[0].html


def test_a_title_is_markdown_without_its_marks():
    book = BookOf().chapter("1").section("1.1", 'The "*big*" `x`{^size}', "Text.")
    galleys, _ = book.set()
    section = galleys[0].sections[0]
    assert section.heading.html == "The “<em>big</em>” <code>x</code>"
    assert section.heading.title == "The “big” x"
    assert galleys[0].marks[0].terms == ("size",)
    assert section.html.index("mark-1-1") < section.html.index("Text.")


def test_a_title_that_looks_like_a_list_stays_a_title():
    galleys, _ = BookOf().chapter("1").section("1.1", "1. Why", "x").set()
    assert galleys[0].sections[0].heading.html == "1. Why"


def test_code_has_one_span_for_each_line():
    html, _ = set_text("```python\ndef f():\n\treturn '{^x}'\n\nx\n```\n")
    assert html.count('<span class="line">') == 4
    assert '<span class="line"><span class="k">    return</span>' in html  # the indent stays with its word
    assert "{^x}" in html
    assert 'class="language-python"' in html


def test_a_listing_keeps_its_title_and_gets_its_caption():
    html, _ = set_text('Listing: Hello {#lst-hello}\n\n```python title="hello.py"\nx = 1\n```\n')
    assert html.startswith('<figure class="listing" id="lst-hello"><figcaption>')
    assert '<span class="label">Listing 1.1</span> Hello <span class="title">hello.py</span>' in html


def test_indented_code_gives_lines_too():
    html, _ = set_text("Text\n\n    a < b\n    c {^d}\n")
    assert (
        '<pre class="code"><code><span class="line">a &lt; b\n</span><span class="line">c {^d}</span>' in html
    )


def test_a_table_has_classes_scope_and_caption():
    html, _ = set_text("| a | b |\n|:--|--:|\n| 1 | 2 |\n\nTable: Sizes {#tbl-s}\n")
    assert '<table id="tbl-s">' in html
    assert '<caption><span class="label">Table 1.1</span> Sizes</caption>' in html
    assert '<th class="left" scope="col">a</th>' in html
    assert '<td class="right">2</td>' in html
    assert "style" not in html


def test_captions_before_and_after_find_their_own_tables():
    table = "| a |\n|---|\n| 1 |\n"
    for text in (
        f"Table: One\n\n{table}\nTable: Two\n\n{table}",
        f"{table}\nTable: One\n\n{table}\nTable: Two\n",
    ):
        html, problems = set_text(text)
        assert problems == ()
        assert html.index("1.1</span> One") < html.index("1.2</span> Two")


def test_a_caption_without_its_block_is_reported():
    _, problems = set_text("Text.\n\nTable: Lost\n\nMore.\n")
    assert found(problems) == [("warning", "caption-alone", 5)]


def test_lists_keep_their_number_and_nest():
    html, _ = set_text("3. three\n4. four\n    - inner\n\n- [ ] open\n- [x] done\n")
    assert '<ol start="3">' in html
    assert "☐ open" in html
    assert "☑ done" in html
    assert html.count("<ul>") == 2


def test_a_list_needs_no_empty_line_and_nests_by_the_words_of_its_items():
    html, problems = set_text("Text:\n- one\n  - two\n    ```\n    code\n    ```\n- three\n\n2. a\n   1. b\n")
    assert html.startswith("<p>Text:</p>\n<ul><li>one<ul><li>two<pre")
    assert '<ol start="2"><li>a<ol><li>b</li>' in html
    assert problems == ()


def test_terms_in_a_row_share_a_definition():
    html, _ = set_text("Quad\nQuadrat\n:   A space.\n:   A block.\n\nEm\n: Its size.\n")
    assert re.sub(r"\n|</?p>", "", html) == (
        "<dl><dt>Quad</dt><dt>Quadrat</dt><dd>A space.</dd><dd>A block.</dd>"
        "<dt>Em</dt><dd>Its size.</dd></dl>"
    )


def test_verse_keeps_its_lines_indents_and_stanzas():
    html, _ = set_text("| One *line*\n|   indented,\n  going on\n|\n| Next\n")
    assert html.replace("</span>\n", "</span>") == (
        '<div class="poem"><p><span class="verse">One <em>line</em></span>'
        '<span class="verse">\u2002\u2002indented,\ngoing on</span></p>\n'
        '<p><span class="verse">Next</span></p>\n</div>'
    )


def test_a_line_of_verse_may_end_in_a_backslash():
    html, _ = set_text("| One\\\n| two\\\\\n")
    assert re.sub(r"</?span[^>]*>|\n", "", html) == '<div class="poem"><p>Onetwo\\</p></div>'


def test_an_address_is_printed_as_it_is():
    html, _ = set_text('<https://a.example/x--y> "https://a.example/it\'s--x"... <mailto:a--b@c.example>\n')
    shown = re.findall(r">([^<]*)</a>", html)
    assert shown == ["https://a.example/x--y", "https://a.example/it's--x", "mailto:a--b@c.example"]
    assert "“<a" in html
    assert "</a>”… <a" in html


def test_any_lines_can_be_verse():
    html, _ = set_text("> One\\\n> two\n\n{.poem}\n\nRed,  \nblue\n{.poem}\n\n| not | verse\n")
    assert html.count('<span class="verse">') == 4
    assert '<blockquote class="poem"><p><span class="verse">One</span>' in html
    assert "<p>| not | verse</p>" in html


def test_lines_that_are_told_to_be_verse_end_where_they_are_typed():
    html, _ = set_text("::: {.poem}\nRed *hull*\n  blue\\\ngray\n\nSea\n:::\n\n> Ice\n> *rain*\n{.poem}\n")
    assert re.sub(r"</span>\n|</blockquote>\n?", "", html) == (
        '<div class="poem"><p><span class="verse">Red <em>hull</em>'
        '<span class="verse">\u2002\u2002blue<span class="verse">gray</span></p>\n'
        '<p><span class="verse">Sea</span></p>\n</div>\n'
        '<blockquote class="poem"><p><span class="verse">Ice'
        '<span class="verse"><em>rain</em></span></p>\n'
    )
    html, _ = set_text("::: {.poem}\n| Red\n|  blue\n:::\n")
    assert html.count('<div class="poem">') == 1
    html, _ = set_text("::: {.poem}\n> Red\n:::\n")
    assert "<blockquote>" in html


@pytest.mark.parametrize(
    "drawn",
    [
        "  Boat      Oars\n  ------- ------\n  Gig          4\n  Yawl         0",
        "  -----------------\n  Boat      Oars\n  ------- ---------\n  Gig     4\n\n"
        "  Yawl    none\n          at all\n  -----------------",
        "---- ----\nGig  4\n---- ----",
        "+------+---+\n| Boat | N |\n+======+===+\n| Gig  | 4 |\n+------+---+",
    ],
)
def test_a_table_that_is_drawn_with_signs_stays_as_typed_and_is_told(drawn):
    html, problems = set_text(f"Before.\n\n{drawn}\n\nAfter.\n")
    typed = re.search("<p>Before.</p>\n<pre.*?</pre>\n<p>After.</p>", html, re.DOTALL)
    assert re.sub("<[^>]*>", "", typed[0]) == f"Before.\n{dedent(drawn)}\nAfter."
    assert found(problems) == [("warning", "markup-unknown", 5)]
    html, problems = set_text("A boat\n--- ---\n")
    assert (html, problems) == ("<p>A boat</p>\n<hr/>", ())


INDENTED = '\tThe rain fell on the hills for all of the night.\n\n\t"Who is there?" she said.\n'


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        (INDENTED, 2),
        (INDENTED.replace("\t", "    "), 2),
        ("\tThe rain fell on the hills\nfor all of the *night*.\n\tNobody came.\n", 2),
        (f"Flush.\n\n{INDENTED}", 1),
        (INDENTED + "\n\tx = rain();\n", 0),
        (INDENTED[:50], 0),
        (f"- Item\n\n      {INDENTED[1:50]}\n\n      {INDENTED[52:]}", 0),
    ],
)
def test_prose_whose_paragraphs_are_indented_is_no_code_and_is_told(text, paragraphs):
    html, problems = set_text(text)
    assert ("<pre" in html) is (paragraphs < 2)
    assert html.count("<p>The rain") + html.count("<p>“Who") + html.count("<p>Nobody") == paragraphs * (
        paragraphs > 1
    )
    assert [code for _, code, _ in found(problems)] == ["markup-unknown"] * (paragraphs > 1)


def test_a_line_that_begins_with_an_ideographic_space_begins_a_paragraph():
    html, problems = set_text("\u3000船が着いた。\n「はい。」\n\u3000港へ\n出た。\n", "ja")
    assert html.split("\n") == ["<p>船が着いた。</p>", "<p>「はい。」</p>", "<p>港へ出た。</p>"]
    assert set_text("船が着いた。\n「はい。」\n", "ja")[0] == "<p>船が着いた。「はい。」</p>"
    assert problems == ()


def test_what_is_set_in_the_middle_or_at_the_right_in_html_stays_there():
    html, problems = set_text(
        '<center>A</center>\n\n<p align="right">B</p>\n\n<div class="x" style="text-align: center;">C</div>\n'
    )
    assert html.split() == (
        '<div class="center">A</div> <p class="right">B</p> <div class="x center">C</div>'.split()
    )
    assert problems == ()


def test_words_and_pictures_of_html_between_blocks_stand_in_paragraphs():
    html, _ = set_text(
        '<hr>Loose <b>x</b><div>A</div>\n\n<img src="a.png" alt="A">\n\n<a id="b"></a>\n<hr>\n'
    )
    assert "<hr/><p>Loose <b>x</b></p><div>A</div>" in html
    assert '<figure class="figure"><p class="missing">[A' in html


def test_habits_of_latex_are_read():
    html, _ = set_text("``A *b*'' and ``c`d'' in Fig.~\\ref{x}, by~\\eqref{y}.\n")
    assert re.sub("</?span[^>]*>", "", html) == (
        "<p>“A <em>b</em>” and ``c`d’’ in Fig.\u00a0#x, by\u00a0(#y).</p>"
    )


def test_a_reference_as_pandoc_has_it_is_one_or_stays_as_typed():
    html, problems = set_text("See @fig:x, @sec-y; a@fig-x.org.\n\n![P](a.png)\n\nFigure: Cap {#fig:x}\n")
    assert 'See <a href="#fig:x" class="xref" data-kind="figure">figure 1.1</a>, <span' in html
    assert '<span class="missing">@sec-y</span>; <a href="mailto:' in html
    assert [code for _, code, _ in found(problems)] == ["image-missing", "reference-missing"]


def test_a_note_that_an_alternative_text_calls_is_told_and_stays_out_of_it():
    html, problems = set_text("A.[^1] ![Sea[^1] and [^x]](a.png)\n\n[^1]: Note.\n")
    assert "[Sea and [^x]" in html
    assert ("warning", "note-missing", 3) in found(problems)


def test_a_place_may_have_an_id_and_no_words():
    html, problems = set_text("[]{#gig}A [boat][] and []{.x}.\n\n[boat]: #gig\n")
    assert '<p><span id="gig"></span>A <a href="#gig"' in html
    assert "[]{.x}" in html
    assert found(problems) == [("warning", "attribute-unused", 3)]


def test_a_box_of_github_is_a_box():
    html, _ = set_text("> [!WARNING]\n> Hot.\n\n> [!tip]\n>\n> Cold.\n\n> [!x]\n> y\n", "de")
    assert '<aside class="admonition warning" role="note"><p class="admonition-title">Warnung</p>' in html
    assert '<aside class="admonition tip" role="doc-tip"><p class="admonition-title">Tipp</p>' in html
    assert "<p>[!x]\ny</p>" in html


def test_spans_have_attributes_of_their_own():
    html, problems = set_text(
        'A [Wort *mit*]{lang=de} [x]{.smallcaps #here} [a]{dir=rtl title="t u"} [l](#here){.far} **b**{.c}\n'
    )
    assert '<span lang="de">Wort <em>mit</em></span>' in html
    assert '<span class="smallcaps" id="here">x</span>' in html
    assert '<span dir="rtl" title="t u">a</span>' in html
    assert 'class="xref far"' in html
    assert '<strong class="c">b</strong>' in html
    assert problems == ()


def test_a_list_on_a_line_of_its_own_belongs_to_the_block():
    text = "Words.\n{.a}\n\n- b\n\n{.c}\n\n| d |\n|---|\n| e {.f} |\n\n1. g\n\n{start=4}\n"
    html, problems = set_text(text)
    assert '<p class="a">Words.</p>' in html
    assert '<ul class="c">' in html
    assert '<td class="f">e</td>' in html
    assert '<ol start="4">' in html
    assert problems == ()


def test_a_list_that_sets_nothing_stays_as_typed_and_is_reported():
    text = "Options {width=60%}\n\nmore{.x} words\n\na_{i=1} {see below} [x](#1.1){href=y}\n"
    html, problems = set_text(text + "\n[y]{.z onclick=a}\n")
    assert "<p>Options {width=60%}</p>" in html
    assert "more{.x} words" in html
    assert '<span class="z">y</span>' in html
    assert "a_{i=1} {see below}" in html
    assert ">x</a>{href=y}" in html
    assert found(problems) == [("warning", "attribute-unused", line) for line in (3, 5, 7, 9)]


@pytest.mark.parametrize("first", ["::: tip Feed it", ":::tip[Feed it]", ":::: tip Feed it"])
def test_lines_between_colons_of_a_kind_are_a_box(first):
    html, problems = set_text(f"{first}\n\nOn *Sundays*.\n\n{':' * first.count(':')}\n\nOn.")
    assert 'class="admonition tip"' in html and "Feed it</p>" in html and "<em>Sundays</em>" in html
    assert html.rindex("</aside>") < html.rindex("On.")
    assert not problems


def test_markup_of_other_programs_stays_as_typed_and_is_reported():
    text = "{% tip %}\n\n:::{note}\n\n{{ it's }} {ref}`x`\n\n```{figure} a.png\n--\n```\n"
    more = "\nOf {.a bare word}.\n\n```py {1,2} k=v\n```\n\n`{% code %}` and a :: b\n"
    html, problems = set_text(text + more)
    figure = '<span class="title">{figure} a.png</span>'
    for words in ("{% tip %}", ":::{note}", "{{ it's }}", "{ref}"):
        assert f'<span class="typed">{words}</span>' in html
    assert "</span><code>x" in html and figure in html
    codes = ["markup-unknown"] * 6 + ["fence-unknown"]
    lines = (3, 5, 7, 7, 9, 13, 15)
    assert found(problems) == [("warning", c, at) for c, at in zip(codes, lines, strict=True)]


def test_a_note_of_a_caption_below_its_table_is_numbered_as_it_is_printed_above_it():
    text = "| A[^a] |\n|---|\n| b[^b] |\n\nTable: What[^c]\n\n[^a]: Head.\n[^b]: Cell.\n[^c]: Caption.\n"
    html, _ = set_text(text)
    assert html.index("Caption.") < html.index("Head.") < html.index("Cell.")


OTHER_PROGRAMS = [
    "{:toc}", "\\newpage", "a \\textsc{b}", "==a *b*==", "^^a *b*^^", "[[Home page]]", "![[Map]]",
    "%%a%%", "++a++", "![a](b c.png)", "[a](b c.md#d)", ":smile:", "<% a %>", '--8<-- "a.md"', "{>>a<<}",
    '=== "Tab"', "??? a", "/// note", "|a|b|\n|1|2|", "##Title", "#A title", "a <!-- b", "> [!NOTE]- a",
    "a\n\n</div>", "see @eq:tides", '![a](b c.png "D")', "[a](b c.md 'D')", "(@fig-map)", "[@tbl:a]",
    "[see @fig:b]", "[-@smith2004, p. 3]", "[a](https://b.example/c d)", "<https://b.example/c d>",
    "| a | b\n| 1 | 2", "a {^mark is open.",
]  # fmt: skip


@pytest.mark.parametrize("typed", OTHER_PROGRAMS)
def test_what_other_programs_read_or_just_misses_being_markdown_is_told(typed: str):
    html, problems = set_text(f"Words.\n\n{typed}\n")
    (problem,) = problems
    assert problem.code in ("markup-unknown", "html-removed", "reference-missing")
    assert problem.place.line in (5, 7)
    shown = "".join(xhtml.parse(html).itertext())
    assert all(word in shown for word in re.findall(r"\w+", typed) if word not in ("div", "NOTE"))


def test_what_only_looks_like_it_is_not_told():
    text = (
        "C++ and C++ again, a == b == c, 10:30:45, std::vector::at, C:\\Users\\me, \\d+\\s, 50%% of 60%%.\n\n"
        "[[Tides]](https://example.org/a_b) (https://example.org b) a <!-- b --> c, "
        "@me, me@eq:x.org, @figs, #1 and #two, | a | b\n\n"
        "#tag\n\n| a verse\n| line | with a bar\n\n\\{^ a `{^b` c{^two\nlines}\n"
    )
    assert set_text(text)[1] == ()


def test_a_heading_without_words_is_left_out_and_told():
    html, problems = set_text("One.\n\n##\n\nTwo.\n")
    assert "<h" not in html
    assert found(problems) == [("warning", "empty-heading", 5)]


def test_a_note_can_stand_where_it_is_called():
    html, problems = set_text("One^[A *note* with [x] and `]`.] and two[^a].\n\n[^a]: Last.\n")
    assert "<p>A <em>note</em> with [x] and <code>]</code>.</p></aside>" in html
    assert html.index("A <em>note") < html.index("Last.")
    assert problems == ()


def test_notes_that_call_one_another_without_end_are_cut_and_told():
    chain = "".join(f"[^{at}]: Note {at}[^{at + 1}].\n\n" for at in range(3_000))
    html, problems = set_text(f"One[^0].\n\n{chain}")
    assert html.count("<aside") == 20 and "Note 19" in html and "Note 20" not in html
    assert {problem.code for problem in problems} == {"note-depth", "note-missing", "note-unused"}
    assert [each.place.line for each in problems if each.code == "note-depth"] == [43]


@pytest.mark.parametrize(
    ("table", "kept"),
    [
        ("|a" * 100 + "|\n" + "|-" * 100 + "|\n", True),
        ("|a" * 101 + "|\n" + "|-" * 101 + "|\n", False),
        ("|a" * 100 + "|\n" + "|-" * 100 + "|\n" + "|b|\n" * 1_000, False),
    ],
    ids=["a hundred columns", "more", "rows filled up"],
)
def test_a_table_that_no_page_can_hold_is_set_as_typed_and_told(table, kept):
    html, problems = set_text(f"One.\n\n{table}\nTwo.\n")
    assert ("<table" in html) == kept
    assert ("<pre" in html) == (not kept)
    assert found(problems) == ([] if kept else [("warning", "table-size", 5)])
    assert "<p>Two.</p>" in html


def test_lines_are_exact_in_every_kind_of_block():
    text = (
        "> q\n> [a](#no1)\n\n- i\n  `c\n  d` [b](#no2)\n\n| t |\n|---|\n| [c](#no3) |\n\nx[^n]\n\n[^n]: n\n"
    )
    _, problems = set_text(text + "    [d](#no4)\n")
    assert [problem.place.line for problem in problems] == [4, 8, 12, 17]


def test_an_unfinished_comment_swallows_nothing():
    html, _ = set_text("a <!-- b --> c\n\n<!-- d\n\nd -->\n\ne <!-- no end\n\n<!-- nor here\n\nlast\n")
    assert "d" not in re.sub("nor? [a-z]+|typed", "", html)
    assert [word for word in ("<p>a  c</p>", "no end</p>", "nor here", "last") if word not in html] == []


def test_an_epigraph_tells_its_attribution():
    for gap in ("", "\n"):
        html, _ = set_text(f"> Words.\n> — *Someone*, a book\n{gap}{{.epigraph}}\n")
        assert html.startswith('<blockquote class="epigraph">')
        assert '<p class="attribution">— <em>Someone</em>, a book</p>' in html


@pytest.mark.parametrize("blank", ["\n", "\n\n", "\n\n\n\n"])
def test_a_box_ends_at_what_stands_further_out_however_many_blank_lines_are_in_it(blank):
    html, _ = set_text(f"!!! note\n{blank}    One.\n{blank}    - Two.\n{blank}After.\n")
    inside, after = html.split("</aside>")
    assert "<p>One.</p>" in inside and "Two." in inside and "<p>After.</p>" in after and "<pre" not in html


def test_an_admonition_has_its_role():
    html, _ = set_text('!!! tip "Hint"\n    Body.\n\n!!! warning\n    Body.\n')
    assert '<aside class="admonition tip" role="doc-tip">' in html
    assert '<aside class="admonition warning" role="note">' in html


def test_sub_and_superscript_and_definitions():
    html, _ = set_text("H~2~O, x^2^{^powers}\n\nTerm\n:   Meaning\n")
    assert "H<sub>2</sub>O, x<sup>2</sup><span" in html
    assert "<dt>Term</dt>" in html


def test_abbreviations_are_explained_and_unused_ones_reported():
    html, problems = set_text(
        "HTML and CSS.\n\n*[HTML]: Hyper\n*[XML]: Ex\n", abbreviations={"CSS": "Cascade"}
    )
    assert '<abbr title="Hyper">HTML</abbr> and <abbr title="Cascade">CSS</abbr>' in html
    assert found(problems) == [("warning", "abbreviation-unused", 6)]
    section = BookOf().chapter("1").section("1.1", "Of HTML", "Text.\n\n*[HTML]: Hyper\n")
    assert section.set()[1] == ()


def test_an_address_holds_no_abbreviation() -> None:
    html, _ = set_text("<https://example.org/{OPAC}> and https://example.org/OPAC/\n\n*[OPAC]: catalog\n")
    assert "<abbr" not in html


def test_raw_html_is_sanitised_and_what_goes_is_reported():
    html, problems = set_text(
        'Text <b class="x" onclick="y()">bold</b>\n\n<div markdown="1" id="box">\n*in*\n</div>\n\n'
        "<script>\nalert(1)\n</script>\n\nAn <kbd>Esc</kbd> and [x](javascript:alert).\n"
    )
    assert '<b class="x">bold</b>' in html
    assert '<div id="box"><p><em>in</em></p>' in html
    assert "alert" not in html
    assert "<kbd>Esc</kbd>" in html
    assert ("warning", "html-removed", 3) in found(problems)
    assert ("warning", "html-removed", 9) in found(problems)
    assert ("warning", "html-removed", 13) in found(problems)


def test_an_address_that_holds_what_it_leads_to_is_for_pictures_alone():
    picture = (
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABAQAAAAA3bvkkAAAACklEQVR4nGNgAAAAAgAB"
        "SK+kcQAAAABJRU5ErkJggg=="
    )
    html, problems = set_text(f'<img src="{picture}" alt="A"> ![B]({picture}) <a href="{picture}">c</a>\n')
    assert html.count('src="images/') == 2
    assert "href" not in html
    assert ("warning", "html-removed", 3) in found(problems)


def test_what_is_drawn_in_html_goes_as_a_whole():
    html, problems = set_text('A <svg width="9"><circle r="5"/></svg> b <i>c</i>\n')
    assert html == "<p>A  b <i>c</i></p>"
    assert found(problems) == [("warning", "html-removed", 3)]


def test_a_sum_is_no_tag():
    html, problems = set_text("a<b and b>c, <details open>\n")
    assert html.startswith("<p>a&lt;b and b&gt;c, ")
    assert found(problems)[0] == ("warning", "html-as-text", 3)


def test_a_block_of_html_may_hold_index_marks():
    galleys, problems = (
        BookOf()
        .chapter("1")
        .section(
            "1.1",
            "T",
            "<table>\n<tr><td>a{^one}b{^two!x} <code>{^no}</code></td></tr>\n</table>\n\n\\{^not} <b>x</b>\n",
        )
        .set()
    )
    assert [mark.terms for mark in galleys[0].marks] == [("one",), ("two", "x")]
    assert [mark.place.line for mark in galleys[0].marks] == [3, 3]
    assert galleys[0].sections[0].text == "ab {^no} {^not} x"
    assert problems == ()


def test_what_only_looks_like_html_is_kept_as_text():
    html, problems = set_text("Use -n=<count> or `<count>`.\n")
    assert html == "<p>Use -n=&lt;count&gt; or <code>&lt;count&gt;</code>.</p>"
    assert found(problems) == [("warning", "html-as-text", 3)]


@pytest.mark.parametrize("tag", ["script", "style", "title", "textarea", "select", "iframe", "svg"])
def test_html_that_never_ends_takes_no_words_with_it(tag: str):
    html, problems = set_text(f"Oars <{tag}> blades.\n\n<{tag}>\nlocks\n\n*masts*\n")
    assert "blades." in html and "locks" in html and html.endswith("<p><em>masts</em></p>")
    assert "&lt;" not in html
    assert found(problems) == [("warning", "html-removed", 3), ("warning", "html-removed", 5)]


def test_a_division_that_never_ends_is_none():
    html, _ = set_text('<div markdown="1">\n\n*Oars*\n\n## Blades\n')
    assert "<em>Oars</em>" in html and "<h3" in html


def test_a_caption_amid_a_figure_goes_to_its_end():
    html, problems = set_text("<figure>\n<figcaption>One</figcaption>\n<p>a</p>\n</figure>\n")
    assert html.index("figcaption") < html.index("<p>")
    html, problems = set_text("<figure>\n<p>a</p>\n<figcaption>One</figcaption> x\n<br><br>\n</figure>\n")
    assert html.index("x") < html.index("<br/>") < html.index("<figcaption>One</figcaption></figure>")
    assert problems == ()


def test_control_characters_are_dropped_with_their_line():
    html, problems = set_text("a\n\nb\x00c\x0cd\ufdd0\n")
    assert html.endswith("<p>bcd</p>")
    assert found(problems) == [("warning", "control-character", 5)]


@pytest.mark.parametrize(
    "text",
    [
        ">" * 33_000,
        "[" * 17_000,
        "{^a " * 10_000,
        "<a " * 7_000,
        "`a " * 10_000,
        "![a](b) " * 2_000,
        ("- " * 100 + "x\n") * 100,
        "\n".join(" " * (4 * i) + "- x" for i in range(400)),
        "<div>" * 2_000,
        "a" * 167_000,
        "\\index{" * 7_000,
        *(
            piece * 5_000
            for piece in ("[", "]", "*", "*a ", "**a _b ", "`", "`a``", '"', "\\", "&", "<!--", "~~a ")
        ),
        *(
            piece * 5_000
            for piece in ("[a](b", "[a](b) ", "![a", "[a]{^} ", "((a)) ", "^[a", "^a", "{% ", "{.a}")
        ),
        *(
            piece * 3_000
            for piece in ("[^a] ", "| a\n", ":::\n", "a@b.c ", "http://a.b ", "- a\n\n", "*[A]: b\n")
        ),
        *(piece * 2_000 for piece in ("$a$ ", "<svg>", "<td>{^a}\n", "$$\na\n\n")),
        "http://a.b" + ")" * 7_000,
        "[" * 7_000 + "a" + "]" * 7_000,
        "|a" * 7_000 + "\n" + "|-" * 7_000,
        "Term\n: a\n\n" * 2_000,
        "!!! note\n    a\n\n" * 1_000,
        '<div markdown="1">\n' * 2_000,
        "\n".join("> " * (i % 100) + "a" for i in range(1_000)),
    ],
    ids=lambda text: text[:6],
)
def test_hostile_text_is_set_or_reported_in_time(text):
    def set_text(text):
        return set_section(BookOf().section_of("section", None, "T", text, 1), 2, Style())

    draft = set_text(text[:4000])
    assert draft.html or draft.problems or draft.defines
    assert goes_by_length(set_text, text)


@pytest.mark.parametrize(
    ("name", "attribute", "good", "bad"),
    [
        ("td", "colspan", "2", "99999999"), ("td", "rowspan", "3", "-1"), ("ol", "start", "-3", "abc"),
        ("ol", "type", "i", "Q"), ("li", "value", "4", "2.5"), ("time", "datetime", "2020-02", "2020-13"),
        ("ins", "datetime", "2020-02-29T12:00Z", "2020-02"), ("q", "cite", "https://a.example", "http://[a"),
        ("p", "role", "doc-tip", "bogus"), ("p", "aria-hidden", "true", "perhaps"), ("p", "dir", "rtl", "up"),
        ("th", "scope", "row", "all"), ("p", "lang", "de-CH", "!!"), ("ol", "reversed", "reversed", "no"),
    ],
)  # fmt: skip
def test_an_attribute_has_a_value_that_html_knows_or_is_taken_out(name, attribute, good, bad):
    around = {"td": "<table><tr>{}</tr></table>", "th": "<table><tr>{}</tr></table>", "li": "<ol>{}</ol>"}
    for value, stays in ((good, True), (bad, False)):
        end = "<li>a</li>" if name == "ol" else "a"
        text = around.get(name, "{}").format(f'<{name} {attribute}="{value}">{end}</{name}>')
        html, problems = set_text(f"One.\n\n{text}\n\nTwo.\n")
        assert (f' {attribute}="{value}"' in html) == stays
        assert [code for _, code, _ in found(problems)] == ([] if stays else ["html-removed"])


@pytest.mark.parametrize("tag", ["bdo", "data", "details"])
def test_an_element_that_lacks_what_html_wants_of_it_is_taken_out(tag):
    html, problems = set_text(f"One.\n\n<{tag}>words</{tag}>\n")
    assert f"<{tag}" not in html and "words" in html
    assert [code for _, code, _ in found(problems)] == ["html-removed"]


def test_a_deep_nest_is_a_problem_not_a_traceback():
    section = BookOf().section_of("section", None, "T", "<div>\n\n" * 3_000, 7)
    draft = set_section(section, 2, Style())
    assert [(p.severity, p.code, p.place.line) for p in draft.problems] == [("warning", "too-deep", 128)]


def test_html_that_lies_too_deep_keeps_its_words_and_what_stands_after_it():
    deep = "<div>" * 2_000 + "inside" + "</div>" * 2_000
    html, problems = set_text(f"{deep}\n\n<div>after</div>\n")
    assert [problem.code for problem in problems] == ["too-deep"]
    assert (html.count("<div>"), html.count("inside"), html.count("<div>after</div>")) == (61, 1, 1)


def test_markup_that_the_library_fails_on_stays_text():
    html, problems = set_text("~~a ^b~~ *c and x^2^\n")
    assert "b" in html
    assert problems == ()


def test_a_title_is_one_line_whatever_stands_in_it():
    galleys, _ = BookOf().chapter("1").section("1.1", "<div>A</div> B <ul><li>C", "x").set()
    assert galleys[0].sections[0].heading.title == "A B C"
    assert "<div>" not in galleys[0].sections[0].heading.html


def test_an_admonition_without_a_title_is_named_in_the_language():
    assert '<p class="admonition-title">Warnung</p>' in set_text("!!! warning\n    x\n", "de")[0]
    assert '<p class="admonition-title">Custom</p>' in set_text("!!! custom\n    x\n", "de")[0]
    assert 'aria-label="Tipp"' in set_text('!!! tip ""\n    x\n', "de")[0]


def test_marks_beside_nothing_but_code_take_no_room():
    galleys, _ = BookOf().chapter("1").section("1.1", "T{^t}", "    code\n").set()
    assert galleys[0].sections[0].html.startswith('<div class="index-marks"')
    galleys, _ = BookOf().chapter("1", "One{^t}[^n]", "[^n]: Noted.\n").set()
    assert galleys[0].opening.html.startswith('<div class="index-marks"')


def test_marks_below_a_list_move_into_its_last_item():
    html, _ = set_text("- a\n- b\n\n<!-- -->\n\n{^x|)}\n")
    assert '<li>b<span class="index-mark"' in html.replace("\n", "")


def test_raw_html_in_the_wrong_place_loses_its_tags():
    html, problems = set_text(
        "a\n\n<div><span><div>b</div></span></div>\n\n<ul>c</ul>\n\n<div><li>d</li></div>\n"
    )
    assert "<span>" not in html
    assert "<ul>" not in html
    assert "<li>" not in html
    for letter in "abcd":
        assert letter in html
    assert found(problems) == [("warning", "html-removed", line) for line in (9, 5, 7)]


PIECES = """[ ] ( ) ![ ]( {^ } {^a!b|( \\index{ (((a,b))) `` ``` ~~~ ` * ** _ ~ ^ ^^ < > </div> <div> <b>
<li> <p> <script> <!-- --> <? & {.a #b} {.epigraph} # ### === --- >> - 1. | |-|-| : !!! [^1]
[^1]: *[HTML]: HTML Table:
[](#1.1) [id]: http://a " ' -- ... \\ \\" \\{^ \x00 \x03 \ufdd0\ufde0\ufdd1 ]{^} [x]{^y|main} word""".split()


@given(
    st.lists(st.sampled_from([*PIECES, " ", "\n", "\n\n", "\n    ", "\t"]), max_size=40).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=4).map("".join),
)
@settings(max_examples=80, suppress_health_check=list(HealthCheck))
def test_no_text_breaks_the_setting(text, title):
    galleys, problems = BookOf().chapter("1", "T", text).section("1.1", title, text, 9).set("fr")
    html = "".join(section.heading.html + section.html for section in galleys[0].all_sections)
    assert not re.search("[\ufdd0-\ufdef\x00]", html)
    for mark in galleys[0].marks:
        assert html.count(f'id="{mark.anchor}"') == 1
    anchors = re.findall(r' id="([^"]*)"', html)
    assert len(anchors) == len(set(anchors))
    assert all((problem.place.line or 1) <= 10 + text.count("\n") for problem in problems)


@pytest.mark.parametrize("sum_", ["2^((0x08\\*0x16))", "x = 8\\*((a–3))", "y/((b+c))"])
def test_the_double_brackets_of_a_sum_are_no_index_mark(sum_):
    galleys, _ = BookOf().chapter("1").section("1.1", "Sums", f"Take {sum_} of it.\n").set()
    assert galleys[0].marks == ()
    assert "((" in galleys[0].sections[0].text


# what can stand around words without making them anything but text
AROUND = """* ** _ ~~ ` `` [ ] ( ) ![ ](a) ]( \\ > - + 1. 3) # ## === --- | || |-| |-|-| : !!! ``` ~~~
{.x} {a=b} {% %} {{ }} ::: ^ ~ ^[ [^ ]: " ' < > & <b> </b> <i title="x"> </div> <div> <p> <li> <count>
http://a.example/ a@b.example $ $$ \\( \\)""".split()


@given(
    st.lists(
        st.one_of(st.sampled_from([*AROUND, "\n", "\n\n", "\n    ", "\n  ", " ", "\t"]), st.just("word")),
        max_size=40,
    )
)
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
def test_no_word_is_lost_without_a_word_about_it(pieces):
    words = [f"w{number}" for number, piece in enumerate(pieces) if piece == "word"]
    text = " ".join(f"w{number}" if piece == "word" else piece for number, piece in enumerate(pieces))
    section = BookOf().section_of("section", None, "T", text, 1)
    draft = set_section(section, 2, Style(smart_punctuation=False, highlight=False))
    told = " ".join(problem.message for problem in draft.problems)
    defined = " ".join(name for _, name, _ in draft.defines)
    lost = [word for word in words if not re.search(rf"{word}\b", f"{draft.html} {told} {defined}")]
    assert lost == [] or re.search(r"\[[^\]]*\]:", text), (lost, text, draft.html)


def test_an_extension_of_python_markdown_can_add_a_pattern_and_a_tree_processor():
    class Shouting(Treeprocessor):
        def run(self, root):
            for element in root.iter("ins"):
                element.set("title", "added")

    class Inserted(Extension):
        def extendMarkdown(self, md):  # noqa: N802 - Python-Markdown's name
            md.inlinePatterns.register(SimpleTagInlineProcessor(r"()\+\+(.+?)\+\+", "ins"), "ins", 5)
            md.treeprocessors.register(Shouting(md), "shouting", 5)

    section = BookOf().section_of("section", None, "T", "", 1)
    work = Work(xhtml.element("div"), Source(section), Style(), 2)
    frame = MarkdownFrame(extensions=[Inserted()])
    html = frame.read("A ++*new*++ `++no++` word.", work, 1, one_line=False)
    assert '<ins data-line="1" title="added"><em>new</em></ins> <code>++no++</code>' in html


def test_a_title_may_be_in_a_language_of_its_own():
    galleys, problems = BookOf().chapter("1").section("1.1", "Los *botes* {lang=es}", "Text.").set()
    heading = galleys[0].sections[0].heading
    assert problems == ()
    assert heading.title == "Los botes"
    assert bare(heading.html) == '<span lang="es">Los <em>botes</em></span>'


def test_an_index_mark_directly_after_an_address_is_none_of_it() -> None:
    html, _ = set_text("See https://example.org/{id}/oars.{^oars}")
    assert 'href="https://example.org/%7Bid%7D/oars"' in html
    assert html.count('class="index-mark"') == 1


def test_a_reference_to_a_control_character_is_a_letter_of_windows_1252() -> None:
    html, _ = set_text("It&#146;s &#x93;so&#0148;; `&#146;`")
    assert bare(html) == "<p>It’s “so”; <code>&amp;#146;</code></p>"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("a) hull\ngoes on\nb) keel  \nc) oar", "a) hull\ngoes on<br/>b) keel<br/>c) oar"),
        ("i. hull\nii. keel", "i. hull<br/>ii. keel"),
        ("• hull\n• *keel*", "• hull<br/>• <em>keel</em>"),
        ("– hull\n– *keel*", "– hull<br/>– <em>keel</em>"),
        ("Parts:\n— hull\n— keel", "Parts:<br/>— hull<br/>— keel"),
        ("—¿Hull?\n—Keel.", "—¿Hull?<br/>—Keel."),
        ("・船\n・港", "・船<br/>・港"),
        ("Q. Is it *hull*?\nA. No.", "Q. Is it <em>hull</em>?<br/>A. No."),
        ("**ANN:** Hull?\nBO: No.", "<strong>ANN:</strong> Hull?<br/>BO: No."),
        ("(@) Hull.\n(@keel) Keel.", "(@) Hull.<br/>(@keel) Keel."),
        ("(1) hull\n(2) keel", "(1) hull<br/>(2) keel"),
        ("Лодка:\nа) нос;\nб) корма.", "Лодка:<br/>а) нос;<br/>б) корма."),
        ("BO.\n    The *hull*\n    is wet.", "BO.<br/>The <em>hull</em><br/>is wet."),
        ("**ANN:**\n\tHull?", "<strong>ANN:</strong><br/>Hull?"),
    ],
)
def test_lines_of_a_list_in_other_signs_end_where_they_are_typed_and_are_told(text: str, made: str) -> None:
    html, problems = set_text(text)
    assert bare(html) == f"<p>{made}</p>"
    assert [code for _, code, _ in found(problems)] == ["markup-unknown"]


@pytest.mark.parametrize("mark", ["[TOC]", "[[_TOC_]]", "{{TOC}}", "[[toc]]"])
def test_a_line_that_asks_for_a_list_of_contents_is_left_out_and_told(mark: str) -> None:
    html, problems = set_text(f"The hull.\n\n{mark}\n\nThe keel.\n")
    assert bare(html) == "<p>The hull.</p>\n<p>The keel.</p>"
    assert [(code, line) for _, code, line in found(problems)] == [("contents-left-out", 5)]


def test_such_a_line_may_stand_right_below_another_but_not_amid_words() -> None:
    html, problems = set_text("The hull\n[TOC]\nand the [TOC] keel\n")
    assert bare(html) == "<p>The hull</p>\n<p>and the [TOC] keel</p>"
    assert [code for _, code, _ in found(problems)] == ["contents-left-out"]


def test_a_line_that_ends_in_spaces_is_broken_as_in_commonmark_and_not_told():
    html, problems = set_text("**Q:** Hull?  \n**A:** Keel.\n")
    assert bare(html) == "<p><strong>Q:</strong> Hull?<br/><strong>A:</strong> Keel.</p>"
    assert problems == ()


@pytest.mark.parametrize(
    "text",
    [
        *("A. Lee said\nthat b. was", "See\na) hull", "x • hull\n• keel", "hull\n1990) x"),
        *("The hull\n— or keel\n— is wet", "The hull.\n    It is wet.", "BO.\n  The hull"),
    ],
)
def test_lines_that_only_look_like_such_a_list_run_on(text: str) -> None:
    html, problems = set_text(text)
    assert "<br" not in html and problems == ()


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("<center>**Not** so</center>", True),
        ("<div>\n![A boat](boat.png)\n</div>", True),
        ("<p>`a` <code>**x**</code> a[1](b) 2**3**4</p>", False),
        ("<div>\n\n**so**\n\n</div>", False),
        ('<div markdown="1">\n**so**\n</div>', False),
    ],
)
def test_markdown_in_html_that_is_not_read_is_told(text: str, is_told: bool) -> None:
    _, problems = set_text(text)
    assert ("markup-unknown" in [problem.code for problem in problems]) is is_told


@pytest.mark.parametrize(
    ("language", "caption"),
    [
        ("en", ": Oars"),
        ("de", "Tabelle: Oars"),
        ("uk", "Таблиця: Oars"),
        ("ja", "表：Oars"),
        ("fr", "Tableau : Oars"),
    ],
)
def test_a_caption_begins_with_a_word_of_the_book_s_language_too(language: str, caption: str) -> None:
    html, problems = set_text(f"| a |\n|---|\n| b |\n\n{caption} {{#oars}}\n\nText.", language)
    assert '<table id="oars"><caption>' in html and "</span> Oars</caption>" in html
    assert problems == ()


def test_such_a_word_beside_no_table_is_text() -> None:
    html, problems = set_text("Tabelle: keine.", "de")
    assert (bare(html), problems) == ("<p>Tabelle: keine.</p>", ())
