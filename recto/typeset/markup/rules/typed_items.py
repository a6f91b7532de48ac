"""Lists in signs that are none of Markdown's, `a)`, `(1)`, `•`: their lines end as typed, and are told."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from recto.typeset.markup.rules.pattern import Made, MarkdownPage, Pattern

# the first sign of a list, at the beginning of a paragraph or below a colon; and the others
_KINDS = [
    (re.compile(rf"(?:\A|:[ \t]*\n)\s*{first}[ \t]"), re.compile(rf"{other}[ \t]"))
    for first, other in (
        (r"[•·▪◦‣●○■]", r"[•·▪◦‣●○■]"),
        (r"\(1\)", r"\(\d{1,2}\)"),
        (r"#\.", r"#\."),
        (r"\(?[aiAIаАαא][.)]", r"\(?(?:[^\W\d_]|[ivx]{2,5}|[IVX]{2,5})[.)]"),
    )
]
_SIGN = r"(?: [•·▪◦‣●○■] | \( \d{1,2} \) | \#\. | \(? (?: [^\W\d_] | [ivxIVX]{2,5} ) [.)] ) [ \t]"


def patterns(page: MarkdownPage) -> tuple[Pattern, ...]:
    """The pattern of the ends of such lines."""
    return (_ItemEnd("\n", rf"[ \t]{{0,9}} \n [ \t]* (?= {_SIGN} )", page),)


class _ItemEnd(Pattern):
    """The end of a line before one that begins with a sign of the list that its paragraph holds."""

    _text, _sign, _told = "", re.compile("(?!)"), False

    def make(self, found: re.Match[str]) -> Made:
        """See Pattern."""
        if self._text is not found.string:
            self._text, self._told = found.string, False
            signs = (other for first, other in _KINDS if first.search(self._text))
            self._sign = next(signs, re.compile("(?!)"))
        sign = self._sign.match(self._text, found.end())
        if sign is None:
            return None
        if not self._told:
            self._told = True
            message = f"lines that begin with {sign[0].strip()} make no list: they end where they are typed"
            hint = "write - or 1. before each item, and {type=a} below the list for letters"
            self.md.work.warning("markup-unknown", message, self.md.line(found.end()), hint)
        return Element("br"), found.end()
