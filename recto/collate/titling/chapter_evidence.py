"""What the sections of a book speak of, chapter by chapter: the evidence for titles of chapters without one.

A *term* is a phrase of some section's title. Counted is in how many sections it stands, in their text and in
their titles, here and elsewhere: what is at home in one chapter and strange to the others names it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

Key = tuple[str, ...]
LONGEST = 3  # words of a term
LEAST_LIFT = 2.0  # times as often as elsewhere, or a term is no one's
_WORD = re.compile(r"[^\W_](?:[\w’'.&/+@#-]*[\w+#])?")
_TOKEN = re.compile(r"[^\W_](?:[\w’'.&/+@#-]*[\w+#])?|[,:;()!?…\n.]")
_INSIDE = re.compile(r"[\w,;] ([^\W_](?:[\w’'.&/+@#-]*[\w+#])?)")
_CLAUSE = re.compile(r"[,:;()]|\s[—–-]\s|\svs\.?\s")
_VERSUS = re.compile(r"\svs\.?\s", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(\w+)\s+(\d+|[ivx]+|one|two|three|four|five|six|seven|eight|nine|ten)\b", re.IGNORECASE
)
_NAME_SHARE = 0.6  # of a word's places within sentences must have a capital
_SMALL = frozenset(
    "a an the and or of for in on to with from by at as is are be was vs your our its it how why what when "
    "where who not do does can should using use between across into via per more "
    "der die das den dem des ein eine und oder von für im in am zu mit aus bei als wie was warum wann nicht "
    "le la les l un une des du de et ou en dans pour sur avec par comment pourquoi".split()
)


@dataclass(frozen=True, slots=True)
class SectionEvidence:
    """The terms of one section: of its text and title, of its title, and those that this begins with."""

    terms: frozenset[Key]
    titled: frozenset[Key]
    opening: frozenset[Key]


@dataclass(frozen=True, slots=True)
class TitleTerm:
    """A term in one chapter.

    `sections` and `titles` are the indexes of the sections that speak of it, and of those whose titles do,
    `heads` of those whose titles begin with it; `of` is how many there are. `lift` is how many times more
    often a section speaks of it here than elsewhere, `home` the part of all sections with it that lies here.
    `is_counted` tells that it numbers the sections.
    """

    key: Key
    words: str
    sections: frozenset[int]
    titles: frozenset[int]
    heads: frozenset[int]
    of: int
    lift: float
    home: float
    is_name: bool
    is_counted: bool

    @property
    def cover(self) -> float:
        """The part of the chapter's sections that speaks of it."""
        return len(self.sections) / self.of

    @property
    def score(self) -> float:
        """How well it would name the chapter: spoken of in many of its sections, and seldom elsewhere."""
        spread = 0.6 * self.cover + 0.4 * len(self.titles) / self.of
        favour = (
            (1.8 if self.is_name else 1.0)
            * (1.2 if 0 in self.heads else 1.0)
            * (1 + 0.1 * (len(self.key) - 1))
        )
        return float(spread * self.home**0.6 * favour)


