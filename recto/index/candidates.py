"""Candidates for headings: every phrase of the book that could be one, with what speaks for it.

A phrase is one to four words that follow one another without punctuation or a stopword between them. What a
word is (noun or verb) is learnt from the book itself: what mostly follows `to`, `can` or `you`, or mostly
stands before `the`, is no noun here, and ends no heading.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from recto.index.prose import Block, Prose, Spot
from recto.index.words import Stopwords, Word, stopwords, words

LONGEST = 4
Key = tuple[str, ...]

_DETERMINERS = frozenset(
    "a an the this these that those my your his her its our their each every any".split()
)
_BEFORE_VERBS = frozenset(
    "to can could will would must should may might cannot can’t don’t doesn’t didn’t won’t not i you we they he"
    " she it let’s who never always just then you’ll we’ll they’ll it’ll please".split()
)
_SENTENCE_END = re.compile(r"[.!?:;…“\"(—–]\s*[“\"‘'(]*$")
_JOIN = re.compile(r"[ \u00a0]|[ \u00a0]?[-‑/][ \u00a0]?")
_NOT_A_HEAD = re.compile(r".{3,}(?:ly|est)$|.*(?:n't|n’t|'re|'ll|'ve)$")
_ADJECTIVE = re.compile(r".{3,}(?:ful|ous|ive|able|ible|less|ish|ical|ular|ent-only)$")
_PARTICIPLE = re.compile(r".{3,}ed$")
_DEFINING = re.compile(
    r"\b(?:called|known as|termed|named|referred to as|so-called)\s+(?:an?\s+|the\s+)?[“\"'‘]?$",
    re.IGNORECASE,
)
_IS_DEFINED = re.compile(
    r"[”\"’']?\s+(?:\([^)]{1,60}\)\s+)?(?:is|are)\s+(?:an?|the|any|one)\s", re.IGNORECASE
)


@dataclass(slots=True)
class Candidate:
    """A phrase and what is known of it.

    key         its folded words
    sections    how often it stands in each section (its text, not its title)
    first       where it first stands in each section
    surfaces    how it is written, with counts
    titles      sections in whose title it stands; `whole_titles`: where it makes up a whole phrase of it
    subtitles   sections in which an unnumbered heading has it
    names       how often it is capitalised where no sentence begins
    openings    how often it opens a sentence
    defined     where it is defined, or set apart at first use
    code        how often it is set as code
    acronym     the short form given in brackets after it, or the long form before it
    """

    key: Key
    sections: Counter[int] = field(default_factory=Counter)
    first: dict[int, Spot] = field(default_factory=dict)
    surfaces: Counter[str] = field(default_factory=Counter)
    titles: set[int] = field(default_factory=set)
    whole_titles: set[int] = field(default_factory=set)
    subtitles: dict[int, Spot] = field(default_factory=dict)
    names: int = 0
    openings: int = 0
    defined: Spot | None = None
    code: int = 0

    @property
    def count(self) -> int:
        """How often it stands in the text."""
        return sum(self.sections.values())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of words without stopword or punctuation, where it stands, and of what it is a part."""

    words: tuple[Word, ...]
    spot: Spot
    kind: str
    opens: bool


@dataclass(slots=True)
class Usage:
    """How a word is used: how often at all, as a verb would be, and before a determiner."""

    count: int = 0
    as_verb: int = 0
    before_determiner: int = 0
    after_determiner: int = 0

    @property
    def is_verb(self) -> bool:
        """Tell whether it is mostly used as a verb or preposition is."""
        verbal = self.as_verb + self.before_determiner
        return self.count >= 2 and verbal > 0.3 * self.count and verbal > self.after_determiner


