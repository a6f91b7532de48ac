"""The automatic index: which phrases of the book become headings, and which sections treat them.

Every candidate gets a score, the weighed sum of the evidence for it. The best become headings, so many for
the length of the book and the number of its sections; then every section that none of them leads to adds the
best phrase of its title. A heading leads only to the sections that treat it: those that have it in a title,
define it, or use it far more than the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from recto.index.candidate import Candidate, Key
from recto.index.candidates import Candidates
from recto.index.evidence import Evidence
from recto.index.forms import Forms
from recto.index.model import Entry
from recto.index.prose import Prose, Spot

# So many headings for the length of a book and the number of its sections. Authors differ by more than ten
# to one; with two thirds or one and a half of it the mean of F over their books moves by about 0.01.
_WORDS_A_HEADING = 400
_HEADINGS_A_SECTION = 1.0
# More bare locators than six send a reader on a search.
_MOST_HOMES = 6


@dataclass(frozen=True, slots=True)
class Found:
    """A heading found in the text: its entry without locators, and a spot in each section that treats it.

    `words` is how the text mostly writes it; `reasons` are the shares of its evidence in its score.
    """

    entry: Entry
    spots: tuple[Spot, ...]
    words: str = ""
    reasons: tuple[tuple[str, float], ...] = ()


def find(book: Sequence[Prose], language: str, *, asked_for: Iterable[Key] = ()) -> list[Found]:
    """The headings of a book, the best first, then the see entries that lead to them from other forms.

    `asked_for` are folded phrases that are to be among them however little they are worth.
    """
    return _Finder(book, language).find(asked_for)


class _Finder:
    """Judges the candidates of one book."""

    def __init__(self, book: Sequence[Prose], language: str) -> None:
        self.book = book
        self.candidates = Candidates(book, language)
        self.forms = Forms(book, self.candidates, language)
        self.evidence = Evidence(book, self.candidates, self.forms, language)
        self.pool = dict(self.evidence.pool)

    def find(self, asked_for: Iterable[Key] = ()) -> list[Found]:
        """All headings, then the see entries that lead to them."""
        scores = {key: self.evidence.score(each) for key, each in self.pool.items()}
        ranked = sorted(scores, key=lambda key: (-scores[key], key))
        size = sum(prose.reading.size for prose in self.book) / 6
        chosen = ranked[: int(size / _WORDS_A_HEADING + len(self.book) * _HEADINGS_A_SECTION)]
        for key in asked_for:
            if key in self.candidates.by_key and key not in (*chosen, *self.forms.absorbed):
                self.pool.setdefault(key, self.candidates.by_key[key])
                chosen.append(key)
        spots = {key: self._spots(self.pool[key]) for key in chosen}
        for key, spot in self._uncovered(spots.values(), ranked):
            homes = spots.get(key) or self._spots(self.pool[key])
            spots[key] = tuple(sorted({each.section: each for each in (*homes, spot)}.values()))
        headings = {key: self.forms.heading(self.pool[key]) for key in spots}
        made = [
            Found(Entry((headings[key],), origin="auto"), spots[key], self._written(key), self._reasons(key))
            for key in spots
        ]
        return made + [
            Found(Entry((other,), see=((heading,),), origin="auto"), ())
            for key, heading in headings.items()
            if (other := self.forms.other(key)) and other not in headings.values()
        ]

    def _written(self, key: Key) -> str:
        surfaces = self.pool[key].surfaces.most_common(1)
        return surfaces[0][0] if surfaces else " ".join(key)

    def _reasons(self, key: Key) -> tuple[tuple[str, float], ...]:
        shares = self.evidence.shares(self.pool[key])
        return tuple(sorted((each for each in shares if each[1]), key=lambda each: -abs(each[1])))

    def _spots(self, candidate: Candidate) -> tuple[Spot, ...]:
        """A spot in each section that treats a candidate, in the order of the book."""
        spots: dict[int, Spot] = {}
        if candidate.defined:
            spots[candidate.defined.section] = candidate.defined
        for section, spot in candidate.subtitles.items():
            spots.setdefault(section, spot)
        for section in sorted(candidate.titles, key=lambda each: (each not in candidate.pieces, each)):
            spots[section] = Spot(section)
        most = max(candidate.sections.values(), default=0)
        for section, count in candidate.sections.most_common():
            if len(spots) < 1 or count >= max(2, 0.5 * most):
                spots.setdefault(section, candidate.first[section])
        return tuple(sorted(list(spots.values())[:_MOST_HOMES]))

    def _uncovered(
        self, covered: Iterable[Iterable[Spot]], ranked: Sequence[Key]
    ) -> Iterator[tuple[Key, Spot]]:
        """For each section that no heading leads to, the best phrase of its title, or else of its text."""
        reached = {spot.section for spots in covered for spot in spots}
        titled: dict[int, Key] = {}
        used: dict[int, Key] = {}
        for key in ranked:
            for section in self.pool[key].titles:
                titled.setdefault(section, key)
            for section in self.pool[key].sections:
                used.setdefault(section, key)
        for section in range(len(self.book)):
            if section in reached:
                continue
            if section in titled:
                yield titled[section], Spot(section)
            elif section in used:
                yield used[section], self.pool[used[section]].first[section]
