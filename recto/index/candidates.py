"""Candidates for headings: every phrase of the book that could be one, with what speaks for it.

A phrase is one to four words that follow one another without punctuation or a stopword between them. What a
word is (noun or verb) is learnt from the book itself: what mostly follows `to`, `can` or `you`, or mostly
stands before `the`, is no noun here, and ends no heading.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, zip_longest

from recto.index.candidate import Candidate, Key, Phrase, Usage
from recto.index.definitions import definitions
from recto.index.prose import Block, Prose, Run, Spot
from recto.index.words import Stopwords, Word, stopwords, words

LONGEST = 4
# Above it a word is rather a verb, and ends no term.
VERBAL = 0.5

_DETERMINERS = frozenset(
    "a an the this these that those my your his her its our their each every any".split()
)
_BEFORE_VERBS = frozenset(
    "to can could will would must should may might cannot can’t don’t doesn’t didn’t won’t not i you we they"
    " he she it let’s who never always just then you’ll we’ll they’ll it’ll please".split()
)
# Words that hold a term together from within: "proof of work", "chef de cuisine".
_LINKS = {
    "en": ("of",),
    "fr": ("de", "du", "des"),
    "es": ("de", "del"),
    "pt": ("de", "do", "da"),
    "it": ("di",),
}
_SENTENCE_END = re.compile(r"[.!?:;…“\"(—–]\s*[“\"‘'(]*$")
_JOIN = re.compile(r"[ \u00a0]|[ \u00a0]?[-‑/][ \u00a0]?")
_NO_NOUN = re.compile(
    r".{3,}(?:ly|est|ful|ous|ive|able|ible|less|ish|ical|ular|ed)$|.*n[’']t$|.*[’'](?:re|ll|ve|d|m)$"
)
_POSSESSIVES = ("’s", "'s", "s’", "s'")
_PIECE = re.compile(r"\s*[:;,?!()]\s*|\s+[—–-]\s+|\s+(?:vs\.?|versus)\s+")


class Candidates:
    """All candidates of a book, by key."""

    def __init__(self, book: Sequence[Prose], language: str) -> None:
        self.stop: Stopwords = stopwords(language)
        self.language = language
        self.links = frozenset(_LINKS.get(language[:2].lower(), ()))
        self.usage: dict[str, Usage] = defaultdict(Usage)
        self.by_key: dict[Key, Candidate] = {}
        phrases = list(self._read(book))
        for phrase in phrases:
            if not phrase.is_title:
                last = self.usage[phrase.words[-1].fold]
                last.closing += 1
                last.headed += phrase.determined
        for phrase in phrases:  # usage is known only when all is read
            self._count(phrase)
        for number, prose in enumerate(book):
            self._read_title(prose.title, Spot(number), "title")
            for position, block in enumerate(prose.blocks):
                spot = Spot(number, position)
                if block.kind == "heading":
                    self._read_title(block.text, spot, "heading")
                elif block.kind != "note":
                    self._read_runs(block, spot)
                    self._read_definitions(block, spot)

    def _read(self, book: Sequence[Prose]) -> Iterator[Phrase]:
        """Every phrase of the book; takes down on the way how words are used."""
        for number, prose in enumerate(book):
            yield from self._phrases(prose.title, words(prose.title, self.language), Spot(number), "title")
            for position, block in enumerate(prose.blocks):
                if block.kind != "note":
                    found = words(block.text, self.language)
                    self._learn(found)
                    yield from self._phrases(block.text, found, Spot(number, position), block.kind)

    def _learn(self, found: Sequence[Word]) -> None:
        before = ""
        for word, after in zip_longest(found, found[1:]):
            usage = self.usage[word.fold]
            usage.count += 1
            usage.lower += word.text.islower()
            usage.plural += word.text[-1] == "s" and len(word.fold) < len(word.text)
            usage.as_verb += before in _BEFORE_VERBS
            usage.after_determiner += before in _DETERMINERS
            usage.before_determiner += after is not None and after.text in _DETERMINERS
            before = word.text.lower()

    def _phrases(self, text: str, found: Sequence[Word], spot: Spot, kind: str) -> Iterator[Phrase]:
        """Cut a text into phrases."""
        run: list[Word] = []
        opens = determined = False
        end, before = 0, ""
        for word in found:
            gap = text[end : word.start]
            stops = self._stops(word) and not (run and word.text in self.links)
            if run and (stops or before.endswith(_POSSESSIVES) or not _JOIN.fullmatch(gap)):
                yield Phrase(tuple(run), spot, kind, opens, determined)
                run = []
            if not run:
                opens = end == 0 or bool(_SENTENCE_END.search(gap))
                determined = before in _DETERMINERS and not opens
            if not stops and (run or word.text not in self.links):
                run.append(word)
            end, before = word.end, word.text.lower()
        if run:
            yield Phrase(tuple(run), spot, kind, opens, determined)

    def _stops(self, word: Word) -> bool:
        if word.fold in self.stop.never or word.text.lower() in self.stop.never:
            # "IT" and "US" are names, "It" at the head of a sentence is not
            return not (word.text.isupper() and len(word.text) > 1)
        return word.text.replace(",", "").replace(".", "").isdecimal()

    def _count(self, phrase: Phrase) -> None:
        """Take down every candidate in a phrase."""
        length = len(phrase.words)
        for end in range(1, length + 1):
            if not self._may_end(phrase.words[end - 1]):
                continue
            for start in range(max(0, end - LONGEST), end):
                if self._may_begin(phrase.words[start:end]):
                    self._note(phrase, start, end)

    def _may_end(self, word: Word) -> bool:
        """Tell whether a word may be the last, the noun, of a heading."""
        if word.text in self.links:
            return False
        if not word.text.islower() and not word.text.istitle():
            return True
        usage = self.usage[word.fold]
        return (usage.plural > 0 or not _NO_NOUN.match(word.fold)) and usage.verbal <= VERBAL

    def _may_begin(self, part: Sequence[Word]) -> bool:
        first = part[0]
        if first.text in self.links or first.fold.endswith("ly"):
            return False
        return not any(
            before.fold in self.stop.not_alone and word.text in self.links for before, word in pairwise(part)
        )

    def _note(self, phrase: Phrase, start: int, end: int) -> None:
        part = phrase.words[start:end]
        candidate = self._candidate(part)
        section = phrase.spot.section
        spot = Spot(section, phrase.spot.block, part[0].start)
        surface = " ".join([word.text for word in part])
        if surface.endswith(_POSSESSIVES):
            surface = surface[:-2] if surface[-1] in "sS" else surface[:-1]
        candidate.stands += 1
        candidate.ends += end == len(phrase.words)
        if phrase.is_title:
            candidate.surfaces[surface] += 0
            if phrase.kind == "title":
                candidate.titles.add(section)
            else:
                candidate.subtitles.setdefault(section, spot)
            return
        candidate.sections[section] += 1
        candidate.first.setdefault(section, spot)
        candidate.surfaces[surface] += 1
        opens = phrase.opens and start == 0
        is_whole = end - start == len(phrase.words)
        candidate.wholes += is_whole
        candidate.openings += opens
        if not opens and surface != surface.lower() and part[0].text[0].isupper():
            candidate.names += 1
        if phrase.kind == "term" and is_whole:
            candidate.defined = candidate.defined or spot

    def _candidate(self, part: Sequence[Word]) -> Candidate:
        key = tuple([word.fold for word in part])
        candidate = self.by_key.get(key)
        if candidate is None:
            candidate = self.by_key[key] = Candidate(key)
        return candidate

    def _read_title(self, title: str, spot: Spot, kind: str) -> None:
        """Take down the pieces of a title between colons and commas, whole, as candidates too."""
        for piece in _PIECE.split(title):
            found = words(piece, self.language)
            while found and found[0].text.lower() in ("the", "a", "an", "and", "or"):
                found = found[1:]
            if not 0 < len(found) <= LONGEST or not self._is_heading(found):
                continue
            candidate = self._candidate(found)
            candidate.surfaces[" ".join(word.text for word in found)] += 0
            candidate.pieces.add(spot.section)
            if kind == "title":
                candidate.titles.add(spot.section)
            else:
                candidate.subtitles.setdefault(spot.section, spot)

    def _is_heading(self, found: Sequence[Word]) -> bool:
        """Tell whether a piece of a title reads like a heading: no question, no sentence."""
        first, last = found[0].text.lower(), found[-1]
        if last.fold in self.stop.never and not first.endswith("ing"):
            return False
        return not (first in self.stop.never and not first.endswith("ing")) and not any(
            word.text.lower() in _BEFORE_VERBS for word in found[1:-1]
        )

    def _read_runs(self, block: Block, spot: Spot) -> None:
        """Take down what is set apart from the text around it."""
        for run in block.runs:
            key = tuple(word.fold for word in words(block.text[run.start : run.end], self.language))
            candidate = self.by_key.get(key)
            if run.kind == "code":
                if (named := self._with_next_word(key, block, run)) is not None:
                    named.coded += 1
                if candidate is not None:
                    candidate.code += 1
            elif candidate is not None and run.kind != "link":
                candidate.set_apart += 1
                candidate.defined = candidate.defined or Spot(spot.section, spot.block, run.start)

    def _with_next_word(self, key: Key, block: Block, run: Run) -> Candidate | None:
        """The candidate that is a run and the word after it: `len` function."""
        after = words(block.text[run.end : run.end + 24], self.language)
        if not key or not after or block.text[run.end] != " ":
            return None
        return self.by_key.get((*key, after[0].fold))

    def _read_definitions(self, block: Block, spot: Spot) -> None:
        """Take down what is called something, and what a sentence says to be something."""
        for found in definitions(block.text, self.language):
            most = min(len(found.words), LONGEST)
            for length in range(most, 0, -1) if found.called else (len(found.words),):
                candidate = self.by_key.get(tuple([word.fold for word in found.words[:length]]))
                if candidate is not None:
                    candidate.called |= found.called
                    candidate.defined = candidate.defined or Spot(spot.section, spot.block, found.offset)
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
