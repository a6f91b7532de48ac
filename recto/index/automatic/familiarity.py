"""How familiar a word is: what stands in the books of every subject is seldom a term of one.

`familiar/en.txt` tells in how many of some twenty sets of books a word stands; `bench/familiar.py` counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

# of a language of which no books were counted
_UNKNOWN = 0.4


@dataclass(frozen=True, slots=True)
class Familiarity:
    """The share of all books, from 0 to 1, in which a word stands; by folded word."""

    shares: Mapping[str, float]

    def of(self, phrase: tuple[str, ...]) -> float:
        """The share of books that have the rarest word of a phrase; the parts of `peer-to-peer` are words."""
        if not self.shares:
            return _UNKNOWN
        parts = [part for word in phrase for part in word.split("-") if part]
        return min((self.shares.get(part, 0.0) for part in parts), default=0.0)


@lru_cache(maxsize=8)
def familiarity(language: str = "en") -> Familiarity:
    """The table shipped for a language; an empty one where there is none."""
    path = files(__package__) / "familiar" / f"{language[:2].lower()}.txt"
    shares: dict[str, float] = {}
    if path.is_file():
        count = most = 0
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("# "):
                count = int(line.split()[1])
                most = max(most, count)
            else:
                shares.update(dict.fromkeys(line.split(), count / most))
    return Familiarity(shares)
