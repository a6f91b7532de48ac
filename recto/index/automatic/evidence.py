"""What speaks for a candidate, and how much: the scores by which headings are chosen.

A score is the weighed sum of the evidence. Before that, what is no term at all is left out: pieces broken
out of a longer term, adjectives and verbs, names of parts that every chapter has, things said in passing.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from recto.index.automatic.candidate import Candidate, Key
from recto.index.automatic.candidates import Candidates, containing
from recto.index.automatic.familiarity import Familiarity, familiarity
from recto.index.automatic.forms import Forms
from recto.index.reading.prose import Prose
from recto.index.reading.speech import speech

# The weights that `bench/weights.py` finds in the authors' own indexes of 25 books on computing, money,
# geography, statistics and mathematics. With weights found without the books of its author, F of a book is
# lower by less than 0.01 on average: no book's words have shaped them.
WEIGHTS: Mapping[str, float] = {
    "familiar": -0.25,
    "frequency": 0.79,
    "count": -0.62,
    "own": -0.43,
    "rarity": -5.4,
    "density": 0.54,
    "spread": -0.02,
    "burst": 1.08,
    "rank": 0.7,
    "whole": 0.19,
    "one word": -0.22,
    "three words": -0.62,
    "vague": -0.95,
    "weak end": -0.19,
    "tiny": -1.74,
    "digit": -2.16,
    "mark": -0.58,
    "mixed case": -0.09,
    "length": 0.04,
    "counted": 0.42,
    "owning": -2.3,
    "common last": -0.07,
    "common first": -0.05,
    "title": 0.31,
    "title piece": 0.98,
    "title kept": 0.45,
    "subtitle": 0.69,
    "subtitle piece": 1.14,
    "title word": 0.18,
    "defined": 0.85,
    "called": 0.5,
    "set apart": 0.68,
    "coded": 0.33,
    "explained": 1.19,
    "name": 0.67,
}

_STRUCTURE = 3
# Shares of the books in which a word stands: above the first it makes no heading alone unless the book marks
# it as a term or has it as a whole piece of a title, above the second a title is not enough.
_FAMILIAR = 0.6
_EVERYDAY = 0.8
_SWALLOWED = 0.7
_VERBAL = 0.35
_MARKS = frozenset("._/#@=")
_LETTER = re.compile(r"[^\W\d_]|v\d+")
# a capital within a word that has small letters
_MIXED = re.compile(r"[^\W\d_].*[A-Z].*[a-z]|[a-z].*[A-Z]")


class Evidence:
    """Judges the candidates of one book. `pool` holds those that may be judged at all.

    `familiar` is another table of familiar words than the one shipped.
    """

    def __init__(
        self,
        book: Sequence[Prose],
        candidates: Candidates,
        forms: Forms,
        language: str,
        familiar: Familiarity | None = None,
    ) -> None:
        self._sections = len(book)
        self._words = max(1, candidates.usage.total)
        self._familiar = familiar or familiarity(language)
        self._nouns = speech(language).noun
        self._usage, self._stop, self._forms = candidates.usage, candidates.stop, forms
        self._titles = Counter(prose.reading.title for prose in book)
        self._title_words = Counter(fold for prose in book for fold in prose.reading.title_words)
        self.pool = {key: each for key, each in candidates.by_key.items() if self._is_worth_a_thought(each)}
        self._longer = containing(key for key, each in self.pool.items() if len(key) > 1 and each.count > 1)
        self.pool = {key: each for key, each in self.pool.items() if not self._is_fragment(each)}
        self._ranks = self._best_ranks()

    def score(self, candidate: Candidate) -> float:
        """What a candidate is worth as a heading."""
        return sum(share for _, share in self.shares(candidate))

    def shares(self, candidate: Candidate) -> list[tuple[str, float]]:
        """What each kind of evidence adds to the score of a candidate."""
        return [(name, WEIGHTS[name] * value) for name, value in self.of(candidate).items()]

    def of(self, candidate: Candidate) -> dict[str, float]:
        """What speaks for and against a candidate, named as in `WEIGHTS`."""
        count, key = candidate.count, candidate.key
        alone = len(key) == 1
        own, rarity = self._own(candidate), self._rarity(candidate)
        first, last = self._usage[key[0]], self._usage[key[-1]]
        return {
            "familiar": self._familiar.of(key),
            "frequency": math.log2(1 + own * math.log2(1 + len(key))) * rarity,
            "count": math.log2(1 + count),
            "own": math.log2(1 + own),
            "rarity": rarity,
            "density": math.log2(1 + 10_000 * count / self._words),
            "spread": self._spread(candidate),
            "burst": candidate.most / count if count > 2 else 0.5,
            "rank": 1 / (1 + self._ranks.get(key, 99)),
            "whole": math.log2(1 + candidate.wholes),
            "one word": float(alone),
            "three words": float(len(key) > 2),
            "vague": float(alone and key[0] in self._stop.not_alone),
            "weak end": float(key[-1] in self._stop.not_last),
            "tiny": float(any(len(word) < 2 for word in key)),
            "digit": float(any(word[0].isdigit() for word in key)),
            "mark": float(any(letter in _MARKS for word in key for letter in word)),
            "mixed case": float(any(_MIXED.search(word) for word in candidate.written.split())),
            "length": float(len(key[0])),
            "counted": first.after_article / max(1, first.count),
            "owning": last.owning / max(1, last.count) if alone else 0.0,
            "common last": math.log2(1 + last.count),
            "common first": 0.0 if alone else math.log2(1 + first.count),
            "title": float(bool(candidate.titles)),
            "title piece": float(bool(candidate.pieces & candidate.titles)),
            "title kept": float(not candidate.titles.isdisjoint(candidate.sections)),
            "subtitle": math.log2(1 + len(candidate.subtitles)),
            "subtitle piece": float(not candidate.pieces.isdisjoint(candidate.subtitles)),
            "title word": math.log2(1 + self._title_words[key[-1]]),
            "defined": float(candidate.defined is not None),
            "called": float(candidate.called),
            "set apart": math.log2(1 + candidate.set_apart),
            "coded": float(candidate.coded > 0),
            "explained": float(self._forms.is_explained(key)),
            "name": candidate.names / max(1, count - candidate.openings) if alone and count > 1 else 0.0,
        }

    def _own(self, candidate: Candidate) -> float:
        """How often a candidate stands on its own, by C-value: less the mean of the longer ones around it."""
        inside = [self.pool[key].count for key in self._longer.get(candidate.key, ()) if key in self.pool]
        return max(0.0, candidate.count - (sum(inside) / len(inside) if inside else 0.0))

    def _spread(self, candidate: Candidate) -> float:
        """How much of the book lies between the first and the last section that use it, from 0 to 1."""
        sections = candidate.sections
        return (max(sections) - min(sections)) / self._sections if sections else 0.0

    def _rarity(self, candidate: Candidate) -> float:
        """1 for what stands in one section only, 0 for what stands in all."""
        homes = max(1, len(candidate.sections))
        return math.log(self._sections / homes) / math.log(max(2, self._sections))

    def _best_ranks(self) -> dict[Key, int]:
        """How high a candidate comes among those of a section, in the section where it comes highest."""
        by_section: dict[int, list[tuple[float, Key]]] = defaultdict(list)
        for key, candidate in self.pool.items():
            weight = (self._rarity(candidate) + 0.02) * math.log2(1 + len(key))
            for section, count in candidate.sections.items():
                if count > 1:
                    by_section[section].append((-count * weight, key))
        best: dict[Key, int] = {}
        for ranked in by_section.values():
            for rank, (_, key) in enumerate(sorted(ranked)):
                best[key] = min(best.get(key, rank), rank)
        return best

    def _is_worth_a_thought(self, candidate: Candidate) -> bool:
        """Tell whether a candidate may be judged at all: what is said once in passing may not."""
        key = candidate.key
        if key in self._forms.absorbed or (len(key) == 1 and key[0] in self._stop.never):
            return False
        if self._titles[key] >= _STRUCTURE:
            return False  # a part that comes back in every chapter (Introduction, Summary)
        if len(key) == 1 and _LETTER.fullmatch(key[0]):
            is_plain = candidate.written.isupper() and not (candidate.set_apart or candidate.code)
            if not is_plain:
                return False  # the letter of a formula (C and R are languages), a version
        named = len(key) > 1 and candidate.names > 0
        told = candidate.defined or candidate.code or candidate.coded
        return bool(candidate.count > 1 or candidate.is_titled or told or named)

    def _is_fragment(self, candidate: Candidate) -> bool:
        """Tell whether a candidate is no term itself, or none that any section treats."""
        if self._forms.is_explained(candidate.key):
            return False
        if not self._is_treated(candidate) or self._is_no_noun(candidate) or self._is_piece(candidate):
            return True
        return self._is_everyday(candidate)

    def _is_everyday(self, candidate: Candidate) -> bool:
        """Tell whether a candidate is one word that books of every subject have, or a phrase of such words
        (“real world”), and this one does not mark it as a term: not called so, not set apart, no name."""
        familiar, key = self._familiar.of(candidate.key), candidate.key
        if familiar < _FAMILIAR or candidate.called or candidate.set_apart:
            return False
        if len(key) > 1:
            return familiar >= _EVERYDAY and key[-1] in self._stop.not_last
        if candidate.names > 0.6 * max(1, candidate.count - candidate.openings):
            return False
        return familiar >= _EVERYDAY or candidate.pieces.isdisjoint(candidate.titles)

    def _is_no_noun(self, candidate: Candidate) -> bool:
        """Tell whether a candidate is a verb, an adjective, or a word too plain to stand alone."""
        key, count = candidate.key, candidate.count
        first, last = self._usage[key[0]], self._usage[key[-1]]
        if len(key) > 1:
            # a title may say what one does (“Rotating Keys”): its object is the term
            is_activity = not count and key[0].endswith("ing") and not first.after_determiner
        else:
            is_vague = key[0] in self._stop.not_alone and not (candidate.called or candidate.set_apart)
            is_title_only = count < 2 and key[0].endswith("ing") and not candidate.set_apart
            is_activity = is_vague or is_title_only or (count > 0 and first.verbal > _VERBAL)
        return is_activity or (count > 1 and last.describes and not self._nouns.search(key[-1]))

    def _is_piece(self, candidate: Candidate) -> bool:
        """Tell whether a candidate is broken out of a longer term and hardly stands without it."""
        key, count = candidate.key, candidate.count
        alone = len(key) == 1
        never_last = candidate.stands > 3 and not candidate.ends
        if never_last or (not alone and 4 * candidate.ends < candidate.stands):
            return True
        if len(candidate.titles) > 1 and candidate.names > 0.8 * (count - candidate.openings):
            return False  # a name that titles have stands for itself, whatever noun may follow it
        if alone and count > 3 and 10 * candidate.wholes < count and not candidate.set_apart:
            return True
        longer = (each for each in self._longer.get(key, ()) if not self._forms.is_explained(each))
        inside = max((self.pool[each].count for each in longer), default=0)
        return count > 1 and inside >= _SWALLOWED * count

    def _is_treated(self, candidate: Candidate) -> bool:
        """Tell whether any section can be said to treat a candidate: what is said once here and once there,
        or a word that is said twice here and once in many places, is only mentioned, or a figure of speech.
        """
        told = candidate.defined or candidate.code or candidate.coded
        if candidate.is_titled or told:
            return True
        count, alone = candidate.count, len(candidate.key) == 1
        is_thin = alone and candidate.most < 3 and 2 * count < 3 * len(candidate.sections)
        return candidate.most > 1 and not is_thin
