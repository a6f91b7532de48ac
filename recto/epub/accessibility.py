"""What the package says about accessibility, computed from what is in the book (EPUB Accessibility 1.1).

A claim to conform (`dcterms:conformsTo`) is a person's to make: it is written where book.toml makes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from recto.model import Document
from recto.notations import xhtml
from recto.settings.config import AccessibilitySettings
from recto.settings.conformance import is_address
from recto.settings.metadata import Metadata

Statement = tuple[str, str, dict[str, str]]

_IMAGES = (f"{{{xhtml.XHTML}}}img", f"{{{xhtml.SVG}}}svg")


def statements(
    documents: Sequence[Document],
    metadata: Metadata,
    accessibility: AccessibilitySettings,
    print_isbn: str,
) -> Iterator[Statement]:
    """The `<meta>` elements of the package about accessibility and pagination: (name, text, attributes)."""
    pictures = _pictures(documents)
    modes = ("textual", "visual") if pictures.shown else ("textual",)
    enough = ("textual",) if pictures.shown == pictures.described else ("textual,visual",)
    features = tuple(_features(documents, pictures))
    for name, values in (
        ("accessMode", modes),
        ("accessModeSufficient", enough),
        ("accessibilityFeature", features),
        ("accessibilityHazard", accessibility.hazards),
        ("accessibilitySummary", (accessibility.summary or _summary(features, pictures),)),
    ):
        for value in values:
            yield "meta", value, {"property": f"schema:{name}"}
    if any(document.pages for document in documents):
        yield "meta", _page_source(metadata, print_isbn), {"property": "pageBreakSource"}
    if accessibility.conforms_to:
        yield "meta", accessibility.conforms_to, {"property": "dcterms:conformsTo", "id": "conformance"}
        if accessibility.certified_by:
            by = {"property": "a11y:certifiedBy", "refines": "#conformance", "id": "certifier"}
            yield "meta", accessibility.certified_by, by
            yield from _standing(accessibility)


def _standing(accessibility: AccessibilitySettings) -> Iterator[Statement]:
    """What speaks for who certifies: a credential, in words or as a link, and a report, which can be a link
    alone (EPUB Accessibility 1.1, 4.3.3 and 4.3.4).
    """
    credential, report = accessibility.certifier_credential, accessibility.certifier_report
    for name, said in (("certifierCredential", credential), ("certifierReport", report)):
        if is_address(said):
            yield "link", "", {"rel": f"a11y:{name}", "refines": "#certifier", "href": said}
    if credential and not is_address(credential):
        yield "meta", credential, {"property": "a11y:certifierCredential", "refines": "#certifier"}


@dataclass(slots=True)
class _Pictures:
    """How many pictures the text shows, how many of them have words in their place, and how many are
    described at length elsewhere; those that only decorate count for themselves.
    """

    decorating: int = 0
    shown: int = 0
    described: int = 0
    at_length: int = 0


def _pictures(documents: Sequence[Document]) -> _Pictures:
    """The cover is left out: it repeats the title, and tells nothing else."""
    found = _Pictures()
    for document in documents:
        if document.landmark == "cover" or document.media_type != "application/xhtml+xml":
            continue
        if b"<img" not in document.content and b"svg" not in document.content:
            continue  # most chapters: no need to parse them
        for image in xhtml.document(document.content.decode()).iter(*_IMAGES):
            if image.get("role") in ("presentation", "none"):  # it needs no words
                found.decorating += 1
            else:
                found.shown += 1
                found.described += bool(_words_for(image))
                found.at_length += image.get("aria-details") is not None
    return found


def _words_for(image: xhtml.Element) -> str:
    title = image.findtext(f"{{{xhtml.SVG}}}title") or ""
    return image.get("alt") or image.get("aria-label") or image.get("aria-labelledby") or title


def _features(documents: Sequence[Document], pictures: _Pictures) -> Iterator[str]:
    yield from ("tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability")
    if any(document.landmark == "index" for document in documents):
        yield "index"
    if any(document.pages for document in documents):
        yield from ("pageBreakMarkers", "pageNavigation")
    if pictures.shown and pictures.shown == pictures.described:
        yield "alternativeText"
    if pictures.at_length:
        yield "longDescription"
    if any("mathml" in document.properties for document in documents):
        yield "MathML"


def _summary(features: Sequence[str], pictures: _Pictures) -> str:
    """A plain sentence or two for people who choose a book by what they can read of it."""
    parts = ["Text that can be reflowed and resized, with a linked table of contents and headings"]
    if "index" in features:
        parts.append("a linked index")
    if "pageNavigation" in features:
        parts.append("the page numbers of the print edition")
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    if not pictures.shown:
        none = "Its images only decorate" if pictures.decorating else "It has no images in the text"
        return f"{listed}. {none}."
    missing = pictures.shown - pictures.described
    alternatives = "Every image has a text alternative"
    if missing:
        alternatives = f"Images without a text alternative: {missing} of {pictures.shown}"
    if pictures.at_length:
        alternatives += f". Images described at length: {pictures.at_length} of {pictures.shown}"
    return f"{listed}. {alternatives}."


def _page_source(metadata: Metadata, print_isbn: str) -> str:
    """Which pagination the page breaks give: the ISBN of the print edition, or that edition in words."""
    digits = "".join(c for c in print_isbn if c.isdigit() or c in "Xx").upper()
    if digits:
        return f"urn:isbn:{digits}"
    return ", ".join(part for part in (metadata.full_title, metadata.publisher, "print edition") if part)
