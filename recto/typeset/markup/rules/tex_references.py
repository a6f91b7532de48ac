r"""Habits of LaTeX: `\ref{id}` and `\eqref{id}` show a number alone, `\autoref{id}` its name too; ``so''.

And those of pandoc-crossref and Quarto: `@fig:x`.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from recto.galley import NUMBER_ALONE
from recto.typeset.markup.rules.pattern import Made, MarkdownPage, Pattern

_NUMBERED = r"(?: eq | fig | tbl? | tab | sec | lst | thm | lem | exm )"


def patterns(page: MarkdownPage) -> tuple[Pattern, ...]:
    """The patterns of such references, and of such quotations."""
    return (
        _TexReference("ref{", r"(?P<tie>~)? \\ (eqref|ref|autoref|[cC]ref) \{ ([\w:.-]{1,100}) \}", page),
        _TypedReference("@", rf"(?<![\w.@]) @ ({_NUMBERED} [:-] \w (?: [\w:-]{{0,80}} \w )?)", page),
        _Quotation("''", r"(?<![`\\]) `` (?P<words> (?![`\s]) [^`\n]{1,500}? ) '' (?!')", page),
    )


class _TexReference(Pattern):
    """A reference, as a link without words of its own."""

    ANCESTOR_EXCLUDES = ("a",)

    def make(self, found: re.Match[str]) -> Made:
        """See Pattern."""
        made = Element("a", {"href": f"#{found[3]}", "data-line": str(self.md.line(found.start()))})
        if found[2] in ("ref", "eqref"):
            made.set("class", NUMBER_ALONE)
        around = Element("span")
        around.text = "\u00a0" if found["tie"] else ""
        around.append(made)
        if found[2] == "eqref":
            around.text, made.tail = f"{around.text}(", ")"
        return around if around.text else made, found.end()


class _TypedReference(Pattern):
    """A reference as pandoc-crossref and Quarto have it; one that leads nowhere stays as typed."""

    ANCESTOR_EXCLUDES = ("a",)

    def make(self, found: re.Match[str]) -> Made:
        """See Pattern."""
        line = str(self.md.line(found.start()))
        return Element("a", {"href": f"#{found[1]}", "data-typed": found[0], "data-line": line}), found.end()


class _Quotation(Pattern):
    """A quotation; its marks are set by the language like any others."""

    def make(self, found: re.Match[str]) -> Made:
        """See Pattern."""
        made = Element("span")
        made.text = f'"{found["words"]}"'
        return made, found.end()
