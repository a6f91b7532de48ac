"""What a heading says in plain text: in contents, outline, running heads, references, names of files."""

from __future__ import annotations

import html
import re

from recto import galley
from recto.notations.xhtml import Element

# soft hyphens, and spaces and joiners without a width: they say how words break, not what they say
_BREAKS = re.compile("[\u00ad\u200b\u2060\ufeff]")

# formulas that are a row of signs, with figures raised and lowered, can be written in plain text
_ROW = frozenset("math mrow mi mo mn mspace mtext".split())
_SCRIPT = re.compile(r"<(msup|msub)>(<m[ion]>[^<]*</m[ion]>)(?:<mrow>)?<mn>(\d+)</mn>(?:</mrow>)?</\1>")
_DIGITS = "0123456789"
_SCRIPTS = {"msup": str.maketrans(_DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹"), "msub": str.maketrans(_DIGITS, "₀₁₂₃₄₅₆₇₈₉")}


def plain_title(heading: Element) -> str:
    """The words of a heading: without notes, a space for a break, what describes a picture or formula."""
    pieces: list[str] = []
    for passage in galley.walk(heading, galley.BESIDE_THE_TEXT | {"label"}):
        if passage.element.tag == "br" and not passage.is_end:
            pieces.append(" ")
        elif not passage.is_end:
            pieces.append(passage.element.get("alt") or formula_words(passage.element))
        pieces.append(passage.text)
    return " ".join(_BREAKS.sub("", "".join(pieces)).split())


def formula_words(element: Element) -> str:
    """A formula in plain text; as it was typed, where that can't say it; "" for what is none."""
    mathml = element.get("data-mathml") or ""
    row = _SCRIPT.sub(lambda each: each[2] + each[3].translate(_SCRIPTS[each[1]]), mathml)
    if row and _ROW.issuperset(re.findall(r"<(\w+)", row)):
        return html.unescape(re.sub("<[^>]*>", "", row))
    return element.get("data-tex") or ""
