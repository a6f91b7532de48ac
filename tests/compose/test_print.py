"""The print book composed: units in order, print transformations, faults of templates."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from recto.compose import print_units
from recto.compose.labels import labels
from recto.compose.print.paper import UnitText
from recto.index.index_model import CrossReference, LetterGroup, LocatedEntry, LocatedIndex, PrintedLocator
from recto.model import Chapter, Definition, Galley, Heading, PageMap, SetSection, Unit
from recto.notations import xhtml
from recto.settings.config import BookSettings, Config, ContentsSettings, PrintSettings
from recto.store.cache import Memo
from recto.theme import find
from tests.patience import goes_by_length
from tests.sample_galleys import PLACE, composer, galley, paragraphs, sample_galleys, set_section

INDEX = LocatedIndex(
    groups=(
        LetterGroup(
            "P",
            "index-p",
            (
                LocatedEntry(
                    "presses",
                    "index-presses",
                    locators=(
                        PrintedLocator("1", "1", "mark-1-1", principal=True),
                        PrintedLocator("2–3", "2", "section-1-1", "3", "section-1-2"),
                    ),
                    see_also=(CrossReference("proofs", "index-proofs"),),
                    entries=(
                        LocatedEntry("hand", "index-hand", 2, (PrintedLocator("2", "2", "chapter-1"),)),
                    ),
                ),
                LocatedEntry("pulls", "index-pulls", see=(CrossReference("presses", "index-presses"),)),
            ),
        ),
    ),
)


def units(index: LocatedIndex | None = None, pages: PageMap | None = None, **settings) -> dict[str, Unit]:
    made, problems = print_units(composer(**settings), index, pages)
    assert problems == ()
    return {unit.name: unit for unit in made}


def body(unit: Unit) -> str:
    """The inside of a unit's body, which must be well-formed."""
    found = re.search(r"<body>(.*)</body>", unit.html, re.DOTALL)
    assert found
    return xhtml.serialize(xhtml.parse(found[1]))


def of_section(html: str, pages: PageMap | None = None, config: Config | None = None) -> str:
    """A chapter with one section of this HTML, as its unit shows it."""
    chapter = Chapter("chapter", "chapter", "1", "One", "chapter-1", PLACE)
    other = Chapter("chapter", "chapter", "2", "Two", "chapter-2", PLACE)
    galleys = (
        galley(chapter, "", (set_section("section-1-1", 2, "1.1", "S", html),)),
        replace(
            galley(other, '<p id="there">x</p>'), definitions=(Definition("there", "figure", "2.1", "X"),)
        ),
    )
    return body(units(None, pages, galleys=galleys, config=config)["chapter-1"])


# --- units -----------------------------------------------------------------------------------------------


def test_units_stand_in_binding_order():
    assert list(units(INDEX)) == [
        "front", "contents", "preface", "part-i", "chapter-1", "chapter-2", "appendix-a", "index", "colophon",
    ]  # fmt: skip


def test_front_matter_is_roman_and_the_rest_arabic():
    roman = [name for name, unit in units(INDEX).items() if unit.numbering == "roman"]
    assert roman == ["front", "contents", "preface"]


def test_display_pages_have_neither_head_nor_folio():
    assert [name for name, unit in units(INDEX).items() if unit.display] == ["front", "part-i", "colophon"]


def test_running_heads_are_the_part_and_the_chapter():
    made = units(INDEX)
    assert (made["chapter-2"].verso_head, made["chapter-2"].recto_head) == ("The Workshop", "Proofs")
    assert (made["appendix-a"].verso_head, made["appendix-a"].recto_head) == ("The Patient Press", "Sizes")
    assert (made["preface"].verso_head, made["preface"].recto_head) == ("Preface", "Preface")
    assert made["front"].recto_head == ""


def test_the_first_page_of_text_is_an_opening():
    made = units(INDEX)
    assert made["chapter-1"].openings == ("chapter-1",)
    assert made["index"].openings == ("recto.index",)


def test_chapters_may_open_on_any_page():
    made = units(config=Config(print=PrintSettings(openings="any")))
    assert not made["chapter-1"].recto
    assert made["front"].recto and made["part-i"].recto


def test_every_unit_is_well_formed_and_has_its_anchor():
    for name, unit in units(INDEX).items():
        if name != "front":
            anchor = f"recto.{name}" if name in ("contents", "index", "colophon") else name
            assert f'id="{anchor}"' in body(unit), name
    assert 'id="dedication"' in body(units()["front"])


