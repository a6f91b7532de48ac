"""Headings inside a section: below its own, without a gap in the levels."""

from __future__ import annotations

from recto.notations import xhtml
from recto.typeset.work import Work, line_of

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def headings(work: Work) -> None:
    """Shift the headings of a section below it: its level + 1 and deeper, never leaving one out, at most 6.

    The author's levels only nest: `##` followed by `####` is one step, whatever the section's own level.
    A heading of no words (a bare `#`) is left out: a screen reader would stop at nothing.
    """
    nest: list[int] = []
    for heading in work.blocks(*_HEADINGS):
        if not len(heading) and not (heading.text or "").strip():
            hint = "write its words, or delete the #"
            work.warning(
                "empty-heading", "this heading has no words, and was left out", line_of(heading), hint
            )
            xhtml.remove(heading)
            continue
        typed = int(str(heading.tag)[1])
        while nest and nest[-1] >= typed:
            nest.pop()
        nest.append(typed)
        level = work.level + len(nest)
        heading.tag = f"h{min(level, 6)}"
        heading.set("data-level", str(level))
