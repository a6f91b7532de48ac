"""Candidates for headings: every phrase of the book that could be one, with what speaks for it.

A phrase is one to four words that follow one another without punctuation or a stopword between them (see
`reading`). What a word is (noun or verb) is learnt from the book itself: what mostly follows `to`, `can` or
`you`, or mostly stands before `the`, is no noun here, and ends no heading.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from recto.index.automatic.candidate import Candidate, Key, Usages
from recto.index.reading.prose import Prose
from recto.index.reading.readings import Mention
from recto.index.reading.signs import Sign
from recto.index.reading.speech import speech
from recto.index.reading.words import Stopwords, fold, stopwords, unhyphened, words

# Above it a word is rather a verb, and ends no term.
VERBAL = 0.5
_ROMAN = re.compile(r"(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})")


class Candidates:
    """All candidates of a book, by key."""

    def __init__(self, book: Sequence[Prose], language: str) -> None:
        self.stop: Stopwords = stopwords(language)
        self.language = language
        self.usage = Usages([prose.reading for prose in book])
        self.by_key: dict[Key, Candidate] = {}
        self._nouns: dict[str, bool] = {}
        self._speech = speech(language)
        known = self._known(book)
        named = _named(book)
        told = named | _singled_out(book)
        for number, prose in enumerate(book):
            for mention in prose.reading.mentions:
                key = mention.key
                if mention.is_doubtful and key not in told:
                    continue
                if (mention.is_passing and mention.bare not in known) or _is_numeral(mention):
                    continue
                if key in named or self._may_be_noun(mention):
                    self._candidate(key).take(mention, number)
        for number, prose in enumerate(book):
            for sign in prose.reading.signs:
                self._heed(sign, number)

    def _known(self, book: Sequence[Prose]) -> set[str]:
        """The phrases, unhyphened, of which there is more to tell than that one section uses them once."""
        uses = Counter([mention.bare for prose in book for mention in prose.reading.mentions])
        known = {bare for bare, count in uses.items() if count > 1}
        for prose in book:
            known.update(unhyphened(key) for sign in prose.reading.signs for key in sign.keys)
            for short, long in prose.reading.acronyms:
                known.add(unhyphened((fold(short, self.language),)))
                known.add(unhyphened(tuple(word.fold for word in words(long, self.language))))
        return known

    def _may_be_noun(self, mention: Mention) -> bool:
        """Tell whether the last word of a phrase may be the noun of a heading."""
        if not mention.is_judged:
            return True
        last = mention.key[-1]
        if last not in self._nouns:
            self._nouns[last] = self._is_noun(last)
        return self._nouns[last]

    def _is_noun(self, last: str) -> bool:
        usage, ways = self.usage[last], self._speech
        if ways.capital_nouns and 2 * usage.lower > usage.count:
            return False
        is_other = ways.no_noun.match(last) or (ways.superlative.match(last) and not usage.after_article)
        return (usage.plural > 0 or not is_other) and usage.verbal <= VERBAL

    def _candidate(self, key: Key) -> Candidate:
        candidate = self.by_key.get(key)
        if candidate is None:
            candidate = self.by_key[key] = Candidate(key)
        return candidate

    def _heed(self, sign: Sign, section: int) -> None:
        """Add what speaks for a phrase to the candidate that it is; only pieces of titles make new ones."""
        if sign.kind == "piece":
            self._candidate(sign.keys[0]).heed(sign, section)
            return
        if sign.kind == "code":
            for longer in sign.keys[1:]:
                if longer in self.by_key:
                    self.by_key[longer].coded += 1
        known = sign.keys[:1] if sign.kind == "code" else sign.keys
        for key in known:
            if key in self.by_key:
                self.by_key[key].heed(sign, section)
                return


def _is_numeral(mention: Mention) -> bool:
    """Tell whether a phrase is only a number: the II of a chapter, or of a king whose name is elsewhere."""
    return len(mention.key) == 1 and all(map(_ROMAN.fullmatch, mention.surfaces))


def _named(book: Sequence[Prose]) -> set[Key]:
    """The phrases that the book calls so, or defines in a list: terms, be they adjectives or verbs."""
    called = (sign for prose in book for sign in prose.reading.signs if sign.kind == "called")
    mentions = (mention for prose in book for mention in prose.reading.mentions)
    return {sign.keys[0] for sign in called if sign.keys} | {each.key for each in mentions if each.term}


def _singled_out(book: Sequence[Prose]) -> set[Key]:
    """The phrases that are whole ones of titles, or set apart, or that a sentence defines."""
    signs = (sign for prose in book for sign in prose.reading.signs if sign.kind != "code")
    return {key for sign in signs for key in sign.keys}


def containing(keys: Iterable[Key]) -> dict[Key, list[Key]]:
    """For every key the longer ones of the given that it is a part of."""
    longer: dict[Key, list[Key]] = defaultdict(list)
    for key in keys:
        for start in range(len(key)):
            for end in range(start + 1, len(key) + 1):
                if end - start < len(key):
                    longer[key[start:end]].append(key)
    return longer