def test_the_title_pages_say_what_book_toml_says():
    front = body(units()["front"])
    for words in (
        "The Patient Press",
        "Ada Example",
        "Sink &amp; Leading",
        "978-3-16-148410-0",
        "© 2026 Ada",
    ):
        assert words in front


def test_a_book_without_metadata_has_title_pages():
    front = body(units(config=Config(book=BookSettings(title="Bare")))["front"])
    assert "Bare" in front and "ISBN" not in front and "©" not in front


def test_what_an_author_writes_is_never_markup():
    front = body(units(config=Config(book=BookSettings(title="<b>A & B</b>")))["front"])
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in front


def test_a_chapter_without_a_title_prints_its_label_alone():
    chapter = Chapter("chapter", "chapter", "7", "", "chapter-7", PLACE)
    appendix = Chapter("appendix", "appendix", "A", "", "appendix-a", PLACE)
    made = units(galleys=(galley(chapter, paragraphs(1, "chapter-7")), galley(appendix, "")))
    assert made["chapter-7"].recto_head == "Chapter 7"
    assert '<span class="title">Chapter 7</span></h1>' in body(made["chapter-7"])
    words = xhtml.words(xhtml.parse(body(made["contents"])))
    assert "Chapter 7" in words and "Appendix A" in words and "Appendix Appendix" not in words


def test_the_authors_colophon_takes_the_place_of_ours():
    own = galley(Chapter("back", "colophon", "", "Colophon", "colophon", PLACE), "<p>Set by hand.</p>")
    made = units(galleys=(*sample_galleys(), own))
    assert "Set by hand." in body(made["colophon"]) and "Recto" not in body(made["colophon"])
    assert body(made["colophon"]).count('id="colophon"') == 1


# --- contents and index ----------------------------------------------------------------------------------


def test_folios_are_placeholders_until_the_pages_are_known():
    assert '<span class="folio leader">000</span>' in body(units(INDEX)["contents"])


def test_folios_of_the_contents_come_from_the_page_map():
    pages = PageMap(("i", "v", "1", "12"), {"preface": 1, "chapter-1": 2, "section-2-1": 3, "recto.index": 3})
    contents = body(units(INDEX, pages)["contents"])
    for anchor, folio in (("preface", "v"), ("chapter-1", "1"), ("section-2-1", "12"), ("recto.index", "12")):
        line = re.search(rf'<a href="recto:{anchor}">.*?</a>', contents)
        assert line and line[0].endswith(f'<span class="folio leader">{folio}</span></a>')


def test_contents_list_the_colophon_after_the_index():
    own = galley(Chapter("back", "colophon", "", "Colophon", "colophon", PLACE), "<p>Set by hand.</p>")
    listed = body(units(INDEX, galleys=(*sample_galleys(), own))["contents"])
    assert 0 < listed.index("recto:recto.index") < listed.index("recto:colophon")
    assert listed.count("recto:colophon") == 1


def test_contents_go_as_deep_as_book_toml_says():
    shallow = body(units(config=Config(contents=ContentsSettings(depth=1)))["contents"])
    assert "recto:chapter-1" in shallow and "recto:section-1-1" not in shallow


def test_contents_leave_out_what_stands_before_them():
    own = galley(Chapter("front", "epigraph", "", "Epigraph", "epigraph", PLACE), "<p>Look.</p>")
    made = composer(galleys=(own, *sample_galleys()))
    contents = next(unit for unit in print_units(made, None, None)[0] if unit.name == "contents")
    assert "recto:preface" in contents.html
    assert "recto:epigraph" not in contents.html


def test_a_heading_keeps_its_ids_and_links_to_itself():
    chapter = Chapter("chapter", "chapter", "1", "One", "chapter-1", PLACE)
    title = '<span id="mark-1">A</span> <em>b</em> <a href="#there">c</a> d‑e'
    section = SetSection(Heading("section-1-1", 2, "1.1", "A b c d-e", title), "", "", PLACE)
    other = galley(Chapter("chapter", "chapter", "2", "Two", "chapter-2", PLACE), '<p id="there">x</p>')
    made = units(galleys=(galley(chapter, "", (section,)), other))
    assert '<span>A</span> <em>b</em> c <span class="nobr">d-e</span>' in body(made["contents"])
    assert (
        '<span id="mark-1">A</span> <em>b</em> <a href="recto:there">c</a> <span class="nobr">d-e</span>'
        in body(made["chapter-1"])
    )


