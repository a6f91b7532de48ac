"""Ids: each once in both books, none in the way of another, every reference to the point."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from recto.ids import OWN, fit
from tests import validators
from tests.building import Built, build

CLASHES = """\
# 1 Kennels {#index}

The word {^title} and the word {^titles!of dogs}, {^letter-1}, {^index} and {^to.title}.[^1]
See [kennels](#index).

[^1]: A note.

### Contents {#contents}

[One](#contents), [two](#note-1-1), [three](#recto.index), [four](#section-1-1), [](#1.1), [five](#page-2).

### Notes {#note-1-1}

A second thought.

<p id="recto.index">Of its own.</p>

### Page {#page-2}

Barks.

## 1.1 Leads

Collars.

### Not the section {#section-1-1}

Ropes.

# 2 Baskets {#nav}

Wicker.
"""


def _built(folder: Path, text: str, *arguments: str, settings: str = "") -> Built:
    source = folder / "book"
    source.mkdir()
    (source / "all.md").write_text(text, encoding="utf-8")
    if settings:
        (source / "book.toml").write_text(settings, encoding="utf-8")
    return build(source, folder / "out", *arguments)


def _documents(epub: Path) -> dict[str, etree._Element]:
    with zipfile.ZipFile(epub) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xhtml")]
        return {Path(name).name: etree.fromstring(archive.read(name)) for name in names}


@pytest.mark.slow
def test_names_of_an_author_and_of_recto_live_side_by_side(tmp_path: Path) -> None:
    made = _built(tmp_path, CLASHES)
    assert made.exit_code == 0, made.errors
    assert [p["code"] for p in made.report["problems"] if p["code"] != "index-near-double"] == []
    assert validators.epubcheck(made.output(".epub")) == ()
    documents = _documents(made.output(".epub"))
    assert {"nav.xhtml", "nav-2.xhtml", "index.xhtml", "index-2.xhtml"} <= set(documents)
    chapter = documents["index-2.xhtml"]

    def led_to(words: str) -> str:
        (link,) = chapter.xpath(f"//*[local-name()='a'][text()='{words}']")
        file, _, anchor = link.get("href").rpartition("#")
        assert not file
        (element,) = chapter.xpath(f"//*[@id='{anchor}']")
        if not "".join(element.itertext()):  # a place at the beginning of what it names
            element = element.getparent()
        return " ".join("".join(element.itertext()).split())

    expected = {
        "kennels": "Chapter 1 Kennels", "One": "Contents", "two": "Notes", "three": "Of its own.",
        "four": "Not the section", "five": "Page",
    }  # fmt: skip
    found = {words: led_to(words)[: len(text)] for words, text in expected.items()}
    assert found == expected
    assert "section 1.1" in "".join(chapter.itertext())
    nav = documents["nav.xhtml"]
    lines = [a.get("href") for a in nav.iter("{*}a") if a.text == "Index"]
    assert "index.xhtml" in lines  # what opens a file is named by the file alone


@pytest.mark.slow
def test_a_book_without_index_headings_has_no_index(tmp_path: Path) -> None:
    settings = "[index]\nautomatic = false\n"
    made = _built(tmp_path, "# 1 Kennels\n\nDogs sleep there.\n", settings=settings)
    assert made.exit_code == 0, made.errors
    epub = made.output(".epub")
    assert validators.epubcheck(epub) == ()
    with zipfile.ZipFile(epub) as archive:
        assert not [name for name in archive.namelist() if "index" in name]
        told = [
            archive.read(name).decode() for name in archive.namelist() if name.endswith((".xhtml", ".ncx"))
        ]
        told.append(archive.read("EPUB/content.opf").decode())
    assert not [text for text in told if re.search(r"\bIndex\b|recto\.index|index\.xhtml", text)]


@given(st.text())
def test_whatever_an_author_calls_a_place_is_an_id_that_is_none_of_ours(name: str) -> None:
    made = fit(name)
    assert not made.startswith(OWN)
    assert re.fullmatch(r"[^\W\d][\w.:·-]*", made)
    assert fit(made) == made


def test_two_ways_to_write_a_letter_are_one_name() -> None:
    assert fit("cafe\u0301") == fit("caf\u00e9") == "caf\u00e9"
