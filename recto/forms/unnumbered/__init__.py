"""A folder or a file without numbers and without a list: its order is the one that can be seen.

Each file of a folder is a chapter, in the order of names as people sort them, README and index first; folders
are parts. In a single file each heading of the highest level is a chapter; a lone first one is the title.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from recto.forms.file_names import called
from recto.forms.matter import role_of
from recto.forms.order import Order, OrderLine, OutlinedFile, counted
from recto.forms.source_file import SourceHeading
from recto.forms.unnumbered.typed_order import as_it_stands
from recto.problems import Place

_FIRST = ("readme", "index")


def seen(files: Mapping[str, OutlinedFile], single: bool) -> tuple[Order, Mapping[str, OutlinedFile]]:
    """The order of files that have neither numbers nor a list, and the files as they are to be read in it.

    `files` stand in the order of their names; `single` tells that the one is the whole book.
    """
    named = {name: _with_matter(file) for name, file in files.items()}
    if single:
        named = {name: as_it_stands(file) for name, file in named.items()}
        (name, file), *_ = named.items()
        return _of_file(name, file), named
    lines = tuple(_lines(list(named), named))
    told = f"neither numbers nor a list: {counted(lines)}, a file each, in the order of their names"
    return Order(lines, told, by_name=True), named


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
    # below a lone title the chapters stand one level deeper, or as many as the author leaves out
    count = sum(heading.level == min(below) for heading in headings) if lone else len(highest)
    levels = min(below) - top + 1 if lone else 1
    told = _told(headings, count, "#" * (top + levels - 1))
    if lone or not opens:
        levels = levels if opens else levels + 1
        return Order((OrderLine(name, "", place, depth=0, divided=levels),), told, by_name=True)
    return Order((OrderLine(name, called(name), place, divided=1),), told, by_name=True)


def _told(headings: Sequence[SourceHeading], count: int, marks: str) -> str:
    """What is said of the order of a text: where chapters have numbers, they are told from the rest."""
    labels = [heading.label for heading in headings if heading.label]
    if not labels:
        return f"no numbers: {'one chapter' if count == 1 else f'{count} chapters'}, a heading “{marks}” each"
    parts = sum(heading.begins == "part" for heading in headings)
    held = f"{parts} parts with " if parts > 1 else "one part with " if parts else ""
    told = f"one text in its own order: {held}{len(labels)} numbered chapters"
    return f"{told}, counted anew in each part" if len(set(labels)) < len(labels) else told


def _lines(names: Sequence[str], files: Mapping[str, OutlinedFile]) -> Iterator[OrderLine]:
    """The lines of a folder: a part for each folder in it, a chapter for each file."""
    tops = {_top(name) for name in names}
    part = ""
    for name in _with_readmes_first(names):
        file = files[name]
        place, top = Place(file.source.shown), _top(name) if len(tops) > 1 else ""
        first = PurePosixPath(name).stem.casefold() in _FIRST
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


def _with_readmes_first(names: Sequence[str]) -> list[str]:
    """The names with README and index before their neighbours; all else keeps its order."""
    seen_at: dict[tuple[str, ...], int] = {}
    for number, name in enumerate(names):
        parts = PurePosixPath(name).parts
        for depth in range(1, len(parts) + 1):
            seen_at.setdefault(parts[:depth], number)

    def key(name: str) -> list[tuple[bool, int]]:
        parts = PurePosixPath(name).parts
        first = PurePosixPath(name).stem.casefold() in _FIRST
        at = [seen_at[parts[:depth]] for depth in range(1, len(parts) + 1)]
        return [(True, each) for each in at[:-1]] + [(not first, at[-1])]

    return sorted(names, key=key)