def test_contents_list_the_index_only_where_there_is_one():
    assert "recto:recto.index" in body(units(INDEX)["contents"])
    assert "recto:recto.index" not in body(units()["contents"])
    assert "index" not in units(LocatedIndex())


def test_the_index_links_its_locators_and_its_references():
    made = body(units(INDEX)["index"])
    assert '<a href="recto:mark-1-1" class="principal">1</a>' in made
    assert '<a href="recto:section-1-1">2</a>–<a href="recto:section-1-2">3</a>' in made
    assert '<a href="#index-presses">presses</a>' in made
    words = xhtml.words(xhtml.parse(made))
    assert "presses, 1, 2–3. See also proofs hand, 2 pulls. See presses" in words


def test_run_in_subentries_share_the_line_of_their_heading():
    deep = LocatedEntry(
        "x", "x", 1, entries=(LocatedEntry("y", "y", 2, entries=(LocatedEntry("z", "z", 3),)),)
    )
    groups = (*INDEX.groups, LetterGroup("X", "index-x", (deep,)))
    words = xhtml.words(xhtml.parse(body(units(LocatedIndex(groups, style="run-in"))["index"])))
    assert "See also proofs: hand, 2" in words and "x: y; z" in words


# --- print transformations -------------------------------------------------------------------------------


def test_a_note_stands_where_it_is_called():
    made = of_section(
        '<p>Call<a class="noteref" role="doc-noteref" href="#note-1-1" id="noteref-1-1">1</a> on.</p>'
        '<aside class="footnote" role="doc-footnote" id="note-1-1"><p>First\nline.</p><p>Second.</p></aside>'
    )
    assert (
        '<p>Call<span class="footnote" id="note-1-1" data-number="1"><span class="note-p">First line.</span>'
        '<span class="note-p">Second.</span></span> on.</p>'
    ) in made
    assert "<aside" not in made


def test_a_note_called_twice_is_set_once():
    call = '<a class="noteref" role="doc-noteref" href="#note-1-1">1</a>'
    note = '<aside class="footnote" role="doc-footnote" id="note-1-1"><p>N.</p></aside>'
    made = of_section(f"<p>A{call} B{call}</p>{note}")
    assert made.count('class="footnote"') == 1 and 'href="#note-1-1"' in made


@pytest.mark.parametrize("block", ["aside", "section", "details", "h3", "address"])
def test_whatever_stands_in_a_note_stays_in_its_line(block: str):
    made = of_section(
        '<p>A<a role="doc-noteref" href="#note-1-1">1</a> b</p>'
        f'<aside role="doc-footnote" id="note-1-1"><p>N.</p><{block}><p>Box</p></{block}></aside>'
    )
    assert f'<span class="note-{block}"><span class="note-p">Box</span></span></span> b</p>' in made


def test_code_in_a_note_keeps_its_lines():
    made = of_section(
        '<p>A<a role="doc-noteref" href="#note-1-1">1</a></p>'
        '<aside role="doc-footnote" id="note-1-1"><pre>a\n  b</pre></aside>'
    )
    assert '<span class="note-pre">a\n  b</span>' in made


def test_a_reference_gets_its_page():
    reference = '<p>See <a class="xref" href="#there" data-kind="figure">figure 2.1</a>.</p>'
    pages = PageMap(("1", "57"), {"there": 1})
    expected = 'data-kind="figure">figure 2.1</a><span class="page-reference">, page\u00a0{}</span>.</p>'
    assert expected.format("000") in of_section(reference)
    assert expected.format("57") in of_section(reference, pages)
    off = Config(print=PrintSettings(page_references=False))
    assert "page-reference" not in of_section(reference, pages, off)


def test_a_page_after_the_authors_own_words_stands_in_brackets():
    made = of_section('<p><a class="xref" href="#there" data-kind="figure">the net</a></p>')
    assert '>the net</a><span class="page-reference"> (page\u00a0000)</span>' in made


def test_a_reference_within_its_own_section_gets_no_page():
    made = of_section('<figure id="here"></figure><p><a class="xref" href="#here">figure 1.1</a></p>')
    assert "page-reference" not in made and 'href="#here"' in made