class ChapterEvidence:
    """The terms of a whole book; `sections` are its chapters' (title, text) by the keys of the chapters."""

    def __init__(self, sections: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        self._forms: defaultdict[tuple[str, Key], Counter[str]] = defaultdict(Counter)
        for chapter, titled in sections.items():
            for title, _ in titled:
                for phrase in phrases(title):
                    self._forms[chapter, _key(phrase)][" ".join(phrase)] += 1
        self._terms = frozenset(key for _, key in self._forms)
        self._texts = {chapter: "\n".join(text for _, text in titled) for chapter, titled in sections.items()}
        self._titles = {chapter: [title for title, _ in titled] for chapter, titled in sections.items()}
        self._numbers: dict[str, dict[str, list[str]]] = {chapter: {} for chapter in sections}
        for chapter, titles in self._titles.items():
            for found in (each for title in titles for each in _COUNTED.finditer(title)):
                self._numbers[chapter].setdefault(stemmed(found[1]), []).append(found[2])
        self._everywhere = _everywhere([text for titled in sections.values() for _, text in titled])
        self._chapters = {
            chapter: [self._section(title, text) for title, text in titled]
            for chapter, titled in sections.items()
        }
        self._all = Counter(term for each in self._chapters.values() for one in each for term in one.terms)
        self._count = sum(map(len, self._chapters.values()))
        self._capital, self._small = Counter[str](), Counter[str]()
        self._spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for titled in sections.values():
            for _, text in titled:
                self._take_capitals(text)

    def _take_capitals(self, text: str) -> None:
        for word, stem, count in _spellings(text):
            named = word[:1].isupper() or _is_written_as_name(word)
            (self._capital if named else self._small)[stem] += count
            self._spelled[stem][word] += count

    def _section(self, title: str, text: str) -> SectionEvidence:
        titled = frozenset(_key(phrase) for phrase in phrases(title))
        found = (self._terms & _runs(text)) | (self._terms & _runs(title))
        words = _lead(title)
        while words and stemmed(words[0]) in self._everywhere:  # `AWS Shield` heads with Shield
            words = words[1:]
        begins = (tuple(words[:end]) for end in range(1, min(len(words), LONGEST) + 1))
        return SectionEvidence(found, titled, frozenset(map(_key, begins)))

    def terms(self, chapter: str) -> list[TitleTerm]:
        """The terms of a chapter, the best first, without those that are only a part of another."""
        held = self._chapters[chapter]
        titled = frozenset[Key]().union(*(one.titled for one in held))
        counted = Counter(key for one in held for key in one.terms)
        heads = frozenset[Key]().union(*(one.opening for one in held))
        telling = (key for key in titled if counted[key] > 1 or key in heads)
        made = [self._term(chapter, key) for key in telling if self._lift(chapter, key) >= LEAST_LIFT]
        made = [term for term in made if not any(_hides(other, term) for other in made)]
        return sorted(made, key=lambda term: (-term.score, term.key))

    def _term(self, chapter: str, key: Key) -> TitleTerm:
        held = self._chapters[chapter]
        spoken = _where(held, lambda one: key in one.terms)
        return TitleTerm(
            key,
            self.words(chapter, key),
            spoken,
            _where(held, lambda one: key in one.titled),
            _where(held, lambda one: key in one.opening),
            len(held),
            self._lift(chapter, key),
            len(spoken) / self._all[key],
            self._is_name(chapter, key),
            self._is_counted(chapter, key),
        )

    def _lift(self, chapter: str, key: Key) -> float:
        """How many times more often a section speaks of a term here than elsewhere."""
        held = self._chapters[chapter]
        here = sum(key in one.terms for one in held)
        rest = max(1, self._count - len(held))
        return (here / len(held)) / max((self._all[key] - here) / rest, 0.5 / rest)

    def _is_counted(self, chapter: str, key: Key) -> bool:
        """Whether a number follows the term in half of the titles that have it, and never the same."""
        found = self._numbers[chapter].get(key[-1], [])
        return len(set(found)) > 1 and 2 * len(found) >= len(self._titles[chapter])

    def heads(self, chapter: str, without: Collection[str]) -> list[tuple[int, str, Key]]:
        """What each section's title says before its first colon or small word, less some words in front."""
        made = []
        for number, title in enumerate(self._titles[chapter]):
            words = _lead(title)
            while words and stemmed(words[0]) in without:
                words = words[1:]
            if any(stemmed(word) in without for word in words) or _VERSUS.search(title.partition(":")[0]):
                continue  # `Buying SeaCom` is about nothing but the name
            if words and len(words) <= LONGEST and (len(words) > 1 or len(words[0]) > 3):
                made.append((number, " ".join(map(self._as_written, words)), _key(words)))
        return made

    def share(self, chapter: str, key: Key) -> float:
        """The part of a chapter's sections that speaks of a term."""
        held = self._chapters[chapter]
        return sum(key in one.terms for one in held) / max(1, len(held))

    def words(self, chapter: str, key: Key) -> str:
        """A term as the titles of a chapter have it most, spelled as its text does."""
        forms = self._forms[chapter, key]
        best = max(forms, key=lambda form: (forms[form], len(form), form))
        return " ".join(map(self._as_written, best.split()))

    def _as_written(self, word: str) -> str:
        """`Aws` is `AWS` where the text says so; a capital that only the title gives stays."""
        same = {
            form: n for form, n in self._spelled[stemmed(word)].items() if form.casefold() == word.casefold()
        }
        written = max(same, key=lambda form: (same[form], form), default=word)
        return written if _is_written_as_name(written) else word

    def _is_name(self, chapter: str, key: Key) -> bool:
        """Whether a term is a name: written as one, or with capitals wherever a sentence has it."""
        words = self.words(chapter, key).split()
        if (len(words) < 3 and any(map(_is_written_as_name, words))) or (
            len(words) == 1 and self._has_capital(words[0])
        ):
            return True
        if len(words) == 1:
            return False
        whole, text = " ".join(words), self._texts[chapter]
        named, found = text.count(whole), text.casefold().count(whole.casefold())
        return whole[:1].isupper() and named >= 2 and named >= _NAME_SHARE * found

    def _has_capital(self, word: str) -> bool:
        stem = stemmed(word)
        capital, small = self._capital[stem], self._small[stem]
        return capital >= 2 and capital >= _NAME_SHARE * (capital + small)


def _lead(title: str) -> list[str]:
    """The words that a title begins with, up to a colon, a comma, or a small word."""
    words = _WORD.findall(_CLAUSE.split(title)[0])
    end = next((at for at, word in enumerate(words) if word.casefold() in _SMALL), len(words))
    return words[:end]


def _everywhere(texts: Sequence[str]) -> frozenset[str]:
    """The words, in stems, that a third of all sections have: the subject of the book itself."""
    counts = Counter(stem for text in texts for stem in _stems(text))
    return frozenset(stem for stem, count in counts.items() if 3 * count >= len(texts))


def _where(held: Sequence[SectionEvidence], fits: Callable[[SectionEvidence], bool]) -> frozenset[int]:
    return frozenset(number for number, one in enumerate(held) if fits(one))


def _hides(longer: TitleTerm, shorter: TitleTerm) -> bool:
    """Whether a longer term is spoken of nearly as often as a shorter one that it holds."""
    if len(longer.key) <= len(shorter.key) or len(longer.sections) < 0.85 * len(shorter.sections):
        return False
    if len(longer.titles) < 0.6 * len(shorter.titles):
        return False
    width = len(shorter.key)
    return any(longer.key[at : at + width] == shorter.key for at in range(len(longer.key) - width + 1))


@lru_cache(maxsize=65536)
def _is_written_as_name(word: str) -> bool:
    """True for `DynamoDB`, `S3`, `CDK`: capitals, or digits with one, where no sentence asks for them."""
    return bool(re.search(r"[^\W_][A-Z]", word) or (re.search(r"[A-Z]", word) and re.search(r"\d", word)))


@lru_cache(maxsize=65536)
def stemmed(word: str) -> str:
    """A word without its plural: `AMIs` and `AMI` are one."""
    if re.fullmatch(r"[A-Z\d]{2,}s", word):
        return word[:-1].casefold()
    plain = word.casefold().replace("’", "'").removesuffix("'s")
    if len(plain) > 4 and plain.endswith("ies"):
        return f"{plain[:-3]}y"
    return (
        plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith(("ss", "us")) else plain
    )


def _key(phrase: Sequence[str]) -> Key:
    return tuple(map(stemmed, phrase))


@lru_cache(maxsize=16384)
def phrases(title: str) -> tuple[tuple[str, ...], ...]:
    """Runs of words of a title that begin and end with one of weight and cross no comma, colon or `vs`."""
    return tuple(phrase for clause in _CLAUSE.split(title) for phrase in _of_clause(_WORD.findall(clause)))


def _of_clause(words: list[str]) -> Iterator[tuple[str, ...]]:
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            first, last = words[start], words[end - 1]
            if any(word.casefold() in _SMALL for word in words[start:end]) or first.isdecimal():
                continue
            if len(last) == 1 and end - start > 1 and not last.isdecimal():  # `RefCell<T>`
                continue
            if not last.isdecimal() or end - start > 1:
                yield tuple(words[start:end])


# What follows is asked of every text of the book at each build, and an edit changes one of hundreds


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stemmed(word) for word in _WORD.findall(text))


@lru_cache(maxsize=4096)
def _spellings(text: str) -> tuple[tuple[str, str, int], ...]:
    """The words within the sentences of a text, as they are written and in stems, and how often."""
    return tuple((word, stemmed(word), count) for word, count in Counter(_INSIDE.findall(text)).items())


@lru_cache(maxsize=4096)
def _runs(text: str) -> frozenset[Key]:
    """Every run of one to three words in a text, in stems."""
    found: set[Key] = set()
    run: list[str] = []
    for token in _TOKEN.findall(text):
        if not _WORD.match(token):
            run = []
            continue
        run = [*run[-LONGEST + 1 :], stemmed(token)]
        found.update(tuple(run[start:]) for start in range(len(run)))
    return frozenset(found)
