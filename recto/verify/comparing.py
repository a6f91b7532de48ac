"""Passages of the manuscript against the letters of a finished book.

Each passage is looked for behind the last one that was found. Between two may stand what the book adds: a
label, the number of a note, a page reference. A passage that is not there as a whole is looked for word by
word; then in what is left of the book, for it may only stand elsewhere.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from recto.problems import Problem, error
from recto.verify.bare import letters
from recto.verify.passage import ReadBook, Wanted

_NEAR = 400  # letters between two passages; more is a jump
_LONG = 24  # letters: so many don't stand in a book by chance
_STEP = 60  # letters that may stand between two words of one passage
_SHORT, _BESIDE = 4, 120  # so few letters stand everywhere: near by they must be
_TWICE = 40  # letters of the manuscript that stand in the book once more
_WINDOW = 32
_QUOTED = 12  # words
_BETWEEN = re.compile(r"[\W_]+")
_USED = "\1"  # in place of letters of the rest that were found


@dataclass(slots=True)
class _Comparison:
    """How far a book has been followed: `taken` are the stretches of it that are accounted for, in order."""

    book: ReadBook
    cursor: int = 0
    taken: list[tuple[int, int]] = field(default_factory=list)
    missing: list[Wanted] = field(default_factory=list)

    def take(self, start: int, length: int, *, goes_on: bool = True) -> None:
        """Account for a stretch; what comes next is looked for behind it, if the text `goes_on` there."""
        insort(self.taken, (start, start + length))
        if goes_on:
            self.cursor = start + length


def compare(book: ReadBook, wanted: Sequence[Wanted]) -> Iterator[tuple[Wanted, Problem]]:
    """Errors for each passage that is not in a book, not in its place, or twice there, with that passage."""
    found = _Comparison(book)
    for each, following in _with_following(wanted):
        _follow(found, each, following)
    rest = _Rest(found)
    for each in found.missing:
        if rest.holds(each.letters):
            if each.stands == "here" and len(each.letters) >= _LONG:
                yield each, _moved(book, each)
        elif each.divided and each.letters in book.letters:
            continue  # shorter ones may have been taken for pieces of it
        elif lost := rest.without(each):
            yield each, _lost(book, each, lost)
    yield from _doubled(found, rest, wanted)


def _with_following(wanted: Sequence[Wanted]) -> Iterator[tuple[Wanted, str]]:
    """Each passage with the first letters of the next one that is in its place, "" for none."""
    pairs, following = [], ""
    for each in reversed(wanted):
        if each.letters:
            pairs.append((each, following))
            following = each.letters[:_LONG] if each.stands == "here" else following
    return reversed(pairs)


def _follow(found: _Comparison, each: Wanted, following: str) -> None:
    text, run = found.book.letters, each.letters
    at, is_here = -1, each.stands == "here"
    if each.stands != "anywhere":
        reach = _BESIDE if len(run) < _SHORT else _NEAR
        at = text.find(run, found.cursor, found.cursor + reach + len(run))
    if at < 0 and is_here and len(run) >= _LONG:
        at = text.find(run, found.cursor)
        end = at + len(run)
        # a jump: only if what follows is there as well
        at = at if text.find(following, end, end + _NEAR) >= 0 else -1
    if at >= 0:
        found.take(at, len(run), goes_on=is_here or at < found.cursor + _STEP)
    elif each.divided or not (is_here and _follow_words(found, each)):
        found.missing.append(each)


def _follow_words(found: _Comparison, each: Wanted) -> bool:
    """Follow a passage word by word: with something between two, it stands there all the same."""
    steps: list[tuple[int, int]] = []
    text, cursor = found.book.letters, found.cursor
    # what stands between two words may be a sign that no font has, and whose code is printed
    for word in filter(None, map(letters, _BETWEEN.split(each.words))):
        reach = _STEP if steps else _NEAR
        at = text.find(word, cursor, cursor + reach + len(word))
        if at < 0:
            return False
        steps.append((at, len(word)))
        cursor = at + len(word)
    for at, length in steps:
        found.take(at, length)
    return True


class _Rest:
    """What of a book is not accounted for yet: stretches, with where in the book each begins."""

    def __init__(self, found: _Comparison) -> None:
        text, end = found.book.letters, 0
        self.starts: list[int] = []
        pieces: list[str] = []
        for start, after in [*found.taken, (len(text), len(text))]:
            if start > end:
                self.starts.append(end)
                pieces.append(text[end:start])
            end = max(end, after)
        self.text = "\0".join(pieces)

    def holds(self, run: str) -> bool:
        """Tell whether a run of letters stands in the rest; then it is accounted for."""
        at = self.text.find(run)
        if at >= 0 and run:
            self.text = self.text[:at] + _USED * len(run) + self.text[at + len(run) :]
        return at >= 0

    def without(self, each: Wanted) -> list[str]:
        """The words of a passage that don't stand in the rest; all of one that a book may be without."""
        if each.divided:
            return each.words.split()
        return [word for word in each.words.split() if letters(word) and not self.holds(letters(word))]


def _moved(book: ReadBook, each: Wanted) -> Problem:
    return error(
        "words-moved",
        f"in {book.name} these words stand elsewhere than in the manuscript: “{_quoted(each.words)}”",
        each.place,
        hint="a template or a style of the book may have moved them; if there is none, please report this",
    )


def _lost(book: ReadBook, each: Wanted, lost: Sequence[str]) -> Problem:
    words = each.words if len(lost) * 2 > len(each.words.split()) else " ".join(lost)
    return error(
        "words-lost",
        f"in {book.name} these words are not to be read: “{_quoted(words)}”",
        each.place,
        hint="a template or a style of the book may hide them; if there is none, please report this",
    )


def _doubled(found: _Comparison, rest: _Rest, wanted: Sequence[Wanted]) -> Iterator[tuple[Wanted, Problem]]:
    """Errors for what stands in the book once more than in the manuscript."""
    if not found.taken:
        return
    first, last = found.taken[0][0], found.taken[-1][1]
    source = "\0".join(each.letters for each in wanted if each.single)
    for start, piece in zip(rest.starts, rest.text.split("\0"), strict=bool(rest.starts)):
        if len(piece) < _TWICE or not first < start < last:
            continue
        at = next((n for n in range(0, len(piece), _WINDOW // 2) if piece[n : n + _WINDOW] in source), None)
        if at is not None and len(window := piece[at : at + _WINDOW]) == _WINDOW:
            each = next(each for each in wanted if each.single and window in each.letters)
            message = f"in {found.book.name} these words stand once more, {found.book.where(start + at)}:"
            yield each, error("words-doubled", f"{message} “{_quoted(each.words)}”", each.place)


def _quoted(words: str) -> str:
    said = words.split()
    return " ".join(said[:_QUOTED]) + (" …" if len(said) > _QUOTED else "")
