"""Lists in signs that are none of Markdown's, `a)`, `•`, `–`, and speech: their lines end as typed."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from recto.typeset.markup.rules.pattern import Made, MarkdownPage, Pattern

_BULLET = r"(?:[•·▪◦‣●○■][ \t]|・)"
_DASH = r"(?:[–—―][ \t]|[—―](?=[^\W\d_]|[¿¡«“\"]))"  # items, or speech: —¿Qué?
_SPEAKER = r"(?:\*\*)?(?:[QA]|[A-ZÀ-Þ][A-ZÀ-Þ\ .'’-]{1,30})(?:[.:](?:\*\*)?|\*\*:)[ \t]"
# a name by itself, and what its bearer says below it
_ALONE = r"(?:\*\*)?[A-ZÀ-Þ][A-ZÀ-Þ\ .'’-]{1,30}(?:[.:]?(?:\*\*)?|\*\*:)[ \t]*\n(?=\ {4}|\t)"
_BELOW = r"(?:(?<=\n\ {4})|(?<=\n\t))[ \t]*(?=\S)"
_EXAMPLE = r"\(@[\w-]{0,40}\)[ \t]"  # Pandoc's
# the first sign of a list, at the beginning of a paragraph or below a colon; and the others
_KINDS = [
    (re.compile(rf"(?:\A|:[ \t]*\n)\s*{first}"), re.compile(other))
    for first, other in (
        (_BULLET, _BULLET),
        (_DASH, _DASH),
        (_ALONE, _BELOW),
        (_SPEAKER, _SPEAKER),
        (_EXAMPLE, _EXAMPLE),
        (r"\(1\)[ \t]", r"\(\d{1,2}\)[ \t]"),
        (r"[#]\.[ \t]", r"[#]\.[ \t]"),
        (r"\(?[aiAIаАαа][.)][ \t]", r"\(?(?:[^\W\d_]|[ivx]{2,5}|[IVX]{2,5})[.)][ \t]"),
    )
]


def patterns(page: MarkdownPage) -> tuple[Pattern, ...]:
    """The pattern of the ends of such lines."""
    signs = "|".join(other.pattern for _, other in _KINDS)
    return (_ItemEnd("\n", rf"[ \t]{{0,9}} \n [ \t]* (?={signs})", page),)


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
        if not self._told and not found[0].startswith("  "):  # else the line ends as CommonMark has it
            self._told = True
            message, hint = _said_of(sign[0].strip())
            self.md.work.warning("markup-unknown", message, self.md.line(found.end()), hint)
        return Element("br"), found.end()


def _said_of(sign: str) -> tuple[str, str]:
    """What is said of such a list, or of speech, by its first sign; and what to do."""
    if not sign:
        return (
            "the lines below a name that stand further in end where they are typed",
            "in Markdown they would be one paragraph: put | and a space before each line",
        )
    said = f"lines that begin with {sign} make no list: they end where they are typed"
    if sign[0] in "–—―" or re.fullmatch(_SPEAKER, f"{sign} "):
        return said, "write - before each item of a list; what each person says is a paragraph by itself"
    return said, "write - or 1. before each item, and {type=a} below the list for letters"
