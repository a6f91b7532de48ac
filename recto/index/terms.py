"""The author's list of terms (`[[index.terms]]` of book.toml): headings, and the words that find them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from recto.config import Config, Term
from recto.index.marks import split_path
from recto.index.model import Entry, Path
from recto.index.prose import Prose, Spot
from recto.index.words import Word, fold_all, words
from recto.problems import Place, Problem, warning


@dataclass(frozen=True, slots=True)
class Sought:
    """A term of the list, the path of its heading, and the spots where its words stand."""

    term: Term
    path: Path
    spots: tuple[Spot, ...]


def find(book: Sequence[Prose], config: Config) -> tuple[list[Sought], list[Problem]]:
    """Look for every term of the list in the whole book.

    Whole words are found, in any case and in singular or plural; with `exact = true` only as they are
    written. A block of text gives a term one spot, however often it stands there. A term whose words are
    nowhere in the book is reported with its line in book.toml.
    """
    language = config.book.language
    terms = config.index.terms
    spots = _search(book, _patterns(terms, language), language)
    sought = [
        Sought(term, (*split_path(term.term), *split_path(term.sub)), tuple(sorted(spots.get(number, ()))))
        for number, term in enumerate(terms)
    ]
    problems = [_not_found(each, config) for each in sought if not each.spots and _looked_for(each.term)]
    return sought, problems


def entry(sought: Sought, config: Config) -> Entry:
    """The entry of a listed term, without its locators."""
    term = sought.term
    keys = (*("" for _ in sought.path[1:]), term.sort) if term.sort else ()
    see = tuple(path for text in term.see if (path := split_path(text)))
    also = tuple(path for text in term.see_also if (path := split_path(text)))
    place = _place(term, config)
    return Entry(sought.path, keys, see=see, see_also=also, origin="list", place=place)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Words to find for the term of that number; folded, or as they are written."""

    number: int
    words: tuple[str, ...]
    exact: bool


def _looked_for(term: Term) -> tuple[str, ...]:
    """The words that find a term: those given, or the heading itself; none where it only sends on."""
    if term.find or term.see:
        return term.find
    return (term.sub or term.term.split("!")[-1],)


def _patterns(terms: Sequence[Term], language: str) -> Mapping[str, list[_Pattern]]:
    """All patterns by their first word, in the form it is compared in."""
    patterns: dict[str, list[_Pattern]] = defaultdict(list)
    for number, term in enumerate(terms):
        for text in _looked_for(term):
            folded = fold_all(text, language)
            written = tuple(word.text for word in words(text.replace("-", " "), language))
            if folded:
                patterns[folded[0]].append(_Pattern(number, written if term.exact else folded, term.exact))
    return patterns


def _search(
    book: Sequence[Prose], patterns: Mapping[str, list[_Pattern]], language: str
) -> Mapping[int, set[Spot]]:
    """The spots of every term, by its number in the list."""
    found: dict[int, set[Spot]] = defaultdict(set)
    for section, prose in enumerate(book):
        texts = [(-1, prose.title), *((number, block.text) for number, block in enumerate(prose.blocks))]
        for block, text in texts:
            seen: set[int] = set()
            for term, offset in _in_text(text, patterns, language):
                if term not in seen:
                    seen.add(term)
                    found[term].add(Spot(section, block, offset if block >= 0 else 0))
    return found


def _in_text(text: str, patterns: Mapping[str, list[_Pattern]], language: str) -> Iterator[tuple[int, int]]:
    """Every term in a text: its number, and the character where it begins."""
    # the hyphen gives way to a space of the same length, so offsets stay true
    line = words(text.replace("-", " "), language)
    for position, word in enumerate(line):
        for pattern in patterns.get(word.fold, ()):
            window = line[position : position + len(pattern.words)]
            if tuple(map(_written if pattern.exact else _folded, window)) == pattern.words:
                yield pattern.number, word.start


def _folded(word: Word) -> str:
    return word.fold


def _written(word: Word) -> str:
    return word.text


def _place(term: Term, config: Config) -> Place:
    """The line of book.toml that names a term (and not one that only refers to it)."""
    return config.place_of("term", f'"{term.term}"')


def _not_found(sought: Sought, config: Config) -> Problem:
    looked_for = ", ".join(f"“{text}”" for text in _looked_for(sought.term))
    return warning(
        "index-term-not-found",
        f"the index term “{sought.term.term}” is nowhere in the book: looked for {looked_for}",
        _place(sought.term, config),
        hint='give the words that stand in the text with `find = ["…"]`, or take the term out',
        subject=sought.term.term,
    )
