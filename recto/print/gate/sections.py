"""Whether each section is wholly in the pages, and in order.

Each section's anchor, its last words and the amount of its text are looked for in the pages, between its
anchor and the next section's. Words that print adds between others (page references, note numbers) are
stepped over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, islice, pairwise

from recto.model import Galley, LaidOut, SetSection
from recto.print.gate.letters import letters
from recto.problems import Problem, error

_LAST_WORDS = 8
_STEP = 60  # letters that may stand between two words of the text, such as " (page 57)"
_LEAST = 0.9  # of a section's letters; the rest may be set otherwise (note numbers, alternatives of pictures)
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class _Landmark:
    """A section, and where in the text of the book its anchor stands; None where it is lost."""

    section: SetSection
    at: int | None


def lost_sections(
    galleys: Sequence[Galley], laid_out: Sequence[LaidOut], replaced: Callable[[str], str]
) -> tuple[Problem, ...]:
    """Errors for every section that is not wholly in the pages.

    `replaced` gives a text as it is printed where no font draws all of it.
    """
    text, anchors, notes_from = _reading(laid_out)
    landmarks = [
        _Landmark(section, anchors.get(section.heading.anchor))
        for galley in galleys
        for section in galley.all_sections
    ]
    problems = [_lost_anchor(mark.section) for mark in landmarks if mark.at is None]
    problems += _out_of_order(landmarks)
    moved = letters(" ".join(page.moved for laid in laid_out for page in laid.pages))
    found = [(mark.section, mark.at) for mark in landmarks if mark.at is not None]
    ends = sorted({*(at for _, at in found), *notes_from, len(text)})
    following = dict(pairwise(ends))
    for section, at in found:
        passage = letters(text[at : following.get(at, len(text))])
        wanted = replaced(section.text)
        if (problem := _lost_text(section, wanted, passage, moved)) is not None:
            problems.append(problem)
    return tuple(problems)


def _reading(laid_out: Sequence[LaidOut]) -> tuple[str, dict[str, int], list[int]]:
    """The text of the book in one string, where each anchor stands in it, and where each unit begins."""
    pieces: list[str] = []
    anchors: dict[str, int] = {}
    units: list[int] = []
    length = 0
    for laid in laid_out:
        units.append(length)
        for page in laid.pages:
            for anchor, offset in zip(page.anchors, page.offsets, strict=False):
                anchors.setdefault(anchor, length + offset)
            pieces.append(page.text + " ")
            length += len(page.text) + 1
    return "".join(pieces), anchors, units


def _lost_anchor(section: SetSection) -> Problem:
    return error(
        "section-lost",
        f"{named(section)} is not in the pages of the print book",
        section.place,
        hint="the print engine dropped it; please report this with the section's source",
        subject=section.source_number or section.heading.anchor,
    )


def _out_of_order(landmarks: Sequence[_Landmark]) -> Iterator[Problem]:
    placed = [(mark.at, mark.section) for mark in landmarks if mark.at is not None]
    for (before, earlier), (after, section) in pairwise(placed):
        if after < before:
            yield error(
                "section-misplaced",
                f"{named(section)} stands before {named(earlier)} in the print book",
                section.place,
                subject=section.source_number or section.heading.anchor,
            )


def _lost_text(section: SetSection, wanted: str, passage: str, moved: str) -> Problem | None:
    """A problem where a section's text is not all in its passage or among what was moved (letters only)."""
    last, least = _asked_of(wanted)
    if not last:
        return None
    if not ("<figure" in section.html or "<table" in section.html):
        moved = ""
    said = " ".join(wanted.split()[-_LAST_WORDS:])
    rows = passage if "<table" in section.html else ""  # one that is higher than a page goes on overleaf
    if not _ends_with(passage, moved + rows, last):
        message = f"the end of {named(section)} is not in the pages of the print book: “{said}”"
    elif len(passage) + len(moved) < least:
        message = f"part of the text of {named(section)} is not in the pages of the print book"
    else:
        return None
    return error(
        "text-lost",
        message,
        section.place,
        hint="the print engine dropped it; please report this with the section's source",
        subject=section.source_number or section.heading.anchor,
    )


def _ends_with(passage: str, moved: str, last: Sequence[str]) -> bool:
    """Tell whether the last words stand in a passage, but for those of a caption that was moved.

    The caption may stand before, amid or behind the words of the text.
    """
    return has_words(passage, last) or (moved != "" and stand_apart(passage, moved, last))


def stand_apart(passage: str, other: str, words: Sequence[str]) -> bool:
    """Tell whether some words that follow one another stand in one passage, and the rest in the other."""
    for start, end in combinations(range(len(words) + 1), 2):
        within, around = words[start:end], [*words[:start], *words[end:]]
        for one, rest in ((within, around), (around, within)):
            if has_words(other, one) and has_words(passage, rest):
                return True
    return False


@lru_cache(maxsize=8192)  # an edit changes one text of hundreds
def _asked_of(wanted: str) -> tuple[tuple[str, ...], float]:
    """What must be found of a text: its last words, and how many letters at the least."""
    words = wanted.split()
    # what is letters alone is no number: only of few words need each be looked at by itself
    numbers = sum(len(of) for of in map(letters, (w for w in words if not w.isalpha())) if _is_number(of))
    last = tuple(islice(_behind_numbers(words), _LAST_WORDS))
    return last[::-1], _LEAST * (len(letters(wanted)) - numbers)


def _behind_numbers(words: Sequence[str]) -> Iterator[str]:
    """The words of a text from its last on, without numbers: up to where more of these stand than a step."""
    passed, found = 0, False
    for word in map(letters, reversed(words)):
        if not _is_number(word):
            found = True
            passed = 0
            yield word
        elif found and (passed := passed + len(word)) > _STEP:
            return


def _is_number(word: str) -> bool:
    """Tell whether nothing but digits is left of a word, or nothing at all."""
    return not word.strip(_DIGITS)


def has_words(passage: str, words: Sequence[str]) -> bool:
    """Tell whether words stand in a passage one after the other, with at most a step between two.

    A note's number is glued to its word in the galley (`mesh3`) and set elsewhere in print. No words stand
    anywhere.
    """
    if not words:
        return True
    forms = [(word, word.rstrip(_DIGITS) or word) for word in words]
    start = len(passage)
    while True:
        # from the last word backwards: it stands near the end
        start = max(passage.rfind(form, 0, start + len(form) - 1) for form in forms[-1])
        if start < 0:
            return False
        if _leads_to(passage, forms[:-1], start):
            return True


def _leads_to(passage: str, forms: Sequence[tuple[str, str]], end: int) -> bool:
    """Tell whether words stand, in this order, right before `end` (with steps between)."""
    for forms_of_word in reversed(forms):
        found = -1
        for form in forms_of_word:
            found = max(found, passage.rfind(form, max(0, end - _STEP - len(form)), end))
        if found < 0:
            return False
        end = found
    return True


def named(section: SetSection) -> str:
    """A section as problems name it."""
    heading = section.heading
    name = f"{heading.number} {heading.title}".strip() or heading.anchor
    return f"section “{name}”" if heading.level > 1 else f"“{name}”"
