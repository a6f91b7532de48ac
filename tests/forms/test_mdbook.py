"""mdBook: its list, its includes, its hidden lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.door import Door
from recto.forms.folder import BookFolder
from recto.forms.mdbook import including
from recto.forms.mdbook.listing_tags import captioned
from recto.forms.mdbook.preparing import prepare
from recto.forms.source_file import SourceFile
from recto.forms.summary import summary_lines
from tests.building import build
from tests.checkout import TESTS
from tests.collating import Collated, collated, write

KNOTS = TESTS / "books" / "mdbook"


def knots(folder: Path) -> Collated:
    names = [path for path in KNOTS.rglob("*") if path.is_file()]
    return collated(folder, {path.relative_to(KNOTS).as_posix(): path.read_bytes() for path in names})


def book(folder: Path, summary: str, **files: str) -> Collated:
    """A book whose list is `summary`; every file that it names says its own name."""
    listed = {line.target for line in summary_lines(SourceFile("s", "s", summary)) if line.target}
    written = {f"src/{name}": f"# {name}\n\nWords.\n" for name in listed}
    return collated(folder, {"src/SUMMARY.md": summary, **written, **files})


def chapters(told: Collated) -> list[tuple[str, str, str, str]]:
    return [(c.kind, c.label, c.title, c.part.title if c.part else "") for c in told.book.chapters]


def prepared(folder: Path, text: str, **files: str) -> tuple[list[str], SourceFile, list[str]]:
    write(folder, {"src/SUMMARY.md": "", **{name.replace("_", "."): text for name, text in files.items()}})
    book_folder = BookFolder(folder, Door.of(folder))
    file, problems = prepare(SourceFile("a.md", "src/a.md", text), book_folder)
    return file.lines, file, [problem.code for problem in problems]


def test_the_book_stands_in_the_order_of_its_list(tmp_path: Path) -> None:
    told = knots(tmp_path)
    assert chapters(told) == [
        ("front", "", "Before You Begin", ""),
        ("front", "", "Thanks", ""),
        ("chapter", "1", "The Rope", "Ropes"),
        ("chapter", "2", "Lines of Work", "Rigging"),
        ("back", "", "Where to Go On", ""),
    ]
    assert told.numbers("1") == ["1.1", "1.1.1", "1.2"]
    assert told.titles("1") == ["Strands", "Yarns", "Ends"]
    assert told.titles("2") == ["Counting Turns"]
    assert told.codes == ["draft-chapter", "include-missing", "unlisted-file"]
    assert told.only("draft-chapter").place.line == 12


def test_both_books_are_made_in_one_command_and_the_book_is_named(tmp_path: Path) -> None:
    built = build(KNOTS, tmp_path / "out", "--no-cache")
    assert built.exit_code == 0, built.errors
    assert "this is an mdBook: 9 chapters listed in src/SUMMARY.md" in built.errors
    assert built.report["title"] == "A Book of Knots"
    assert built.output(".pdf").name == "a-book-of-knots.pdf"
    codes = {problem["code"] for problem in built.report["problems"]}
    assert "link-broken" not in codes
    hint = next(p["hint"] for p in built.report["problems"] if p["code"] == "include-missing")
    assert hint


def test_its_own_settings_are_passed_over_and_ours_stand_beside_them(tmp_path: Path) -> None:
    files = {
        "book.toml": '[book]\ntitle = "Theirs"\nmultilingual = false\n\n[output.html]\nmathjax = true\n',
        "src/SUMMARY.md": "- [One](one.md)\n",
        "src/one.md": "# One\n\nWords.\n",
    }
    built = build(write(tmp_path / "a", files), tmp_path / "out-a", "--check")
    assert built.exit_code == 0 and built.report["title"] == "Theirs"
    ours = {"recto.toml": '[book]\ntitle = "Ours"\n[print]\ntrim = "5x8in"\n'}
    built = build(write(tmp_path / "b", {**files, **ours}), tmp_path / "out-b", "--check")
    assert built.exit_code == 0 and built.report["title"] == "Ours"


def test_a_fault_in_recto_toml_is_one_of_usage_and_told_there(tmp_path: Path) -> None:
    files = {"src/SUMMARY.md": "- [One](one.md)", "src/one.md": "# One\n\nWords.", "book.toml": "[book]"}
    folder = write(tmp_path / "a", {**files, "recto.toml": "[print]\n\ntrimm = 2\n"})
    built = build(folder, tmp_path / "out", "--check")
    assert built.exit_code == 2
    assert "recto.toml:3: error" in built.errors


def test_hints_name_the_file_that_settings_go_into(tmp_path: Path) -> None:
    files = {
        "src/SUMMARY.md": "- [One](one.md)",
        "src/one.md": "# One\n\nWords that go on and",
        "book.toml": "",
    }
    built = build(write(tmp_path / "a", files), tmp_path / "out", "--check")
    (hint,) = (p["hint"] for p in built.report["problems"] if p["code"] == "breaks-off")
    assert "recto.toml" in hint and "book.toml" not in hint


def test_the_author_can_have_the_numbers_of_the_files_instead(tmp_path: Path) -> None:
    files = {
        "src/SUMMARY.md": "- [B](02-b.md)\n- [A](01-a.md)",
        "src/01-a.md": "# A\n\nx.",
        "src/02-b.md": "# B\n\nx.",
    }
    assert collated(tmp_path / "list", files).labels == ["1", "2"]
    assert collated(tmp_path / "list", files).chapter("1").title == "B"
    del files["src/SUMMARY.md"]
    numbers = collated(tmp_path / "numbers", files, '[source]\nform = "numbers"\n')
    assert numbers.chapter("1").title == "A"
    told = collated(tmp_path / "numbers", {}, '[source]\nform = "mdbook"\n')
    assert told.only("setting-wrong").place.line == 2


@pytest.mark.parametrize(
    ("summary", "labels"),
    [
        ("[A](a.md)\n\n- [B](b.md)\n\n[C](c.md)", [("front", ""), ("chapter", "1"), ("back", "")]),
        ("* [A](a.md)\n* [B](b.md)", [("chapter", "1"), ("chapter", "2")]),
        ("# Summary\n\n# Part\n\n- [A](<a b.md>)", [("chapter", "1")]),
        ("[A](a.md)\n[B](b.md)", [("chapter", ""), ("chapter", "")]),
        ("- [A](a%20b.md)", [("chapter", "1")]),
        ('- [A [x]](a.md "title")', [("chapter", "1")]),
        ("<!--\n- [A](a.md)\n-->\n- [B](b.md)", [("chapter", "1")]),
    ],
)
def test_what_a_list_may_hold(tmp_path: Path, summary: str, labels: list[tuple[str, str]]) -> None:
    assert [(c.kind, c.label) for c in book(tmp_path, summary).book.chapters] == labels


def test_a_draft_that_holds_chapters_is_a_heading(tmp_path: Path) -> None:
    told = book(tmp_path, "- [Later]()\n    - [Now](now.md)\n- [Never]()\n    - [Never either]()\n")
    assert told.titles("1") == ["now.md"] and told.chapter("1").title == "Later"
    assert told.codes.count("draft-chapter") == 2


def test_a_file_listed_twice_stands_where_it_came_first(tmp_path: Path) -> None:
    told = book(tmp_path, "- [A](a.md)\n- [B](b.md)\n- [A again](a.md)\n")
    assert [c.title for c in told.book.chapters] == ["a.md", "b.md"]
    assert told.codes == ["listed-twice"]


def test_what_lies_outside_the_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Secret\n\nwords")
    told = book(tmp_path / "book", "- [A](a.md)\n- [S](../../secret.md)\n")
    assert told.codes == ["listed-missing"]
    lines, _, codes = prepared(tmp_path / "book", "{{#include ../../secret.md}}")
    assert (lines, codes) == (["{{#include ../../secret.md}}"], ["include-missing"])


SOURCE = "one\n// ANCHOR: two\ntwo\n// ANCHOR: in\nthree\n// ANCHOR_END: in\n// ANCHOR_END: two\nfour\n"


@pytest.mark.parametrize(
    ("part", "lines"),
    [
        (":1", ["one"]),
        (":3", ["two"]),
        ("::1", ["one"]),
        (":8:", ["four"]),
        (":1:3", ["one", "// ANCHOR: two", "two"]),
        (":in", ["three"]),
        (":two", ["two", "three"]),
        ("", SOURCE.splitlines()),
        (":none", [""]),
        (":90", [""]),
    ],
)
def test_parts_of_files_are_included(tmp_path: Path, part: str, lines: list[str]) -> None:
    found, file, codes = prepared(tmp_path, f"a\n{{{{#include ../x.rs{part}}}}}\nb", x_rs=SOURCE)
    assert (found, codes) == (["a", *lines, "b"], [])
    assert [file.origins[n] if file.origins else n + 1 for n in (0, 1, len(found) - 1)] == [1, 2, 3]


def test_an_escape_shows_the_words_themselves(tmp_path: Path) -> None:
    assert prepared(tmp_path, r"\{{#include x.rs}}")[0] == ["{{#include x.rs}}"]


def test_a_file_that_includes_itself_comes_to_an_end(tmp_path: Path) -> None:
    lines, _, codes = prepared(tmp_path, "{{#include ../x.md}}", x_md="{{#include x.md}}")
    assert (lines, codes) == (["{{#include x.md}}"], ["include-missing"])


def test_files_that_include_ever_more_come_to_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(including, "MOST_LINES", 2_000)
    bomb = {f"x{n}_md": "\n".join([f"{{{{#include x{n + 1}.md}}}}"] * 20) for n in range(8)}
    lines, _, codes = prepared(tmp_path, "{{#include ../x0.md}}", **bomb, x8_md="words")
    assert len(lines) < 4_000 and "include-missing" in codes


def test_rustdoc_includes_hide_the_rest_of_the_file(tmp_path: Path) -> None:
    text = "```rust\n{{#rustdoc_include ../x.rs:in}}\n```"
    assert prepared(tmp_path, text, x_rs=SOURCE)[0] == ["```rust", "three", "```"]


def test_playgrounds_are_code(tmp_path: Path) -> None:
    text = "{{#playground ../x.rs editable}}"
    assert prepared(tmp_path, text, x_rs="fn a() {}\n# b\n")[0] == ["```rust", "fn a() {}", "```"]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("```rust,ignore\n# use x;\n#\n    # y\nlet z;\n```", "```rust\nlet z;\n```"),
        ("```rust\n## not hidden\n#[derive]\n#![x]\n```", "```rust\n# not hidden\n#[derive]\n#![x]\n```"),
        ("```sh\n# a comment\n```", "```sh\n# a comment\n```"),
        ("```python,hidelines=!!\n!!x\ny\n```", "```python\ny\n```"),
        ("# rust\n\n# heading", "# rust\n\n# heading"),
        ("````rust no_run\n```\n# x\n````\n# y", "````rust\n```\n````\n# y"),
        ("> ```rust\n> # x\n> ```", "> ```rust\n> # x\n> ```"),
    ],
)
def test_lines_of_code_are_hidden_as_mdbook_hides_them(tmp_path: Path, code: str, shown: str) -> None:
    assert "\n".join(prepared(tmp_path, code)[0]) == shown


def test_a_problem_below_an_include_is_told_at_its_own_line(tmp_path: Path) -> None:
    files = {
        "src/SUMMARY.md": "- [One](one.md)",
        "src/one.md": "# One\n\n{{#include long.txt}}\n\nSee [this](nowhere.md).\n",
        "src/long.txt": "word\n" * 40,
    }
    built = build(write(tmp_path / "a", files), tmp_path / "out", "--check")
    (problem,) = (p for p in built.report["problems"] if p["code"] == "link-broken")
    assert problem["line"] == 5


@given(st.text(st.sampled_from("-* []()#\n\tab.<>!\\1"), max_size=120))
def test_any_list_is_read(text: str) -> None:
    lines = list(summary_lines(SourceFile("s", "s", text)))
    assert all(0 < line.line <= text.count("\n") + 1 for line in lines)
    assert all(line.level > 0 for line in lines if line.kind == "item")


def test_a_listing_in_a_tag_has_its_caption_below_it_and_no_number_of_its_own() -> None:
    text = """<Listing number="2-1" file-name="src/net.rs" caption="Knots &amp; `Net`">