class Candidates:
    """All candidates of a book, by key."""

    def __init__(self, book: Sequence[Prose], language: str) -> None:
        self.stop: Stopwords = stopwords(language)
        self.language = language
        self.usage: dict[str, Usage] = defaultdict(Usage)
        self.by_key: dict[Key, Candidate] = {}
        phrases: list[Phrase] = []
        for number, prose in enumerate(book):
            title = prose.section.heading.title
            phrases += self._phrases(title, words(title, language), Spot(number), "title")
            for position, block in enumerate(prose.blocks):
                if block.kind != "note":
                    found = words(block.text, language)
                    self._learn(found)
                    phrases += self._phrases(block.text, found, Spot(number, position), block.kind)
        self._blocks = book
        for phrase in phrases:
            self._count(phrase)
        self._read_signs(book)

    def _learn(self, found: Sequence[Word]) -> None:
        """Take down how words are used."""
        before = ""
        for position, word in enumerate(found):
            usage = self.usage[word.fold]
            usage.count += 1
            usage.as_verb += before in _BEFORE_VERBS
            usage.after_determiner += before in _DETERMINERS
            if position + 1 < len(found) and found[position + 1].text in _DETERMINERS:
                usage.before_determiner += 1
            before = word.text.lower()

    def _phrases(self, text: str, found: Sequence[Word], spot: Spot, kind: str) -> Iterator[Phrase]:
        """Cut a text into phrases."""
        run: list[Word] = []
        opens = True
        end = 0
        for word in found:
            gap = text[end : word.start]
            breaks = not _JOIN.fullmatch(gap)
            if run and (breaks or self._stops(word)):
                yield Phrase(tuple(run), spot, kind, opens)
                run = []
            if not run:
                opens = end == 0 or bool(_SENTENCE_END.search(gap))
            if not self._stops(word):
                run.append(word)
            end = word.end
        if run:
            yield Phrase(tuple(run), spot, kind, opens)

    def _stops(self, word: Word) -> bool:
        if word.fold in self.stop.never or word.text.lower() in self.stop.never:
            # "IT", "US", "AM" are names; "Go" and "It" at the head of a sentence are not
            return not (word.text.isupper() and len(word.text) > 1)
        return word.text.replace(",", "").replace(".", "").isdecimal()

    def _count(self, phrase: Phrase) -> None:
        """Take down every candidate in a phrase."""
        length = len(phrase.words)
        for start in range(length):
            for end in range(start + 1, min(length, start + LONGEST) + 1):
                part = phrase.words[start:end]
                if self._may_be(part):
                    whole = end - start == length
                    self._note(part, phrase, opens=phrase.opens and start == 0, whole=whole)

    def _may_be(self, part: Sequence[Word]) -> bool:
        """Tell whether a run of words could be a heading."""
        last, first = part[-1], part[0]
        if len(part) == 1 and (
            len(last.text) < 2 or (last.fold in self.stop.not_alone and last.text.islower())
        ):
            pass
        if last.fold in self.stop.not_last or self._no_noun(last):
            return False
        if len(part) > 1 and (self.usage[first.fold].is_verb and not _PARTICIPLE.match(first.fold)):
            return False
        return not _NOT_A_HEAD.match(first.fold) or first.text[0].isupper()

    def _no_noun(self, word: Word) -> bool:
        if not word.text.islower() and not word.text.istitle():
            return False
        fold = word.fold
        if _NOT_A_HEAD.match(fold) or _ADJECTIVE.match(fold) or _PARTICIPLE.match(fold):
            return True
        return self.usage[fold].is_verb

    def _note(self, part: Sequence[Word], phrase: Phrase, *, opens: bool, whole: bool) -> None:
        key = tuple(word.fold for word in part)
        candidate = self.by_key.get(key)
        if candidate is None:
            candidate = self.by_key[key] = Candidate(key)
        section = phrase.spot.section
        spot = Spot(section, phrase.spot.block, part[0].start)
        surface = " ".join(word.text for word in part)
        if phrase.kind == "title":
            candidate.titles.add(section)
            if whole:
                candidate.whole_titles.add(section)
            candidate.surfaces[surface] += 0
            return
        if phrase.kind == "heading":
            candidate.subtitles.setdefault(section, spot)
            candidate.surfaces[surface] += 0
            return
        candidate.sections[section] += 1
        candidate.first.setdefault(section, spot)
        candidate.surfaces[surface] += 1
        candidate.openings += opens
        if not opens and all(word.text[0].isupper() or not word.text[0].isalpha() for word in part):
            candidate.names += 1
        if phrase.kind == "term" and whole:
            candidate.defined = candidate.defined or spot

    def _read_signs(self, book: Sequence[Prose]) -> None:
        """Take down what is set apart, called something, or said to be something."""
        for number, prose in enumerate(book):
            for position, block in enumerate(prose.blocks):
                if block.kind in ("text", "term"):
                    self._read_runs(block, Spot(number, position))
                    self._read_definitions(block, Spot(number, position))

    def _read_runs(self, block: Block, spot: Spot) -> None:
        for run in block.runs:
            inside = words(block.text[run.start : run.end], self.language)
            candidate = self.by_key.get(tuple(word.fold for word in inside))
            if candidate is None or len(inside) > LONGEST:
                continue
            if run.kind == "code":
                candidate.code += 1
            elif run.kind != "link" and candidate.defined is None:
                candidate.defined = Spot(spot.section, spot.block, run.start)

    def _read_definitions(self, block: Block, spot: Spot) -> None:
        found = words(block.text, self.language)
        for start in range(len(found)):
            before = block.text[max(0, found[start].start - 24) : found[start].start]
            called = _DEFINING.search(before)
            opens = start == 0 or _SENTENCE_END.search(before) or before.endswith((". A ", ". An ", ". The "))
            opens = opens or before in ("A ", "An ", "The ")
            if not called and not opens:
                continue
            for end in range(min(len(found), start + LONGEST), start, -1):
                key = tuple(word.fold for word in found[start:end])
                candidate = self.by_key.get(key)
                if candidate is None:
                    continue
                if called or _IS_DEFINED.match(block.text, found[end - 1].end):
                    if candidate.defined is None:
                        candidate.defined = Spot(spot.section, spot.block, found[start].start)
                    break


def containing(keys: Iterable[Key]) -> dict[Key, list[Key]]:
    """For every key the longer ones of the given that it is a part of."""
    longer: dict[Key, list[Key]] = defaultdict(list)
    for key in keys:
        for start in range(len(key)):
            for end in range(start + 1, len(key) + 1):
                if end - start < len(key):
                    longer[key[start:end]].append(key)
    return longer
