"""A candidate for a heading, and what a book teaches of a single word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields

from recto.index.reading.prose import Spot
from recto.index.reading.readings import Mention, Reading
from recto.index.reading.signs import Sign

Key = tuple[str, ...]


@dataclass(slots=True)
class Candidate:
    """A phrase and what is known of it.

    key         its folded words
    sections    how often it stands in each section (its text, not its title)
    first       where it first stands in each section, captions left out
    captions    where the caption of a figure or table first has it, in each section
    surfaces    how it is written, with counts
    titles      sections in whose title it stands; `pieces`: those, and headings, of
                which it is a whole piece
    subtitles   sections in which an unnumbered heading has it
    names       how often it is capitalised where no sentence begins
    openings    how often it opens a sentence
    stands, ends  how often it stands in text and titles, and how often no word of the
                phrase follows it
    wholes      how often it is the whole of a phrase, with no other word of it around
    defined     where it is defined, or set apart at first use; `called` tells that a
                sentence says “called …”
    apart       how often each section sets it apart from the text around it
    code        how often it is set as code
    coded       how often all of it but the last word is (“the `len` function”)
    """

    key: Key
    sections: Counter[int] = field(default_factory=Counter)
    first: dict[int, Spot] = field(default_factory=dict)
    captions: dict[int, Spot] = field(default_factory=dict)
    surfaces: Counter[str] = field(default_factory=Counter)
    titles: set[int] = field(default_factory=set)
    pieces: set[int] = field(default_factory=set)
    subtitles: dict[int, Spot] = field(default_factory=dict)
    names: int = 0
    openings: int = 0
    stands: int = 0
    ends: int = 0
    wholes: int = 0
    defined: Spot | None = None
    apart: Counter[int] = field(default_factory=Counter)
    called: bool = False
    code: int = 0
    coded: int = 0

    def take(self, mention: Mention, section: int) -> None:
        """Add what one section has of it."""
        self.stands += mention.stands
        self.ends += mention.ends
        surfaces = self.surfaces
        for surface, count in mention.surfaces.items():
            surfaces[surface] = surfaces.get(surface, 0) + count  # quicker than += by far
        if mention.titled:
            self.titles.add(section)
        if mention.subtitle:
            self.subtitles.setdefault(section, Spot(section, *mention.subtitle))
        if mention.first:
            self.first.setdefault(section, Spot(section, *mention.first))
        if mention.caption:
            self.captions.setdefault(section, Spot(section, *mention.caption))
        if mention.count:
            self.sections[section] = self.sections.get(section, 0) + mention.count
            self.wholes += mention.wholes
            self.openings += mention.openings
            self.names += mention.names
        if mention.term and not self.defined:
            self.defined = Spot(section, *mention.term)

    def heed(self, sign: Sign, section: int) -> None:
        """Add what else a section says of it."""
        spot = Spot(section, *sign.place)
        if sign.kind == "piece":
            self.surfaces[sign.surface] += 0
            self.pieces.add(section)
            if spot.block < 0:
                self.titles.add(section)
            else:
                self.subtitles.setdefault(section, spot)
        elif sign.kind == "code":
            self.code += 1
        else:
            if sign.kind == "set apart":
                self.apart[section] += 1
            self.called |= sign.kind == "called"
            self.defined = self.defined or spot

    @property
    def everywhere(self) -> set[int]:
        """All sections that have it, in text, title or an unnumbered heading."""
        return {*self.sections, *self.titles, *self.subtitles}

    @property
    def count(self) -> int:
        """How often it stands in the text."""
        return sum(self.sections.values())

    @property
    def written(self) -> str:
        """How it is mostly written; of forms as frequent as each other, one in lower case."""
        forms = self.surfaces
        return max(forms, key=lambda form: (forms[form], form.islower(), form), default=" ".join(self.key))

    @property
    def fullest(self) -> int:
        """The section that has it most, the first of several; -1 where only titles have it."""
        return min(self.sections, key=lambda section: (-self.sections[section], section), default=-1)

    @property
    def set_apart(self) -> int:
        """How often it is set apart from the text around it."""
        return self.apart.total()

    @property
    def most(self) -> int:
        """How often it stands in the section that has it most."""
        return max(self.sections.values(), default=0)

    @property
    def is_titled(self) -> bool:
        """Whether a title or an unnumbered heading has it."""
        return bool(self.titles or self.subtitles)


@dataclass(slots=True)
class Usage:
    """How often a word stands in the text: at all, in lower case, in the plural, as owner (`Ada’s`), as verbs
    do, around determiners, after `a` or `an`, at the end of a phrase, and at the end of one that a determiner
    opens."""

    count: int = 0
    lower: int = 0
    plural: int = 0
    owning: int = 0
    as_verb: int = 0
    before_determiner: int = 0
    after_determiner: int = 0
    after_article: int = 0
    closing: int = 0
    headed: int = 0

    @property
    def verbal(self) -> float:
        """The share of its uses, from 0 to 1, in which it stands as a verb or a preposition does."""
        if self.count < 2:
            return 0.0
        verbal = self.as_verb + self.before_determiner
        return min(1.0, verbal / self.count) if verbal > self.after_determiner else 0.0

    @property
    def describes(self) -> bool:
        """Whether it stands before nouns, as an adjective does: in lower case, never in the plural, seldom
        last, and hardly ever alone after an article."""
        is_plain = self.count > 2 and 2 * self.lower >= self.count and not self.plural
        return is_plain and 2 * self.closing < self.count and 20 * self.headed <= self.count


class Usages(dict[str, Usage]):
    """The usage of every word of a book, put together out of readings when it is asked for."""

    def __init__(self, book: Sequence[Reading]) -> None:
        super().__init__()
        self._counts = [Counter[str]() for _ in fields(Usage)]
        for reading in book:
            for use, counts in zip(fields(Usage), self._counts, strict=True):
                counts.update(reading.usage.get(use.name, ()))

    @property
    def total(self) -> int:
        """How many words the text has."""
        return self._counts[0].total()

    def __missing__(self, fold: str) -> Usage:
        usage = self[fold] = Usage(*[counts.get(fold, 0) for counts in self._counts])
        return usage
