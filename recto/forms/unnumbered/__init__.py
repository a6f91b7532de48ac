"""A folder or a file without numbers and without a list: its order is the one that can be seen.

Each file of a folder is a chapter, in the order that the front matter of each gives it for a website, or a
list of links in the README, else of names as people sort them, README and index first; folders are parts. In
a single file each heading of the highest level is a chapter; a lone first one is the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from recto.forms.manuscript_files import opens_folder
from recto.forms.naming.file_names import called
from recto.forms.naming.matter import role_of
from recto.forms.naming.own_words import counted_by_word
from recto.forms.order import Order, OrderLine, OutlinedFile, counted
from recto.forms.source_file import SourceHeading
from recto.forms.unnumbered.linked_order import linked
from recto.forms.unnumbered.typed_order import as_it_stands
from recto.model import BACK_MATTER
from recto.problems import Place

# Where a page stands among its neighbours: Hugo, Jekyll's collections, Just the Docs, Docusaurus
_PLACES = ("weight", "order", "nav_order", "sidebar_position", "position", "sort", "sequence")
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")


def seen(files: Mapping[str, OutlinedFile], single: bool) -> tuple[Order, Mapping[str, OutlinedFile]]:
    """The order of files that have neither numbers nor a list, and the files as they are to be read in it.

    `files` stand in the order of their names; `single` tells that the one is the whole book.
    """
    named = {name: _with_matter(file) for name, file in files.items()}
    if single:
        named = {name: as_it_stands(file) for name, file in named.items()}
        (name, file), *_ = named.items()
        return _of_file(name, file), named
    names, order = _in_sight(named)
    lines = tuple(_lines(names, named))
    told = f"neither numbers nor a list: {counted(lines)}, a file each, {order}"
    return Order(lines, told, by_name=True), named


def _in_sight(files: Mapping[str, OutlinedFile]) -> tuple[list[str], str]:
    """The names in the order that can be seen, and what it goes by."""
    if by := _place_key(files):
        return _in_order(files, by), f"as `{by}` in each says"
    first = next((name for name in files if "/" not in name and opens_folder(name)), "")
    if first and (places := linked(files, first)):
        return sorted(files, key=places.__getitem__), f"in the order of the links in {first}"
    if counted_so := _counted_names(files):
        return counted_so, "in the order in which their headings count"
    return _in_order(files, ""), "in the order of their names"


def _counted_names(files: Mapping[str, OutlinedFile]) -> list[str]:
    """The names of files of one folder whose headings count by a word (`Week 3`), matter aside; else []."""
    openings = {name: file.opening.words if file.opening else called(name) for name, file in files.items()}
    aside = {name: role_of(words) for name, words in openings.items()}
    rest = [name for name in files if not opens_folder(name) and aside[name] is None]
    said = counted_by_word([openings[name] for name in rest])[1]
    numbers = {name: number for at, name in enumerate(rest) if at in said and (number := said[at].number)}
    if not rest or len(numbers) < len(rest) or len({PurePosixPath(name).parent for name in files}) > 1:
        return []
    row = sorted(rest, key=numbers.__getitem__)
    back = [name for name in files if aside[name] in BACK_MATTER]
    return [*(name for name in files if name not in rest and name not in back), *row, *back]


def _with_matter(file: OutlinedFile) -> OutlinedFile:
    """A file whose headings have no number where they name a part of books: Preface, Glossary …"""
    headings = tuple(
        replace(heading, numbered=heading.numbered and role_of(heading.words) is None)
        for heading in file.outline.headings
    )
    return replace(file, outline=replace(file.outline, headings=headings))


def _of_file(name: str, file: OutlinedFile) -> Order:
    """The order of a book in one file."""
    headings, place = file.outline.headings, Place(file.source.shown)
    top = min((heading.level for heading in headings), default=0)
    highest = [heading for heading in headings if heading.level == top]
    lone = len(highest) == 1 and highest[0] is headings[0]
    below = [heading.level for heading in headings if heading.level > top]
    opens = file.opening is not None
    if not headings or (lone and not below):
        title = headings[0].words if headings else called(name)
        told = f"no numbers: one text, “{title}”"
        line = OrderLine(name, called(name), place, numbered=False)
        return Order((line,), told, {"title": title}, by_name=True)
    if all(heading.begins == "part" for heading in highest) and below:
        # the chapters stand below the parts
        count = sum(heading.level == min(below) for heading in headings)
        told = _told(headings, count, f"a heading “{'#' * min(below)}” each")
        line = OrderLine(name, "", place, depth=0, divided=min(below) - top + 1, top=min(below) - 1)
        return Order((line,), told, by_name=True)
    # below a lone title the chapters stand one level deeper, or as many as the author leaves out
    count = sum(heading.level == min(below) for heading in headings) if lone else len(highest)
    levels = min(below) - top + 1 if lone else 1
    by = (
        f"from “{highest[0].words}” on"
        if file.syntax == "text"
        else f"a heading “{'#' * (top + levels - 1)}” each"
    )
    told = _told(headings, count, by)
    if lone or not opens:
        levels = levels if opens else levels + 1
        return Order((OrderLine(name, "", place, depth=0, divided=levels),), told, by_name=True)
    return Order((OrderLine(name, called(name), place, divided=1),), told, by_name=True)


def _told(headings: Sequence[SourceHeading], count: int, by: str) -> str:
    """What is said of the order of a text: where chapters have numbers, they are told from the rest."""
    labels = [heading.label for heading in headings if heading.label]
    if not labels:
        return f"no numbers: {'one chapter' if count == 1 else f'{count} chapters'}, {by}"
    parts = sum(heading.begins == "part" for heading in headings)
    held = f"{parts} parts with " if parts > 1 else "one part with " if parts else ""
    told = f"one text in its own order: {held}{len(labels)} numbered chapters"
    return f"{told}, counted anew in each part" if len(set(labels)) < len(labels) else told


def _place_key(files: Mapping[str, OutlinedFile]) -> str:
    """The key by which every file says where it stands, README and index aside; "" where there is none."""
    told = [file.outline.settings for name, file in files.items() if not opens_folder(name)]
    return next((key for key in _PLACES if told and all(_place(each, key) is not None for each in told)), "")


def _place(settings: Mapping[str, object], key: str) -> float | None:
    value = str(settings.get(key, ""))
    return float(value) if _NUMBER.fullmatch(value) else None


def _lines(names: Sequence[str], files: Mapping[str, OutlinedFile]) -> Iterator[OrderLine]:
    """The lines of a folder: a part for each folder in it, a chapter for each file."""
    tops = {_top(name) for name in names}
    if len(tops) == len(names) > 1 and len({PurePosixPath(name).name for name in names}) == 1:
        # a folder for each chapter, with a file that is called alike in all of them
        for name in names:
            named = role_of(called(_top(name))) is not None
            yield OrderLine(name, called(_top(name)), Place(files[name].source.shown), numbered=not named)
        return
    part = ""
    for name in names:
        file = files[name]
        place, top = Place(file.source.shown), _top(name) if len(tops) > 1 else ""
        first = opens_folder(name)
        if top != part:
            part = top
            if first and top:
                yield OrderLine(name, called(top), place, "part")
                continue
            yield OrderLine("", called(top), place, "part")
        opening = file.opening
        named = role_of(opening.words if opening else called(name)) is not None
        yield OrderLine(name, called(name), place, numbered=not named and not (first and not top))


def _top(name: str) -> str:
    parts = PurePosixPath(name).parts
    return parts[0] if len(parts) > 1 else ""


def _in_order(files: Mapping[str, OutlinedFile], by: str) -> list[str]:
    """The names by a key of each file, "" for as they stand; README and index before their neighbours.

    What a README or an index says of its place is said of its folder.
    """
    places: dict[tuple[str, ...], tuple[float, int]] = {}
    for number, (name, file) in enumerate(files.items()):
        parts = PurePosixPath(name).parts
        for depth in range(1, len(parts) + 1):
            places.setdefault(parts[:depth], (0, number))
        place = _place(file.outline.settings, by) or 0
        own = parts[:-1] if opens_folder(name) else parts
        places[own] = (place, places.get(own, (0, number))[1])

    def key(name: str) -> list[tuple[bool, float, int]]:
        parts = PurePosixPath(name).parts
        at = [places[parts[:depth]] for depth in range(1, len(parts) + 1)]
        return [(True, *each) for each in at[:-1]] + [(not opens_folder(name), *at[-1])]

    return sorted(files, key=key)
