"""Formulas: a galley's `span.math` carries both forms; each book takes its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from math import inf

from recto.galley import FORMULA
from recto.notations import xhtml
from recto.notations.xhtml import SVG, XHTML, Element

_INDENTED = frozenset(("li", "dd", "blockquote", "aside", "div"))  # what may be narrower than the text …
_INDENT = 2.0  # … by about so many ems
_NUMBER = 3.5  # ems beside a formula for its number
_HANGS = 2.0  # ems that the lines of a parted formula are indented by, but for the first (styles/print.css)
_SMALLEST = 0.6  # of its size, for what can't be parted


def for_screen(root: Element) -> None:
    """Put the MathML of every formula into a document of the e-book."""
    for holder in root.iter(f"{{{XHTML}}}span"):
        if mathml := holder.get("data-mathml"):
            holder.append(xhtml.document(mathml))


def for_paper(root: Element, measure: float = inf) -> None:
    """Put the drawing of every formula into a fragment for print, described by what the author typed.

    What is wider than the `measure`, in ems, is parted into lines, and made smaller as far as that is not
    enough. A long formula within a line is always in pieces, which a line may end between.
    """
    for holder in root.iter("span"):
        if not (svg := holder.attrib.pop("data-svg", "")):
            continue
        holder.attrib.pop("data-mathml", None)
        style = holder.attrib.pop("data-measure", "")
        pieces = [(svg, style, float(style.split("em")[0].rpartition(" ")[2] or 0))] if style else []
        parted = json.loads(holder.attrib.pop("data-pieces", "[]"))
        is_display, room = "display" in holder.get("class", ""), _room(holder, measure)
        if parted and not (is_display and pieces[0][2] <= room):
            pieces = parted
            if is_display:
                holder.set("class", f"{holder.get('class')} parted")
                room -= _HANGS
        _put(holder, pieces or [(svg, style, 0)], holder.attrib.pop("data-tex", ""))
        widest = max((width for *_, width in pieces), default=0)
        if widest > room:
            holder.set("style", f"font-size: {max(_SMALLEST, room / widest):.3f}em")


def _room(holder: Element, measure: float) -> float:
    """How wide a formula may be where it stands, in ems, about."""
    around = [each for each in holder.iterancestors() if each.tag in _INDENTED]
    own = next((each for each in around if each.get("class") == "formula"), None)
    numbered = own is not None and any(each.get("class") == "number" for each in own)
    return measure - _INDENT * (len(around) - (own is not None)) - _NUMBER * numbered


def _put(holder: Element, pieces: Sequence[tuple[str, str, float]], tex: str) -> None:
    for at, (svg, style, _) in enumerate(pieces):
        drawing = xhtml.document(svg)
        drawing.set("style", style)
        title = drawing.makeelement(f"{{{SVG}}}title")
        title.text = FORMULA + tex if at == 0 else f"{FORMULA}…"
        drawing.insert(0, title)
        drawing.tail = "\u200b" if at + 1 < len(pieces) else None  # a line may end here
        holder.append(drawing)
