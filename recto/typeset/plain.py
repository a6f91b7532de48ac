"""Text as it stands."""

from __future__ import annotations

from recto import xhtml
from recto.xhtml import Element


def escape(text: str) -> str:
    """Text as XHTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def words(element: Element) -> str:
    """The text of an element with white space folded; a formula as the author typed it."""
    copy = xhtml.parse(xhtml.serialize(element))
    for formula in copy.iter("span"):
        if tex := formula.get("data-tex"):
            formula.text = tex
    return xhtml.words(copy)
