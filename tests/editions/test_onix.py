"""The record for shops says what book.toml says, in the order and the codes of ONIX 3.0."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

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
subjects = [{ code = "TRA006010", scheme = "BISAC", term = "Ships" }, { code = "X1", scheme = "Ours" }]
keywords = ["keels"]
description = "All of it."
publisher = "Small Hours"
date = "2026-11-23"
isbn = "978-3-16-148410-0"
isbn_epub = "978-0-306-40615-7"
audience = "boat builders"
edition = "Second edition"
"""
# The order in which the schema has the elements of a DescriptiveDetail and of a Product
DETAIL = (
    "ProductComposition ProductForm ProductFormDetail EpubTechnicalProtection Collection TitleDetail"
    " Contributor NoContributor EditionStatement Language Extent Subject AudienceDescription"
).split()
PRODUCT = (
    "RecordReference NotificationType ProductIdentifier DescriptiveDetail CollateralDetail PublishingDetail"
).split()


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


def names(element: ElementTree.Element) -> list[str]:
    return [child.tag.removeprefix(N) for child in element]


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


def test_elements_stand_in_the_order_of_the_schema(whole: Built) -> None:
    for product in products(whole):
        assert names(product) == PRODUCT
        detail = product.find(f"{N}DescriptiveDetail")
        assert detail is not None
        places = [DETAIL.index(name) for name in names(detail)]
        assert places == sorted(places)


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


def test_titles_series_and_date_are_told(whole: Built) -> None:
    product = products(whole)[0]
    assert [each.text for each in product.iter(f"{N}TitleText")] == ["Boats at Rest", "The <Dry> Dock"]
    assert product.findtext(f".//{N}Subtitle") == "Boats & Rest"
    assert product.findtext(f".//{N}PartNumber") == "3"
    date = product.find(f".//{N}Date")
    assert date is not None
    assert (date.text, date.get("dateformat")) == ("20261123", "00")


def test_what_shops_ask_for_and_the_book_does_not_say_is_told(tmp_path: Path) -> None:
    built = made(tmp_path, '[book]\ntitle = "Bare"\n')
    assert built.exit_code == 0
    assert [problem["code"] for problem in built.report["problems"]].count("onix-lacking") == 5
    (product,) = products(built)
    assert product.findtext(f".//{N}IDValue", "").startswith("urn:uuid:")
    assert "NoContributor" in [each.tag.removeprefix(N) for each in product.iter()]
