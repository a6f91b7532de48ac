import re
from dataclasses import replace

import pytest

from recto.model import Part
from recto.problems import Place
from tests.typeset_books import BookOf, bare, found, set_text


def png(path, size=(2, 3)):
    from PIL import Image

    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L", size).save(path)


@pytest.fixture
def book(tmp_path):
    png(tmp_path / "images" / "net.png")
    return BookOf(tmp_path)


def test_a_captioned_image_is_a_numbered_figure(book):
    book.chapter("4", "Four").section("4.1", "T", '![A net](images/net.png "The net"){#fig-net width=60%}')
    galleys, problems = book.set()
    assert problems == ()
    assert bare(galleys[0].sections[0].html) == (
        '<figure class="figure" id="fig-net"><img alt="A net" src="images/net.png" style="width: 60%" '
        'width="2" height="3"/><figcaption><span class="label">Figure 4.1</span> The net'
        "</figcaption></figure>"
    )
    assert [asset.name for asset in galleys[0].assets] == ["images/net.png"]


def test_figures_count_through_the_chapter_and_alone_in_matter(book):
    figure = "![x](net.png)\n\nFigure: Caption *two*\n"
    book.matter("preface", "Preface", figure).chapter("A", "Ap").section("A.1", "T", figure + "\n" + figure)
    galleys, _ = book.set("de")
    assert "Abbildung 1</span> Caption <em>two</em>" in galleys[0].opening.html
    assert 'id="figure-preface-1"' in galleys[0].opening.html
    assert "Abbildung A.2</span>" in galleys[1].sections[0].html
    assert [d.number for d in galleys[1].definitions if d.kind == "figure"] == ["A.1", "A.2"]


def test_an_image_without_caption_has_no_number(book):
    galleys, _ = book.chapter("1", "", "![x](net.png)").set()
    assert "figcaption" not in galleys[0].opening.html


def test_images_without_alternative_text_are_reported(book):
    text = 'a\n\n![](net.png)\n\n<img src="net.png">\n\n![](net.png){.decorative}\n'
    galleys, problems = book.chapter("1", "", text, line=10).set()
    assert found(problems) == [("warning", "alt-missing", 13), ("warning", "alt-missing", 15)]
    assert 'role="presentation"' in galleys[0].opening.html
    assert len(galleys[0].assets) == 1


def test_a_missing_image_tells_its_line_and_where_it_looked(book):
    _, problems = book.chapter("1", "", "`![a](b.png)`\n\n![a](nett.png) ![b](b.png)", line=1).set()
    assert found(problems) == [("warning", "image-missing", 4), ("warning", "image-missing", 4)]
    assert "did you mean net.png?" in (problems[0].hint or "")
    assert "looked in" in (problems[1].hint or "")


def test_references_read_as_what_they_name(book):
    book.matter("preface", "Preface", "x").chapter("4", "Four", "x", part=Part("II", "Two", "part-ii"))
    text = "See [](#4.2), [](#chapter-4), [](#4), [](#appendix-a), [](#A.1), [](#preface), "
    text += "[](#fig-net), [own](#4.2)."
    book.section("4.1", "T", text)
    book.section("4.2", "T", '![x](net.png "N"){#fig-net}')
    book.chapter("A", "Ap").section("A.1", "T", "[](#part-ii) is a [](#4.1).")
    galleys, problems = book.set()
    assert problems == ()
    assert galleys[1].sections[0].text == (
        "See section 4.2, chapter 4, chapter 4, appendix A, section A.1, Preface, figure 4.1, own."
    )
    link = '<a href="#section-4-2" class="xref" data-kind="section">section 4.2</a>'
    assert link in galleys[1].sections[0].html
    assert galleys[2].sections[0].text == "Part II is a section 4.1."


@pytest.mark.parametrize(
    ("before", "capital"),
    [
        ("", True),
        ("It is done. ", True),
        ("It is *done!* ", True),
        ("“Is it?” ", True),
        ("It is done. (", True),
        ("It ends in `x.y`. ", True),
        ("Said below.[^n] ", True),
        ("It was 1871. ", True),
        ("**Note.** ", True),
        ("See ", False),
        ("as, e.g. ", False),
        ("Cf. ", False),
        ("(see ", False),
        ("by J. ", False),
        ("in vol. 2, ", False),
        ("as follows: ", False),
    ],
)
def test_a_reference_that_begins_a_sentence_is_capitalised(book, before, capital):
    text = f"{before}[](#4.2) tells.\n\n[^n]: N\n"
    galleys, _ = book.chapter("4", "", "").section("4.1", "T", text).section("4.2", "T", "x").set()
    assert (">Section 4.2<" if capital else ">section 4.2<") in galleys[0].sections[0].html


