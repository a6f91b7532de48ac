"""XHTML fragments as trees: the one place that knows lxml.

A galley is a string of well-formed XHTML without a namespace (a *fragment*: any number of block elements).
Stages that must change one parse it here, walk and edit the elements, and write it back.
"""

from __future__ import annotations

import re

from lxml import etree

from recto.notations.xml_characters import FORBIDDEN

Element = etree._Element

XHTML = "http://www.w3.org/1999/xhtml"
EPUB = "http://www.idpf.org/2007/ops"
SVG = "http://www.w3.org/2000/svg"
MATHML = "http://www.w3.org/1998/Math/MathML"

# No DTDs, no entities, no network: a manuscript is untrusted input.
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True
)
# beside what XML forbids; Unicode's noncharacters have no font, and can't be typed
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\ufdd0-\ufdef]")


def parse(fragment: str) -> Element:
    """Parse a fragment; returns a `<div>` that holds it. Raises ValueError where it is not well-formed."""
    try:
        return etree.fromstring(f"<div>{fragment}</div>".encode(), _PARSER)
    except etree.XMLSyntaxError as fault:
        raise ValueError(f"not well-formed XHTML: {fault}") from fault


def serialize(root: Element) -> str:
    """The inside of an element as a fragment: what `parse` took. Void elements are written `<br/>`."""
    inside = _escape(root.text or "")
    return inside + "".join(outer(child) for child in root)


def outer(element: Element) -> str:
    """An element itself as XHTML, with the text that follows it (its tail)."""
    for child in element.iter():
        # <div/> is an open tag to an HTML parser: only void elements may be self-closing
        if isinstance(child.tag, str) and not len(child) and not child.text:
            child.text = None if child.tag in VOID else ""
    return str(etree.tostring(element, encoding="unicode"))


def words(element: Element) -> str:
    """The text of an element with white space folded."""
    return " ".join("".join(element.itertext()).split())


def element(tag: str, attributes: dict[str, str] | None = None, text: str | None = None) -> Element:
    """A new element."""
    made = etree.Element(tag, attributes or {})
    made.text = text
    return made


def class_names(element: Element) -> list[str]:
    """The classes of an element, in order."""
    return (element.get("class") or "").split()


def has_class(element: Element, name: str) -> bool:
    """Tell whether an element has a class."""
    return name in class_names(element)


def add_class(element: Element, *names: str) -> None:
    """Add classes in front of those an element has."""
    element.set("class", " ".join([*names, *(name for name in class_names(element) if name not in names)]))


def unwrap(element: Element) -> None:
    """Put the content of an element in its place."""
    parent = element.getparent()
    if parent is None:
        return
    _append_text(element, element.text)
    for child in list(element):
        element.addprevious(child)
    _take_out(element, parent)


def unwrap_all(root: Element, tag: str) -> None:
    """Put the content of every element of a tag in its place."""
    etree.strip_tags(root, tag)


def remove(element: Element) -> None:
    """Take an element out, keeping the text that follows it."""
    parent = element.getparent()
    if parent is not None:
        _take_out(element, parent)


def _take_out(element: Element, parent: Element) -> None:
    _append_text(element, element.tail)
    element.tail = None
    parent.remove(element)


def depth(root: Element) -> int:
    """How many elements lie in one another, the root among them."""
    deepest = now = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        now += 1 if event == "start" else -1
        deepest = max(deepest, now)
    return deepest


def clean(text: str) -> str:
    """Text without the characters that XML forbids (control characters, lone surrogates)."""
    return FORBIDDEN.sub("", text)


def printable(text: str) -> str:
    """A text without characters that nobody can print: control characters, noncharacters."""
    return clean(_UNPRINTABLE.sub("", text))


def document(text: str) -> Element:
    """Parse a complete XHTML document (namespaces and all); returns its `<html>`.

    Raises ValueError, with the line, where it is not well-formed.
    """
    try:
        return etree.fromstring(text.encode(), _PARSER)
    except etree.XMLSyntaxError as fault:
        raise ValueError(str(fault)) from fault


def write_document(root: Element, *, doctype: str = "<!DOCTYPE html>") -> bytes:
    """A complete document as UTF-8 bytes with an XML declaration, ending with a line break."""
    for element in root.iter():
        if isinstance(element.tag, str) and not len(element) and not element.text:
            local = etree.QName(element)
            shut = local.namespace != XHTML or local.localname in VOID
            element.text = None if shut else ""
    body = etree.tostring(root, encoding="utf-8")
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}\n'
    return head.encode() + body + b"\n"


def _append_text(element: Element, text: str | None) -> None:
    """Add text before an element, at the end of what stands there."""
    before, parent = element.getprevious(), element.getparent()
    if text and before is not None:
        before.tail = (before.tail or "") + text
    elif text and parent is not None:
        parent.text = (parent.text or "") + text


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
