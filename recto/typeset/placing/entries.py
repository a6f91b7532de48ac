"""Entries of the glossary and the bibliography: what terms of the text, and citations, lead to.

A term of the glossary can be named without having been given an id: by its own words, as a heading is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from recto.galley import MISSING
from recto.ids import composed
from recto.model import Definition, DefinitionKind
from recto.notations import xhtml
from recto.notations.xhtml import Element, add_class, has_class
from recto.problems import Place, Problem, warning
from recto.typeset.placing.link_targets import Targets, slug
from recto.typeset.placing.placer import PlacedDraft
from recto.typeset.work import line_of

TERM = "term"
_KINDS: dict[str, DefinitionKind] = {"glossary": "term", "bibliography": "work"}
# DPUB-ARIA 1.1: what a link to an entry is, by the kind of the entry
ROLES: dict[str, str] = {"term": "doc-glossref", "work": "doc-biblioref"}


def enter(role: str, placed: PlacedDraft, anchors: Targets) -> None:
    """Make entries of what a piece of matter holds: every term of a glossary, every id of a bibliography."""
    kind = _KINDS.get(role)
    if kind is None:
        return
    own = {heading.anchor for heading in placed.headings}
    for element in placed.root.iter():
        title = xhtml.words(element) if element.tag == "dt" else ""
        if element.tag == "dt" and not element.get("id") and (name := slug(title)) not in anchors.names:
            element.set("id", anchors.make(f"term-{name}", placed.draft.section.place))
            anchors.names[composed(name)] = str(element.get("id"))
        anchor = element.get("id")
        if anchor and anchor not in own and (kind == "work" or element.tag == "dt"):
            before = anchors.definitions.get(anchor) or Definition(anchor, "other", "", "")
            if before.kind == "other":
                anchors.definitions[anchor] = replace(before, kind=kind, title=before.title or title)


def look_up(placed: PlacedDraft, anchors: Targets) -> Iterator[Problem]:
    """Make a link of each `[word]{.term}`, to the entry of the glossary; one that has none is told."""
    for span in placed.elements():
        if span.tag != "span" or not has_class(span, TERM):
            continue
        words = xhtml.words(span)
        anchor = anchors.names.get(composed(slug(words)))
        found = anchors.definitions.get(anchor) if anchor else None
        if found is not None and found.kind == "term":
            span.tag = "a"
            span.set("href", f"#{anchor}")
            span.set("role", ROLES["term"])
            continue
        add_class(span, MISSING)
        hint = "add it to the glossary, or name the entry: [words](#entry)"
        yield warning("term-unknown", f"the glossary has no “{words}”", _place(placed, span), hint=hint)


def _place(placed: PlacedDraft, span: Element) -> Place:
    place = placed.draft.section.place
    line = line_of(span)
    return Place(place.file, line) if line else place