def test_a_reference_follows_the_number_typed_not_the_one_printed(book):
    book.chapter("1").section("1.1", "T", "[see](#37.8)").section("1.2", "U", "x")
    book.numbers["37.8"] = "section-1-2"
    galleys, _ = book.set()
    assert 'href="#section-1-2"' in galleys[0].sections[0].html


def test_a_reference_to_nothing_tells_its_line_and_the_nearest_name(book):
    book.chapter("1").section(
        "1.1", "T", 'a\n\n![x](net.png "N"){#fig-net}\n\nSee\n[](#fig-nets) and `[](#no)`.'
    )
    _, problems = book.set()
    assert found(problems) == [("warning", "reference-missing", 7)]
    assert problems[0].hint == "did you mean #fig-net?"
    assert problems[0].subject == "1.1"


def test_an_id_given_twice_tells_both_lines(book):
    book.chapter("1").section("1.1", "T", "### A {#same}\n", line=4).section(
        "1.2", "T", "x\n\n### B {#same}\n", 8
    )
    galleys, problems = book.set()
    assert found(problems) == [("warning", "id-duplicate", 11)]
    assert problems[0].message.endswith("book.md:5")
    anchors = [heading.anchor for heading in galleys[0].headings]
    assert len(set(anchors)) == len(anchors)


def test_notes_count_through_the_chapter(book):
    note = "One[^a] and again[^a], two[^b].\n\n[^b]: Second.\n[^a]: First\n\n    with *more*.\n"
    galleys, problems = (
        book.chapter("4").section("4.1", "T", note).section("4.2", "T", "x[^1]\n\n[^1]: y").set()
    )
    assert problems == ()
    first, second = (bare(section.html) for section in galleys[0].sections)
    call = '<a class="noteref" id="noteref-4-1" role="doc-noteref" href="#note-4-1">1</a>'
    assert first.startswith(f"<p>One{call} and again")
    assert 'id="noteref-4-1-2"' in first
    assert '<aside class="footnote" role="doc-footnote" id="note-4-1">' in first
    assert first.index("First") < first.index("Second")
    assert 'id="note-4-3"' in second
    assert galleys[0].sections[0].text == "One and again, two."


def test_lost_and_unused_notes_are_reported():
    html, problems = set_text("a[^x] `[^code]`\n\nb\n[^lost].\n\n[^x]: A note.\n\n[^y]: Never.\n")
    assert found(problems) == [("warning", "note-missing", 6), ("warning", "note-unused", 10)]
    assert "Never" not in html


def test_marks_are_read_in_all_their_forms(book):
    text = (
        "{^a!b}x {^k@c!d} [mesh *net*]{^}, [words]{^nets!mesh}{^t|(}\n\nx{^t|)}{^u|see v!w}{^u|seealso z}"
        "{^p|main}\\index{l!m|see{n}}(((q,r))) `{^no}`\n"
    )
    galleys, problems = book.chapter("2").section("2.1", "T", text, line=5).set()
    assert problems == ()
    marks = galleys[0].marks
    assert [(m.terms, m.role, m.target) for m in marks] == [
        (("a", "b"), "point", ""),
        (("c", "d"), "point", ""),
        (("mesh net",), "point", ""),
        (("nets", "mesh"), "point", ""),
        (("t",), "open", ""),
        (("t",), "close", ""),
        (("u",), "see", "v!w"),
        (("u",), "see-also", "z"),
        (("p",), "point", ""),
        (("l", "m"), "see", "n"),
        (("q", "r"), "point", ""),
    ]
    assert [m.place.line for m in marks] == [6, 6, 6, 6, 6, 8, 8, 8, 8, 8, 8]
    assert marks[8].principal
    html = galleys[0].sections[0].html
    assert '<span class="index-mark" id="mark-2-3">mesh <em>net</em></span>' in html
    assert "<code>{^no}</code>" in html
    assert galleys[0].sections[0].text == "x mesh net, words x {^no}"


def marks_of(book, text):
    galleys, problems = book.chapter("2").section("2.1", "T", text, line=5).set()
    assert problems == ()
    return galleys[0], [(m.terms, m.role, m.target) for m in galleys[0].marks]


def test_the_marks_of_asciidoctor_are_read(book):
    galley, marks = marks_of(
        book,
        "A ((hive)) and ((swarms, see=hive)), indexterm2:[index cards] too.\n"
        '(((bees, brood, "cells, sealed")))\n'
        "indexterm:[bees,wax] ((Flash >> HTML 5)) (((honey &> wax &> combs))) (((knife >> cutlery)))\n\n"
        "f((x)) \\((note)) (((a))x `((code))` indexterm: [x] (((( 4 ))))\n",
    )
    assert marks == [
        (("hive",), "point", ""),
        (("swarms",), "see", "hive"),
        (("index cards",), "point", ""),
        (("bees", "brood", "cells, sealed"), "point", ""),
        (("bees", "wax"), "point", ""),
        (("Flash",), "see", "HTML 5"),
        (("honey",), "see-also", "wax;combs"),
        (("knife",), "see", "cutlery"),
    ]
    text = " ".join(galley.sections[0].text.split())
    assert text == (
        "A hive and swarms, index cards too. Flash "
        "f((x)) ((note)) (((a))x ((code)) indexterm: [x] (((( 4 ))))"
    )


