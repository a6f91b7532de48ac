"""Subheadings of the automatic index, for headings with many homes: what else is treated in each of them.

A long row of locators tells a reader nothing. Where a heading would have one, only its main home and
stretches of several sections stay as they are. Each other home gets a subheading from the neighbor that it
treats first of all: what is left of a longer term (`key` of `key policy` under *policy*), or else `and` with
the neighbor's name. Neighbors are headings of the index themselves, so that no subheading is a chance word.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from recto.index.automatic.candidate import Candidate, Key
from recto.index.automatic.forms import Forms
from recto.index.automatic.homes import Home, Homes
from recto.index.reading.prose import Spot

# More bare locators than six send a reader on a search (CMOS 18, 15.28).
_MOST_BARE = 6
# What speaks for a neighbor beside its own score in the section: that the title has it, its worth among the
# headings, and that it has few homes.
_TITLED, _WORTH, _COMMON = 2.0, 0.25, 0.5


class Subheadings:
    """Parts the homes of headings.

    `spots` are the homes of every heading of the index, `scores` what the headings are worth.
    """

    def __init__(
        self,
        spots: Mapping[Key, Sequence[Spot]],
        pool: Mapping[Key, Candidate],
        scores: Mapping[Key, float],
        forms: Forms,
        homes: Homes,
    ) -> None:
        self._spots, self._pool, self._scores = spots, pool, scores
        self._forms, self._homes = forms, homes
        self._at: dict[int, list[Key]] = defaultdict(list)
        for key, places in spots.items():
            for spot in places:
                self._at[spot.section].append(key)

    def parted(self, key: Key, joined: str, never: AbstractSet[Key]) -> tuple[Home, ...]:
        """The homes of a heading, with subheadings where they are many.

        `joined` is the word for `and`; what is in `never` is no neighbor.
        """
        stretches = self._homes.stretches(self._pool[key], self._spots[key])
        if len(stretches) <= _MOST_BARE:
            return tuple(home for stretch in stretches for home in self._bare(key, stretch))
        main = max(stretches, key=lambda each: self._homes.score(self._pool[key], each[0].section))
        parted: list[Home] = []
        for stretch in stretches:
            is_bare = stretch is main or len(stretch) > 1
            neighbor = None if is_bare else self._neighbor(key, stretch[0].section, joined, never)
            if neighbor is None:
                parted += self._bare(key, stretch)
            else:
                rest = self._rest(key, neighbor)
                named = rest or f"{joined} {self._forms.brief(self._pool[neighbor])}"
                beside = () if rest else (self._forms.heading(self._pool[neighbor]),)
                parted += [replace(home, sub=named, beside=beside) for home in self._bare(key, stretch)]
        return tuple(parted)

    def _bare(self, key: Key, stretch: Sequence[Spot]) -> list[Home]:
        """Homes without a subheading; the first of several leads to all."""
        captions = self._pool[key].captions
        homes = [Home(spot, caption=captions.get(spot.section)) for spot in stretch]
        if len(homes) > 1:
            homes[0] = replace(homes[0], to=stretch[-1])
        return homes

    def _neighbor(self, key: Key, section: int, joined: str, never: AbstractSet[Key]) -> Key | None:
        """What else a home treats first of all; None where it treats the heading as a whole, or nothing
        else.
        """
        candidate = self._pool[key]
        if section in candidate.titles and section in candidate.pieces:
            return None
        near = (
            each
            for each in self._at[section]
            if each not in never and joined not in each and not set(each) <= set(key)
        )
        return max(near, key=lambda each: (self._nearness(each, section), each), default=None)

    def _nearness(self, key: Key, section: int) -> float:
        candidate = self._pool[key]
        return (
            self._homes.score(candidate, section)
            + _TITLED * (section in candidate.titles)
            + _WORTH * self._scores.get(key, 0.0)
            - _COMMON * math.log2(len(self._spots[key]))
        )

    def _rest(self, key: Key, neighbor: Key) -> str:
        """What a longer term has before or after the heading; "" where there is no such rest, or a name
        (“Security Hub” under *security*, “API Gateway” beside *gateway*) would be broken.
        """
        heading, name = self._forms.brief(self._pool[key]), self._forms.brief(self._pool[neighbor]).split()
        length = len(key)
        if len(name) != len(neighbor):
            return ""
        if neighbor[-length:] == key:
            rest, same = name[:-length], name[-length:]
        elif neighbor[:length] == key:
            same, rest = name[:length], name[length:]
            if not " ".join(rest).islower() and neighbor[length:] in self._pool:
                return ""
        else:
            return ""
        is_whole = " ".join(same).islower() or not heading.islower()
        return " ".join(rest) if is_whole else ""
