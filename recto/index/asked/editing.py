"""Places that the list leaves out of a heading, or calls the main ones.

A place is named by its section, `4.2`, which is all places in it and below it, or by the section and words of
the paragraph it is in: `4.2 “a bee that is packing”`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from recto.index.asked.marks import split_path
from recto.index.index_model import Entry, Locator
from recto.index.surroundings import TextsAround
from recto.problems import Problem, warning
from recto.settings.config import Config, Term

_QUOTED = re.compile(r"\s*[“\"](?P<words>.+)[”\"]$", re.DOTALL)
_FEWEST = 6  # words that name a place, if it has so many


def edited(
    entries: Sequence[Entry], config: Config, surroundings: TextsAround
) -> tuple[list[Entry], list[Problem]]:
    """Entries of the list without the places that their terms omit, and with those that are principal.

    What a term has no place in is reported.
    """
    made, problems = list(entries), list[Problem]()
    for term in config.index.terms:
        path, used = (*split_path(term.term), *split_path(term.sub)), set[str]()
        for number, each in enumerate(made):
            if not (term.omit or term.principal) or each.origin != "list" or each.path[: len(path)] != path:
                continue
            used |= {
                wanted
                for wanted in (*term.omit, *term.principal)
                if any(lies_in(place, wanted, surroundings) for place in each.locators)
            }
            made[number] = replace(each, locators=tuple(_kept(each.locators, term, surroundings)))
        unused = [wanted for wanted in (*term.omit, *term.principal) if wanted not in used]
        problems += (_no_place(term, wanted, config) for wanted in unused)
    return made, problems


def _kept(locators: Iterable[Locator], term: Term, surroundings: TextsAround) -> Iterable[Locator]:
    for place in locators:
        if not any(lies_in(place, out, surroundings) for out in term.omit):
            is_main = any(lies_in(place, main, surroundings) for main in term.principal)
            yield replace(place, principal=is_main or (place.principal and not term.principal))


def lies_in(place: Locator, wanted: str, surroundings: TextsAround) -> bool:
    """Tell whether a place is one that a list names: by its section (`4.0` is the opening of chapter 4), one
    above it, or by words of its paragraph as well.
    """
    if _is_below(place, wanted):
        return True
    quoted = _QUOTED.search(wanted)
    if quoted is None or not _is_below(place, wanted[: quoted.start()]):
        return False
    return _even(quoted["words"]) in _even("".join(surroundings.around(place.anchor)))


def name_of(place: Locator, others: Iterable[Locator], surroundings: TextsAround) -> str:
    """How a list names a place so that none of the `others` of its heading is meant: by its section alone,
    or with words. Words that are not enough for that are as good as any.
    """
    section = f"{place.section}.0" if place.opens else place.section
    beside = [each for each in others if each.anchor != place.anchor and _is_below(each, section)]
    if not beside:
        return section
    before, after = (text.split() for text in surroundings.around(place.anchor))
    rivals = [_even("".join(surroundings.around(each.anchor))) for each in beside]
    words = [*before, *after]
    begin, end = len(before), min(len(before) + _FEWEST, len(words))
    begin = max(0, min(begin, end - _FEWEST))
    while any(_even(" ".join(words[begin:end])) in rival for rival in rivals):
        if begin == 0 and end == len(words):
            break
        begin, end = max(0, begin - 1), min(len(words), end + 1)
    return f"{section} “{' '.join(words[begin:end])}”" if words else section


def _is_below(place: Locator, wanted: str) -> bool:
    scope = f"{place.section}.0" if place.opens else place.section
    return wanted in (place.section, scope) or place.section.startswith(f"{wanted}.")


def _even(text: str) -> str:
    return " ".join(text.split()).casefold()


def _no_place(term: Term, wanted: str, config: Config) -> Problem:
    return warning(
        "index-place-unknown",
        f"the index term “{term.term}” has no place in section {wanted}, which its list speaks of",
        term.place or config.place_of("index", "terms"),
        hint="take it out of `omit` or `principal`; in quotation marks stand words of the place's paragraph",
        subject=term.term,
    )
