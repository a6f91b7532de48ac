"""Folders and files of one row of numbers, `01 Water/`, `02 Oars/`, `03 Air.md`: each is a chapter.

What lies in such a folder are the sections of its chapter, in the order of their names; its README or index
opens it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from recto.forms.manuscript_files import opens_folder
from recto.forms.naming.file_names import called, numbered_folder, read_name
from recto.forms.naming.heading_text import read_heading
from recto.forms.order import Order, OrderLine, OutlinedFile, counted
from recto.forms.unnumbered.anew import top
from recto.problems import Place


def are_chapters(numbered: Iterable[tuple[str, str]]) -> bool:
    """Tell whether folders and files at the top are counted in one row, and chapters in a folder otherwise.

    Chapters are given by file and number.
    """
    held = list(numbered)
    row = {top(name) or name: _number(name) for name, _ in held}
    folders = {top(name) for name, _ in held} - {""}
    counted = [number for number in row.values() if number]
    is_row = sorted(counted) == [*range(1, len(row) + 1)] and 0 < len(folders) < len(row)
    return is_row and any(top(name) and number != str(_number(name)) for name, number in held)


def with_sections(files: Mapping[str, OutlinedFile]) -> tuple[Order, Mapping[str, OutlinedFile]]:
    """The order of such folders and files, and the files as they are to be read in it."""
    own = {name: _without_number(file) for name, file in files.items()}
    lines = tuple(_lines(own))
    folders = {top(name) for name in own} - {""}
    told = f"numbered folders beside numbered files: {len(folders)} are chapters, {counted(lines, 'file')}"
    return Order(lines, told, by_name=True), own


def _number(name: str) -> int | None:
    """The number of the chapter that a file is, or lies in; None for one that has none."""
    folder = top(name)
    said = numbered_folder(f"{folder}/x.md") if folder else read_name(name)
    if said is None or said.worded or said.kind != "chapter" or said.number is None:
        return None
    return said.number.last if isinstance(said.number.last, int) else None


def _without_number(file: OutlinedFile) -> OutlinedFile:
    """The file without the number of its name at the head of its heading: it is counted otherwise."""
    opening, named = file.opening, read_name(PurePosixPath(file.source.name).name)
    said = read_heading(opening.words) if opening else None
    if opening is None or said is None or named is None or said.number != named.number or not said.title:
        return file
    headings = (replace(opening, words=said.title), *file.outline.headings[1:])
    return replace(file, outline=replace(file.outline, headings=headings))


def _lines(files: Mapping[str, OutlinedFile]) -> Iterator[OrderLine]:
    opened = ""
    for name in sorted(files, key=lambda name: (_number(name) or 0, not opens_folder(name))):
        place, folder = Place(files[name].source.shown), top(name)
        if not folder:
            yield OrderLine(name, called(name), place, numbered=_number(name) is not None)
        elif folder == opened:
            yield OrderLine(name, called(name), place, depth=2)
        else:
            opened = folder
            readme = opens_folder(name)
            yield OrderLine(name if readme else "", called(folder), place)
            if not readme:
                yield OrderLine(name, called(name), place, depth=2)
