"""Constructs that CommonMark doesn't have, one a module: inline patterns, and rules for blocks."""

from __future__ import annotations

from markdown.inlinepatterns import Pattern as InlinePattern
from markdown.util import Registry

from recto.typeset.markup.rules import (
    attributes,
    autolinks,
    foreign,
    formulas,
    index_marks,
    note_calls,
    raised,
    spans,
    tex_references,
    typed_items,
)
from recto.typeset.markup.rules.pattern import MarkdownPage


def register(patterns: Registry[InlinePattern], page: MarkdownPage) -> None:
    """Register every inline pattern; where two match at the same place, the first here is taken.

    What is foreign comes after all others, those of extensions included: only what nobody reads is.
    """
    rules = (
        *(index_marks, formulas, tex_references, note_calls, attributes, spans, raised, autolinks),
        typed_items,
    )
    ours = [pattern for rule in rules for pattern in rule.patterns(page)]
    for number, pattern in enumerate((*ours, *foreign.patterns(page))):
        patterns.register(pattern, f"{type(pattern).__name__}-{number}", len(ours) - number)
