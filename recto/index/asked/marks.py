"""The author's marks: points, ranges that open and close anywhere in the book, see and see also."""

from __future__ import annotations

from collections.abc import Iterable

from recto.index.index_model import Entry, Locator, Path
from recto.index.places import Places
from recto.model import IndexMark
from recto.problems import Problem, warning


def entries(marks: Iterable[IndexMark], places: Places) -> tuple[list[Entry], list[Problem]]:
    """One entry a mark or pair of marks, in the order of the book.

    A range that is never closed, and a close that closes nothing, counts as a point and is reported.
    """
    made: list[Entry] = []
    problems: list[Problem] = []
    opened: dict[Path, IndexMark] = {}
    for mark in marks:
        if mark.role in ("see", "see-also"):
            made.append(_reference(mark))
        elif mark.role == "open":
            if (earlier := opened.get(mark.terms)) is not None:
                problems.append(_opened_twice(mark, earlier))
            else:
                opened[mark.terms] = mark
        elif mark.role == "close":
            start = opened.pop(mark.terms, None)
            if start is None:
                problems.append(_never_opened(mark))
            begin = start or mark
            locator = _locator(begin, mark.anchor if start else "", places)
            made.append(_entry(begin, locator))
        else:
            made.append(_entry(mark, _locator(mark, "", places)))
    for mark in opened.values():
        problems.append(_never_closed(mark))
        made.append(_entry(mark, _locator(mark, "", places)))
    return made, problems


def split_path(text: str) -> Path:
    """A heading as marks and book.toml write it: levels parted by `!`."""
    return tuple(level for level in (part.strip() for part in text.split("!")) if level)


def spelled(path: Path) -> str:
    """A path as a reader sees it: `networks, mesh`."""
    return ", ".join(path)


def _locator(mark: IndexMark, anchor_to: str, places: Places) -> Locator:
    return places.locator(mark.anchor, anchor_to, principal=mark.principal)


def _entry(mark: IndexMark, locator: Locator) -> Entry:
    return Entry(mark.terms, mark.sort_keys, (locator,), place=mark.place, shown=mark.shown)


def _reference(mark: IndexMark) -> Entry:
    targets = tuple(path for part in mark.target.split(";") if (path := split_path(part)))
    see, also = (targets, ()) if mark.role == "see" else ((), targets)
    return Entry(
        mark.terms,
        mark.sort_keys,
        see=see,
        see_also=also,
        place=mark.place,
        see_place=mark.place,
        shown=mark.shown,
    )


def _opened_twice(mark: IndexMark, earlier: IndexMark) -> Problem:
    term = "!".join(mark.terms)
    return warning(
        "index-range-twice",
        f"the index range “{term}” opens here, and is open already since {earlier.place}",
        mark.place,
        hint=f"close the first with {{^{term}|)}}, or take one of the two out",
        subject=term,
    )


def _never_opened(mark: IndexMark) -> Problem:
    end = "closes here, but was never opened"
    return _half("index-range-unopened", mark, end, "open it with {{^{}|(}} where it begins")


def _never_closed(mark: IndexMark) -> Problem:
    return _half("index-range-unclosed", mark, "is never closed", "close it with {{^{}|)}} where it ends")


def _half(code: str, mark: IndexMark, fault: str, mending: str) -> Problem:
    """Half a range, with what is wrong of it and how its other half is written; it counts as a point."""
    term = "!".join(mark.terms)
    hint = f"{mending.format(term)}; until then this is a single place"
    return warning(code, f"the index range “{term}” {fault}", mark.place, hint=hint, subject=term)