def test_a_link_to_another_unit_is_left_to_the_binder():
    made = of_section(
        '<p><a href="#there">x</a> <a href="#chapter-1">y</a> <a href="https://example.org">z</a></p>'
    )
    assert (
        'href="recto:there"' in made and 'href="#chapter-1"' in made and 'href="https://example.org"' in made
    )


def test_a_link_to_nothing_becomes_its_words():
    assert "<p>to nothing at all</p>" in of_section('<p>to <a href="#gone">nothing</a> at all</p>')


def test_headings_never_skip_a_level():
    made = of_section('<h5 id="a">A</h5><h6 id="b">B</h6><h3 id="c">C</h3>')
    assert re.findall(r"<(h\d)", made) == ["h1", "h2", "h3", "h4", "h3"]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Sixty Seconds to a First Book", "Sixty Seconds to a First~Book"),
        (
            "Accounts, Organizations, and the Management Account",
            "Accounts, Organizations, and the Management~Account",
        ),
        (
            "Networking and Security Groups for <em>Pods</em>",
            "Networking and Security Groups~for~<em>Pods</em>",
        ),
        ("How Long Titles End in Considerations", "How Long Titles End in Considerations"),
        ("The Flow", "The Flow"),
        ("Flow", "Flow"),
    ],
)
def test_the_last_line_of_a_title_is_no_short_word(title, lines):
    chapter = Chapter("chapter", "chapter", "1", "One", "chapter-1", PLACE)
    section = SetSection(Heading("section-1-1", 2, "1.1", "T", title), f"<h3>{title}</h3>", "", PLACE)
    made = units(galleys=(galley(chapter, "", (section,)),))
    set_in_print = lines.replace("~", "\u00a0")
    assert f"</span> {set_in_print}</h2>" in made["chapter-1"].html
    assert f"<h3>{set_in_print}</h3>" in made["chapter-1"].html
    assert f">{title}</span>" in made["contents"].html


def table(rows: int, words: str = "cell") -> str:
    body = f"<tr><td>{words}</td><td>b</td></tr>" * rows
    return of_section(f"<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody>{body}</tbody></table>")


@pytest.mark.parametrize(
    ("html", "is_marked"),
    [
        ("<p><strong>How it works</strong></p><p>Well.</p>", True),
        ("<p><b>How <em>it</em> works</b>\n</p><pre>code</pre>", True),
        ("<p><strong>Note</strong> this.</p><p>Well.</p>", False),
        ("<p>Well.</p><p><strong>The end</strong></p>", False),
        (f"<p><strong>{'A whole sentence. ' * 9}</strong></p><p>Well.</p>", False),
    ],
)
def test_a_line_in_bold_that_stands_for_a_heading_is_not_left_at_the_foot(html: str, is_marked: bool) -> None:
    assert ('<p class="stands-for-heading">' in of_section(html)) is is_marked


def test_a_table_of_half_a_page_is_not_divided_or_else_not_near_its_ends():
    assert '<table class="short">' in table(13) and table(13).count('<tr class="held">') == 4
    assert "short" not in table(13, "many words " * 12)


def test_a_long_table_keeps_three_rows_before_and_after_a_page_break():
    rows = re.findall('<tr( class="held")?>', table(20))
    assert [bool(held) for held in rows] == [False, False, True, True, *[False] * 15, True, True]


def test_rows_of_several_lines_are_held_to_fewer_others():
    rows = re.findall('<tr( class="held")?>', table(20, "many words " * 12))
    assert [bool(held) for held in rows] == [False, False, *[False] * 19]


def test_a_listing_keeps_three_lines_before_and_after_a_page_break_and_counts_those_that_wrap():
    line = '<span class="line">x</span>'
    names = re.findall('<span class="([^"]*line)">', of_section(f"<pre>{line * 9}</pre>"))
    assert names[:4] == ["holds held line", "holds held line", "held line", "line"]
    assert names[4:] == ["line", "line", "holds line", "holds held line", "held line"]
    wide = f'<span class="line">{"x" * 60}</span>'
    assert "short" in of_section(f"<pre>{wide * 3}</pre>")
    assert "short" not in of_section(f"<pre>{wide * 4}</pre>")


