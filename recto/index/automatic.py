"""The automatic index: which phrases of the book become headings, and which sections treat them.

Every candidate gets a score, the weighed sum of the evidence for it. The best become headings, so many for
the length of the book and the number of its sections; then every section that none of them leads to adds the
best phrase of its title. A heading leads only to the sections that treat it: those that have it in a title,
define it, or use it far more than the others.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from recto.index.candidates import Candidate, Candidates, Key, containing
from recto.index.forms import Forms
from recto.index.model import Entry
from recto.index.prose import Prose, Spot
from recto.index.words import fold_all

_WORDS_A_HEADING = 400
_HEADINGS_A_SECTION = 0.7
_MOST_HOMES = 8
_STRUCTURE = 3
# A phrase that stands almost only inside one longer phrase, and a word that almost always has another after
# it (an adjective), say nothing by themselves.
_SWALLOWED = 0.7
_FREE_STANDING = 0.5
_VERBAL = 0.35

# Near what logistic regression gives on the authors' own indexes of three technical books, each tried with
# the weights of the two others. No weight decides alone: without it, or with twice of it, F moves by about
# 0.02 at most, but for `defined`, which is worth 0.06 in one of the books.
_WEIGHTS: Mapping[str, float] = {
    "frequency": 0.8,
    "standing alone": 0.4,
    "cohesion": 2.0,
    "one word": -0.5,
    "many words": -1.0,
    "vague": -2.0,
    "vague end": -0.4,
    "verbal": -0.8,
    "title": 0.8,
    "piece": 0.9,
    "subtitle": 0.4,
    "defined": 1.6,
    "name": 0.4,
    "acronym": 1.0,
    "tiny": -2.0,
}


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
        self.titles = Counter(fold_all(prose.title, language) for prose in book)
        self.forms = Forms(book, self.candidates, language)
        self.pool = {
            key: each for key, each in self.candidates.by_key.items() if self._is_worth_a_thought(each)
        }
        self.longer = containing(key for key, each in self.pool.items() if len(key) > 1 and each.count > 1)

    def find(self, asked_for: Iterable[Key] = ()) -> list[Found]:
        """All headings, then the see entries that lead to them."""
        scores = {key: self.score(each) for key, each in self.pool.items() if not self._is_fragment(each)}
        ranked = sorted(scores, key=lambda key: (-scores[key], key))
        size = sum(len(block.text) for prose in self.book for block in prose.blocks) / 6
        chosen = ranked[: int(size / _WORDS_A_HEADING + len(self.book) * _HEADINGS_A_SECTION)]
        chosen += [key for key in asked_for if key in self.pool and key not in chosen]
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
        shares = ((name, _WEIGHTS[name] * value) for name, value in self.evidence(self.pool[key]).items())
        return tuple(sorted((each for each in shares if each[1]), key=lambda each: -abs(each[1])))

    def score(self, candidate: Candidate) -> float:
        """What a candidate is worth as a heading."""
        return sum(_WEIGHTS[name] * value for name, value in self.evidence(candidate).items())

    def evidence(self, candidate: Candidate) -> dict[str, float]:
        """What speaks for and against a candidate: each from 0 to a few, named as in `_WEIGHTS`."""
        count, all_homes = candidate.count, len(self.book)
        inside = [self.pool[key].count for key in self.longer.get(candidate.key, ())]
        own = max(0.0, count - (sum(inside) / len(inside) if inside else 0.0))  # C-value
        rarity = math.log(all_homes / max(1, len(candidate.sections))) / math.log(max(2, all_homes))
        alone = len(candidate.key) == 1
        usage, stop = self.candidates.usage, self.candidates.stop
        first, last = usage[candidate.key[0]], usage[candidate.key[-1]]
        vague = candidate.key[-1] in stop.not_alone
        return {
            "frequency": math.log2(1 + own * math.log2(1 + len(candidate.key))) * rarity,
            "standing alone": math.log2(1 + candidate.wholes),
            "cohesion": 0.0 if alone else count / math.sqrt(max(1, first.count) * max(1, last.count)),
            "one word": float(alone),
            "many words": float(len(candidate.key) > 2),
            "vague": float(vague and alone),
            "vague end": float(vague and not alone),
            "verbal": first.verbal,
            "title": math.log2(1 + len(candidate.titles)),
            "piece": float(bool(candidate.pieces)),
            "subtitle": math.log2(1 + len(candidate.subtitles)),
            "defined": float(candidate.defined is not None),
            "name": candidate.names / max(1, count - candidate.openings) if alone and count > 1 else 0.0,
            "acronym": float(self.forms.is_explained(candidate.key)),
            "tiny": float(any(len(word) < 2 + alone for word in candidate.key)),
        }

    def _is_worth_a_thought(self, candidate: Candidate) -> bool:
        """Tell whether a candidate may be judged at all: what is said once in passing may not."""
        if candidate.key in self.forms.absorbed:
            return False
        named = len(candidate.key) > 1 and candidate.names > 0
        titled = candidate.titles or candidate.subtitles
        return bool(candidate.count > 1 or titled or candidate.defined or candidate.code or named)

    def _is_fragment(self, candidate: Candidate) -> bool:
        """Tell whether a candidate is a piece broken out of a term, no term itself."""
        if self.forms.is_explained(candidate.key):
            return False
        alone = len(candidate.key) == 1
        if alone and candidate.key[0] in self.candidates.stop.never:
            return True
        if not self._is_treated(candidate) or self._is_structure(candidate):
            return True
        if candidate.pieces and not alone:
            return False
        count = candidate.count
        if alone and count and self.candidates.usage[candidate.key[0]].verbal > _VERBAL:
            return True
        if count > 2 and candidate.ends < _FREE_STANDING * count:
            return True
        inside = max((self.pool[key].count for key in self.longer.get(candidate.key, ())), default=0)
        return count > 1 and inside >= _SWALLOWED * count

    def _is_treated(self, candidate: Candidate) -> bool:
        """Tell whether any section can be said to treat a candidate: what is said once here and once there is
        mentioned only, or a figure of speech."""
        if candidate.titles or candidate.subtitles or candidate.defined or candidate.code:
            return True
        return max(candidate.sections.values(), default=0) > 1

    def _is_structure(self, candidate: Candidate) -> bool:
        """Tell whether a candidate names a part that comes back in every chapter (Introduction, Summary)."""
        return self.titles[candidate.key] >= _STRUCTURE

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
            if len(spots) < 1 or count >= max(3, 0.4 * most):
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
