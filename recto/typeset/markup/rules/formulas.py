r"""Formulas in the text: `$…$`, `\(…\)` and `$$…$$`; and how the element of any formula is made.

A dollar opens a formula where no space follows, and closes it where none stands before and no digit follows
(Pandoc's rule), so that prices stay prices.
"""

from __future__ import annotations

import json
import re
from xml.etree.ElementTree import Element

from recto.forms.markdown.blocks.display_formulas import SIGNS
from recto.galley import MATH
from recto.typeset.formulas.formula import Formula, FormulaError, formula
from recto.typeset.formulas.formula_pieces import pieces
from recto.typeset.formulas.mathml import given
from recto.typeset.markup.rules.pattern import Made, MarkdownPage, Pattern, as_typed
from recto.typeset.work import Work

_INSIDE = r"(?: [^$\\\n] | \\[^\n] | \\?\n(?![ \t]*\n) ){1,2000}?"
_OF_A_FORMULA = re.compile(r"[^\W_]|\\[^\\\s]|[-+=<>*/|]")  # `$-$` and `$\%$` are, `$.$` is none
_SURE_SIGNS = re.compile(r"[\\^_=]")
_BETWEEN_BACKTICKS = re.compile(r"`([^`]+)`")  # as GitHub has it: $`a^2`$
_WORD = r"(?<![\\A-Za-z])[A-Za-z]{2,}(?![A-Za-z({])"
_PROSE = re.compile(_WORD)
_ROW_OF_WORDS = re.compile(rf"{_WORD}[,.;:]?\s+{_WORD}")


def patterns(page: MarkdownPage) -> tuple[Pattern, ...]:
    """The patterns of formulas within a line."""
    return (
        _FormulaInLine("$$", rf"\$\$ (?P<tex>{_INSIDE}) \$\$", page, display=True),
        _FormulaInLine(
            "$", rf"\$ (?! [\s$] | (?<=[A-Z]\$)\d ) (?P<tex>{_INSIDE}) (?<!\s) \$ (?![\d$])", page
        ),
        _FormulaInLine("\\(", r"\\\( (?P<tex>[^\n]{1,1000}?) \\\)", page),
        _MathmlInLine("<math", r"<math\b (?: [^<] | <(?!/math) ){1,10000} </math>", page),
        _FormulaInLine("\\[", r"\\\[ (?P<tex>[^\n]{1,1000}?) \\\]", page, display=True),
    )


class _MathmlInLine(Pattern):
    """A formula in MathML, which goes whole into the e-book."""

    def make(self, found: re.Match[str]) -> Made:
        """See Pattern."""
        self.md.work.raw_html = True
        made = set_given(found[0], self.md.work, self.md.line(found.start()))
        return (as_typed(found[0]) if made is None else made), found.end()


class _FormulaInLine(Pattern):
    """A formula; what can't be read as one stays as typed."""

    def __init__(self, sign: str, pattern: str, md: MarkdownPage, *, display: bool = False) -> None:
        super().__init__(sign, pattern, md)
        self._display = display

    def make(self, found: re.Match[str]) -> Made:
        """See Pattern."""
        tex, start = found["tex"], found.start("tex")
        if quoted := _BETWEEN_BACKTICKS.fullmatch(tex):
            tex, start = quoted[1], start + 1
        if not _looks_like_one(tex, found[0]):
            return None
        column = start - (found.string.rfind("\n", 0, found.start()) + 1) + 1
        line = self.md.line(found.start())
        made = set_formula(tex, self.md.work, line, column, self._display)
        return (as_typed(found[0]) if made is None else made), found.end()


def _looks_like_one(tex: str, typed: str) -> bool:
    """Tell a formula from prices and from words in escaped brackets."""
    if not _OF_A_FORMULA.search(tex):
        return False
    if typed.startswith("$$"):
        return True
    if not _PROSE.search(tex):
        return True
    if typed.startswith("$"):  # `$ab$`, but not `$3 or less, or 4$`
        return not tex[0].isdigit() and bool(_SURE_SIGNS.search(tex) or not _ROW_OF_WORDS.search(tex))
    return bool((_SURE_SIGNS if typed.startswith(r"\[") else SIGNS).search(tex))


def set_formula(tex: str, work: Work, line: int, column: int, display: bool) -> Element | None:
    """The element of a formula, or None for one that can't be read, which is reported."""
    try:
        made = formula(tex.strip(), display=display)
    except FormulaError as fault:
        before = tex[: fault.offset + len(tex) - len(tex.lstrip())]
        newline = before.rfind("\n")
        line += before.count("\n")
        column = len(before) - newline if newline >= 0 else column + len(before)
        hint = "it was set as typed; \\$ is a dollar that opens no formula"
        work.warning("formula-broken", f"this formula can't be read at column {column}: {fault}", line, hint)
        return None
    return _element(made, " ".join(tex.split()), display)


def set_given(source: str, work: Work, line: int) -> Element | None:
    """The element of a formula given in MathML, or None for one that can't be read, which is reported."""
    try:
        made = given(source)
    except FormulaError as fault:
        hint = "it was set as typed; write it in the words of LaTeX, between dollars"
        work.warning("formula-broken", f"this formula in MathML can't be read: {fault}", line, hint)
        return None
    if made.lost:
        message = f"{', '.join(made.lost[:5])} was taken out of the formula"
        work.warning("html-removed", message, line, "no links, styles or actions in formulas")
    return _element(made.formula, made.words, made.display)


def _element(made: Formula, words: str, display: bool) -> Element:
    attributes = {
        "class": f"{MATH} display" if display else MATH,
        "data-tex": words,
        "data-mathml": made.mathml,
        "data-svg": made.svg,
        "data-measure": _measure(made),
    }
    if parted := pieces(made):
        attributes["data-pieces"] = json.dumps([(each.svg, _measure(each), each.width) for each in parted])
    return Element("span", attributes)


def _measure(made: Formula) -> str:
    return f"width: {made.width}em; height: {made.height}em; vertical-align: {-made.depth}em"
