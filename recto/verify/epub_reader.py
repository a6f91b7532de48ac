"""The text of a finished EPUB: container, package document, spine, as a reading system finds its way.

Read with zipfile and lxml alone (EPUB 3.3, sections 4.2.6.3.1 and 5.7; OCF: 4.2).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from recto.verify.bare import letters
from recto.verify.passage import ReadBook

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
_XHTML = "{http://www.w3.org/1999/xhtml}"
_TYPE = "{http://www.idpf.org/2007/ops}type"
# not text, or text that no author wrote; formulas are no words
_UNREAD = {"script", "style", "head", "nav", "math", "svg", "template"}
_MADE = {"index", "backlink", "pagebreak", "toc"}
_NOTES = {"footnote", "endnote", "rearnote"}


def read_epub(content: bytes) -> ReadBook:
    """Read an EPUB. Raises ValueError, KeyError or BadZipFile where it is none."""
    text: list[tuple[str, str]] = []
    notes: list[tuple[str, str]] = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in _spine(archive):
            root = etree.fromstring(archive.read(name), _PARSER)
            for is_note, words in _walk(root):
                (notes if is_note else text).append((letters(words), posixpath.basename(name)))
    return ReadBook("the e-book", (*text, *notes))


def _spine(archive: zipfile.ZipFile) -> list[str]:
    """The files of the spine, as the archive names them."""
    container = etree.fromstring(archive.read("META-INF/container.xml"), _PARSER)
    package_path = next(str(each.get("full-path")) for each in container.iter("{*}rootfile"))
    package = etree.fromstring(archive.read(package_path), _PARSER)
    hrefs = {item.get("id"): unquote(str(item.get("href"))) for item in package.iter("{*}item")}
    folder = posixpath.dirname(package_path)
    return [posixpath.join(folder, hrefs[each.get("idref")]) for each in package.iter("{*}itemref")]


def _walk(root: etree._Element) -> Iterator[tuple[bool, str]]:
    """Every text of a document in order, and whether it is that of a note."""
    body = root.find(f"{_XHTML}body")
    stack: list[tuple[etree._Element, bool, bool]] = [] if body is None else [(body, False, False)]
    while stack:
        element, is_note, is_end = stack.pop()
        if is_end:
            yield is_note, element.tail or ""
            continue
        inside = is_note or bool(_types(element) & _NOTES)
        yield inside, element.text or ""
        for child in reversed(element):
            stack.append((child, inside, True))
            if isinstance(child.tag, str) and _is_read(child):
                stack.append((child, inside, False))


def _types(element: etree._Element) -> set[str]:
    named = f"{element.get(_TYPE) or ''} {(element.get('role') or '').replace('doc-', '')}"
    return set(named.split())


def _is_read(element: etree._Element) -> bool:
    name = etree.QName(element).localname
    return name not in _UNREAD and element.get("hidden") is None and not _types(element) & _MADE
