"""Where a file is divided: at the very lines that are set as headings, whatever stands around them."""

from __future__ import annotations

import gc
import re
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recto.forms.markdown.file_headings import titles
from recto.forms.markdown.reading import outline
from recto.forms.source_file import SourceFile
from recto.notations import xhtml
from recto.typeset.markup.reader import MarkdownFrame
from recto.typeset.section_source import Source
from recto.typeset.work import Style, Work
from tests.typeset_books import BookOf

LINES = (
    "# Oars",
    "## 1.1 Blades #",
    "###### Locks",
    "#No heading",
    "####### No heading",
    "   # Indented",
    "    # Code",
    "\t# Code",
    "#",
    "Under",
    "lines",
    "===",
    "---",
    "=",
    "-",
    "4. Title",
    "4. Title\n===",
    "```",
    "```sh",
    "~~~",
    "~~~~ text",
    "`````",
    "- # In an item",
    "- item",
    "  # In it",
    "1. one",
    "   # In one",
    "10) ten",
    "* * *",
    "> # In a quotation",
    "> quoted",
    "lazy",
    "<!--",
    "-->",
    "<!-- # one line -->",
    "<div>",
    "</div>",
    "<pre>",
    "</pre>",
    "<script>",
    "</script>",
    "<?",
    "?>",
    "<![CDATA[",
    "]]>",
    "$$",
    "$$ x",
    "x $$",
    r"\[",
    r"\]",
    "| a | b |",
    "|---|---|",
    "| a",
    '!!! note "Box"',
    "    in the box",
    "    # In the box",
    "[^n]: a note",
    "    # In the note",
    "[a]: /b",
    '"title"',
    "*[A]: b",
    ": meaning",
    "  # In the meaning",
    "",
    "",
    "",
    " ",
    "\x00# Oars",
    "\f# Oars",
    "\u2028# Oars",
    "a\\",
    "`a",
    "b`",
)
PREFIXES = ("", "", "", "> ", "- ", "  ", "    ", "1. ", "   ", "\t")


def gathered(text: str) -> list[tuple[int, int]]:
    found = outline(SourceFile("a.md", "a.md", text))
    return [(heading.level, heading.line) for heading in found.headings if heading.line >= found.first]


def as_set(text: str) -> list[tuple[int, int]]:
    """The headings of a text that stand in nothing else, before raw HTML is closed around them."""
    source = Source(BookOf().section_of("stray", None, "", text, 0))
    frame = MarkdownFrame()
    frame.work, frame.base = Work(xhtml.element("div"), source, Style(), 1), 1
    return [
        (int(block.tag[1]), int(block.get("data-line") or 0))
        for block in frame.parser.parseDocument(source.text.split("\n")).getroot()
        if re.fullmatch("h[1-6]", block.tag) and ("".join(block.itertext()).strip() or len(block))
    ]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(PREFIXES), st.sampled_from(LINES)).map("".join), max_size=14))
def test_a_file_is_divided_at_the_headings_that_are_set(lines: list[str]) -> None:
    text = "\n".join(["", *lines])  # no front matter
    assert gathered(text) == as_set(text)


def test_a_heading_is_none_inside_of_anything_else() -> None:
    inside = "<div>\n# a\n</div>\n\n<!--\n\n# b\n\n-->\n\n$$\n# c\n$$\n\n```\n# d\n```\n\n- e\n\n  # f\n\n"
    inside += "> # g\n\n<div markdown=1>\n\n# h\n\n</div>\n"
    text = f"{inside}\n# Oars\n\nBlades\nand locks\n---------\n\n4. Masts\n========\n"
    lines = text.split("\n")
    assert gathered(text) == [
        (1, lines.index("# Oars") + 1),
        (2, lines.index("Blades") + 1),
        (1, lines.index("4. Masts") + 1),
    ]


def test_of_a_heading_s_list_all_but_its_id_is_left_to_the_setting() -> None:
    lines = ("## 1.1 Los botes {#boats .x lang=es dir=ltr}", "## 1.2 Oars {#oars .x}")
    headings, _ = titles(SourceFile("a.md", "a.md", "\n".join(lines)), 1)
    assert [(each.words, each.anchor) for each in headings] == [
        ("1.1 Los botes {.x lang=es dir=ltr}", "boats"), ("1.2 Oars {.x}", "oars"),
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["**Chapter 3: Tides**", "__Chapter 3: Tides__", "Chapter 3: Tides"])
def test_a_line_that_names_a_chapter_is_its_heading_where_the_file_has_no_other(typed: str) -> None:
    lines = f"{typed}\n\nWords.\n\n## Ebb\n\nMore.\n"
    headings, (problem,) = titles(SourceFile("a.md", "a.md", lines), 1)
    assert [(each.words, each.level, each.line) for each in headings] == [
        ("Chapter 3: Tides", 1, 1),
        ("Ebb", 2, 5),
    ]
    assert (problem.code, problem.place.line) == ("unclear-heading", 1)


@pytest.mark.parametrize("typed", ["**3.1 Tides**", "3.1 Tides", "Section 3.1: Tides"])
def test_so_does_the_heading_of_a_section_where_no_other_has_a_number(typed: str) -> None:
    headings, (problem,) = titles(SourceFile("a.md", "a.md", f"# Wet\n\n{typed}\n\nWords.\n"), 1)
    assert [(each.words.endswith("Tides"), each.level) for each in headings] == [(False, 1), (True, 2)]
    assert (problem.code, problem.place.line) == ("unclear-heading", 3)


@pytest.mark.parametrize(
    "text",
    [
        "# Chapter 3: Tides\n\n**Chapter 4: Ebb**\n",
        "Chapter 3: Tides come and go.\n",
        "> Chapter 3: Tides\n",
        "Chapter 3: Tides\nand more\n",
        "*Chapter 3: Tides*\n",
        "# 3.1 Tides\n\n**3.2 Ebb**\n",
        "3.2 GHz is the band\n",
        "3.2 million people saw it\n",
        "3.2\n",
        "- 3.2 Ebb\n",
    ],
)
def test_any_other_line_that_names_a_chapter_is_text(text: str) -> None:
    headings, problems = titles(SourceFile("a.md", "a.md", text), 1)
    assert (len(headings), problems) == (text.count("#"), ())


def test_no_text_is_kept_that_was_read_for_its_headings() -> None:
    titles(SourceFile("a.md", "a.md", "# 1 Oars\n"), 1)
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for number in range(10):
        titles(SourceFile("a.md", "a.md", f"# {number} Oars\n\n" + "An oar is a lever.\n\n" * 2_000), 1)
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 200_000  # the texts are of 40,000 characters each


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Oars {#the-oar}", ("Oars", "the-oar", True)),
        ("Oars {-#the-oar}", ("Oars", "the-oar", False)),
        ("Oars {- .small #oar}", ("Oars {.small}", "oar", False)),
        ("Oars {#don't-(ever)-let-go!}", ("Oars", "dont-ever-let-go", True)),
        ("A set {-1}", ("A set {-1}", "", True)),
    ],
)
def test_what_stands_in_braces_behind_a_heading(typed: str, read: tuple[str, str, bool]) -> None:
    (heading,), _ = titles(SourceFile("a.md", "a.md", f"# {typed}\n\nText.\n"), 1)
    assert (heading.words, heading.anchor, heading.numbered) == read
