"""A formula in LaTeX's words as MathML, for the e-book, and as a drawing, for print.

latex2mathml reads it; ziamath draws the MathML with the outlines of STIX Two Math. Loading
them takes a fifth of a second, so the first formula does.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import lru_cache

from recto.notations import xhtml
from recto.notations.xhtml import SVG, Element

_ALIGNED = r"aligned|split|gathered|(?:align|alignat|flalign|gather|multline|eqnarray)\*?"
# what latex2mathml knows by another name, or reads wrongly
_NAMES = (
    (re.compile(r"(\\begin\{alignat\*?\})\s*\{\d{1,2}\}"), r"\1"),
    (re.compile(rf"\\(begin|end)\{{(?:{_ALIGNED})\}}"), r"\\\1{align*}"),
    (re.compile(r"\\(?:big|Big|bigg|Bigg)[lrm]?\s*(\\[{}])"), r"\1"),
    (re.compile(r"\\label\{[^{}]*\}"), ""),
)
_AMPERSAND = re.compile(r"&(?!#x?[0-9A-Fa-f]+;|\w+;)")
_COMMAND = re.compile(r"\\[A-Za-z]+")
_UNKNOWN = re.compile(r"\\[A-Za-z]+|\\$")
_LONGEST = 5_000
_TOKENS = ("mi", "mn", "mo", "mtext", "ms")
_SIZE = 24.0  # at which it is drawn; all measures are told in ems


class FormulaError(Exception):
    """A formula that can't be read; `offset` is where in its text the trouble is, as far as can be told."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in both forms.

    `mathml` is a `math` element; `svg` a drawing without any size of its own. It is `width` wide and
    `height` high, and its lowest point lies `depth` below the baseline: all in ems.
    """

    mathml: str
    svg: str
    width: float
    height: float
    depth: float


@lru_cache(maxsize=512)
def formula(tex: str, *, display: bool) -> Formula:
    """A formula made of LaTeX. Raises FormulaError."""
    if len(tex) > _LONGEST:
        raise FormulaError(f"it is longer than {_LONGEST} characters")
    mathml = _mathml(tex, display)
    return Formula(mathml, *drawn(mathml, tex))


def _mathml(tex: str, display: bool) -> str:
    from latex2mathml.converter import convert

    known = tex
    if (unpaired := _unpaired(tex)) is not None:
        opens = tex[unpaired] != "}" and not tex.startswith("\\end", unpaired)
        raise FormulaError("what opens here is never closed" if opens else "nothing is open here", unpaired)
    for pattern, name in _NAMES:
        known = pattern.sub(name, known)
    try:
        made = convert(known, display="block" if display else "inline")
        # an alignment of one column has no spaces between its columns (MathML 3, appendix A: one at least)
        made = made.replace(' columnspacing=""', "")
        root = xhtml.document(_AMPERSAND.sub("&amp;", xhtml.clean(made)))
    except (Exception, RecursionError) as fault:  # whatever the library trips over: the text is the author's
        raise FormulaError(_said(fault)) from fault
    text = "".join(root.itertext())
    if unknown := _UNKNOWN.search(text):
        commands = [each for each in _COMMAND.finditer(tex) if unknown[0].startswith(each[0])]
        found = max(commands, key=lambda each: len(each[0]), default=None)
        name, offset = (found[0], found.start()) if found else (unknown[0], 0)
        raise FormulaError(f"{name} is not known", offset)
    if "&" in text and (stray := re.search(r"(?<!\\)&", tex)):
        raise FormulaError("an & stands outside of a matrix or an alignment", stray.start())
    root.set("alttext", " ".join(tex.split()))
    _mend_tokens(root)
    return xhtml.outer(root)


def _mend_tokens(root: Element) -> None:
    """Make elements that hold text what they are called, where the library puts others in them.

    Text alone may stand in those of MathML 3, 3.2.1: `\\mathop{\\mathrm{Var}}` is a word.
    """
    for token in [each for each in root.iter() if _is_called(each, *_TOKENS) and len(each)]:
        leaves = [each for each in token.iter() if not len(each)]
        if all(_is_called(each, "mi") and each.get("mathvariant") == "normal" for each in leaves):
            word = "".join(each.text or "" for each in leaves)
            del token[:]
            token.text = word
        else:
            token.tag = f"{_space(token)}mrow"


def _space(element: Element) -> str:
    """The namespace in the name of an element, with its braces."""
    return "".join(str(element.tag).rpartition("}")[:2])


def _is_called(element: Element, *names: str) -> bool:
    return str(element.tag).removeprefix(_space(element)) in names


# ziamath draws sums between brackets that grow as high as it can; they are large, and stretch never
# (MathML Core, appendix B: their form has `largeop` and no `stretchy`)
_LARGE = re.compile(r"<mo\b(?![^<>]*stretchy)[^<>]*(?=>\s*[∏∐∑∫∬∭∮∯∰⋀⋁⋂⋃⨀⨁⨂⨃⨄⨅⨆]\s*</mo>)")


def drawn(mathml: str, tex: str) -> tuple[str, float, float, float]:
    """The drawing of a formula: SVG, width, height and depth (see Formula). Raises FormulaError."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # of how it finds its font, in Python 3.11 and 3.12
        from ziamath.config import config
        from ziamath.zmath import Math

    mathml = _LARGE.sub(r'\g<0> stretchy="false"', mathml)
    config.svg2 = False  # outlines at their places, without symbols that are used by name
    try:
        drawing = xhtml.document(Math(mathml, size=_SIZE).svg())
    except (Exception, RecursionError) as fault:
        raise FormulaError(_said(fault)) from fault
    if next(drawing.iter(f"{{{SVG}}}path"), None) is None:
        raise FormulaError("nothing of it can be drawn")
    _, top, width, height = (float(value) for value in (drawing.get("viewBox") or "0 0 0 0").split())
    for name in ("width", "height"):
        drawing.attrib.pop(name, None)
    depth = height + top
    return xhtml.outer(drawing), round(width / _SIZE, 4), round(height / _SIZE, 4), round(depth / _SIZE, 4)


def _unpaired(tex: str) -> int | None:
    """Where a brace or environment stands that has no other to go with it."""
    opened = []
    for found in re.finditer(r"\\begin\{[^{}]*\}|\\end\{[^{}]*\}|\\.|[{}]", tex, re.DOTALL):
        if found[0] == "{" or found[0].startswith("\\begin"):
            opened.append(found.start())
        elif found[0] == "}" or found[0].startswith("\\end"):
            if not opened:
                return found.start()
            opened.pop()
    return opened[0] if opened else None


_FAULTS = {
    "NoAvailableTokensError": "it ends where more is to come",
    "MissingSuperScriptOrSubscriptError": "nothing follows ^ or _",
    "DoubleSuperscriptsError": "two ^ follow one another",
    "DoubleSubscriptsError": "two _ follow one another",
    "ExtraLeftOrMissingRightError": "\\left and \\right don't match",
    "MissingEndError": "an environment that begins never ends",
    "AssertionError": "something is missing in it",
}


def _said(fault: BaseException) -> str:
    return _FAULTS.get(type(fault).__name__, "it can't be read")
