"""Formulas: a galley's `span.math` carries both forms; each book takes its own."""

from __future__ import annotations

from recto.galley import FORMULA
from recto.notations import xhtml
from recto.notations.xhtml import SVG, XHTML, Element


def for_screen(root: Element) -> None:
    """Put the MathML of every formula into a document of the e-book."""
    for holder in root.iter(f"{{{XHTML}}}span"):
        if mathml := holder.get("data-mathml"):
            holder.append(xhtml.document(mathml))


def for_paper(root: Element) -> None:
    """Put the drawing of every formula into a fragment for print, described by what the author typed."""
    for holder in root.iter("span"):
        if not (svg := holder.attrib.pop("data-svg", "")):
            continue
        holder.attrib.pop("data-mathml", None)
        drawing = xhtml.document(svg)
        drawing.set("style", holder.attrib.pop("data-measure", ""))
        title = drawing.makeelement(f"{{{SVG}}}title")
        title.text = FORMULA + holder.attrib.pop("data-tex", "")
        drawing.insert(0, title)
        holder.append(drawing)
