"""A long formula in pieces, for lines that it is too long for: as in TeX, a line ends before a sign.

The signs are relations and binary operators outside of all brackets, and commas, after which a line ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from itertools import pairwise

from recto.notations import xhtml
from recto.notations.xhtml import MATHML, Element
from recto.typeset.formulas.formula import Formula, FormulaError, drawn

_OPENING, _CLOSING = frozenset("([{⟨⌊⌈"), frozenset(")]}⟩⌋⌉")
_RELATIONS = frozenset("=<>≤≥≠≈≡∼≃≅∝→←↔⇒⇐⇔↦∈⊂⊆⊃⊇⩽⩾≪≫")
_SIGNS = _RELATIONS | frozenset("+-−±∓×⋅·∪∩∧∨⊕⊗∖")
_LONG = 12.0  # ems: half a line of most books
_MO, _ROW = f"{{{MATHML}}}mo", f"{{{MATHML}}}mrow"


def pieces(whole: Formula) -> tuple[Formula, ...]:
    """The pieces of a formula that may have to be parted, in order; of one that need not or can't be, ()."""
    if whole.width < _LONG:
        return ()
    root = xhtml.document(whole.mathml)
    row = root
    while len(row) == 1 and row[0].tag == _ROW:
        row = row[0]
    starts = [0, *_starts(row)]
    if len(starts) == 1:
        return ()
    made = [_piece(root, row, begin, end) for begin, end in pairwise([*starts, len(row)])]
    try:
        return tuple(Formula(each, *drawn(each, "")) for each in made)
    except FormulaError:  # a piece with nothing to be drawn
        return ()


def _starts(row: Element) -> Iterator[int]:
    """Where in a row a line may begin."""
    depth, before = 0, ""
    for at, each in enumerate(row):
        sign = (each.text or "").strip() if each.tag == _MO else ""
        depth += (sign in _OPENING) - (sign in _CLOSING)
        is_sign = sign in _SIGNS and before not in _SIGNS and before not in _OPENING
        if at and depth <= 0 and ((is_sign and before != ",") or (before == "," and sign not in _CLOSING)):
            yield at
        before = sign


def _piece(whole: Element, row: Element, begin: int, end: int) -> str:
    made = whole.makeelement(whole.tag, {"display": whole.get("display") or "inline"}, {None: MATHML})
    inside = made.makeelement(_ROW)
    made.append(inside)
    inside.extend(deepcopy(each) for each in row[begin:end])
    if inside[0].tag == _MO and begin:
        inside[0].set("form", "infix")  # as wide as amid its line (MathML Core, 3.2.4.2)
    return xhtml.outer(made)
