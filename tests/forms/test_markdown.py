"""Markdown: headings that divide, headings that are text, front matter and file names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.collating import collated, gathered, sections_of


def headings(folder: Path, text: str, name: str = "book.md") -> list[tuple[str, str, str]]:
    sections, _ = sections_of(folder, text, name)
    return [(s.kind, str(s.number or s.role), s.title) for s in sections]


def codes(folder: Path, text: str) -> list[str]:
    return sections_of(folder, text)[1]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("## 4.2 Knots", ("section", "4.2", "Knots")),
        ("# 4 Knots", ("chapter", "4", "Knots")),
        ("# 600 Knots", ("chapter", "600", "Knots")),
        ("# 4. Knots #", ("chapter", "4", "Knots")),
        ("# Chapter 4: Knots", ("chapter", "4", "Knots")),
        ("# Chapter Four", ("chapter", "4", "")),
        ("# **Chapter 4: Knots** {#bends}", ("chapter", "4", "Knots")),
        ("# *Chapter 4*: Knots", ("stray", "None", "*Chapter 4*: Knots")),
        ("# _Chapter 4: Knots_", ("chapter", "4", "Knots")),
        ("# *Knots*", ("stray", "None", "*Knots*")),
        ("# Part II: At Sea", ("part", "2", "At Sea")),
        ("# Appendix B: Tables", ("chapter", "B", "Tables")),
        ("## B.1 Tides", ("section", "B.1", "Tides")),
        ("### 4.2.1 Bends", ("section", "4.2.1", "Bends")),
        ("Knots and Bends\n===", ("stray", "None", "Knots and Bends")),
        ("4 Knots\n=======", ("chapter", "4", "Knots")),
        ("4. Knots\n=======", ("chapter", "4", "Knots")),
        ("4.2 Knots\n---", ("section", "4.2", "Knots")),
        ("# Preface", ("matter", "preface", "Preface")),
        ("# About the Authors", ("matter", "about-the-author", "About the Authors")),
        ("# Index", ("stray", "index", "Index")),
    ],
)
def test_headings_carry_numbers_or_names(tmp_path: Path, text: str, heading: tuple[str, str, str]) -> None:
    assert headings(tmp_path, f"{text}\n\nWords.\n") == [heading]


@pytest.mark.parametrize(
    "text",
    [
        "```\n# 2 Not\n\n## 1.2 Not\n```",
        "~~~~ python\n~~~\n# 2 Not\n~~~~",
        "- item\n\n    ```\n    # 2 Not\n    ```",
        "    # 2 Not",
        "<!-- draft\n\n# 2 Not\n\n-->",
        "<pre>\n# 2 Not\n</pre>",
        "#2 Not",
        "> # 2 Not",
        "a | b\n--|--\n1 | 2",
        "- 2 Not\n---",
        "Two lines\nof text\n---",
        "### Notes\n\nSteps:\n\n### 1 Install",
        "### 2.0 release\n",
        "## 1.000 knots\n",
    ],
)
def test_what_only_looks_like_a_heading_is_text(tmp_path: Path, text: str) -> None:
    sections, _ = sections_of(tmp_path, f"## 1.1 Oars\n\n{text}\n")
    assert [(str(s.number), s.text) for s in sections] == [("1.1", text.strip("\n"))]


def test_a_fence_that_never_closes_is_told_at_the_line_where_it_opens(tmp_path: Path) -> None:
    _, (problem,) = gathered(tmp_path, {"a.md": "## 1.1 Oars\n\n```python\nx = 1\n\n## 1.2 Blades\n"})
    assert (problem.severity, problem.code, problem.place.line) == ("warning", "unclosed-fence", 3)


def test_a_fence_in_a_list_ends_with_its_item(tmp_path: Path) -> None:
    text = "## 1.1 Oars\n\n- Row:\n\n  ```sh\n  # row\n\nOn.\n\n## 1.2 Blades\n\n"
    text += "1. ```sh\n   # 1.9 no heading\n   ```\n\n## 1.3 Locks\n"
    manuscript, (problem,) = gathered(tmp_path, {"a.md": text})
    assert [str(section.number) for section in manuscript.sections] == ["1.1", "1.2", "1.3"]
    assert (problem.code, problem.place.line) == ("unclosed-fence", 5)


def test_a_heading_within_a_list_divides_no_file(tmp_path: Path) -> None:
    sections, problems = sections_of(
        tmp_path, "## 1.1 Oars\n\n- Row:\n\n  ## 1.5 Steps\n\n  On.\n\n  ## 1.2 Blades\n"
    )
    assert [str(section.number) for section in sections] == ["1.1"]
    sections, problems = sections_of(tmp_path, "  ## 1.1 Oars\n\nText.\n\n   ## 1.2 Blades\n")
    assert [str(section.number) for section in sections] == ["1.1", "1.2"]
    assert problems == []


def test_lower_headings_without_number_are_part_of_the_section(tmp_path: Path) -> None:
    sections, problems = sections_of(
        tmp_path, "# 4 Knots\n\n## Why\n\nA.\n\n## 4.1 Bends\n\n### Kinds\n\nB.\n"
    )
    assert [(str(s.number), s.text) for s in sections] == [("4", "## Why\n\nA."), ("4.1", "### Kinds\n\nB.")]
    assert problems == []


def test_a_heading_beside_sections_without_a_number_is_a_warning(tmp_path: Path) -> None:
    text = "# 4 Knots\n\n## 4.1 Bends\n\nA.\n\n## More Bends\n\nB.\n\n## Notes\n\nC.\n"
    assert codes(tmp_path, text) == ["unnumbered-heading", "unnumbered-heading"]
    assert [number for _, number, _ in headings(tmp_path, text)] == ["4", "4.1"]


def test_a_part_within_a_chapter_is_a_subheading(tmp_path: Path) -> None:
    text = (
        "# 4 Knots\n\n## Part 1: Setup\n\nA.\n\n## Part 2: Use\n\nB.\n\n# Part II: Rope\n\n# 5 Hemp\n\nC.\n"
    )
    assert headings(tmp_path, text) == [
        ("chapter", "4", "Knots"),
        ("part", "2", "Rope"),
        ("chapter", "5", "Hemp"),
    ]


UNPRINTED = (
    "<!-- a thought\n\nof two paragraphs -->", "[oar]: https://example.org/oar 'An oar'", "{^oars|see x}",
    '<a id="top"></a>', "*[SS]: steam ship", "[^1]: A note.\n\n    Its second paragraph.",
    "[//]: # (a thought)", "[TOC]",
)  # fmt: skip


@pytest.mark.parametrize("above", [*UNPRINTED, "\n\n".join(UNPRINTED)])
@pytest.mark.parametrize("title", ["", "# At Sea\n\n"])
def test_what_prints_nothing_goes_with_the_section_below_it(tmp_path: Path, above: str, title: str) -> None:
    below = "## 1.1 Oars\n\nAn oar.[^1]\n\n## 1.2 Blades\n\nBroad.\n"
    manuscript, problems = gathered(tmp_path, {"a.md": f"{title}{above}\n\n{below}"})
    assert problems == ()
    numbered = [section for section in manuscript.sections if section.number]
    assert [str(section.number) for section in numbered][-2:] == ["1.1", "1.2"]
    lines = (tmp_path / "a.md").read_text(encoding="utf-8").split("\n")
    held = next(section for section in manuscript.sections if above.split("\n")[0] in section.text)
    for number, line in enumerate(held.text.split("\n"), held.text_line):
        assert line in ("", lines[number - 1])
    assert held.kind != "stray"


def test_a_file_of_comments_alone_is_empty(tmp_path: Path) -> None:
    _, problems = gathered(tmp_path, {"a.md": "<!-- later -->\n", "b.md": "# 1 Oars\n\nAn oar.\n"})
    assert [problem.code for problem in problems] == ["empty-file"]


def test_a_comment_that_never_ends_is_text(tmp_path: Path) -> None:
    sections, _ = sections_of(tmp_path, "<!-- so begins\n\nthe text.\n\n# 1 Oars\n\nAn oar.\n")
    assert [section.kind for section in sections] == ["stray", "chapter"]


def test_an_id_is_taken_from_the_heading_and_the_rest_is_left_to_the_setting_of_the_title(
    tmp_path: Path,
) -> None:
    (first, second), _ = sections_of(
        tmp_path, "## 4.1 Bends {#bends .wide lang=nl .only-pdf}\n\nA.\n\n## 4.2 Hitches {^hitch}\n\nB.\n"
    )
    assert (first.title, first.anchor) == ("Bends {.wide lang=nl}", "bends")
    assert (second.title, second.anchor) == ("Hitches {^hitch}", "")


def test_front_matter_numbers_a_file_and_its_first_heading_is_its_title(tmp_path: Path) -> None:
    text = "---\nnumber: 4.10\npart: II\nid: splice\n---\n\n# Splices\n\nWords.\n\n## Kinds\n\nMore.\n"
    (section,), problems = sections_of(tmp_path, text)
    assert (str(section.number), section.title, section.anchor) == ("4.10", "Splices", "splice")
    assert (section.text, section.text_line, section.place.line) == ("Words.\n\n## Kinds\n\nMore.", 9, 7)
    assert (section.settings["part"], problems) == ("II", [])


@pytest.mark.parametrize(
    ("front", "heading"),
    [
        ("number: 4\ntitle: Knots", ("chapter", "4", "Knots")),
        ("number: B.1\ntitle: Tides", ("section", "B.1", "Tides")),
        ("title: 4.2 Knots", ("section", "4.2", "Knots")),
        ("title: Foreword", ("matter", "foreword", "Foreword")),
        ("role: preface\ntitle: Before You Cast Off", ("matter", "preface", "Before You Cast Off")),
        ("number: Appendix C", ("chapter", "C", "")),
    ],
)
def test_front_matter_can_be_the_whole_heading(
    tmp_path: Path, front: str, heading: tuple[str, str, str]
) -> None:
    assert headings(tmp_path, f"---\n{front}\n---\nWords.\n") == [heading]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\n: : :\n---\n\nWords.\n", 2),
        ("---\nnumber: 4\n\nWords.\n", 1),
        ("---\ntitle: X\nnumber: four-ish\n---\n\nWords.\n", 3),
        ("---\nrole: potato\n---\n\nWords.\n", 2),
        ("---\n- a\n- b\n---\n\nWords.\n", 2),
    ],
)
def test_front_matter_that_makes_no_sense_is_told_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    _, (problem,) = gathered(tmp_path, {"a.md": text})
    assert (problem.severity, problem.code, problem.place.line) == ("warning", "front-matter", line)


@pytest.mark.parametrize(
    ("line", "title", "told"),
    [
        ("title: The Oar: A Lever", "The Oar: A Lever", ["front-matter"]),
        ("title: *starred* and [linked]", "*starred* and [linked]", ["front-matter"]),
        ("title: #oars", "#oars", []),
        ("title: 1984", "1984", []),
        ("title: no", "no", []),
        ("title: 2024-01-02", "2024-01-02", []),
        ("title: >\n  Folded over\n  two lines", "Folded over two lines", []),
        ("title: 'What''s an oar?' # asks the sea", "What's an oar?", []),
    ],
)
def test_front_matter_is_read_as_a_person_would(
    tmp_path: Path, line: str, title: str, told: list[str]
) -> None:
    manuscript, problems = gathered(tmp_path, {"a.md": f"---\nnumber: 4\n{line}\n---\n\nWords.\n"})
    (section,) = manuscript.sections
    assert (str(section.number), section.title.strip()) == ("4", title)
    assert [(p.code, p.severity, p.place.line) for p in problems] == [(code, "warning", 3) for code in told]


def test_front_matter_may_be_toml(tmp_path: Path) -> None:
    text = '+++\nnumber = 4.10\ntitle = "Oars" # long ones\n[more]\nx = 1\n+++\n\nWords.\n'
    assert headings(tmp_path, text) == [("section", "4.10", "Oars")]


@pytest.mark.parametrize(
    ("name", "text", "heading"),
    [
        ("01-introduction.md", "# Introduction\n\nWords.", ("chapter", "1", "Introduction")),
        ("01-introduction.md", "Words.", ("chapter", "1", "Introduction")),
        ("00-introduction.md", "# Introduction\n\nWords.", ("matter", "introduction", "Introduction")),
        ("introduction.md", "# Introduction\n\nWords.", ("matter", "introduction", "Introduction")),
        ("09-conclusion.md", "# Conclusion\n\nWords.", ("chapter", "9", "Conclusion")),
        ("01-preface.md", "# Preface\n\nWords.", ("matter", "preface", "Preface")),
        ("07-storm.md", "# Preface\n\nWords.", ("matter", "preface", "Preface")),
        ("04-02-notes.md", "# Notes\n\nWords.", ("section", "4.2", "Notes")),
        ("ch04-notes.md", "Words.", ("chapter", "4", "Notes")),
        ("a.md", "---\nnumber: 1\n---\n# Introduction\n\nWords.", ("chapter", "1", "Introduction")),
        ("ch04-00-mesh.md", "# Mesh Networks\n\nWords.", ("chapter", "4", "Mesh Networks")),
        ("ch04/00 mesh.md", "Words.", ("chapter", "4", "Mesh")),
        ("ch04-02-mesh.md", "Words.", ("section", "4.2", "Mesh")),
        ("ch04-02-mesh.md", "# Mesh Networks\n\nWords.", ("section", "4.2", "Mesh Networks")),
        ("04-02 title.md", "Words.", ("section", "4.2", "Title")),
        ("04.md", "Words.", ("chapter", "4", "")),
        ("04_the_storm.md", "# The *Storm*\n\nWords.", ("chapter", "4", "The *Storm*")),
        ("4.10 Title.md", "Words.", ("section", "4.10", "Title")),
        ("chapter-4.md", "Words.", ("chapter", "4", "")),
        ("ch04/02-mesh.md", "Words.", ("section", "4.2", "Mesh")),
        ("appendix-b-tables.md", "Words.", ("chapter", "B", "Tables")),
        ("appendix-b-01-tides.md", "Words.", ("section", "B.1", "Tides")),
        ("part-2-at-sea.md", "Words.", ("part", "2", "At sea")),
        ("01-notes.md", "# Notes from the Quay\n\nWords.", ("chapter", "1", "Notes from the Quay")),
        ("99-notes.md", "# Notes\n\nWords.", ("matter", "notes", "Notes")),
        ("00-preface.md", "Words.", ("matter", "preface", "Preface")),
        ("about-the-author.md", "Words.", ("matter", "about-the-author", "About the author")),
        ("ch04-02-mesh.md", "## 7.1 Other\n\nWords.", ("section", "7.1", "Other")),
        ("2024-05-01-notes.md", "Words.", ("stray", "None", "")),
        ("42nd-street.md", "Words.", ("stray", "None", "")),
    ],
)
def test_a_file_name_numbers_a_file_whose_text_does_not(
    tmp_path: Path, name: str, text: str, heading: tuple[str, str, str]
) -> None:
    manuscript, _ = gathered(tmp_path, {name: text})
    assert [(s.kind, str(s.number or s.role), s.title) for s in manuscript.sections] == [heading]


def test_text_above_the_sections_of_a_numbered_file_opens_its_chapter(tmp_path: Path) -> None:
    manuscript, problems = gathered(tmp_path, {"ch04.md": "How it began.\n\n## 4.1 Oars\n\nWords.\n"})
    assert [(s.kind, str(s.number), s.text) for s in manuscript.sections] == [
        ("chapter", "4", "How it began."),
        ("section", "4.1", "Words."),
    ]
    assert problems == ()


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("# Knots\n\n## 4.1 A\n\nB.\n", ("chapter", "4", "Knots")),
        ("---\ntitle: Knots\n---\n\n## 4.1 A\n\nB.\n", ("chapter", "4", "Knots")),
        ("# At Sea\n\n## Chapter 1\n\nB.\n\n## Chapter 2\n\nC.\n", ("stray", "title", "At Sea")),
        ("# At Sea\n\nBy me.\n\n# Part I: Rain\n\n# 1 A\n\nC.\n", ("stray", "title", "At Sea")),
        ("---\ntitle: At Sea\n---\n\n# 1 A\n\nB.\n\n# 2 B\n\nC.\n", ("stray", "title", "At Sea")),
        ("---\ntitle: At Sea\n---\n\n# At Sea!\n\n## 1 A\n\nB.\n", ("stray", "title", "At Sea!")),
        ("---\ntitle: At Sea\n---\n\nWords.\n", ("stray", "None", "At Sea")),
    ],
)
def test_a_title_without_a_number_names_what_stands_below_it(
    tmp_path: Path, text: str, heading: tuple[str, str, str]
) -> None:
    assert headings(tmp_path, text)[0] == heading


def test_a_title_amid_a_file_names_the_chapter_of_the_sections_below_it(tmp_path: Path) -> None:
    text = "# 1 Oars\n\n## 1.1 A\n\nB.\n\n# Knots\n\n## 2.1 C\n\nD.\n\n# Storm\n\nE.\n"
    assert [(kind, number) for kind, number, _ in headings(tmp_path, text)] == [
        ("chapter", "1"), ("section", "1.1"), ("chapter", "2"), ("section", "2.1"), ("stray", "None"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line", ["A `<!--` begins a comment.", "<!-- never closed", "<!-- note -->", "<pre>x</pre>"]
)
def test_what_hides_nothing_lets_headings_stand(tmp_path: Path, line: str) -> None:
    found = headings(tmp_path, f"## 1.1 Oars\n\n{line}\n\n## 1.2 Blades\n\nWords.\n")
    assert [number for _, number, _ in found] == ["1.1", "1.2"]


def test_a_heading_goes_before_front_matter_that_says_otherwise(tmp_path: Path) -> None:
    text = "---\nnumber: 4.2\n---\n\n## 4.3 Bends\n\nWords.\n"
    assert (headings(tmp_path, text), codes(tmp_path, text)) == (
        [("section", "4.3", "Bends")],
        ["number-mismatch"],
    )
    below = "---\nnumber: 4\n---\n\n## 4.1 Bends\n\nWords.\n"
    assert [number for _, number, _ in headings(tmp_path, below)] == ["4", "4.1"]
    assert codes(tmp_path, below) == []


@pytest.mark.parametrize("name", ["a.md", "1-oars.md"])
def test_the_title_of_the_book_may_stand_above_the_heading_of_each_chapter(tmp_path: Path, name: str) -> None:
    front = "---\nnumber: 1\n---\n" if name == "a.md" else ""
    text = f"{front}# The Boat: A Book\n\n# Chapter 1: Oars\n\nText.\n"
    other = "# The Boat: A Book\n# Chapter 2: Locks\n\nText.\n"
    book = collated(tmp_path, {name: text, "2-locks.md": other})
    assert [(chapter.label, chapter.title) for chapter in book.book.chapters] == [
        ("1", "Oars"),
        ("2", "Locks"),
    ]
    assert (book.book.title, book.errors) == ("The Boat: A Book", [])


def test_a_heading_without_a_number_in_a_file_that_has_one_stays_in_it(tmp_path: Path) -> None:
    text = "---\nnumber: 2\n---\n# Oars\n\nText.\n\n# Blades\n\nMore.\n"
    sections, problems = sections_of(tmp_path, text)
    assert [(str(s.number), s.title, "More." in s.text) for s in sections] == [("2", "Oars", True)]
    assert problems == ["unnumbered-heading"]


@pytest.mark.parametrize(
    ("front", "number"),
    [
        ("chapter: 4\nsection: 10", "4.10"),
        ("chapter: 4\nsection: 4.2", "4.2"),
        ("section: 4.2", "4.2"),
        ("chapter: 4", "4"),
        ("number: 5.1\nchapter: 4\nsection: 2", "5.1"),
        ("chapter: Oars\nsection: 2", None),
        ("section: 2", None),
    ],
)
def test_a_number_may_be_said_in_two_lines_of_front_matter(
    tmp_path: Path, front: str, number: str | None
) -> None:
    sections, _ = sections_of(tmp_path, f"---\ntitle: Oars\n{front}\n---\nText.\n")
    assert [section.number and str(section.number) for section in sections] == [number]


def test_a_folder_that_calls_itself_a_chapter_has_its_title_and_its_readme_opens_it(tmp_path: Path) -> None:
    files = {
        "Chapter 2 - The Barn/01 Loft.md": "Hay is kept dry.\n",
        "Chapter 2 - The Barn/02 Stalls.md": "Two stand empty.\n",
        "ch01/README.md": "# The Yard\n\nCobbles, mostly.\n",
        "ch01/01-gate.md": "It sticks.\n",
    }
    made = collated(tmp_path, files)
    assert [(c.label, c.title) for c in made.book.chapters] == [("1", "The Yard"), ("2", "The Barn")]
    assert (made.numbers("1"), made.numbers("2"), made.codes) == (["1.1"], ["2.1", "2.2"], [])


def test_headings_typed_as_html_are_headings(tmp_path: Path) -> None:
    text = (
        '<h1 align="center">2 Oars</h1>\n\nWood.\n\n<h2 id="ribs">1.2 <em>Ribs</em></h2>\nBent.\n\n'
        "<h1>1 Boats</h1>\n\nAfloat.\n\n<h2>1.1 Hulls</h2>\n\n<h3>Of &amp; on</h3>\n\nDry.\n\n"
        "```\n<h1>3 Sails</h1>\n```\n"
    )
    sections, codes = sections_of(tmp_path, text)
    assert [(str(each.number), each.title, each.anchor) for each in sections] == [
        ("2", "Oars", ""),
        ("1.2", "<em>Ribs</em>", "ribs"),
        ("1", "Boats", ""),
        ("1.1", "Hulls", ""),
    ]
    assert (sections[1].text, codes) == ("Bent.", [])
    assert "<h3>Of &amp; on</h3>" in sections[3].text


@pytest.mark.parametrize(
    "above",
    ["<!-- free -->", '{{meta {load: "x"}}}', "![badge](b.svg)\n\n> A motto.", "{% include toc.html %}"],
)
def test_what_is_no_prose_may_stand_above_the_title_of_a_numbered_file(tmp_path: Path, above: str) -> None:
    manuscript, problems = gathered(tmp_path, {"02-oars.md": f"{above}\n\n# The Oars\n\nAn oar.\n"})
    (section,) = manuscript.sections
    assert (str(section.number), section.title, problems) == ("2", "The Oars", ())
    assert section.text.split("\n")[0] == above.split("\n")[0] and section.text.endswith("An oar.")


def test_prose_above_a_heading_stays_above_it(tmp_path: Path) -> None:
    manuscript, problems = gathered(tmp_path, {"02-oars.md": "An oar.\n\n# The Blades\n\nBroad.\n"})
    assert [section.title for section in manuscript.sections] == ["Oars"]
    assert [problem.code for problem in problems] == ["unnumbered-heading"]
