"""A record of the book for shops and catalogues: ONIX for Books 3.0 with reference names (EDItEUR).

Each edition with an ISBN of its own is a product; a book without any is recorded once, by its identifier.
Elements stand in the order of the schema. The numbers are codes of its lists; those that hang on what the
author says are in codes.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from recto.notations.toml import parse
from recto.notations.xml_characters import FORBIDDEN
from recto.settings.metadata import Metadata
from recto.settings.people import Person, Subject, is_isbn, isbn_digits, relator

_NAMESPACE = "http://ns.editeur.org/onix/3.0/reference"
_OTHER, _OWN_SCHEME, _UNDETERMINED = "Z99", "24", "und"
_CREATIVE_COMMONS = re.compile(r"creativecommons\.org/licenses/([a-z-]{2,12})/([0-9.]{1,5})")


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of the book: its ISBN (or other identifier), codes of lists 150 and 175, its count of pages."""

    isbn: str
    form: str
    detail: str = ""
    pages: int = 0


def record(facts: Metadata, pages: int | None) -> bytes:
    """The record of a book; `pages` is the count of the printed one, where it is known."""
    root = Element("ONIXMessage", {"xmlns": _NAMESPACE, "release": "3.0"})
    header = SubElement(root, "Header")
    _add(
        SubElement(header, "Sender"), "SenderName", facts.publisher or ", ".join(facts.authors) or facts.title
    )
    _add(header, "SentDateTime", facts.modified.strftime("%Y%m%dT%H%MZ"))
    forms = tuple(_forms(facts, pages or 0))
    for form in forms:
        product = _product(root, facts, form)
        _relate(product, [other for other in forms if other is not form])
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _forms(facts: Metadata, pages: int) -> Iterator[_Form]:
    """The forms that are products: a paperback, and a download as EPUB."""
    if is_isbn(facts.isbn):
        yield _Form(isbn_digits(facts.isbn), "BC", pages=pages)
    if is_isbn(facts.isbn_epub):
        yield _Form(isbn_digits(facts.isbn_epub), "ED", "E101")
    if not is_isbn(facts.isbn) and not is_isbn(facts.isbn_epub):
        yield _Form("", "ED", "E101")


def _product(root: Element, facts: Metadata, form: _Form) -> Element:
    product = SubElement(root, "Product")
    _add(product, "RecordReference", f"recto.{form.isbn or facts.identifier}")
    _add(product, "NotificationType", "03")
    if form.isbn:
        _identify(product, form)
    else:
        identifier = SubElement(product, "ProductIdentifier")
        _add(identifier, "ProductIDType", "01")
        _add(identifier, "IDTypeName", "URN")
        _add(identifier, "IDValue", facts.identifier)
    if facts.doi:
        identifier = SubElement(product, "ProductIdentifier")
        _add(identifier, "ProductIDType", "06")
        _add(identifier, "IDValue", facts.doi)
    _describe(SubElement(product, "DescriptiveDetail"), facts, form)
    if facts.description:
        text = SubElement(SubElement(product, "CollateralDetail"), "TextContent")
        _add(text, "TextType", "03")
        _add(text, "ContentAudience", "00")
        said = ElementTree.fromstring(f"<Text>{facts.blurb}</Text>")
        said.set("textformat", "05")  # XHTML, list 34
        text.append(said)
    _publish(SubElement(product, "PublishingDetail"), facts)
    return product


def _identify(parent: Element, form: _Form) -> None:
    identifier = SubElement(parent, "ProductIdentifier")
    _add(identifier, "ProductIDType", "15" if len(form.isbn) == 13 else "02")
    _add(identifier, "IDValue", form.isbn)


def _relate(product: Element, others: list[_Form]) -> None:
    """Tell which other products are this very book in another form (list 51)."""
    related = SubElement(product, "RelatedMaterial") if others else product
    for other in others:
        one = SubElement(related, "RelatedProduct")
        _add(one, "ProductRelationCode", "06")
        _identify(one, other)


