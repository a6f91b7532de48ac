"""Python-Markdown's tree as XHTML. Raw HTML goes out as it stands in the tree, where it was made harmless."""

from __future__ import annotations

from html import escape
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from recto.notations.xhtml import VOID

RAW = "raw"


def raw(html: str) -> Element:
    """An element of the tree that stands for a piece of HTML."""
    made = Element(RAW)
    made.text = AtomicString(html)
    return made


def write(root: Element) -> str:
    """A tree as XHTML."""
    pieces: list[str] = []
    _write(root, pieces)
    return "".join(pieces)


def _write(element: Element, pieces: list[str]) -> None:
    if element.tag == RAW:
        pieces.append(element.text or "")
        return
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.items())
    if element.tag in VOID:
        pieces.append(f"<{element.tag}{attributes}/>")
        return
    pieces += (f"<{element.tag}{attributes}>", escape(element.text or "", quote=False))
    for child in element:
        _write(child, pieces)
        if child.tail:
            pieces.append(escape(child.tail, quote=False))
    pieces.append(f"</{element.tag}>")