def test_a_mark_of_latex_may_hold_commands(book):
    _, marks = marks_of(
        book,
        r"x\index{foo@\texttt{foo\_bar}!a \& b|textbf}\index{fast|ff}\index{wide|(textbf}\index{wide|)}"
        r'\index{gnu"!|see{\emph{gnat}}}' + "\n",
    )
    assert marks == [
        (("foo_bar", "a & b"), "point", ""),
        (("fast",), "point", ""),
        (("wide",), "open", ""),
        (("wide",), "close", ""),
        (("gnu!",), "see", "gnat"),
    ]


def test_a_mark_in_the_title_of_an_image_goes_into_its_caption(book):
    text = '![alt](a.png "A net{^nets} here")\n\n[x](https://x.org "y{^no}")\n'
    galleys, _ = book.chapter("2").section("2.1", "T", text, line=5).set()
    assert [mark.terms for mark in galleys[0].marks] == [("nets",)]
    html = galleys[0].sections[0].html
    assert 'A net<span class="index-mark" id="mark-2-1"/> here</figcaption>' in html.replace("></span>", "/>")
    assert 'title="y{^no}"' in html


def test_a_mark_has_three_levels_at_most(book):
    _, problems = book.chapter("2").section("2.1", "T", "x{^a!b!c!d} (((a,b,c,d)))\n", line=5).set()
    assert [(p.code, p.place.line) for p in problems] == [("index-mark", 6), ("index-mark", 6)]


def test_a_mark_directly_behind_a_note_is_a_mark_and_the_note_is_called() -> None:
    galleys, problems = BookOf().chapter("1", "One", "Words.[^note]{^term}\n\n[^note]: A note.\n").set()
    assert [mark.terms for mark in galleys[0].marks] == [("term",)]
    assert 'class="noteref"' in galleys[0].opening.html
    assert problems == ()


def test_a_mark_alone_moves_to_the_next_paragraph(book):
    galleys, _ = book.chapter("1").section("1.1", "T", "{^a|(}\n\nText.\n\n{^a|)}\n").set()
    html = bare(galleys[0].sections[0].html)
    assert html.startswith('<p><span class="index-mark" id="mark-1-1"></span>Text.')
    assert html.count("<p>") == 1


def test_a_mark_that_can_not_be_read_is_reported(book):
    _, problems = book.chapter("1").section("1.1", "T", "a\n\nb{^a!!b} c{^a|bold}").set()
    assert found(problems) == [("warning", "index-mark", 4), ("warning", "index-mark", 4)]


def test_blocks_are_numbered_through_the_chapter(book):
    text = "One.\n\n- two\n- three\n\n> four\n\n    five\n"
    galleys, _ = book.chapter("4", "", "Zero.").section("4.1", "T", text).section("4.2", "U", "Six.").set()
    html = "".join(section.html for section in galleys[0].all_sections)
    for number in range(1, 8):
        assert html.count(f'data-b="chapter-4:{number}"') == 1
    assert "<ul data-b" not in html


def test_text_has_words_apart_and_no_notes(book):
    text = "# Head\nOne\ntwo[^1].\n\n- a\n- b\n\n| c | d |\n|---|---|\n| e | f |\n\n[^1]: note\n"
    galleys, _ = book.chapter("1").section("1.1", "T", text).set()
    assert galleys[0].sections[0].text == "Head One two. a b c d e f"


def test_a_part_opens_with_its_own_text(book):
    opening = book.section_of("part", None, "The *Part*", "Part text[^1].\n\n[^1]: n\n", 3)
    part = Part("I", "The *Part*", "part-i", opening)
    galleys, _ = book.chapter("1", part=part).chapter("2", part=part).set()
    assert galleys[0].part is not None
    assert galleys[0].part.heading.html == "The <em>Part</em>"
    assert 'data-b="part-i:1"' in galleys[0].part.html
    assert galleys[1].part is None


def test_a_link_to_another_file_of_the_manuscript_means_what_stands_there(book):
    book.chapter(
        "1", "One", "[here](book.md#section-1-1), [top](book.md), [lost](gone.md), [web](https://a.b)"
    )
    galleys, problems = book.section("1.1", "T", "x").set()
    html = galleys[0].opening.html
    assert 'href="#section-1-1"' in html
    assert 'href="#chapter-1"' in html
    assert 'href="https://a.b"' in html
    assert found(problems) == [("warning", "link-broken", 2)]


