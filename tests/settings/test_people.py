"""Who did what, what it is about, which series and which ISBN: said shortly or in a table, and checked."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from recto.collate import collate
from recto.gather import gather
from recto.settings.config import read
from recto.settings.metadata import metadata
from recto.settings.people import BookSeries, Person, is_isbn, line, person, relator, series
from tests import validators
from tests.building import build

DC = "{http://purl.org/dc/elements/1.1/}"
OPF = "{http://www.idpf.org/2007/opf}"
FACTS = """
[book]
title = "The Dry Dock"
authors = [{ name = "Ana Brandt", sort = "Brandt, Ana" }, "Cy Dorn"]
language = "en-GB"
languages = ["en-GB", "da"]
series = { name = "Boats at Rest", number = 3, issn = "2049-3630" }
subjects = [{ code = "TRA006010", scheme = "BISAC", term = "Ships" }, "docks"]
keywords = ["keels"]
license = "https://example.org/terms"
audience = "boat builders"
isbn_epub = "978-0-306-40615-7"
short_title = "Dock"
edition = "Second edition"
first_published = "1999-05"
doi = "https://doi.org/10.5555/dock"
source = "urn:isbn:9783161484100"
description = "All of *it*.\\n\\nAnd <em>more</em>."
contributors = [
  { name = "Eva Fjord", sort = "Fjord, Eva", role = "translator" },
  { name = "Gil Hart", role = "ill" },
  "Edited by Ida Jarl",
]

