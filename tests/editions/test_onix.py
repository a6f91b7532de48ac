"""The record for shops says what book.toml says, in the order and the codes of ONIX 3.0."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests import validators
from tests.building import Built, build

N = "{http://ns.editeur.org/onix/3.0/reference}"
SETTINGS = """
[book]
title = "The <Dry> Dock"
subtitle = "Boats & Rest"
authors = [{ name = "Ana Brandt", sort = "Brandt, Ana" }]
contributors = [{ name = "Eva Fjord", role = "translator" }, { name = "Gil Hart", role = "proofreader" }]
language = "de-CH"
languages = ["de-CH", "da", "tlh"]
series = { name = "Boats at Rest", number = 3, issn = "2049-3630" }
subjects = [
  { code = "TRA006010", scheme = "BISAC", term = "Ships" }, { code = "X1", scheme = "Ours" }, "docks", "keels"
]
keywords = ["keels", "stocks"]
description = "All of *it*.\\n\\nAnd more."
publisher = "Small Hours"
place = "Bern"
date = "2026-11-23"
first_published = "1999"
doi = "10.5555/dock"
isbn = "978-3-16-148410-0"
isbn_epub = "978-0-306-40615-7"
audience = "boat builders"
edition = "Second edition"
short_title = "Dock"
license = "https://creativecommons.org/licenses/by-nc/4.0/"
"""


def made(folder: Path, settings: str, formats: str = "onix") -> Built:
    source = folder / "dock"
    source.mkdir()
    (source / "a.md").write_text("# 1 Docks\n\n## 1.1 Keels\n\nA keel rests.\n", encoding="utf-8")
    (source / "book.toml").write_text(settings, encoding="utf-8")
    return build(source, folder / "out", "--formats", formats)


def products(built: Built) -> list[ElementTree.Element]:
    root = ElementTree.parse(built.output(".onix.xml")).getroot()
    assert (root.tag, root.get("release")) == (f"{N}ONIXMessage", "3.0")
    return root.findall(f"{N}Product")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Built:
    built = made(tmp_path_factory.mktemp("onix"), SETTINGS, "onix,pdf")
    assert built.exit_code == 0
    return built


def test_each_isbn_is_a_product_in_its_form(whole: Built) -> None:
    assert "onix-lacking" not in {problem["code"] for problem in whole.report["problems"]}
    told = [
        tuple(product.findtext(f".//{N}{name}") for name in ("IDValue", "ProductForm", "ExtentValue"))
        for product in products(whole)
    ]
    assert told == [
        ("9783161484100", "BC", str(whole.report["pages"])),
        ("9780306406157", "ED", None),
    ]


def test_people_languages_and_subjects_have_their_codes(whole: Built) -> None:
    product = products(whole)[0]
    people = [
        tuple(each.findtext(f"{N}{name}") for name in ("ContributorRole", "PersonName", "PersonNameInverted"))
        for each in product.iter(f"{N}Contributor")
    ]
    assert people == [
        ("A01", "Ana Brandt", "Brandt, Ana"),
        ("B06", "Eva Fjord", None),
        ("Z99", "Gil Hart", None),
    ]
    assert [each.text for each in product.iter(f"{N}LanguageCode")] == ["ger", "dan", "und"]
    subjects = [
        tuple(each.findtext(f"{N}{name}") for name in ("SubjectSchemeIdentifier", "SubjectCode"))
        for each in product.iter(f"{N}Subject")
    ]
    assert subjects == [("10", "TRA006010"), ("24", "X1"), ("20", None)]
    assert [each.text for each in product.iter(f"{N}SubjectHeadingText")] == ["Ships", "keels; stocks; docks"]


def test_titles_series_and_date_are_told(whole: Built) -> None:
    product = products(whole)[0]
    titles = zip(product.iter(f"{N}TitleType"), product.iter(f"{N}TitleText"), strict=True)
    told = [(kind.text, title.text) for kind, title in titles]
    assert told == [("01", "Boats at Rest"), ("01", "The <Dry> Dock"), ("05", "Dock")]
    assert product.findtext(f".//{N}Subtitle") == "Boats & Rest"
    assert product.findtext(f".//{N}PartNumber") == "3"
    dates = [(each.text, each.get("dateformat")) for each in product.iter(f"{N}Date")]
    assert dates == [("20261123", "00"), ("1999", "05")]
    assert [each.text for each in product.iter(f"{N}PublishingDateRole")] == ["01", "11"]
    assert product.findtext(f".//{N}CityOfPublication") == "Bern"
    text = product.find(f".//{N}Text")
    assert text is not None
    assert [("".join(each.itertext()), len(each)) for each in text] == [("All of it.", 1), ("And more.", 0)]


def test_each_product_names_the_other_and_the_download_its_license(whole: Built) -> None:
    paper, download = products(whole)
    for product, other in ((paper, "9780306406157"), (download, "9783161484100")):
        related = product.find(f".//{N}RelatedProduct")
        assert related is not None
        assert [each.text for each in related.iter() if (each.text or "").strip()] == ["06", "15", other]
    assert paper.find(f".//{N}EpubLicense") is None
    assert download.findtext(f".//{N}EpubLicenseName") == "CC BY-NC 4.0"
    assert download.findtext(f".//{N}EpubLicenseExpressionLink", "").startswith("https://creativecommons")


def test_the_schema_of_onix_takes_the_record(whole: Built, tmp_path: Path) -> None:
    assert validators.onix(whole.output(".onix.xml")) == ()
    bare = made(tmp_path, '[book]\ntitle = "Bare"\n')
    assert validators.onix(bare.output(".onix.xml")) == ()


def test_what_shops_ask_for_and_the_book_does_not_say_is_told(tmp_path: Path) -> None:
    built = made(tmp_path, '[book]\ntitle = "Bare"\n')
    assert built.exit_code == 0
    assert [problem["code"] for problem in built.report["problems"]].count("onix-lacking") == 5
    (product,) = products(built)
    assert product.findtext(f".//{N}IDValue", "").startswith("urn:uuid:")
    assert "NoContributor" in [each.tag.removeprefix(N) for each in product.iter()]