def test_the_same_text_is_set_the_same_way_twice(book):
    book.chapter("1").section("1.1", "T", 'a[^1] {^b} ![x](net.png "c")\n\n[^1]: d\n')
    assert book.set() == book.set()


def test_places_are_those_of_the_section(book):
    galleys, _ = book.chapter("1").section("1.1", "T", "x", line=12).set()
    assert galleys[0].sections[0].place == Place(str(book.root / "book.md"), 12)
    assert galleys[0].sections[0].source_number == "1.1"


def test_a_mark_may_hold_code_and_code_may_hold_a_mark(book):
    text = "One{^make@`make book`!in `x`} and `{^` with `}` and ``a`{^no}`` end."
    galleys, problems = book.chapter("1").section("1.1", "T", text).set()
    assert problems == ()
    assert [mark.terms for mark in galleys[0].marks] == [("make book", "in x")]
    assert galleys[0].sections[0].text == "One and {^ with } and a`{^no} end."


def test_a_link_an_abbreviation_and_a_picture_are_defined_for_the_whole_file(book):
    book.chapter("1", "The [mill][m]", "[mill][m] and [own] by ABC ![x][pic]\n\n[own]: https://own.example\n")
    book.section("1.1", "T", "x\n\n[m]: https://mill.example 'The mill'\n[own]: https://other.example\n", 9)
    book.section("1.2", "U", "[own]\n\n[pic]: net.png\n\n*[ABC]: Alphabet\n", 20)
    galleys, problems = book.set()
    opening = galleys[0].opening.html
    assert problems == ()
    assert '<a href="https://mill.example" title="The mill">mill</a>' in opening
    assert 'href="https://own.example"' in opening
    assert 'href="https://own.example"' in galleys[0].sections[1].html
    assert '<abbr title="Alphabet">ABC</abbr>' in opening
    assert 'src="images/net.png"' in opening


def test_a_note_may_stand_in_another_section_of_its_file(book):
    book.chapter("1", "", "One[^1] and[^far].\n\n[^1]: Own.\n", 1)
    end = "Two[^1].\n\n[^1]: Second's own.\n[^far]: Far, with [^deep]\n\n    > and *more*.\n"
    end += "[^deep]: Deep.\n[^no]: Never.\n"
    galleys, problems = book.section("1.1", "T", end, 10).set()
    opening, section = galleys[0].opening.html, galleys[0].sections[0].html
    assert [opening.index(words) for words in ("Own.", "Far, with", "<em>more</em>", "Deep.")]
    assert opening.count("<aside") == 3
    assert section.count("<aside") == 1
    assert "Second’s own" in section
    assert found(problems) == [("warning", "note-unused", 18)]


def test_what_another_file_defines_means_nothing_here(book):
    book.chapter("1", "", "[m] x[^1] ABC\n")
    other = Place("other.md", 1)
    text = "y[^1] ABC\n\n[m]: https://a.example\n[^1]: There.\n\n*[ABC]: Alphabet\n"
    book.section("1.1", "T", text).section("1.2", "U", "z")
    for index, each in enumerate(book.chapters[0].sections):
        source = replace(each.source, place=other, text_line=2 + 20 * index)
        sections = list(book.chapters[0].sections)
        sections[index] = replace(each, source=source)
        book.chapters[0] = replace(book.chapters[0], sections=tuple(sections))
    galleys, problems = book.set()
    assert galleys[0].opening.text == "[m] x[^1] ABC"
    assert "<abbr" not in galleys[0].opening.html
    assert [problem.code for problem in problems] == ["note-missing"]


@pytest.mark.parametrize("between", ["", "\n", "\n\n"])
def test_the_width_of_a_picture_may_stand_behind_it_or_below_it(book, between):
    text = f"![A net](images/net.png){between}{{width=50%}}\n\nFigure: Cap\n"
    galleys, problems = book.chapter("1", "", text).set()
    assert problems == ()
    assert 'style="width: 50%"' in galleys[0].opening.html
    assert "{width" not in galleys[0].opening.html
    assert "Figure 1.1</span> Cap" in galleys[0].opening.html


def test_a_height_counts_where_a_picture_has_no_width_and_no_size_is_lost_in_silence(book):
    sizes = ("{height=3cm}", "{width=40px height=9cm}", "{height=20%}", "{width=wide}")
    text = "\n\n".join(f"![A net](images/net.png){size}" for size in sizes)
    galleys, problems = book.chapter("1", "", text).set()
    styles = re.findall(r'style="([^"]*)"', galleys[0].opening.html)
    assert styles == ["height: 3cm; object-fit: contain", "width: 40px"]
    assert [problem.code for problem in problems] == ["attribute-unused"] * 2
