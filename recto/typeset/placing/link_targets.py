"""Anchors: every id of the book, each once, what the author calls it, and what it stands for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from recto.ids import composed, fit
from recto.model import Definition
from recto.problems import Place, Problem, warning


@dataclass(slots=True)
class Targets:
    """The ids given so far with their places, and the definitions that references can name.

    `names` has the id of whatever the author has named, by that name: where an id that Recto made was there
    first, or the name can't be one, the two differ, and a reference still means what the author named.
    `only` has the one medium that an id is for.
    """

    places: dict[str, Place] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, Definition] = field(default_factory=dict)
    only: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)  # how often a name has been wanted

    def heading(self, anchor: str, given: str, place: Place) -> None:
        """Register the id of a chapter or section; `given` is what the author calls it, if anything."""
        self.make(anchor, place)
        if given and fit(given) == anchor:
            self.names.setdefault(composed(given), anchor)

    def claim(self, given: str, place: Place, subject: str = "") -> str:
        """The id of something that the author has named; a name that is taken is reported."""
        name = composed(given)
        anchor = self.make(fit(name), place)
        if name in self.names:
            message = f"the id {name} stands twice in the book: also at {self.places[self.names[name]]}"
            hint = "references lead to the first; rename one of them"
            self.problems.append(warning("id-duplicate", message, place, hint=hint, subject=subject))
        self.names.setdefault(name, anchor)
        return anchor

    def make(self, wanted: str, place: Place) -> str:
        """Register an id of our own: the wanted one, or with `-2`, `-3` … where it is taken."""
        anchor, count = wanted, self._counts.get(wanted, 1)
        while anchor in self.places:
            count += 1
            anchor = f"{wanted}-{count}"
        self._counts[wanted] = count
        self.places[anchor] = place
        return anchor

    def define(self, definition: Definition) -> None:
        """Say what an anchor stands for; the first word counts."""
        self.definitions.setdefault(definition.anchor, definition)


def slug(title: str) -> str:
    """A title as part of an id: lower-case letters and digits of any script, with hyphens."""
    plain = unicodedata.normalize("NFKC", title).lower().replace("i\u0307", "i")  # of a Turkish İ
    return re.sub(r"[^\w]+", "-", plain).strip("-_")[:60].strip("-") or "heading"