[accessibility]
conforms_to = "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"
certified_by = "Ada Marsh"
certifier_credential = "Tester of docks"
certifier_report = "https://example.org/report"
"""


def write(folder: Path, settings: str) -> Path:
    source = folder / "dock"
    source.mkdir()
    (source / "a.md").write_text("# 1 Docks\n\n## 1.1 Keels\n\nA keel rests.\n", encoding="utf-8")
    (source / "book.toml").write_text(settings, encoding="utf-8")
    return source


def package_of(path: Path) -> etree._Element:

    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read("EPUB/content.opf"))


def refined(opf: etree._Element, name: str) -> dict[str, str]:
    return {
        str(meta.get("property")): str(meta.text)
        for meta in opf.iter(f"{OPF}meta")
        if meta.get("refines") == f"#{name}"
    }


@pytest.fixture(scope="module")
def epub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("facts")
    built = build(write(folder, FACTS), folder / "out", "--formats", "epub", "--strict")
    assert built.exit_code == 0, built.errors
    return built.output(".epub")


def test_people_are_in_the_package_with_role_and_sorted_name(epub: Path) -> None:
    opf = package_of(epub)
    people = {
        each.text: (each.tag.removeprefix(DC), refined(opf, each.get("id")))
        for kind in ("creator", "contributor")
        for each in opf.iter(f"{DC}{kind}")
    }
    assert people == {
        "Ana Brandt": ("creator", {"role": "aut", "file-as": "Brandt, Ana"}),
        "Cy Dorn": ("creator", {"role": "aut"}),
        "Eva Fjord": ("contributor", {"role": "trl", "file-as": "Fjord, Eva"}),
        "Gil Hart": ("contributor", {"role": "ill"}),
        "Ida Jarl": ("contributor", {"role": "edt"}),
    }


def test_facts_are_in_the_package_as_epub_has_them(epub: Path) -> None:
    opf = package_of(epub)
    assert [each.text for each in opf.iter(f"{DC}language")] == ["en-GB", "da"]
    subjects = {each.text: each.get("id") for each in opf.iter(f"{DC}subject")}
    assert set(subjects) == {"Ships", "docks", "keels"}
    assert refined(opf, subjects["Ships"]) == {"authority": "BISAC", "term": "TRA006010"}
    (collection,) = (m for m in opf.iter(f"{OPF}meta") if m.get("property") == "belongs-to-collection")
    assert collection.text == "Boats at Rest"
    assert refined(opf, collection.get("id")) == {
        "collection-type": "series",
        "group-position": "3",
        "dcterms:identifier": "urn:issn:2049-3630",
    }
    said = {str(m.get("property")): str(m.text) for m in opf.iter(f"{OPF}meta")}
    assert said["dcterms:license"] == "https://example.org/terms"
    assert said["dcterms:audience"] == "boat builders"
    assert said["dcterms:issued"] == "1999-05"
    assert opf.findtext(f".//{DC}source") == "urn:isbn:9783161484100"
    assert opf.findtext(f".//{DC}description") == "All of it.\n\nAnd more."


def test_titles_and_identifiers_are_told_apart(epub: Path) -> None:
    opf = package_of(epub)
    titles = [(each.text, refined(opf, each.get("id"))) for each in opf.iter(f"{DC}title")]
    assert titles == [
        ("The Dry Dock", {"title-type": "main"}),
        ("Dock", {"title-type": "short"}),
        ("Second edition", {"title-type": "edition"}),
    ]
    identifiers = [(each.text, refined(opf, each.get("id"))) for each in opf.iter(f"{DC}identifier")]
    assert identifiers == [
        ("urn:isbn:9780306406157", {}),
        ("doi:10.5555/dock", {"identifier-type": "06"}),
    ]


def test_who_certifies_has_a_credential_and_a_report(epub: Path) -> None:
    opf = package_of(epub)
    assert refined(opf, "conformance") == {"a11y:certifiedBy": "Ada Marsh"}
    assert refined(opf, "certifier") == {"a11y:certifierCredential": "Tester of docks"}
    (link,) = opf.iter(f"{OPF}link")
    assert (link.get("rel"), link.get("href")) == ("a11y:certifierReport", "https://example.org/report")


def test_the_title_page_names_them(epub: Path) -> None:

    with zipfile.ZipFile(epub) as archive:
        text = archive.read("EPUB/title-page.xhtml").decode()
    for said in ("Ana Brandt", "Translated by Eva Fjord", "Illustrated by Gil Hart", "Edited by Ida Jarl"):
        assert f">{said}<" in text
    assert "Boats at Rest, 3" in text


@pytest.mark.slow
def test_epubcheck_has_nothing_against_the_package(epub: Path) -> None:
    assert validators.epubcheck(epub) == ()


@pytest.mark.parametrize(
    ("setting", "code", "hint"),
    [
        ('isbn = "978-3-16-148410-1"', "isbn-wrong", "compare"),
        ('title = "Boats"', "author-missing", "authors = []"),
        ('authors = [{ name = "A", role = "translater" }]', "role-unknown", "`translator`"),
        ('languages = ["english language"]', "language-tag", "en-GB"),
        ('authors = [{ name = "A", sorted = "B" }]', "config-unknown-key", "`sort`"),
        ('authors = [{ sort = "B, A" }]', "config-missing", "`name"),
        ('doi = "10.5555 dock"', "doi-wrong", "10.5555/12345678"),
    ],
)
def test_what_is_wrong_is_told_at_its_line_with_what_was_perhaps_meant(
    setting: str, code: str, hint: str, tmp_path: Path
) -> None:
    built = build(write(tmp_path, f"[book]\n{setting}\n"), tmp_path / "out", "--check")
    (problem,) = (p for p in built.report["problems"] if p["code"] == code)
    assert problem["line"] == 2
    assert hint in problem["hint"]


@pytest.mark.parametrize(
    ("claim", "lines"),
    [
        ('conforms_to = "WCAG 2.1 AA"', [2, 2]),
        ('certified_by = "A"', [2]),
        ('certifier_credential = "B"', [2]),
        (
            'conforms_to = "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"\ncertified_by = "A"\n'
            'certifier_report = "See page 3"',
            [4],
        ),
        ('conforms_to = "EPUB Accessibility 1.1 - WCAG 2.2 Level A"\ncertified_by = "A"', []),
    ],
)
def test_a_claim_that_can_t_stand_is_told(claim: str, lines: list[int], tmp_path: Path) -> None:
    built = build(write(tmp_path, f"[accessibility]\n{claim}\n"), tmp_path / "out", "--check")
    assert [p["line"] for p in built.report["problems"] if p["code"] == "claim-incomplete"] == lines


def identified(folder: Path, text: str, settings: str) -> str:
    """The identifier of a book."""
    folder.mkdir()
    (folder / "book.toml").write_text(f"[book]\n{settings}\n", encoding="utf-8")
    (folder / "a.md").write_text(text, encoding="utf-8")
    config, _ = read(folder / "book.toml")
    manuscript, _ = gather(folder, config)
    book, _ = collate(manuscript, config)
    return metadata(book, manuscript, config).identifier


def test_a_book_without_a_number_keeps_its_identifier_under_another_title(tmp_path: Path) -> None:
    text = "# 1 Boats\n\n" + "They lie in the mud and wait for the tide, as all boats do. " * 9
    first = identified(tmp_path / "a", text, 'title = "Boats at Rest"\nauthors = ["Ana Brandt"]')
    assert first.startswith("urn:uuid:")
    assert identified(tmp_path / "b", f"{text}\n\n# 2 More\n\nNew.", 'title = "Mud"') == first
    assert identified(tmp_path / "c", text.replace("boats do", "nets do"), 'title = "Mud"') != first
    assert identified(tmp_path / "d", text, 'title = "Mud"\nlanguage = "de"') != first
    assert identified(tmp_path / "e", text, 'title = "Mud"\nidentifier = "urn:x:1"') == "urn:x:1"


@pytest.mark.parametrize(
    ("isbn", "right"),
    [
        ("978-3-16-148410-0", True),
        ("9783161484100", True),
        ("978-3-16-148410-1", False),
        ("3-16-148410-X", True),
        ("3-16-148410-1", False),
        ("123-3-16-148410-0", False),
        ("", False),
    ],
)
def test_an_isbn_is_held_to_its_check_digit(isbn: str, right: bool) -> None:
    assert is_isbn(isbn) == right


def test_a_line_of_the_authors_is_understood_and_printed_as_it_is() -> None:
    assert person("Translated by Bo Nilsson", "contributor") == Person("Bo Nilsson", "", "translator")
    assert person("Bo Nilsson", "contributor") == Person("Bo Nilsson", "", "contributor")
    assert person("By Design", "author").name == "By Design"
    assert line("Translated by Bo Nilsson", "en") == "Translated by Bo Nilsson"
    assert line(Person("Bo Nilsson", role="trl"), "en-US") == "Translated by Bo Nilsson"
    assert line(Person("Bo Nilsson", role="trl"), "sv") == "Bo Nilsson"
    assert (relator("Translator"), relator("trl"), relator("singer of shanties")) == ("trl", "trl", None)


def test_the_number_of_a_series_may_stand_at_its_end() -> None:
    assert series("Books of the Sea, 3") == BookSeries("Books of the Sea", "3")
    assert series("Books of the Sea") == BookSeries("Books of the Sea")
    assert series("") is None
