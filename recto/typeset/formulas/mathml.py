"""MathML that an author pastes: kept as it is, but for what does not belong to a formula.

Elements and attributes are those of MathML Core that show something; links, actions and styles go, and a
formula in other words (`annotation`) is its description. The drawing for print is made as for any formula.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from recto.notations import xhtml
from recto.notations.xhtml import Element
from recto.typeset.formulas.formula import Formula, FormulaError, drawn

MATHML = "http://www.w3.org/1998/Math/MathML"
LONGEST = 50_000  # characters
_DEEPEST = 60
# MathML Core 2 to 4, without annotations, actions and what has been given up
_ELEMENTS = frozenset(
    """math mrow mi mn mo mtext ms mspace mfrac msqrt mroot mstyle merror mpadded mphantom msub msup msubsup
    munder mover munderover mmultiscripts mprescripts none mtable mtr mtd mfenced menclose""".split()
)
_ATTRIBUTES = frozenset(
    """accent accentunder columnalign columnspacing columnspan columnlines depth dir display displaystyle
    fence form frame height largeop linethickness lspace mathvariant maxsize minsize movablelimits notation
    open close separators rowalign rowspacing rowspan rowlines rspace scriptlevel separator stretchy symmetric
    voffset width""".split()
)
_SILENT = frozenset(
    {"class", "id", "style", "alttext", "annotation", "annotation-xml"}
)  # nothing of them shows
_TOKENS = frozenset({"mi", "mn", "mo", "mtext", "ms"})  # in these alone stands text
_CHILDREN = {
    "mfrac": 2,
    "mroot": 2,
    "msub": 2,
    "msup": 2,
    "munder": 2,
    "mover": 2,
    "msubsup": 3,
    "munderover": 3,
}
_ENTITY = re.compile(r"&(?!#|amp;|lt;|gt;|quot;|apos;)(\w{1,40});")


@dataclass(frozen=True, slots=True)
class GivenFormula:
    """A formula given as a `math` element: its description in words, and what of it was left out.

    `display` tells whether it stands by itself.
    """

    formula: Formula
    words: str
    display: bool
    lost: tuple[str, ...]


def given(source: str) -> GivenFormula:
    """A formula given as a `math` element. Raises FormulaError."""
    if len(source) > LONGEST:
        raise FormulaError(f"it is longer than {LONGEST} characters")
    try:
        root = xhtml.document(_with_characters(xhtml.clean(source)))
    except ValueError as fault:
        raise FormulaError("it is not well-formed XML") from fault
    lost: list[str] = []
    made = _rebuilt(root, lost, 0)
    if made is None or not (shown := " ".join("".join(made.itertext()).split())):
        raise FormulaError("there is nothing in it")
    words = " ".join((root.get("alttext") or _annotation(root) or shown).split())
    display = root.get("display") == "block"
    made.set("alttext", words)
    made.set("display", "block" if display else "inline")
    mathml = xhtml.outer(made)
    return GivenFormula(Formula(mathml, *drawn(mathml, words)), words, display, tuple(lost))


def _with_characters(source: str) -> str:
    """The source with HTML's names of characters as such: XML has but five, and needs the namespace, too."""
    from html import unescape

    source = _ENTITY.sub(lambda found: unescape(found[0]), source)
    return re.sub(r"^<math\b(?![^>]*\bxmlns=)", f'<math xmlns="{MATHML}"', source)


def _annotation(root: Element) -> str:
    """The formula in TeX, where the program that wrote it left that."""
    found = (each for each in root.iter(f"{{{MATHML}}}annotation") if "tex" in (each.get("encoding") or ""))
    return next((each.text or "" for each in found), "")


def _rebuilt(element: Element, lost: list[str], depth: int) -> Element | None:
    """An element with what of it belongs to a formula; adds the names of the rest to `lost`."""
    if depth > _DEEPEST:
        raise FormulaError(f"it nests more than {_DEEPEST} deep")
    name = element.tag.removeprefix(f"{{{MATHML}}}") if isinstance(element.tag, str) else ""
    inside = [made for child in element if (made := _rebuilt(child, lost, depth + 1)) is not None]
    if name in ("semantics", "maction"):  # the first child is what shows, the others say it in other words
        return inside[0] if inside else None
    if name not in _ELEMENTS:
        lost += [f"<{name}>"] if name and name not in _SILENT else []
        return None
    if len(inside) != _CHILDREN.get(name, len(inside)):
        raise FormulaError(f"<{name}> holds {len(inside)} elements, not {_CHILDREN[name]}")
    kept: Element = element.makeelement(element.tag, None, {None: MATHML})
    kept.text = element.text if name in _TOKENS else None
    for key, value in element.items():
        if key in _ATTRIBUTES and not re.search(r"url\s*\(|:", value):
            kept.set(key, value)
        elif key not in _SILENT:
            lost.append(f"{key} of <{name}>")
    kept.extend(inside)
    return kept
