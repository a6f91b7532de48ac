"""Several forms of one term: short and long (`SPV`, simplified payment verification), with or without the
name of a maker before it (`Amazon S3`, `S3`); and how a heading is written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from recto.index.automatic.candidate import Candidate, Key
from recto.index.automatic.candidates import Candidates
from recto.index.automatic.persons import inverted
from recto.index.reading.acronyms import acronyms
from recto.index.reading.prose import Prose
from recto.index.reading.words import fold, unhyphened

# A short form used so much more than the long one is the name by which readers will look.
_BETTER_KNOWN = 8
# A short form used so often may lead; below that the long one does, with a see from the short.
_WELL_KNOWN = 20
# A word before so many names that also stand without it is the name of their maker.
_MAKES = 4
# What follows an identifier to tell its kind.
_KINDS = frozenset(
    "argument attribute class command constant decorator directive element event exception field file flag"
    " function keyword library macro method module object opcode operator option package parameter program"
    " property statement tag type utility variable".split()
)


class Forms:
    """Joins the candidates that are forms of one term; the ones absorbed are in `absorbed`."""

    def __init__(self, book: Sequence[Prose], candidates: Candidates, language: str) -> None:
        self._candidates = candidates
        self.absorbed: set[Key] = set()
        self._explained: dict[Key, tuple[str, str]] = {}
        self._join_hyphens()
        self._join_makers()
        self._join_kinds()
        pairs = (pair for prose in book for pair in prose.reading.acronyms)
        for short, (long, key) in acronyms(pairs, language).items():
            self._join_short(short, (fold(short, language),), long, key)

    def is_explained(self, key: Key) -> bool:
        """Tell whether the book gives a term's short and long form."""
        return key in self._explained

    def heading(self, candidate: Candidate, *, turned: bool = False) -> str:
        """A term as its heading reads: as the text writes it most, lower case unless it is a name; of a short
        and a long form the one in brackets after the other, `turned` the other way round."""
        if candidate.key in self._explained:
            short, long = self._explained[candidate.key]
            plain = self._long(candidate, long)
            leads = self._short_leads(candidate.key) != turned
            return f"{short} ({plain})" if leads else f"{plain} ({short})"
        heading = self._plain_heading(candidate)
        return heading if self._is_plain(heading.split()[-1]) else inverted(heading)

    def _plain_heading(self, candidate: Candidate) -> str:
        named = candidate.names > 0.5 * max(1, candidate.count - candidate.openings)
        return self._written(candidate.written, keep=named and candidate.count > 0)

    def brief(self, candidate: Candidate) -> str:
        """A term as it is named within another heading: by its short form, and not inverted."""
        if candidate.key in self._explained:
            return self._explained[candidate.key][0]
        return self._plain_heading(candidate)

    def other(self, key: Key) -> str:
        """The other form of a term, under which a reader may look first; "" where there is none."""
        if key not in self._explained:
            return ""
        short, long = self._explained[key]
        return self._long(self._candidates.by_key[key], long) if self._short_leads(key) else short

    def _long(self, candidate: Candidate, long: str) -> str:
        return self._written(long, keep=candidate.names > candidate.count / 2)

    def _short_leads(self, key: Key) -> bool:
        return len(key) == 1

    def _written(self, surface: str, *, keep: bool) -> str:
        """A surface without the capitals of titles and sentences; a name in it keeps them all."""
        parts = [part for word in surface.split() for part in word.split("-") if part.istitle()]
        if keep or not all(self._is_plain(part) for part in parts):
            return surface
        return re.sub(r"[^\s-]+", lambda word: word[0].lower() if word[0].istitle() else word[0], surface)

    def _is_plain(self, word: str) -> bool:
        usage = self._candidates.usage[fold(word, self._candidates.language)]
        return usage.lower >= 0.4 * usage.count

    def _join_short(self, short: str, short_key: Key, long: str, long_key: Key) -> None:
        """Make one candidate of a short and a long form."""
        by_key = self._candidates.by_key
        brief = by_key.get(short_key)
        if brief is None:
            return
        full = by_key.setdefault(long_key, Candidate(long_key))
        uses = brief.count + len(brief.titles)
        leads = uses >= _WELL_KNOWN and uses > _BETTER_KNOWN * (full.count + len(full.titles))
        kept, gone = (brief, full) if leads or len(long_key) < 2 else (full, brief)
        self._absorb(kept, gone)
        self._explained[kept.key] = (short, long)

    def _join_kinds(self) -> None:
        """Join what is set as code into the same with its kind after it, where the book ever writes so: an
        index has `len function`, not `len`."""
        by_key = self._candidates.by_key
        kinds: dict[Key, list[Key]] = defaultdict(list)
        for key, candidate in by_key.items():
            if candidate.coded and len(key) == 2 and key[-1] in _KINDS:
                kinds[key[:-1]].append(key)
        for key, longer in kinds.items():
            plain = by_key.get(key)
            if plain is None or 2 * plain.code < plain.count:
                continue
            best = max(longer, key=lambda each: (by_key[each].coded, each))
            self._absorb(by_key[best], plain)
            self.absorbed.update(each for each in longer if each != best)

    def _join_hyphens(self) -> None:
        """Join what differs only in hyphens (`time lock`, `time-lock`, `timelock`) into the commonest."""
        by_key = self._candidates.by_key
        alike: dict[str, list[Key]] = defaultdict(list)
        for key in by_key:
            alike[unhyphened(key)].append(key)
        for keys in alike.values():
            best = max(keys, key=lambda key: (by_key[key].count, key))
            for key in keys:
                if key != best:
                    self._absorb(by_key[best], by_key[key])

    def _join_makers(self) -> None:
        """Join `Amazon S3` into `S3` where Amazon is the maker of many things in the book."""
        by_key = self._candidates.by_key
        made: dict[str, list[Key]] = defaultdict(list)
        for key, candidate in by_key.items():
            rest = by_key.get(key[1:]) if len(key) > 1 and key[:1] in by_key else None
            if rest is not None and 2 * candidate.names > candidate.count and _is_name(rest):
                made[key[0]].append(key)
        for keys in made.values():
            if len({key for key in keys if len(key) == 2 and by_key[key[1:]].count > 2}) < _MAKES:
                continue
            for key in keys:
                kept, gone = by_key[key[1:]], by_key[key]
                if kept.count > gone.count:
                    self._absorb(kept, gone)

    def _absorb(self, kept: Candidate, gone: Candidate) -> None:
        _join(kept, gone)
        self.absorbed.add(gone.key)


def _is_name(candidate: Candidate) -> bool:
    return candidate.names > 0.8 * (candidate.count - candidate.openings) > 0


def _join(kept: Candidate, gone: Candidate) -> None:
    """Add what is known of one candidate to another.

    Where the one holds the words of the other, the shorter has counted the places of the longer already.
    """
    if not _holds(gone.key, kept.key):
        longer = _holds(kept.key, gone.key)
        kept.sections = gone.sections.copy() if longer else kept.sections + gone.sections
        kept.names += gone.names
        kept.wholes += gone.wholes
        kept.stands += gone.stands
        kept.ends += gone.ends
        kept.openings += gone.openings
    for section, spot in gone.first.items():
        kept.first.setdefault(section, spot)
    for section, spot in gone.captions.items():
        kept.captions.setdefault(section, spot)
    for section, spot in gone.subtitles.items():
        kept.subtitles.setdefault(section, spot)
    kept.titles |= gone.titles
    kept.pieces |= gone.pieces
    kept.defined = kept.defined or gone.defined
    kept.apart += gone.apart
    kept.called |= gone.called
    kept.code += gone.code


def _holds(key: Key, part: Key) -> bool:
    return any(key[at : at + len(part)] == part for at in range(len(key)))
