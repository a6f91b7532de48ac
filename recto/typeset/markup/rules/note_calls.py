"""Notes: `[^name]` calls the one that stands elsewhere, `^[…]` holds it."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from recto.galley import NOTEREF
from recto.typeset.markup.rules.pattern import Made, MarkdownPage, Pattern, kept

CALL = re.compile(r"\[\^([^\]\s`]{1,80})\]")


def patterns(page: MarkdownPage) -> tuple[Pattern, ...]:
    """The patterns of notes."""
    piece = r"(?: [^\[\]\\`\n] | \\. | `[^`\n]{1,200}` | \[[^\[\]\n]{0,300}\] | \n(?![ \t]*\n) ){1,2000}"
    return (
        _Call("[^", CALL.pattern, page),
        _Inline("^[", rf"\^\[ ({piece}) \]", page),
    )


class _Call(Pattern):
    """A call of a note by its name; one that leads nowhere stays as typed."""

    def make(self, found: re.Match[str]) -> Made:
        """See Pattern."""
        work, name = self.md.work, found[1]
        if work.has_note(name):
            return Element("a", {"class": NOTEREF, "data-label": name}), found.end()
        hint = f"write the note in the same file: [^{name}]: …"
        work.warning("note-missing", f"there is no footnote [^{name}]", self.md.line(found.start()), hint)
        return kept(found[0]), found.end()


class _Inline(Pattern):
    """A note where it is called (Pandoc's way); it has no name that could be typed."""

    def make(self, found: re.Match[str]) -> Made:
        """See Pattern."""
        made = Element("a", {"class": NOTEREF, "data-label": "", "data-inline": ""})
        made.text = found[1]
        return made, found.end()