def _describe(detail: Element, facts: Metadata, form: _Form) -> None:
    _add(detail, "ProductComposition", "00")
    _add(detail, "ProductForm", form.form)
    _add(detail, "ProductFormDetail", form.detail)
    if form.detail:
        _add(detail, "EpubTechnicalProtection", "00")
        _license(detail, facts.license)
    if facts.series is not None:
        collection = SubElement(detail, "Collection")
        _add(collection, "CollectionType", "10")
        if facts.series.issn:
            identifier = SubElement(collection, "CollectionIdentifier")
            _add(identifier, "CollectionIDType", "02")
            _add(identifier, "IDValue", re.sub(r"[^0-9Xx]", "", facts.series.issn).upper())
        _title(collection, "02", facts.series.name, number=facts.series.number)
    _title(detail, "01", facts.title, subtitle=facts.subtitle)
    if facts.short_title:
        _title(detail, "01", facts.short_title, kind="05")
    _people(detail, facts)
    _add(detail, "EditionStatement", facts.edition)
    for tag in (facts.language, *facts.languages):
        language = SubElement(detail, "Language")
        _add(language, "LanguageRole", "01")
        _add(language, "LanguageCode", _codes("languages").get(tag.lower().partition("-")[0], _UNDETERMINED))
    if form.pages:
        extent = SubElement(detail, "Extent")
        for name, value in (("ExtentType", "00"), ("ExtentValue", str(form.pages)), ("ExtentUnit", "03")):
            _add(extent, name, value)
    for subject in _subjects(facts):
        _subject(detail, subject)
    _add(detail, "AudienceDescription", facts.audience)


def _license(detail: Element, address: str) -> None:
    """The license of a download, by its name where the address tells it (list 218: for people to read)."""
    if address:
        license_ = SubElement(detail, "EpubLicense")
        found = _CREATIVE_COMMONS.search(address.lower())
        _add(license_, "EpubLicenseName", f"CC {found[1].upper()} {found[2]}" if found else address)
        expression = SubElement(license_, "EpubLicenseExpression")
        _add(expression, "EpubLicenseExpressionType", "01")
        _add(expression, "EpubLicenseExpressionLink", address)


def _title(
    parent: Element, level: str, text: str, *, subtitle: str = "", number: str = "", kind: str = "01"
) -> None:
    """A title at a level of list 149, of a kind of list 15."""
    detail = SubElement(parent, "TitleDetail")
    _add(detail, "TitleType", kind)
    element = SubElement(detail, "TitleElement")
    _add(element, "TitleElementLevel", level)
    _add(element, "PartNumber", number)
    _add(element, "TitleText", text)
    _add(element, "Subtitle", subtitle)


def _people(detail: Element, facts: Metadata) -> None:
    people = (*facts.creators, *facts.contributors)
    for number, each in enumerate(people, 1):
        contributor = SubElement(detail, "Contributor")
        _add(contributor, "SequenceNumber", str(number))
        _add(contributor, "ContributorRole", _role(each))
        _add(contributor, "PersonName", each.name)
        _add(contributor, "PersonNameInverted", each.sort)
    if not people:
        SubElement(detail, "NoContributor")


def _role(person: Person) -> str:
    return str(_codes("contributors").get(relator(person.role) or "", _OTHER))


def _subjects(facts: Metadata) -> Iterator[Subject]:
    """Those with a code, and all others in one line, as list 27 asks."""
    yield from (subject for subject in facts.subjects if subject.code)
    words = (*facts.keywords, *(subject.term for subject in facts.subjects if not subject.code))
    if words:
        yield Subject("; ".join(dict.fromkeys(words)), scheme="keywords")


def _subject(detail: Element, said: Subject) -> None:
    subject = SubElement(detail, "Subject")
    scheme = _codes("schemes").get(said.scheme.lower())
    _add(subject, "SubjectSchemeIdentifier", scheme or _OWN_SCHEME)
    if scheme is None:
        _add(subject, "SubjectSchemeName", said.scheme)
    _add(subject, "SubjectCode", said.code)
    _add(subject, "SubjectHeadingText", said.term)


def _publish(detail: Element, facts: Metadata) -> None:
    publisher = SubElement(detail, "Publisher")
    _add(publisher, "PublishingRole", "01")
    _add(publisher, "PublisherName", facts.publisher or ", ".join(facts.authors) or facts.title)
    _add(detail, "CityOfPublication", facts.place)
    _add(detail, "PublishingStatus", "04")
    _date(detail, "01", facts.date)
    _date(detail, "11", facts.first_published)


def _date(detail: Element, role: str, said: str) -> None:
    """A date in a role of list 163; a date in words ("Spring 2026") is none."""
    digits = said.replace("-", "")
    if format_ := {8: "00", 6: "01", 4: "05"}.get(len(digits) if digits.isdigit() else 0):
        date = SubElement(detail, "PublishingDate")
        _add(date, "PublishingDateRole", role)
        _add(date, "Date", digits).set("dateformat", format_)


def _add(parent: Element, name: str, text: str) -> Element:
    """An element with a text; none where there is nothing to say."""
    element = Element(name)
    element.text = FORBIDDEN.sub("\ufffd", text)
    if text:
        parent.append(element)
    return element


@cache
def _all_codes() -> dict[str, Any]:
    return parse((Path(__file__).parent / "codes.toml").read_text(encoding="utf-8"))[0]


def _codes(table: str) -> dict[str, str]:
    return dict(_all_codes()[table])
