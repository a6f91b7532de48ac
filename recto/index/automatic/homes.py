"""The homes of a heading: the sections that treat its subject, and do not only mention it.

Each section that has the words of a heading gets a score, the weighed sum of the evidence that it treats
them. The best is always a home; others are where their score is high enough, and the more a heading is worth,
the less is enough.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recto.index.automatic.candidate import Candidate, Key
from recto.index.index_model import Path
from recto.index.reading.prose import Prose, Spot

# The weights that a logistic regression finds on the authors' own indexes of seven books. It was asked, of
# the headings that an author shares with us, to which of the sections with their words the author leads.
# (Those books have come without their figures: what a caption weighs is a guess.)
WEIGHTS: Mapping[str, float] = {
    "title": 1.43,
    "chapter title": 1.33,
    "subtitle": 1.40,
    "set apart": 1.76,
    "defined": 0.39,
    "caption": 0.5,
    "most": 0.94,
    "count": 0.29,
    "once": -0.48,
    "density": 0.24,
    "total": -0.44,
}
# The score that is high enough for the least of the headings, and by how much that sinks for one of more
# worth: found by trying, like the number of homes.
_ENOUGH = 0.1
_WORTH = 0.25
_MOST_HOMES = 12
# So many sections in a row that all treat a subject are one stretch of text.
_STRETCH = 3


@dataclass(frozen=True, slots=True)
class Home:
    """A section that treats a heading.

    spot     where in it
    to       where in another section the stretch ends that it opens; None where it opens none
    caption  where the caption of a figure or table in it has the heading, beside the spot
    sub      the subheading that it stands under; "" for none
    beside   the path of the heading that the subheading names after “and”; () for none
    """

    spot: Spot
    to: Spot | None = None
    caption: Spot | None = None
    sub: str = ""
    beside: Path = ()


class Homes:
    """Judges the sections of one book."""

    def __init__(self, book: Sequence[Prose]) -> None:
        self._letters = [prose.reading.size for prose in book]
        self._chapters: list[int] = []
        self._wholes: dict[Key, tuple[int, int]] = {}
        for number, prose in enumerate(book):
            opens = prose.section.heading.level < 2 or not self._chapters
            self._chapters.append(number if opens else self._chapters[-1])

    def of(self, candidate: Candidate, worth: float) -> tuple[Spot, ...]:
        """A place in each section that treats a candidate, in the order of the book.

        `worth` is by how much the candidate's own score is above that of the least heading chosen.
        """
        sections = candidate.everywhere
        scores = {section: self.score(candidate, section) for section in sections}
        ranked = sorted(sections, key=lambda section: (-scores[section], section))[:_MOST_HOMES]
        enough = _ENOUGH - _WORTH * worth
        homes = [section for section in ranked if section == ranked[0] or scores[section] >= enough]
        return tuple(spot_in(candidate, section) for section in sorted(homes))

    def stretches(self, candidate: Candidate, spots: Sequence[Spot]) -> list[tuple[Spot, ...]]:
        """The homes of a candidate in the order of the book: three and more of one chapter that follow one
        another as one stretch, each other by itself. Where the chapter's title has the candidate, a section
        between two homes does not break a stretch.
        """
        rows: list[list[Spot]] = []
        for spot in spots:
            chapter = self._chapters[spot.section]
            step = 2 if chapter in candidate.titles else 1
            before = rows[-1][-1].section if rows else spot.section
            if rows and self._chapters[before] == chapter and spot.section - before <= step:
                rows[-1].append(spot)
            else:
                rows.append([spot])
        return [
            stretch
            for row in rows
            for stretch in ([tuple(row)] if len(row) >= _STRETCH else [(spot,) for spot in row])
        ]

    def score(self, candidate: Candidate, section: int) -> float:
        """How much speaks for a section's treating a candidate."""
        evidence = self.evidence(candidate, section)
        return sum(WEIGHTS[name] * value for name, value in evidence.items())

    def evidence(self, candidate: Candidate, section: int) -> dict[str, float]:
        """What speaks for a section's treating a candidate, named as in `WEIGHTS`."""
        count = candidate.sections[section]
        chapter = self._chapters[section]
        fullest, total = self._whole(candidate)
        return {
            "title": float(section in candidate.titles),
            "chapter title": float(chapter != section and chapter in candidate.titles),
            "subtitle": float(section in candidate.subtitles),
            "set apart": float(section in candidate.apart),
            "defined": float(candidate.defined is not None and candidate.defined.section == section),
            "caption": float(section in candidate.captions),
            "most": float(section == fullest),
            "count": math.log2(1 + count),
            "once": float(count < 2),
            # so many in a page and a half
            "density": math.log2(1 + 6000 * count / max(600, self._letters[section])),
            "total": math.log2(1 + total),
        }

    def _whole(self, candidate: Candidate) -> tuple[int, int]:
        """The section that has a candidate most, and its count: the same for every section that is judged."""
        if candidate.key not in self._wholes:
            self._wholes[candidate.key] = candidate.fullest, candidate.count
        return self._wholes[candidate.key]


def spot_in(candidate: Candidate, section: int) -> Spot:
    """Where in a section to lead a reader: to its title, to a definition, to an unnumbered heading, or else
    to where the words first stand, in the text rather than a caption.
    """
    if section in candidate.titles:
        return Spot(section)
    if candidate.defined and candidate.defined.section == section:
        return candidate.defined
    if section in candidate.subtitles:
        return candidate.subtitles[section]
    return candidate.first.get(section) or candidate.captions.get(section) or Spot(section)
