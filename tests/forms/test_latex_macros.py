"""Macros of formulas, from settings and from the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.door import Door
from recto.forms import jupyter_book, pandoc
from recto.forms.folder import BookFolder
from recto.forms.latex_macros import defined, macros_of, with_macros
from recto.forms.source_file import SourceFile
from tests.collating import collated, gathered, write

MACROS = {"\\R": "\\mathbb{R}", "\\rest": "#1|_{#2}", "\\loop": "\\loop", "\\twice": "\\R\\R"}


def expanded(text: str) -> str:
    lines = with_macros([(line, 1) for line in text.split("\n")], MACROS)
    return "\n".join(line for line, _ in lines)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("$\\R^2$", "${\\mathbb{R}}^2$"),
        ("$\\Rx \\twice$", "$\\Rx {{\\mathbb{R}}{\\mathbb{R}}}$"),
        ("$\\rest{f}{A} \\rest fA \\rest f\\R$", "${f|_{A}} {f|_{A}} {f|_{{\\mathbb{R}}}}$"),
        ("$\\rest{f}$", "$\\rest{f}$"),
        ("$$\na\n$$\n\n$$\nb\n$$", "$$\na\n$$\n\n$$\nb\n$$"),
        ("`\\R` and\n```\n\\R\n```", "`\\R` and\n```\n\\R\n```"),
    ],
)
def test_a_macro_is_what_it_stands_for(text: str, made: str) -> None:
    assert expanded(text) == made


def test_macros_that_call_themselves_come_to_an_end() -> None:
    assert expanded("$\\loop$").count("\\loop") == 1


@given(st.text(alphabet="\\\\R{}# $x1loptwice", max_size=60))
def test_any_line_comes_through(text: str) -> None:
    assert isinstance(expanded(text), str)


def test_settings_give_macros_in_three_ways() -> None:
    given = {"\\a": "x", "b": ["y", 1], "\\c": {"macro": "z"}, "not a name": "w", "d": 4}
    assert macros_of(given) == {"\\a": "x", "\\b": "y", "\\c": "z"}
    assert macros_of(None) == {}


def test_a_text_defines_macros() -> None:
    lines = [
        "\\newcommand{\\R}{\\mathbb{R}}",
        "\\renewcommand\\a[1]{#1_{x}}",
        "\\DeclareMathOperator{\\tr}{tr}",
    ]
    assert defined(lines) == {"\\R": "\\mathbb{R}", "\\a": "#1_{x}", "\\tr": "\\operatorname{tr}"}


def test_books_of_myst_and_quarto_have_their_macros(tmp_path: Path) -> None:
    write(tmp_path, {"myst.yml": "project: {math: {'\\R': '\\mathbb{R}'}}\n"})
    folder = BookFolder(tmp_path, Door.of(tmp_path))
    file, _ = jupyter_book.prepare(SourceFile("a.md", "a.md", "```{math}\n\\R\n```"), folder)
    assert "{\\mathbb{R}}" in file.text
    text = "$$\n\\newcommand{\\R}{\\mathbb{R}}\n$$\n\nSee $\\R$."
    file, _ = pandoc.prepare(SourceFile("a.qmd", "a.qmd", text), folder)
    assert "See ${\\mathbb{R}}$." in file.text and "newcommand" not in file.text and "$$" not in file.text


def test_a_file_of_markdown_has_the_macros_that_it_defines_outside_of_code(tmp_path: Path) -> None:
    code = "```tex\n\\newcommand{\\Q}{\\mathbb{Q}}\n```\n\nWrite `\\newcommand{\\N}{n}`."
    sets = f"\\newcommand{{\\R}}{{\\mathbb{{R}}}}\n\nIn $\\R$, $\\Q$, $\\N$.\n\n{code}"
    text = f"# 1 Sets\n\n{sets}\n\n# 2 Rows\n\n$\\R$\n"
    manuscript, _ = gathered(tmp_path, {"a.md": text, "b.md": "# 3 Trees\n\n$\\R$\n"})
    first, second, third = (section.text for section in manuscript.sections)
    assert first == f"In ${{\\mathbb{{R}}}}$, $\\Q$, $\\N$.\n\n{code}"
    assert (second, third) == ("${\\mathbb{R}}$", "$\\R$")


def test_an_ordered_book_has_them_too(tmp_path: Path) -> None:
    text = "# Sets\n\n\\def\\R{\\mathbb{R}}\n\n$\\R$\n"
    files = {"book.toml": "", "src/SUMMARY.md": "- [Sets](sets.md)\n", "src/sets.md": text}
    assert "\\mathbb" in collated(tmp_path, files).book.chapters[0].opening.text
