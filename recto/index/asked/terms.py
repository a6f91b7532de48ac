"""The author's list of terms (`[[index.terms]]` of book.toml, index.toml): headings, and what finds them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from recto.index.asked import patterns
from recto.index.asked.marks import split_path
from recto.index.index_model import Entry, Path
from recto.index.places import label_of, scope_of
from recto.index.printed.wording import wording
from recto.index.reading.prose import Prose, Spot
from recto.index.reading.words import Word, fold_all, words
from recto.model import SetSection
from recto.problems import Place, Problem, error, warning
from recto.settings.config import Config, Term


@dataclass(frozen=True, slots=True)
class Sought:
    """A term of the list, the path of a heading it makes, and the spots where its words stand."""

    term: Term
    path: Path
    spots: tuple[Spot, ...]


def find(
    book: Sequence[Prose], config: Config, chapters: Sequence[str] = ()
) -> tuple[list[Sought], list[Problem]]:
    """Look for every term of the list in the whole book, or in the sections it names.

    Whole words are found, in any case and in singular or plural; with `exact = true` only as they are
    written. A block of text gives a term one spot, however often it stands there; a section that the term
    names gives it one. A term with `divide` gives one Sought for each subheading: the chapter (`chapters`
    has its title for each section), or the heading that stands nearest.

    A term whose words are nowhere in the book is reported with its line, and so is a pattern that is no
    sound one.
    """
    language = config.book.language
    terms = config.index.terms
    expressions, problems = _expressions(terms, config)
    found = _search(book, _phrases(terms, language), expressions, language)
    sought = []
    for number, term in enumerate(terms):
        spots, missed = _within(term, sorted(found.get(number, ())), book)
        path = (*split_path(term.term), *split_path(term.sub))
        sought.append(Sought(term, path, tuple(spots)))
        broken = any(problem.subject == term.term for problem in problems)
        if missed or (not spots and _looked_for(term) and not broken):
            problems.append(_not_found(term, missed, config))
    return _divided(sought, chapters, wording(language).joined), problems


def _within(term: Term, spots: Sequence[Spot], book: Sequence[Prose]) -> tuple[list[Spot], list[str]]:
    """The spots in the sections that a term names, the first of each, and the sections without one."""
    if not term.sections:
        return list(spots), []
    first: dict[int, Spot] = {}
    for spot in spots:
        first.setdefault(spot.section, spot)
    kept: dict[int, Spot] = {}
    missed = []
    for wanted in term.sections:
        here = [number for number in first if _is_within(book[number].section, wanted)]
        kept.update((number, first[number]) for number in here)
        if not here:
            missed.append(wanted)
    return [kept[number] for number in sorted(kept)], missed


def _is_within(section: SetSection, wanted: str) -> bool:
    """Tell whether a section is one that is wanted, or below it: `4.0` is the opening of chapter 4."""
    label = label_of(section)
    return wanted in (label, scope_of(section)) or label.startswith(f"{wanted}.")


def _divided(sought: Sequence[Sought], chapters: Sequence[str], joined: str) -> list[Sought]:
    """Part the spots of each term that asks for it by subheadings."""
    result: list[Sought] = []
    for each in sought:
        if not each.term.divide or not each.spots:
            result.append(each)
            continue
        parted: dict[Path, list[Spot]] = defaultdict(list)
        for spot in each.spots:
            if each.term.divide == "chapter":
                sub = chapters[spot.section] if spot.section < len(chapters) else ""
            else:
                nearest = _neighbor(each, spot, sought)
                sub = f"{joined} {nearest}" if nearest else ""
            parted[(*each.path, sub) if sub else each.path].append(spot)
        references = Sought(each.term, each.path, tuple(parted.pop(each.path, ())))
        result += [references, *(Sought(each.term, path, tuple(spots)) for path, spots in parted.items())]
    return result


def _neighbor(each: Sought, spot: Spot, sought: Sequence[Sought]) -> str:
    """The listed heading that stands nearest to a spot: in the same block, or else in the same section."""
    near = [
        (other.block != spot.block, abs(other.block - spot.block), abs(other.offset - spot.offset), place)
        for place, term in enumerate(sought)
        if term.path[0] != each.path[0]
        for other in term.spots
        if other.section == spot.section
    ]
    return sought[min(near)[-1]].path[0] if near else ""


def entry(sought: Sought, config: Config) -> Entry:
    """The entry of a listed term, without its locators."""
    term = sought.term
    own = len(split_path(term.term)) + len(split_path(term.sub))
    divided = (
        len(sought.path) > own
    )  # a subheading that `divide` made: what the term refers to is not its own
    keys = (*("" for _ in range(own - 1)), term.sort) if term.sort else ()
    if divided:
        return Entry(sought.path, keys, origin="list", place=_place(term, config), shown=term.shown)
    see = tuple(path for text in term.see if (path := split_path(text)))
    also = tuple(path for text in term.see_also if (path := split_path(text)))
    place = _place(term, config)
    return Entry(
        sought.path,
        keys,
        see=see,
        see_also=also,
        origin="list",
        place=place,
        see_place=place,
        shown=term.shown,
    )


@dataclass(frozen=True, slots=True)
class _WantedPhrase:
    """Words to find for the term of that number; folded, or as they are written."""

    number: int
    words: tuple[str, ...]
    exact: bool


def _words(term: Term) -> tuple[str, ...]:
    """The words that find a term: those given, or the heading; none where something else leads to it."""
    if term.find or term.patterns or term.see or term.takes:
        return term.find
    return (term.sub or term.term.split("!")[-1],)


def _looked_for(term: Term) -> tuple[str, ...]:
    return (*_words(term), *term.patterns)


def _phrases(terms: Sequence[Term], language: str) -> Mapping[str, list[_WantedPhrase]]:
    """All phrases by their first word, in the form it is compared in."""
    phrases: dict[str, list[_WantedPhrase]] = defaultdict(list)
    for number, term in enumerate(terms):
        for text in _words(term):
            folded = fold_all(text, language)
            written = tuple(word.text for word in words(text.replace("-", " "), language))
            if folded:
                phrases[folded[0]].append(
                    _WantedPhrase(number, written if term.exact else folded, term.exact)
                )
    return phrases


def _expressions(
    terms: Sequence[Term], config: Config
) -> tuple[dict[int, list[re.Pattern[str]]], list[Problem]]:
    """The patterns of the terms, by number, and what is wrong with any."""
    made: dict[int, list[re.Pattern[str]]] = defaultdict(list)
    problems = []
    for number, term in enumerate(terms):
        for text in term.patterns:
            try:
                made[number].append(patterns.compiled(text, exact=term.exact))
            except patterns.PatternError as fault:
                message = f"the pattern {text!r} of the index term “{term.term}” can't be used: {fault}"
                hint = (
                    r"write characters, \w, \d, [a-z], (one|other), x?, x*, x+; a group may only be optional"
                )
                place = _place(term, config)
                problems.append(error("index-pattern", message, place, hint=hint, subject=term.term))
    return made, problems


def _search(
    book: Sequence[Prose],
    phrases: Mapping[str, list[_WantedPhrase]],
    expressions: Mapping[int, list[re.Pattern[str]]],
    language: str,
) -> Mapping[int, set[Spot]]:
    """The spots of every term, by its number in the list."""
    found: dict[int, set[Spot]] = defaultdict(set)
    if not phrases and not expressions:
        return found
    for section, prose in enumerate(book):
        texts = [(-1, prose.title), *((number, block.text) for number, block in enumerate(prose.blocks))]
        for block, text in texts:
            first: dict[int, int] = {}
            for term, offset in (*_in_text(text, phrases, language), *patterns.places(text, expressions)):
                first[term] = min(offset, first.get(term, offset))
            for term, offset in first.items():
                found[term].add(Spot(section, block, offset if block >= 0 else 0))
    return found


def _in_text(
    text: str, phrases: Mapping[str, list[_WantedPhrase]], language: str
) -> Iterator[tuple[int, int]]:
    """Every term in a text: its number, and the character where it begins."""
    # the hyphen gives way to a space of the same length, so offsets stay true
    line = words(text.replace("-", " "), language)
    for position, word in enumerate(line):
        for phrase in phrases.get(word.fold, ()):
            window = line[position : position + len(phrase.words)]
            if tuple(map(_written if phrase.exact else _folded, window)) == phrase.words:
                yield phrase.number, word.start


def _folded(word: Word) -> str:
    return word.fold


def _written(word: Word) -> str:
    return word.text


def _place(term: Term, config: Config) -> Place:
    """The line that names a term (and not one that only refers to it)."""
    return term.place or config.place_of("index", "terms")


def _not_found(term: Term, missed: Sequence[str], config: Config) -> Problem:
    where = f"not in section {', '.join(missed)}" if missed else "nowhere in the book"
    looked_for = ", ".join(f"“{text}”" for text in _looked_for(term))
    return warning(
        "index-term-not-found",
        f"the index term “{term.term}” is {where}: looked for {looked_for}",
        _place(term, config),
        hint='give the words that stand in the text with `find = ["…"]`, or take the term out',
        subject=term.term,
    )