def test_a_listing_of_a_few_lines_that_all_turn_over_keeps_together_what_lines_it_has():
    for count, names in ((1, ["held line long"]), (2, ["holds held line long", "held line long"])):
        line = f'<span class="line">{"x" * 900}</span>'
        assert (
            re.findall('<span class="([^"]*line[^"]*)">', of_section(f"<pre>{line * count}</pre>")) == names
        )


def test_a_paragraph_that_begins_with_a_picture_is_not_indented():
    assert '<p class="pictured">' in of_section('<p><img src="a.png" alt="A"/>\nAnd on.</p>')
    assert "pictured" not in of_section('<p>So: <img src="a.png" alt="A"/></p>')


def test_a_long_name_in_the_code_of_a_title_may_be_divided_at_its_joints():
    text = UnitText("chapter-1", {}, "page", True, ", ")
    made = text.title("On <code>module_1.very_long(x, y_z)</code> and a_b")
    assert made.replace("\u00a0", " ") == "On <code>module_1.\u200bvery_\u200blong(x, y_z)</code> and a_b"


def test_a_very_long_word_of_a_title_may_be_hyphenated_and_others_may_not():
    text = UnitText("chapter-1", {}, "page", True, ", ")
    made = text.title("Die <em>Donaudampfschifffahrtsgesellschaft</em> im Wasserstand")
    assert '<em><span class="divisible">Donaudampfschifffahrtsgesellschaft</span></em>' in made
    assert made.count("<span") == 1


def test_page_1_is_a_right_hand_page_though_chapters_may_begin_on_any():
    config = Config(print=PrintSettings(openings="any"))
    galleys = tuple(replace(each, part=None) for each in sample_galleys())
    made, _ = print_units(composer(config, galleys=galleys), None, None)
    assert [unit.recto for unit in made if unit.numbering == "arabic" and not unit.display][:2] == [
        True,
        False,
    ]


@pytest.mark.parametrize(("words", "tall"), [(20, False), (600, True)])
def test_a_head_higher_than_a_third_of_a_page_is_set_once(words, tall):
    head = f"<thead><tr><th>{'word ' * words}</th></tr></thead>"
    assert (
        '<thead class="tall">' in of_section(f"<table>{head}{'<tr><td>a</td></tr>' * 30}</table>")
    ) == tall


def test_short_code_within_a_line_is_not_divided():
    made = of_section("<p><code># Title</code> <code>word</code> <code>python build.py mybook</code></p>")
    assert "nobr" not in of_section("<pre><code>a b\nc</code></pre>")
    assert '<code class="nobr"># Title</code> <code>word</code> <code>python build.py mybook</code>' in made


def test_a_word_with_a_non_breaking_hyphen_is_kept_whole():
    made = of_section("<p>a re‑set, and <em>x‑y</em> ends with a‑b‑c here</p>")
    assert '<p>a <span class="nobr">re-set,</span> and <em><span class="nobr">x-y</span></em>' in made
    assert 'with <span class="nobr">a-b-c</span> here</p>' in made


def test_an_address_is_never_hyphenated():
    made = of_section("<p>at https://example.org/a, or <code>b</code></p>")
    assert '<p>at <span class="url">https://example.org/a,</span> or <code>b</code></p>' in made


def test_a_word_without_end_is_no_address_and_is_looked_at_once():
    made = of_section(f"<p>{'a' * 20_000} https://example.org</p>")
    assert '<span class="url">https://example.org</span></p>' in made
    assert goes_by_length(lambda word: of_section(f"<p>{word} https://example.org</p>"), "a" * 100_000)


def test_images_are_files_of_the_book():
    made = of_section('<p><img src="images/net.png" alt="A net" width="60%"/></p>')
    assert 'src="book:///images/net.png"' in made and 'style="width: 60%"' in made


def test_a_drawing_in_a_line_is_as_wide_as_it_says_and_not_as_the_column():
    icon = '<img src="images/a.svg" alt="x" width="24" height="24"/>'
    made = of_section(f"<p>Press {icon} here.</p><figure>{icon}</figure>")
    assert made.count('style="width: 24px"') == 1


def test_a_large_drawing_in_a_table_leaves_room_to_the_words_beside_it():
    cells = "".join(
        f'<td><img src="images/a.svg" alt="x" width="{width}" height="{width}"/></td>' for width in (24, 1259)
    )
    made = of_section(f"<table><tbody><tr>{cells}<td>Words</td></tr></tbody></table>")
    assert 'style="width: 24px"' in made and "1259px" not in made


