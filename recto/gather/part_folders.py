"""Parts that are folders: `Part II - Land/Chapter 3.md` stands in part II, Land, whatever the file says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from recto.forms.naming.file_names import part_of_folder
from recto.forms.naming.heading_text import HeadingText
from recto.model import Section
from recto.numbering import Number
from recto.problems import Problem, warning

_Held = tuple[str, Section]


def in_parts(held: Sequence[_Held]) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """Sections, each with the name of its file, with what their folders say of their part.

    What a section says itself goes before that. Where the chapters of such folders do not follow one another
    by their numbers, no folder is a part; that is told.
    """
    parts = dict(_parts(held))
    numbers = [number for chapter in sorted(parts) if (number := parts[chapter].number)]
    if numbers != sorted(numbers):
        return tuple(section for _, section in held), (_mixed(held),)
    return tuple(_placed(section, parts) for _, section in held), ()


def _parts(held: Iterable[_Held]) -> Iterator[tuple[Number, HeadingText]]:
    """The part of each chapter that lies in one, by the folder of the first file that has text of it."""
    for name, section in reversed(tuple(held)):
        said = part_of_folder(name)
        if said and section.number and section.kind in ("chapter", "section") and not section.number.lettered:
            yield section.number.chapter, said


def _placed(section: Section, parts: Mapping[Number, HeadingText]) -> Section:
    said = parts.get(section.number.chapter) if section.number and section.kind != "part" else None
    if said is None:
        return section
    words = f"{said.number}: {said.title}" if said.title else str(said.number)
    return replace(section, settings={"part": words, **section.settings})


def _mixed(held: Sequence[_Held]) -> Problem:
    place = next(section.place for name, section in held if part_of_folder(name))
    message = "folders are called parts, but their chapters don’t follow one another, so there are no parts"
    hint = "say which chapters each part holds: [[parts]] title = “…”, chapters = “1-9”"
    return warning("part-order", message, place, hint=hint)
