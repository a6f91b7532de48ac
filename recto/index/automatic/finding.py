"""The automatic index: which phrases of the book become headings, and which sections treat them.

Every candidate gets a score, the weighed sum of the evidence for it. The best become headings, so many for
the length of the book and the number of its sections; then every section that none of them leads to adds the
best phrase of its title. A heading leads only to the sections that treat it (see `homes`).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from recto.index.automatic.candidate import Candidate, Key
from recto.index.automatic.candidates import Candidates
from recto.index.automatic.evidence import Evidence
from recto.index.automatic.forms import Forms
from recto.index.automatic.homes import Home, Homes, spot_in
from recto.index.automatic.subheadings import Subheadings
from recto.index.index_model import Entry
from recto.index.printed.wording import wording
from recto.index.reading.prose import Prose, Spot

# So many headings for the length of a book and the number of its sections. Authors differ by more than ten
# to one; with two thirds or one and a half of it the mean of F over their books moves by about 0.01.
_WORDS_A_HEADING = 400
_HEADINGS_A_SECTION = 0.75
# What a heading's homes take from its worth for a section that none leads to: not all of them get the same.
_PILED = 0.5
# So few homes stand under both forms of a term: that spares the reader the way by a see, and takes no more
# room.
_FEW_HOMES = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A heading found in the text: its entry without locators, and its homes.

    `words` is how the text mostly writes it, `score` what it is worth, `candidate` what is known of it (None
    for a heading that only leads to another), `other` its other form, short or long.
    """

    entry: Entry
    homes: tuple[Home, ...] = ()
    words: str = ""
    score: float = 0.0
    candidate: Candidate | None = None
    other: str = ""

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The places of all homes."""
        return tuple(spot for home in self.homes for spot in (home.spot, home.caption) if spot)


def find(
    book: Sequence[Prose],
    language: str,
    *,
    asked_for: Iterable[Key] = (),
    never: AbstractSet[Key] = frozenset(),
    times: float = 1.0,
) -> list[Found]:
    """The headings of a book, the best first, then those of other forms of their terms: see entries, or,
    of terms with few homes, the same homes once more.

    `asked_for` are folded phrases that are to be among them however little they are worth; those in `never`
    are no subheadings. `times` is for a longer or shorter list than usual, of headings that are the same.
    """
    return _Finder(book, language, _judge(_Text(book, language))).find(asked_for, never, times)


def usual_number(book: Sequence[Prose]) -> int:
    """How many headings a book of this length gets, those of sections that no other leads to left aside."""
    words = sum(prose.reading.size for prose in book) / 6  # letters and the space after them
    return int(words / _WORDS_A_HEADING + len(book) * _HEADINGS_A_SECTION)


class _Text:
    """The text of a book. It is the same as another where equal readings stand at the same levels: whoever
    builds again and again keeps what was read of each section (`prose.read`), and a section with anchors of
    the index in it reads like one without.
    """

    def __init__(self, book: Sequence[Prose], language: str) -> None:
        self.book, self.language = book, language
        self._levels = [prose.section.heading.level for prose in book]

    def __hash__(self) -> int:
        return hash((self.language, *self._levels))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Text) or (self.language, self._levels) != (other.language, other._levels):
            return False
        pairs = ((one.reading, two.reading) for one, two in zip(self.book, other.book, strict=True))
        return all(one is two or one == two for one, two in pairs)


class _Judgment:
    """What is known of all that could be a heading of a text, whatever an indexer wishes."""

    def __init__(self, text: _Text) -> None:
        book, language = text.book, text.language
        self.candidates = Candidates(book, language)
        self.forms = Forms(book, self.candidates, language)
        self.evidence = Evidence(book, self.candidates, self.forms, language)
        self.homes = Homes(book)
        self.scores = {key: self.evidence.score(each) for key, each in self.evidence.pool.items()}


_judge = lru_cache(maxsize=1)(_Judgment)  # an indexer decides many times over the same text


class _Finder:
    """Finds the headings of one book."""

    def __init__(self, book: Sequence[Prose], language: str, judged: _Judgment) -> None:
        self.book, self.language = book, language
        self.candidates, self.forms, self.homes = judged.candidates, judged.forms, judged.homes
        self.pool, self.scores = dict(judged.evidence.pool), judged.scores

    def find(self, asked_for: Iterable[Key], never: AbstractSet[Key], times: float) -> list[Found]:
        """All headings, then those of other forms."""
        spots = self._choose(asked_for, times)
        subheadings = Subheadings(spots, self.pool, self.scores, self.forms, self.homes)
        joined = wording(self.language).joined
        headings = {key: self.forms.heading(self.pool[key]) for key in spots}
        made = [
            Found(
                Entry((headings[key],), origin="auto"),
                subheadings.parted(key, joined, never),
                self._written(key),
                self.scores.get(key, 0.0),
                self.pool[key],
                self.forms.other(key),
            )
            for key in spots
        ]
        turned = [self._turned(key, found) for key, found in zip(spots, made, strict=True)]
        return made + [found for found in turned if found and found.entry.term not in headings.values()]

    def _turned(self, key: Key, found: Found) -> Found | None:
        """The heading of the other form of a term, where there is one: with the same few homes, or, where
        they are many, with a see."""
        other = self.forms.other(key)
        if not other:
            return None
        if len(found.homes) > _FEW_HOMES or any(home.sub for home in found.homes):
            return Found(Entry((other,), see=(found.entry.path,), origin="auto"))
        entry = Entry((self.forms.heading(self.pool[key], turned=True),), origin="auto")
        return Found(entry, found.homes, other, found.score, found.candidate, found.words)

    def _choose(self, asked_for: Iterable[Key], times: float) -> dict[Key, tuple[Spot, ...]]:
        """The candidates that become headings, and a spot in each section that treats them."""
        scores = self.scores
        ranked = sorted(scores, key=lambda key: (-scores[key], key))
        usual = usual_number(self.book)
        least = scores[ranked[:usual][-1]] if ranked[:usual] else 0.0
        chosen = ranked[: int(usual * times)]
        chosen += self._asked_for(asked_for, chosen)
        spots = {key: self.homes.of(self.pool[key], scores.get(key, least) - least) for key in chosen}
        for key, spot in self._uncovered(dict(spots)):
            homes = spots.get(key) or self.homes.of(self.pool[key], scores[key] - least)
            spots[key] = tuple(sorted({each.section: each for each in (*homes, spot)}.values()))
        return spots

    def _asked_for(self, keys: Iterable[Key], chosen: Sequence[Key]) -> list[Key]:
        """The candidates that are asked for and not chosen; they enter the pool."""
        known = self.candidates.by_key
        found = [key for key in keys if key in known and key not in (*chosen, *self.forms.absorbed)]
        for key in found:
            self.pool.setdefault(key, known[key])
        return list(dict.fromkeys(found))

    def _written(self, key: Key) -> str:
        surfaces = self.pool[key].surfaces.most_common(1)
        return surfaces[0][0] if surfaces else " ".join(key)

    def _uncovered(self, covered: Mapping[Key, Sequence[Spot]]) -> Iterator[tuple[Key, Spot]]:
        """For each section that no heading leads to, the candidate that it treats and that is worth most; one
        with many homes is worth less.
        """
        reached = {spot.section for spots in covered.values() for spot in spots}
        homes = Counter({key: len(spots) for key, spots in covered.items()})
        here: dict[int, list[Key]] = defaultdict(list)
        for key in self.scores:
            for section in self.pool[key].everywhere - reached:
                here[section].append(key)
        for section, keys in sorted(here.items()):
            worth = {
                key: self.scores[key]
                + self.homes.score(self.pool[key], section)
                - _PILED * math.log2(1 + homes[key])
                for key in keys
            }
            best = max(keys, key=lambda key: (worth[key], key))
            homes[best] += 1
            yield best, spot_in(self.pool[best], section)