```rust
let a = 1;
```

</Listing>

```html
<Listing number="3-1">
```"""
    made = [line for line, _ in captioned((line, number) for number, line in enumerate(text.split("\n"), 1))]
    assert [line for line in made if line] == [
        "```rust", "let a = 1;", "```", "Listing: `src/net.rs`: Knots & `Net`",
        "```html", '<Listing number="3-1">', "```",
    ]  # fmt: skip


def test_chapters_that_call_themselves_by_numbers_have_no_second_one(tmp_path: Path) -> None:
    summary = (
        "- [Introduction](i.md)\n- [Chapter 1: Moon](a.md)\n  - [Full](f.md)\n- [Chapter 2: Sea](b.md)\n"
    )
    files = {"src/a.md": "# Chapter 1: Moon\n\nWords.\n", "src/b.md": "# Chapter 2: Sea\n\nWords.\n"}
    told = collated(
        tmp_path,
        {
            "src/SUMMARY.md": summary,
            "src/i.md": "# Introduction\n\nWords.\n",
            **files,
            "src/f.md": "# Full\n\nWords.\n",
        },
    )
    assert chapters(told) == [
        ("front", "", "Introduction", ""),
        ("chapter", "1", "Moon", ""),
        ("chapter", "2", "Sea", ""),
    ]


def test_a_number_that_a_chapter_of_a_list_calls_itself_by_is_its_own(tmp_path: Path) -> None:
    told = book(tmp_path, "- [A](a.md)\n- [B](b.md)\n", **{"src/b.md": "# Chapter 7: Sea\n\nWords.\n"})
    assert [(c.label, c.title) for c in told.book.chapters] == [("1", "a.md"), ("7", "Sea")]


def test_fences_called_admonish_are_boxes_with_markdown_in_them(tmp_path: Path) -> None:
    text = (
        '```admonish warning title="Mind the \\"gap\\"", collapsible=true\nA *word*.\n```\n\n'
        "~~~admonish bug 'Known'\n```rust\n# hidden();\nshown();\n```\n\n````admonish\nInner.\n````\n~~~\n\n"
        "```admonish question\nWhy?\n```\n\n```rust\nadmonish();\n```\n"
    )
    lines = [line for line in prepared(tmp_path, text)[0] if line.strip()]
    assert lines == [
        '!!! warning "Mind the ”gap”"', "    A *word*.",
        '!!! danger "Known"', "    ```rust", "    shown();", "    ```", "    !!! note", "        Inner.",
        '!!! note "Question"', "    Why?",
        "```rust", "admonish();", "```",
    ]  # fmt: skip


def test_formulas_for_mathjax_have_their_backslashes_once(tmp_path: Path) -> None:
    text = "Let \\\\( a\\_1 \\\\, b \\\\) be, `\\\\(x\\\\)` not.\n\n"
    text += "\\\\[\nx \\\\\\\\\ny\n\\\\]\n\n\\\\[ c\\\\]\n\n\\\\[ open\n"
    assert prepared(tmp_path, text)[0] == [
        "Let \\( a_1 \\, b \\) be, `\\\\(x\\\\)` not.", "", "\\[", "x \\\\", "y", "\\]", "", "\\[ c\\]", "",
        "\\\\[ open", "",
    ]  # fmt: skip


def test_a_listing_in_a_quotation_has_its_caption_there(tmp_path: Path) -> None:
    text = (
        '> <Listing file-name="a.rs" caption=\'Say `"hi"`\'>\n>\n> ```rust\n> a();\n> ```\n>\n> </Listing>\n'
    )
    lines = prepared(tmp_path, text)[0]
    assert '> Listing: `a.rs`: Say `"hi"`' in lines and not any("<" in line for line in lines)


def test_items_that_call_themselves_appendices_have_their_letters(tmp_path: Path) -> None:
    summary = "- [Nets](a.md)\n- [More](more.md)\n  - [A - Words](b.md)\n    - [Long](d.md)\n  - [B](c.md)\n"
    files = {
        "src/more.md": "# Appendix\n\nWords.\n", "src/b.md": "## Appendix A: Words\n\nWords.\n",
        "src/c.md": "# Appendix B: Signs\n\nWords.\n",
    }  # fmt: skip
    told = book(tmp_path, summary, **files)
    assert chapters(told) == [
        ("chapter", "1", "a.md", ""), ("chapter", "", "Appendix", ""),
        ("appendix", "A", "Words", ""), ("appendix", "B", "Signs", ""),
    ]  # fmt: skip
    assert told.numbers("A") == ["A.1"] and told.titles("A") == ["d.md"]


def test_a_preface_below_the_title_of_the_book_is_called_preface(tmp_path: Path) -> None:
    files = {
        "book.toml": '[book]\ntitle = "Nets"\n', "src/p.md": "# Nets\n\n## Preface\n\nWords.\n",
        "src/a.md": "# Nets\n\n## Introduction\n\nWords.\n\n## Ends\n\nWords.\n",
    }  # fmt: skip
    told = book(tmp_path, "[Preface](p.md)\n\n- [Nets](a.md)\n", **files)
    assert chapters(told) == [("front", "", "Preface", ""), ("chapter", "1", "Nets", "")]
