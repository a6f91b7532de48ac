"""Markup of other programs that means nothing here: it stays as typed, and is reported."""

from __future__ import annotations

import re

from recto.typeset.markup.rules.pattern import Made, MarkdownPage, Pattern, kept


def patterns(page: MarkdownPage) -> tuple[Pattern, ...]:
    """Tags of template languages, fences of colons, roles."""
    return (
        _Foreign("{%", r"\{% .{1,500}? %\}", page),
        _Foreign("{{", r"\{\{ .{1,500}? \}\}", page),
        _Foreign(":::", r"::: (?<![^\n]:::) :* (?: [^\S\n]* [\w{.][^\n]* | [^\S\n]* (?=\n|\Z) )", page),
        _Foreign("}`", r"\{ [A-Za-z][\w:.+-]{0,80} \} (?=`)", page),
    )


class _Foreign(Pattern):
    """A piece of such markup."""

    def make(self, found: re.Match[str]) -> Made:
        """See Pattern."""
        hint = "Recto does nothing with it; it was set as typed"
        message = f"{found[0][:60].strip()} is markup of another program"
        self.md.work.warning("markup-unknown", message, self.md.line(found.start()), hint)
        return kept(found[0]), found.end()
