r"""References of LaTeX: `\ref{id}` and `\eqref{id}` show a number alone, `\autoref{id}` its name too."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from recto.galley import NUMBER_ALONE
from recto.typeset.markup.rules.pattern import Made, MarkdownPage, Pattern


def patterns(page: MarkdownPage) -> tuple[Pattern, ...]:
    """The pattern of such references."""
    return (_TexReference("ref{", r"\\ (eqref|ref|autoref|[cC]ref) \{ ([\w:.-]{1,100}) \}", page),)


class _TexReference(Pattern):
    """A reference, as a link without words of its own."""

    ANCESTOR_EXCLUDES = ("a",)

    def make(self, found: re.Match[str]) -> Made:
        """See Pattern."""
        made = Element("a", {"href": f"#{found[2]}", "data-line": str(self.md.line(found.start()))})
        if found[1] in ("ref", "eqref"):
            made.set("class", NUMBER_ALONE)
        if found[1] == "eqref":
            bracketed = Element("span")
            bracketed.text, made.tail = "(", ")"
            bracketed.append(made)
            return bracketed, found.end()
        return made, found.end()