def test_short_tables_and_listings_stay_on_one_page():
    rows, lines = "<tr><td>x</td></tr>", '<span class="line">x</span>'
    made = of_section(
        f"<table>{rows * 15}</table><table>{rows * 16}</table><pre>{lines * 6}</pre><pre>{lines * 7}</pre>"
    )
    assert made.count('<table class="short">') == made.count("<table>") == 1
    assert made.count('<pre class="short">') == 1 and made.count("<pre>") == 1


def test_only_lines_of_code_that_may_wrap_are_marked():
    made = of_section(
        f'<pre><code><span class="line">short</span><span class="line">{"x" * 90}</span></code></pre>'
    )
    assert made.count('class="line long"') == 1 and made.count('class="line"') == 1


# --- language and faults ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "chapter", "contents"),
    [("de-AT", "Kapitel", "Inhalt"), ("fr", "Chapitre", "Table des matières"), ("es", "Capítulo", "Índice"),
     ("it", "Capitolo", "Indice"), ("nl", "Hoofdstuk", "Inhoud"), ("sv", "Kapitel", "Innehåll"),
     ("tlh", "Chapter", "Contents")],
)  # fmt: skip
def test_the_book_speaks_its_language(tag, chapter, contents):
    made = units(config=Config(book=BookSettings(title="T", language=tag)))
    assert f">{contents}<" in body(made["contents"])
    assert f"{chapter} <span" in body(made["chapter-1"])
    assert f'<html lang="{tag}">' in made["chapter-1"].html


def test_a_book_may_ask_for_no_hyphens():
    off = units(config=Config(book=BookSettings(title="T"), print=PrintSettings(hyphenate=False)))
    assert '<body class="unhyphenated">' in off["chapter-1"].html
    assert "<body>" in units()["chapter-1"].html


def test_every_language_has_every_label():
    assert all(all(labels(tag).values()) for tag in ("en", "de", "fr", "es", "it", "nl", "sv"))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{{ nothing.here }}", "template-undefined"),
        ("{{ book.nothing }}", "template-undefined"),
        ("{% if %}", "template-syntax"),
        ("{{ 1 / 0 }}", "template-fault"),
        ('{% include "print/none.html" %}', "template-missing"),
        ("{{ book.__class__.__mro__ }}", "template-forbidden"),
        ("{{ sections.append(1) }}", "template-forbidden"),
    ],
)
def test_a_fault_of_a_template_is_told_with_its_line(tmp_path, line, code):
    own = tmp_path / "templates/print/matter.html"
    own.parent.mkdir(parents=True)
    own.write_text(f"<p>one</p>\n<p>two</p>\n{line}\n", encoding="utf-8")
    made, problems = print_units(composer(theme=find(tmp_path)), None, None)
    assert [(p.code, p.severity, Path(p.place.file).name, p.place.line) for p in problems] == [
        (code, "error", "matter.html", 3)
    ]
    assert problems[0].hint
    assert "Traceback" not in str(problems[0])
    assert next(unit for unit in made if unit.name == "preface").html == ""


def test_a_fault_in_an_included_template_names_that_template(tmp_path):
    own = tmp_path / "templates/print/half-title.html"
    own.parent.mkdir(parents=True)
    own.write_text("<p>\n{{ subtitle }}</p>", encoding="utf-8")
    _, problems = print_units(composer(theme=find(tmp_path)), None, None)
    assert [(Path(p.place.file).name, p.place.line) for p in problems] == [("half-title.html", 2)]


def test_a_fault_met_in_every_chapter_is_told_once(tmp_path):
    own = tmp_path / "templates/print/chapter.html"
    own.parent.mkdir(parents=True)
    own.write_text("{{ nothing }}", encoding="utf-8")
    _, problems = print_units(composer(theme=find(tmp_path)), None, None)
    assert len(problems) == 1


@pytest.mark.slow
def test_every_unit_is_laid_out_as_pdf_ua(tmp_path):
    import page
    from PIL import Image

    from recto.print.engine.rendering import lay_out
    from recto.print.layout.job import AssetFile, LayoutJob, asset_table
    from recto.settings.trim import geometry, page_css

    image = tmp_path / "net.png"
    Image.new("L", (60, 30), 200).save(image)
    made, theme = composer(), find()
    sheets = (*theme.paper(), page_css(geometry(made.config)[0]))
    assets = asset_table(theme, ()) | {"images/net.png": AssetFile.of(image)}
    for unit in print_units(made, INDEX, None)[0]:
        laid = lay_out(LayoutJob(unit, sheets, assets))
        assert laid.messages == (), unit.name
        report = page.validate_pdf_bytes(laid.pdf, profile=page.ValidationProfile.PDF_UA_1)
        assert [failure.rule_id for failure in report.failures] == [], unit.name


