"""The headings of a text: those that its own list of contents names, and those that look like one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from recto.forms.gutenberg.own_contents import FoundUnit, better
from recto.forms.gutenberg.paragraphs import TypedParagraph
from recto.forms.gutenberg.unit_names import UnitName, letters, unit_name
from recto.forms.naming.matter import role_of
from recto.forms.stops import FULL_STOPS

_LONGEST = 80  # characters
_LONGEST_TITLE = 3  # lines
_FEWEST_OTHER = 3  # of a word that books have no name for: Letter, Canto …
_MOST_ALIKE = 0.8  # of the numbers have a title below them
_MIDST = re.compile(rf"[,;:\-–—]$|[{FULL_STOPS}][\"'”’)\]]+$|^[\"“‘'(\[]")


@dataclass(frozen=True, slots=True)
class BookUnit:
    """A heading: the lines it stands on, from `first` to before `end`, and as Markdown has it."""

    first: int
    end: int
    heading: str


def book_units(found: Sequence[TypedParagraph], listed: Sequence[FoundUnit]) -> list[BookUnit]:
    """The headings of a text, given its paragraphs and those of its list."""
    listed = _entitled(found, listed)
    taken = {number for unit in listed for number in range(unit.first, unit.end)}
    units = sorted((*listed, *_seen(found, taken, bool(listed))), key=lambda unit: unit.first)
    parts = _words_of_parts(units)
    has_chapters = any(_is_chapter(unit.name) for unit in units)
    return [BookUnit(unit.first, unit.end, _heading(unit.name, parts, has_chapters)) for unit in units]


def _is_chapter(name: UnitName) -> bool:
    return name.kind in ("chapter", "number") and name.number is not None


def _words_of_parts(units: Sequence[FoundUnit]) -> set[str]:
    """The words that head parts: such as hold chapters each, whatever they are called (Epoch, Canto …)."""
    words = {letters(unit.name.word) for unit in units if unit.name.kind in ("part", "other")}
    held = Counter[str]()
    for unit, after in zip(units, [*units[1:], None], strict=False):
        if after is not None and _is_chapter(after.name):
            held[letters(unit.name.word)] += unit.name.kind in ("part", "other")
    count = Counter(letters(unit.name.word) for unit in units)
    return {word for word in words if held[word] == count[word]}


def _heading(name: UnitName, parts: set[str], has_chapters: bool) -> str:
    """A heading in words that are read alike everywhere: `Part 2: Rain`, `Chapter 4: The Mill`."""
    title = f": {name.title}" if name.title else ""
    if name.number and letters(name.word) in parts:
        own = title or f": {name.word.capitalize()} {name.number}" * (letters(name.word) != "part")
        return f"Part {name.number}{own}"
    if _is_chapter(name) or (name.kind in ("part", "other") and name.number and not has_chapters):
        return f"Chapter {name.number}{title}"
    if name.number:
        return f"{name.word} {name.number}{title}"
    return name.title


def _seen(found: Sequence[TypedParagraph], taken: set[int], is_listed: bool) -> list[FoundUnit]:
    """The headings that look like one and are in no list."""
    at = {n: _name(each) for n, each in enumerate(found) if each.first not in taken and _stands_out(each)}
    names = {n: name for n, name in at.items() if name}
    worded = {n: name for n, name in names.items() if name.kind in ("part", "chapter")}
    if not is_listed:
        worded = worded or {n: name for n, name in names.items() if name.kind == "number"}
        worded.update(_others(names))
    matter = {n: name for n, name in names.items() if name.kind == "title"}
    count = Counter(name.key for name in matter.values())
    alone = {n: name for n, name in matter.items() if count[name.key] == 1}
    units = [FoundUnit(found[n].first, found[n].end, name) for n, name in (*worded.items(), *alone.items())]
    return _entitled(found, units)


def _entitled(found: Sequence[TypedParagraph], units: Sequence[FoundUnit]) -> list[FoundUnit]:
    """The headings with the titles on the paragraphs below them, where most that are called so have one."""
    at = {paragraph.first: n for n, paragraph in enumerate(found)}
    bare = [unit for unit in units if not unit.name.title and unit.first in at]
    heads = {unit.first for unit in units}
    made = {unit.first: _with_title(found, at[unit.first], unit, heads) for unit in bare}
    count = Counter(letters(unit.name.word) for unit in bare)
    titled = Counter(letters(unit.name.word) for unit in made.values() if unit.name.title)
    return [
        made[unit.first]
        if unit.first in made and titled[word := letters(unit.name.word)] >= _MOST_ALIKE * count[word]
        else unit
        for unit in units
    ]


def _stands_out(paragraph: TypedParagraph) -> bool:
    few = len(paragraph.lines) <= _LONGEST_TITLE and not paragraph.is_prose
    return few and all(len(line.strip()) <= _LONGEST for line in paragraph.lines)


def _name(paragraph: TypedParagraph) -> UnitName | None:
    """What a paragraph says that may be a heading; None for text."""
    name = unit_name(paragraph.words.strip("_*="))
    if name.kind == "title":
        role = role_of(paragraph.words.strip("_*=")) if len(paragraph.lines) == 1 else None
        return replace(name, title=better(name.title, "")) if role else None
    small = name.title[:1].islower() and name.kind in ("chapter", "number")
    return None if small or re.search(r"[,;]$", name.title) else replace(name, title=better(name.title, ""))


def _others(names: dict[int, UnitName]) -> dict[int, UnitName]:
    """Headings by words that books have no name for, where they count from one on."""
    rows: dict[str, list[int]] = {}
    for name in names.values():
        if name.kind == "other" and name.number:
            rows.setdefault(letters(name.word), []).append(name.number)
    counted = {
        word
        for word, row in rows.items()
        if len(row) >= _FEWEST_OTHER and row == list(range(1, len(row) + 1))
    }
    return {n: name for n, name in names.items() if name.kind == "other" and letters(name.word) in counted}


def _with_title(found: Sequence[TypedParagraph], at: int, unit: FoundUnit, heads: set[int]) -> FoundUnit:
    """A heading with the title on the paragraph below it, where that may be one, with text below."""
    below, text = [*found[at + 1 : at + 3], None, None][:2]
    if below is None or not _stands_out(below) or unit_name(below.words).kind != "title":
        return unit
    if below.first in heads or text is None or (text.first in heads and unit.name.kind == "chapter"):
        return unit
    if _MIDST.search(below.words) or below.lines[0].startswith("  "):
        return unit
    return replace(unit, end=below.end, name=replace(unit.name, title=better(below.words, "")))
