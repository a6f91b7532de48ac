"""Anchors: every id of the book, each once, and what it stands for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from recto.model import Definition
from recto.problems import Place, Problem, error


@dataclass(slots=True)
class Anchors:
    """The ids given so far with their places, and the definitions that references can name."""

    places: dict[str, Place] = field(default_factory=dict)
    definitions: dict[str, Definition] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def claim(self, anchor: str, place: Place, subject: str = "") -> str:
        """Register an id that an author chose; one that is taken is an error, and gets a number instead."""
        if anchor in self.places:
            message = f"the id {anchor} stands twice in the book: also at {self.places[anchor]}"
            hint = "references need to know which one is meant; rename one of them"
            self.problems.append(error("id-duplicate", message, place, hint=hint, subject=subject))
        return self.make(anchor, place)

    def make(self, wanted: str, place: Place) -> str:
        """Register an id of our own: the wanted one, or with `-2`, `-3` … where it is taken."""
        anchor, count = wanted, 1
        while anchor in self.places:
            count += 1
            anchor = f"{wanted}-{count}"
        self.places[anchor] = place
        return anchor

    def define(self, definition: Definition) -> None:
        """Say what an anchor stands for; the first word counts."""
        self.definitions.setdefault(definition.anchor, definition)


def slug(title: str) -> str:
    """A title as part of an id: lower-case letters and digits of any script, with hyphens."""
    plain = unicodedata.normalize("NFKC", title).lower()
    return re.sub(r"[^\w]+", "-", plain).strip("-_")[:60].strip("-") or "heading"