# --- composed before ------------------------------------------------------------------------------------

SEE = '<p data-b="chapter-1:1">See <a class="xref" href="#there">figure 2.1</a>.</p>'


def book_of(*htmls: str, title: str = "S") -> tuple[Galley, ...]:
    return tuple(
        replace(
            galley(
                Chapter("chapter", "chapter", str(number), "", f"chapter-{number}", PLACE),
                "",
                (set_section(f"section-{number}-1", 2, f"{number}.1", title, html),),
            ),
            definitions=(Definition("there", "figure", "2.1", "X"),),
        )
        for number, html in enumerate(htmls, start=1)
    )


SAME = book_of(SEE, '<p id="there">x</p>')
OTHERS = (
    (SAME, Config(), PageMap(("1", "2"), {"there": 1})),
    (SAME, Config(), PageMap(("1", "2"), {"there": 0})),
    (SAME, Config(print=PrintSettings(page_references=False)), PageMap(("1", "2"), {"there": 1})),
    (SAME, Config(print=PrintSettings(hyphenate=False)), None),
    (SAME, Config(book=BookSettings(language="de")), None),
    (book_of(SEE, "<p>no more</p>"), Config(), None),
    (book_of(SEE.replace("See", "Look at"), '<p id="there">x</p>'), Config(), None),
    (book_of(SEE, '<p id="there">x</p>', title="Other"), Config(), None),
    (book_of(SEE + '<p id="there">x</p>', "<p>y</p>"), Config(), None),
)


@pytest.mark.parametrize("number", range(len(OTHERS)))
def test_what_was_composed_before_is_composed_anew_where_anything_differs(number: int) -> None:
    galleys, config, pages = OTHERS[number]
    memo = Memo()
    for earlier in ((SAME, Config(), None), *OTHERS):
        print_units(composer(earlier[1], galleys=earlier[0], memo=memo), INDEX, earlier[2])
    fresh = print_units(composer(config, galleys=galleys), INDEX, pages)
    assert print_units(composer(config, galleys=galleys, memo=memo), INDEX, pages) == fresh
    assert fresh != print_units(composer(galleys=SAME), INDEX, None)


def test_an_index_mark_more_composes_nothing_anew() -> None:
    memo = Memo()
    print_units(composer(galleys=SAME, memo=memo), None, None)
    marked = book_of(
        SEE.replace(" See", '<span class="index-mark" id="term-1"></span> See'), '<p id="there">x</p>'
    )
    again = composer(galleys=marked, memo=memo)
    again.fill = None  # type: ignore[method-assign,assignment] # whoever fills a template fails
    print_units(again, None, None)


def test_the_fault_of_a_template_is_told_each_time(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "print"
    folder.mkdir(parents=True)
    (folder / "chapter.html").write_text("{{ nothing.here }}")
    memo = Memo()
    for _ in range(2):
        _, problems = print_units(composer(theme=find(tmp_path), memo=memo), None, None)
        assert [problem.code for problem in problems] == ["template-undefined"]


def test_a_template_that_is_saved_anew_meanwhile_spoils_nothing(tmp_path: Path) -> None:
    own = tmp_path / "templates/print/half-title.html"
    own.parent.mkdir(parents=True)
    own.write_text("first", encoding="utf-8")
    theme, memo = find(tmp_path), Memo()
    begun = composer(theme=theme, memo=memo)
    own.write_text("other", encoding="utf-8")
    for edition, words in ((begun, "first"), (composer(theme=theme, memo=memo), "other")):
        (front, *_), _ = print_units(edition, None, None)
        assert words in front.html


def test_a_row_longer_than_half_a_page_may_be_divided_and_holds_no_other() -> None:
    html = of_section(
        f"<table><tr><td>a</td></tr><tr><td>{'word ' * 600}</td></tr><tr><td>c</td></tr></table>"
    )
    assert html.count('<tr class="divided">') == 1
    assert '<tr class="held"><td>c' in html and 'class="divided held"' not in html
