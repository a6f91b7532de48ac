"""The automatic index: which phrases of the book become headings, and which sections treat them.

Every candidate gets a score, a weighed sum of the evidence for it. The best become headings, about one for
every `_WORDS_A_HEADING` words; then each section that none of them leads to adds the best phrase of its title.
A heading leads only to sections that treat it: those that have it in their title, define it, or use it far
more than the rest.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recto.index.acronyms import acronyms
from recto.index.candidates import Candidate, Candidates, containing
from recto.index.model import Entry
from recto.index.prose import Prose, Spot
from recto.index.words import fold

_WORDS_A_HEADING = 330
_MOST_HOMES = 8
# An element of a phrase that stands almost only inside one longer phrase says nothing without it.
_SWALLOWED = 0.75

# Fitted by logistic regression to the authors' own indexes of three technical books, then rounded.
_WEIGHTS: Mapping[str, float] = {}


@dataclass(frozen=True, slots=True)
class Found:
    """A heading found in the text: its entry without locators, and a spot in each section that treats it."""

    entry: Entry
    spots: tuple[Spot, ...]
    score: float = 0.0


def find(book: Sequence[Prose], language: str) -> list[Found]:
    """The headings of a book, the best first, and see entries from short forms to long ones."""
    return _Finder(book, language).find()


class _Finder:
    """Judges the candidates of one book."""

    def __init__(self, book: Sequence[Prose], language: str) -> None:
        self.book = book
        self.language = language
        self.candidates = Candidates(book, language)
        self.short_forms = acronyms(book, language)
        self.pool = {
            key: each
            for key, each in self.candidates.by_key.items()
            if each.count + 2 * len(each.titles) + 2 * len(each.subtitles) + 2 * (each.defined is not None)
            >= 2
        }
        self.longer = containing(key for key, each in self.pool.items() if len(key) > 1)
        self.long_of = {(fold(short, language),): key for short, (_, key) in self.short_forms.items()}

    def evidence(self, candidate: Candidate) -> dict[str, float]:
        """What speaks for and against a candidate, each from about 0 to a few."""
        count, homes, all_homes = candidate.count, len(candidate.sections), len(self.book)
        inside = [self.pool[key].count for key in self.longer.get(candidate.key, ())]
        own = max(0.0, count - (sum(inside) / len(inside) if inside else 0.0))
        alone = len(candidate.key) == 1
        vague = alone and candidate.key[0] in self.candidates.stop.not_alone
        names = candidate.names / max(1, count - candidate.openings)
        cvalue = math.log2(1 + own * math.log2(1 + len(candidate.key)))
        rarity = math.log(all_homes / max(1, homes)) / math.log(max(2, all_homes))
        most = max(candidate.sections.values(), default=0)
        return {
            "base": 1.0,
            "cvalue": cvalue,
            "alone": float(alone),
            "long": float(len(candidate.key) > 2),
            "vague": float(vague),
            "rarity": rarity,
            "cvalue*rarity": cvalue * rarity,
            "peak": math.log2(1 + most),
            "swallowed": max(inside, default=0) / max(1, count),
            "title": math.log2(1 + len(candidate.titles)),
            "whole": float(bool(candidate.whole_titles)),
            "subtitle": math.log2(1 + len(candidate.subtitles)),
            "defined": float(candidate.defined is not None),
            "name": names if count > 1 else 0.0,
            "name*alone": names * alone if count > 1 else 0.0,
            "code": float(candidate.code > 0),
            "acronym": float(candidate.key in self.long_of or candidate.key in self.long_of.values()),
            "short": float(alone and len(candidate.key[0]) < 3),
        }

    def find(self) -> list[Found]:
        return []
