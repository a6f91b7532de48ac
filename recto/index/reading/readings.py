"""What one section tells of itself: its words, phrases, definitions, whatever the index is made of.

`read` is a pure function of a title, a fragment and a language, so that what it found can be kept: after an
edit only the sections that changed are read again. What needs the whole book (which word is a verb here,
what is worth a heading) is for `candidates` and `evidence`, who put the readings of all sections together.
Places within a reading are a block and a character; -1 is the block of the section's own title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from typing import NamedTuple

from recto.index.reading.acronyms import explained
from recto.index.reading.blocks import Block, Run, blocks
from recto.index.reading.signs import LONGEST, TITLE, Key, Place, Sign, signs
from recto.index.reading.speech import speech
from recto.index.reading.words import Stopwords, Word, fold_all, stopwords, unhyphened, words

_SENTENCE_END = re.compile(r"[.!?:;…“\"(—–]\s*[“\"‘'(]*$")
_JOIN = re.compile(r"[ \u00a0]|[ \u00a0]?[-‑/][ \u00a0]?")
_OWNERS = ("’s", "'s")
_POSSESSIVES = (*_OWNERS, "s’", "s'")


@dataclass(slots=True)
class Mention:
    """What one section has of a phrase that may be a candidate.

    key         its folded words
    is_judged   whether its last word, written as any word is, may still turn out to be a verb
    is_doubtful whether its words make a term only where the book itself says so (`mere proposition`,
                `order of growth`)
    bare        its words without hyphens, under which forms that differ in them are one
    count       how often it stands in the text
    first       where it first does, captions left out
    caption     where the caption of a figure or table first has it
    surfaces    how it is written there, with counts (0 for what titles have)
    titled      whether the title has it
    subtitle    where an unnumbered heading has it
    names, openings, stands, ends, wholes   as in `Candidate`
    term        where it is the whole of a term in a list of definitions
    """

    key: Key
    is_judged: bool
    is_doubtful: bool
    bare: str
    count: int = 0
    first: Place | None = None
    caption: Place | None = None
    surfaces: dict[str, int] = field(default_factory=dict)
    titled: bool = False
    subtitle: Place | None = None
    names: int = 0
    openings: int = 0
    stands: int = 0
    ends: int = 0
    wholes: int = 0
    term: Place | None = None

    @property
    def is_passing(self) -> bool:
        """Whether the section uses it once and says nothing else of it: by itself it is no candidate then."""
        return self.count == 1 and not (self.names or self.titled or self.subtitle or self.term)


@dataclass(frozen=True, slots=True)
class Reading:
    """A section, read. `usage` has the words of the text, folded, once for each time that they are used so
    (see `Usage`); `title` is the title in folded words, `title_words` the same as a running text has them.
    """

    blocks: tuple[Block, ...]
    usage: dict[str, tuple[str, ...]]
    mentions: tuple[Mention, ...]
    signs: tuple[Sign, ...]
    acronyms: tuple[tuple[str, str], ...]
    title: Key
    title_words: Key
    size: int


class _Phrase(NamedTuple):
    """Words without stopword or punctuation between them, and of what they are a part."""

    words: Sequence[Word]
    block: int
    kind: str
    opens: bool
    determined: bool


def read(title: str, html: str, language: str) -> Reading:
    """Read a section: its title as plain text, its fragment."""
    found = blocks(html)
    texts = (title, *(block.text for block in found))
    reader = _SectionReader(language)
    reader.read_text(title, TITLE, "title")
    for number, block in enumerate(found):
        if block.kind != "note":
            reader.read_text(block.text, number, block.kind, block.runs)
    return Reading(
        found,
        {use: tuple(folds) for use, folds in reader.usage.items()},
        tuple(reader.mentions.values()),
        signs(title, found, language),
        tuple(pair for text in texts for pair in explained(text, language)),
        fold_all(title, language),
        tuple(dict.fromkeys(word.fold for word in words(title, language))),
        sum(len(block.text) for block in found),
    )


class _SectionReader:
    """Reads one section."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.stop: Stopwords = stopwords(language)
        ways = speech(language)
        self.determiners, self.before_verbs, self.links = ways.determiners, ways.before_verbs, ways.links
        self.indefinite = frozenset(ways.indefinite)
        self.usage: dict[str, list[str]] = {}
        self.mentions: dict[tuple[Key, bool], Mention] = {}

    def read_text(self, text: str, block: int, kind: str, runs: Sequence[Run] = ()) -> None:
        """Take down how words are used in a text, and its phrases."""
        found = words(text, self.language)
        if block != TITLE:
            self._learn(found)
        code = frozenset((run.start, run.end) for run in runs if run.kind == "code")
        for phrase in self._phrases(text, found, block, kind, code):
            self._take_down(phrase)

    def _use(self, how: str, fold: str) -> None:
        self.usage.setdefault(how, []).append(fold)

    def _learn(self, found: Sequence[Word]) -> None:
        before = ""
        for word, after in zip_longest(found, found[1:]):
            self._use("count", word.fold)
            if word.text.islower():
                self._use("lower", word.fold)
            if word.text[-1] == "s" and len(word.fold) < len(word.text):
                self._use("plural", word.fold)
            if word.text.endswith(_OWNERS):
                self._use("owning", word.fold)
            if before in self.before_verbs:
                self._use("as_verb", word.fold)
            if before in self.determiners:
                self._use("after_determiner", word.fold)
            if before in self.indefinite:
                self._use("after_article", word.fold)
            if after is not None and after.text in self.determiners:
                self._use("before_determiner", word.fold)
            before = word.text.lower()

    def _phrases(
        self, text: str, found: Sequence[Word], block: int, kind: str, code: AbstractSet[tuple[int, int]]
    ) -> Iterator[_Phrase]:
        """Cut a text into phrases. A word that is set as code (`for`, from start to end in `code`) is none of
        the plain words that part them.
        """
        run: list[Word] = []
        opens = determined = False
        end, before = 0, ""
        for word in found:
            gap = text[end : word.start]
            is_code = word.text.isalpha() and (word.start, word.end) in code
            stops = self._stops(word) and not (is_code or (run and word.text in self.links))
            if run and (stops or before.endswith(_POSSESSIVES) or not _JOIN.fullmatch(gap)):
                yield _Phrase(run, block, kind, opens, determined)
                run = []
            if not run:
                opens = end == 0 or bool(_SENTENCE_END.search(gap))
                determined = before in self.determiners and not opens
            opens_doubtful = stops and word.fold in self.stop.only_first
            if opens_doubtful or (not stops and (run or word.text not in self.links)):
                run.append(word)
            end, before = word.end, word.text.lower()
        if run:
            yield _Phrase(run, block, kind, opens, determined)

    def _stops(self, word: Word) -> bool:
        if word.fold in self.stop.never or word.text.lower() in self.stop.never:
            # "IT" and "US" are names, "It" at the head of a sentence is not
            return not (word.text.isupper() and len(word.text) > 1)
        return word.text.replace(",", "").replace(".", "").isdecimal()

    def _take_down(self, phrase: _Phrase) -> None:
        """Take down everything in a phrase that may be a candidate."""
        if phrase.kind not in ("title", "heading"):
            last = phrase.words[-1].fold
            self._use("closing", last)
            if phrase.determined:
                self._use("headed", last)
        for end, word in enumerate(phrase.words, 1):
            if word.text in self.links:
                continue
            for start in range(max(0, end - LONGEST), end):
                if self._may_begin(phrase.words[start:end]):
                    self._note(phrase, start, end)

    def _may_begin(self, part: Sequence[Word]) -> bool:
        first = part[0]
        if len(part) == 1 and first.fold in self.stop.only_first:
            return False
        return not (first.text in self.links or first.fold.endswith("ly"))

    def _is_doubtful(self, part: Sequence[Word]) -> bool:
        is_vague = any(
            word.text in self.links and before.fold in self.stop.not_alone for before, word in pairwise(part)
        )
        return is_vague or part[0].fold in self.stop.only_first

    def _note(self, phrase: _Phrase, start: int, end: int) -> None:
        part = phrase.words[start:end]
        mention = self._mention(part)
        place = phrase.block, part[0].start
        surface = " ".join([word.text for word in part])
        if surface.endswith(_POSSESSIVES):
            surface = surface[:-2] if surface[-1] in "sS" else surface[:-1]
        mention.stands += 1
        mention.ends += end == len(phrase.words)
        if phrase.kind in ("title", "heading"):
            mention.surfaces.setdefault(surface, 0)
            if phrase.kind == "title":
                mention.titled = True
            else:
                mention.subtitle = mention.subtitle or place
            return
        mention.count += 1
        if phrase.kind == "caption":
            mention.caption = mention.caption or place
        else:
            mention.first = mention.first or place
        mention.surfaces[surface] = mention.surfaces.get(surface, 0) + 1
        opens = phrase.opens and start == 0
        is_whole = end - start == len(phrase.words)
        mention.wholes += is_whole
        mention.openings += opens
        if not opens and surface != surface.lower() and part[0].text[0].isupper():
            mention.names += 1
        if phrase.kind == "term" and is_whole:
            mention.term = mention.term or place

    def _mention(self, part: Sequence[Word]) -> Mention:
        key = tuple([word.fold for word in part])
        last = part[-1].text
        is_judged = last.islower() or last.istitle()
        mention = self.mentions.get((key, is_judged))
        if mention is None:
            mention = self.mentions[key, is_judged] = Mention(
                key, is_judged, self._is_doubtful(part), unhyphened(key)
            )
        return mention
