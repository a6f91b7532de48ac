"""Titles of chapters that have none, by what is at home in them; "" where nothing is beyond doubt.

A name goes before a feature (`Kinesis` before *shards*). One that nearly all sections speak of is the title;
where two or more share the chapter among them, they are; two chapters of one name are told apart by what
their sections are about. A wrong title is worse than none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from recto.collate.titling.chapter_evidence import ChapterEvidence, TitleTerm

FEWEST_SECTIONS = 4  # below, titles share a word by chance
_COVER = 0.7  # of the sections must speak of what names a chapter
_THROUGHOUT = 0.85
_FEATURE_TITLES = 0.6  # … and, where it is no name, of their titles
_HOMELY_TITLES = 0.4  # … or of theirs, where nearly all speak of it, and few others
_LIFT = 3.0  # times as often as elsewhere
_SHARED_COVER = 0.66  # of the sections, by names that share a chapter
_SHARED_HOME = 0.35  # of all that speak of such a name
_MOST = 6  # names
_LONGEST = 70  # characters
_FEATURES = 3
_APART = 1.5  # times as often as in the other chapters of that name


def titles_for(sections: Mapping[str, Sequence[tuple[str, str]]], wanted: Sequence[str]) -> dict[str, str]:
    """Titles of the chapters wanted, by their keys; `sections` are (title, text) of all chapters."""
    return dict(_titles_for(tuple((key, tuple(held)) for key, held in sections.items()), tuple(wanted)))


@lru_cache(maxsize=1)  # whoever decides on the index builds the same text again and again
def _titles_for(
    chapters: tuple[tuple[str, tuple[tuple[str, str], ...]], ...], wanted: tuple[str, ...]
) -> Mapping[str, str]:
    sections = dict(chapters)
    evidence = ChapterEvidence(sections)
    names: dict[str, tuple[TitleTerm, ...]] = {}
    for chapter in wanted:
        if len(sections[chapter]) >= FEWEST_SECTIONS:
            names[chapter] = _named(evidence.terms(chapter))
    titles = {chapter: _joined([term.words for term in named]) for chapter, named in names.items() if named}
    return {chapter: title for chapter, title in _apart(titles, names, evidence).items() if title}


def _named(terms: Sequence[TitleTerm]) -> tuple[TitleTerm, ...]:
    """The terms that name a chapter: one, or several that share it; () where there is a doubt.

    A letter alone (`T` in code) is no title.
    """
    terms = [term for term in terms if len(term.words) > 1]
    telling = [
        term for term in terms if term.lift >= _LIFT and (len(term.titles) > 1 or _is_throughout(term))
    ]
    fitting = [term for term in telling if term.cover >= _COVER and _is_enough(term)]
    shared = _shared(terms)
    if fitting and not (shared and _outdoes(shared, fitting[0])) and not _is_rivalled(fitting):
        return (fitting[0],)
    return shared


def _is_enough(term: TitleTerm) -> bool:
    """Whether a term may be a title: a name, or a thing of which there are many that most titles have."""
    if term.is_counted:  # `Day 1`, `Day 2`: the word counts the sections, it does not name them
        return False
    many = len(term.key) > 1 or term.words.casefold() != term.key[0]
    titled = len(term.titles) / term.of
    homely = titled >= _HOMELY_TITLES and term.cover >= _THROUGHOUT and term.home >= 0.5
    return term.is_name or (many and (titled >= _FEATURE_TITLES or homely))


def _is_rivalled(fitting: Sequence[TitleTerm]) -> bool:
    """Whether a second name is in as many titles as the first: which of them it is, nobody can tell."""
    first = fitting[0]
    return any(
        term.is_name
        and not set(term.key) & set(first.key)
        and len(term.titles) >= len(first.titles)
        and term.cover >= first.cover
        for term in fitting[1:]
    )


def _is_throughout(term: TitleTerm) -> bool:
    """Whether a name that a single title has is spoken of nearly everywhere here, and mostly here."""
    return bool(term.titles) and term.cover >= _THROUGHOUT and term.home >= 0.5


def _outdoes(shared: Sequence[TitleTerm], whole: TitleTerm) -> bool:
    """Whether several names say more than one: where that one is among them, and not in most titles."""
    told = any(term.key == whole.key for term in shared)
    return told and whole.cover < _THROUGHOUT and len(whole.titles) < whole.of / 2


def _shared(terms: Sequence[TitleTerm]) -> tuple[TitleTerm, ...]:
    """Names that share a chapter, in the order in which its sections come to them."""
    chosen: list[TitleTerm] = []
    covered: set[int] = set()
    for term in terms:
        fits = bool(term.heads) and (term.is_name or (len(term.titles) > 2 and len(term.key) > 1))
        adds = term.titles - covered
        alike = any(set(term.key) & set(other.key) for other in chosen)
        if fits and adds and not alike and term.home >= _SHARED_HOME and term.lift >= _LIFT:
            chosen.append(term)
            covered |= term.titles
    chosen = chosen[:_MOST]
    while chosen and len(_joined([term.words for term in chosen])) > _LONGEST:
        chosen.pop()
    spoken = frozenset[int]().union(*(term.sections for term in chosen)) if chosen else frozenset()
    if len(chosen) < 2 or len(spoken) < _SHARED_COVER * chosen[0].of:
        return ()
    return tuple(sorted(chosen, key=lambda term: (min(term.titles), term.key)))


def _apart(
    titles: Mapping[str, str],
    names: Mapping[str, tuple[TitleTerm, ...]],
    evidence: ChapterEvidence,
) -> dict[str, str]:
    """The titles, each once: those of one name with what their chapters are about."""
    same: defaultdict[str, list[str]] = defaultdict(list)
    for chapter, title in titles.items():
        same[title].append(chapter)
    made = dict(titles)
    for title, chapters in same.items():
        if len(chapters) < 2:
            continue
        for chapter in chapters:
            others = [other for other in chapters if other != chapter]
            about = _about(chapter, names[chapter], others, evidence)
            made[chapter] = f"{title}: {_joined(about)}" if about else ""
    return made


def _about(
    chapter: str, named: Sequence[TitleTerm], others: Sequence[str], evidence: ChapterEvidence
) -> list[str]:
    """What the sections of a chapter head with, those that most of them speak of, in their order.

    Nothing that `others`, which have the same name, speak of as well.
    """
    used = {word for term in named for word in term.key}
    found: list[tuple[float, int, str]] = []
    taken: set[str] = set()
    for number, words, key in evidence.heads(chapter, used):
        elsewhere = max(evidence.share(other, key) for other in others)
        here = evidence.share(chapter, key)
        if here >= _APART * elsewhere and not taken & set(key):
            taken |= set(key)
            found.append((-here, number, words))
    return [words for _, _, words in sorted(sorted(found)[:_FEATURES], key=lambda each: each[1])]


def _joined(words: Sequence[str]) -> str:
    """Words as a list in a sentence: A; A and B; A, B, and C."""
    *others, last = words
    if not others:
        return _capital(last)
    comma = "," if len(others) > 1 else ""
    return f"{_capital(', '.join(others))}{comma} and {last}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:] if words.islower() else words
