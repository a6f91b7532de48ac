"""`init --from` turns any source into a tidy folder, and that builds the same book, to the byte."""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from PIL import Image

from recto import forms
from recto.cli import main
from recto.notations.toml import tomllib
from tests.building import Built, build
from tests.checkout import TESTS
from tests.collating import write
from tests.documents import docx, field, odt, paragraph, picture
from tests.documents import words as run_of_words

BOOKS = TESTS / "books"

# Out of order, twice the same number, a chapter that names itself, text before the first heading.
HEAP = """Some words stand before all else.

2.1 Comb building

Wax comes first.

1.2 Hives in Winter

A hive in winter is quiet. The hive sleeps.

1.1 Hives in Spring

In spring a hive is loud.

Appendix A: Tables

A.1 Weights

Two kilos.

Preface

Why bees.
"""
# Notes and links are defined at the end of the file; a part; front matter; a link to another file.
PARTED = {
    "a.md": "# Part I: Field\n\nIt begins outside.\n\n# 1 Clover\n\nSee [the other](b.md) and [^one].\n\n"
    "## 1.2 Red\n\nA [link][far], HTML.\n\n## 1.1 White\n\nHere [^one] again, see [](#2.1).\n\n"
    "[^one]: A note\n\n    of two paragraphs.\n\n[far]: https://example.org\n\n*[HTML]: a language\n",
    "b.md": "---\nshort_title: Wood\n---\n\n# 2 The Wood {#wood}\n\nDark.\n\n## 2.1 Oak\n\n### Bark\n\n"
    "![](i/oak.svg)\n",
    "i/oak.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>',
    "book.toml": '# mine\n[book]\ntitle = "Plants" # really\n\n[[silence]]\ncode = "alt-missing"\n'
    'reason = "so"\nline = 13\n',
}


def unfolded(source: Path, folder: Path) -> tuple[int, str]:
    told = CliRunner().invoke(main, ["init", "--from", str(source), str(folder)], catch_exceptions=False)
    return told.exit_code, told.output


def documents(built: Built) -> dict[str, bytes]:
    assert built.exit_code == 0, built.errors
    with ZipFile(built.output(".epub")) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.endswith((".xhtml", ".svg"))}


def words(built: Built) -> list[str]:
    return sorted(
        " ".join(re.sub(r"<[^>]*>", " ", text.decode()).split()) for text in documents(built).values()
    )


def assert_same(source: Path, folder: Path, *, in_words: bool = False) -> None:
    """The source and the folder made of it are one book: every document of it, and its index."""
    code, told = unfolded(source, folder / "tidy")
    assert (code, "unfolded-otherwise" in told) == (0, False), told
    asked = ("--formats", "epub", "--jobs", "1", "--no-cache")
    was, made = build(source, folder / "was", *asked), build(folder / "tidy", folder / "made", *asked)
    assert words(was) == words(made)
    assert in_words or documents(was) == documents(made)
    assert was.report["index"] == made.report["index"]


@pytest.mark.parametrize(
    "name",
    [
        "bookdown",
        "honkit",
        "jupyter-book",
        "leanpub",
        "mdbook",
        "quarto",
        "obsidian",
        "sphinx",
        "every-element",
    ],
)
def test_every_form_comes_back_as_the_same_book(tmp_path: Path, name: str) -> None:
    assert_same(BOOKS / name, tmp_path)


def test_a_scattered_text_comes_back_in_order(tmp_path: Path) -> None:
    source = tmp_path / "bees.txt"
    source.write_text(HEAP, encoding="utf-8")
    source.with_name("book.toml").write_text('[chapters]\n1 = "Hives"\n2 = "Wax"\n', encoding="utf-8")
    assert_same(source, tmp_path, in_words=True)  # what had no heading is a foreword now
    names = sorted(path.name for path in (tmp_path / "tidy").glob("*.txt"))
    assert names == [
        "01-hives.txt",
        "02-wax.txt",
        "a-tables.txt",
        "front-1-opening.txt",
        "front-2-preface.txt",
    ]


def test_what_a_file_defined_goes_along_and_settings_stay_the_authors(tmp_path: Path) -> None:
    source = write(tmp_path / "plants", PARTED)
    assert_same(source, tmp_path)
    toml = (tmp_path / "tidy" / "book.toml").read_text(encoding="utf-8")
    assert "# mine" in toml
    assert "# really" in toml
    read = tomllib.loads(toml)
    assert read["parts"] == [{"title": "Field", "chapters": "1-2"}]
    assert "silence" not in read
    assert (tmp_path / "tidy" / "i" / "oak.svg").is_file()


def test_a_section_that_was_moved_has_its_new_number(tmp_path: Path) -> None:
    text = "# 1 One\n\nSee [](#3.1).\n\n# 3 Three\n\n## 3.1 Deep\n\nWords.\n"
    toml = '[[place]]\nchapter = "3"\nas = "appendix"\n'
    source = write(tmp_path / "moved", {"all.md": text, "book.toml": toml})
    assert_same(source, tmp_path)
    assert "](#A.1)" in (tmp_path / "tidy" / "01-one.md").read_text(encoding="utf-8")
    assert "place" not in tomllib.loads((tmp_path / "tidy" / "book.toml").read_text(encoding="utf-8"))


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    source = write(tmp_path / "a", {"1.md": "# 1 One\n\nWords.\n"})
    code, told = unfolded(source, source)
    assert (code, "[init-failed]" in told) == (2, True)
    assert [path.name for path in source.iterdir()] == ["1.md"]


def test_a_folder_within_the_source_is_refused(tmp_path: Path) -> None:
    source = write(tmp_path / "a", {"1.md": "# 1 One\n\nWords.\n"})
    code, told = unfolded(source, source / "tidy")
    assert (code, "[init-failed]" in told, (source / "tidy").exists()) == (2, True, False)


def test_a_source_that_makes_no_book_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    source = write(tmp_path / "a", {"1.md": "# 1 One\n\nWords.\n\n# 1 Other\n\nMore.\n"})
    code, told = unfolded(source, tmp_path / "b")
    assert (code, "number-collision" in told, (tmp_path / "b").exists()) == (1, True, False)


def _word(folder: Path) -> Path:
    png = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(png, "PNG")
    body = [paragraph("Nets", style="Title"), paragraph("Knots", style="Heading1")]
    body += [
        paragraph("Tie it ", run_of_words("well", "<w:i/>"), ".", field('XE "well"')),
        paragraph("Rope", style="Heading2"),
    ]
    body += [paragraph("Of hemp."), paragraph(picture("A red field")), paragraph("Tar", style="Heading1")]
    (folder / "nets.docx").write_bytes(docx(*body, paragraph("It keeps."), image=png.getvalue()))
    return folder / "nets.docx"


def _opendocument(folder: Path) -> Path:
    png = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(png, "PNG")
    image = "<draw:frame><draw:image xlink:href='Pictures/1.png'/><svg:desc>Ein Feld</svg:desc></draw:frame>"
    head = '<text:h text:outline-level="1">{}</text:h><text:p>{}</text:p>'
    body = head.format("Knoten", "Gut so.") + head.format("Netze", f"Mit Bild: {image}")
    (folder / "netze.odt").write_bytes(odt(body, "", {"Pictures/1.png": png.getvalue()}, author="Ann Lee"))
    return folder / "netze.odt"


def _notebooks(folder: Path) -> Path:
    cells = [
        {"cell_type": "markdown", "source": ["# Counting\n", "\n", "We *count*.\n"]},
        {"cell_type": "code", "source": "print(1 + 1)", "execution_count": 1, "metadata": {},
         "outputs": [{"output_type": "stream", "name": "stdout", "text": "2\n"}]},
        {"cell_type": "markdown", "source": "## Further\n\nAnd on."},
    ]  # fmt: skip
    write(
        folder / "counts",
        {
            "_toc.yml": "format: jb-book\nroot: intro\nchapters:\n- file: count\n",
            "_config.yml": "title: Counts\nauthor: Ann Lee\n",
            "intro.md": "# Welcome\n\nWords.\n",
            "count.ipynb": json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}),
        },
    )
    return folder / "counts"


def _gutenberg(folder: Path) -> Path:
    mark = "OF THE PROJECT GUTENBERG EBOOK THE REEDS ***"
    prose = "The heron stood in the _reeds_ at the mouth\nof the river until all the boats were gone.\n"
    text = f"CONTENTS\n\nI. The Mill\nII. A Wet Night\n\n\nCHAPTER I.\n\nTHE MILL.\n\n{prose}\n"
    text += f"\nCHAPTER II.\n\nA WET NIGHT.\n\n{prose}"
    head = (
        "The Project Gutenberg eBook of The Reeds\n\nTitle: The Reeds\n\nAuthor: Ann Lee\n\nLanguage: English"
    )
    (folder / "7-0.txt").write_text(f"{head}\n\n*** START {mark}\n\n{text}\n\n*** END {mark}\n\nTerms.\n")
    return folder / "7-0.txt"


@pytest.mark.parametrize("make", [_word, _opendocument, _notebooks])
def test_what_is_no_markdown_comes_back_as_the_same_book(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    (tmp_path / "source").mkdir()
    assert_same(make(tmp_path / "source"), tmp_path)


@pytest.mark.parametrize("suffix", [".rst", ".org", ".adoc"])
def test_what_a_converter_reads_comes_back_as_the_same_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    # the converters are the author's own: these hand on what they are given, which is Markdown already
    for name in ("pandoc", "asciidoctor"):
        program = write(tmp_path / "bin", {name: "#!/bin/sh\nexec cat\n"}) / name
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    text = "# Tides\n\nThe sea[^a] comes.\n\n## The Mole\n\n- stone\n- tar\n\n# Boats\n\nRest.\n\n[^a]: -\n"
    assert_same(write(tmp_path / "source", {f"tides{suffix}": text}) / f"tides{suffix}", tmp_path)


def test_a_list_of_files_comes_back_as_the_same_book(tmp_path: Path) -> None:
    listed = {"book.list": "a.md\n  b.md\npart: | Afar\nc.md\n", "a.md": "# Near\n\nHere.\n"}
    listed |= {"b.md": "# Nearer\n\nAt home.\n", "c.md": "# Far\n\nThere.\n"}
    assert_same(write(tmp_path / "source", listed), tmp_path)


def test_every_form_that_is_read_is_among_those_tried_here() -> None:
    tried = {"mdBook", "Quarto", "bookdown", "Jupyter Book", "Leanpub", "HonKit", "Sphinx", "Obsidian"}
    tried |= {"text", "Markdown", "list", "Word", "OpenDocument", "Jupyter notebook", "Project Gutenberg"}
    assert {form.name for form in forms.FORMS} == tried | {"reStructuredText", "Org", "AsciiDoc"}


def test_a_text_of_project_gutenberg_comes_back_in_its_words(tmp_path: Path) -> None:
    assert_same(_gutenberg(tmp_path), tmp_path, in_words=True)
