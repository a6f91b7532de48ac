"""Titles of chapters: the manuscript's, book.toml's, those of folders, or inferred from the sections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recto.collate.assembly import Shelf
from recto.collate.titling.inferred_titles import titles_for
from recto.forms.naming.file_names import numbered_folder
from recto.numbering import Number
from recto.problems import Place, Problem, error, warning
from recto.settings.config import Config

_FEW = 3  # untitled chapters are named one by one; more of them in one warning


def titles_of(
    shelves: Sequence[Shelf], config: Config, placed: Mapping[Number, str]
) -> tuple[dict[str, str], list[Problem]]:
    """Titles by the keys of shelves where they are not the manuscript's own, with their problems."""
    titles = {str(number): title for number, title in placed.items()}
    problems = []
    for name, title in config.chapters.items():
        key = name.strip().upper() if len(name.strip()) == 1 else name.strip()
        if any(key == shelf.key for shelf in shelves):
            titles[key] = title
        else:
            problems.append(_unused(name, config))
    for shelf in shelves:
        if not shelf.number and not shelf.title and shelf.key not in titles:
            words = " ".join(shelf.role.split("-"))
            titles[shelf.key] = words[:1].upper() + words[1:]
    untitled = [shelf for shelf in shelves if shelf.number and not titles.get(shelf.label, shelf.title)]
    titles |= {shelf.label: title for shelf in untitled if (title := _of_folder(shelf))}
    untitled = [shelf for shelf in untitled if shelf.label not in titles]
    inferred = _inferred_titles(untitled, shelves, config)
    nameless = [shelf for shelf in untitled if not inferred[shelf.label]]
    problems += (
        [_untitled(shelf) for shelf in nameless] if len(nameless) <= _FEW else [_many_untitled(nameless)]
    )
    for shelf in untitled:
        if title := inferred[shelf.label]:
            titles[shelf.label] = title
            problems.append(_inferred(shelf, title))
    return titles, problems


def _of_folder(shelf: Shelf) -> str:
    """The title that the folder of all its files gives a chapter; "" where none does."""
    said = {numbered_folder(piece.place.file) for piece in (shelf.first, *shelf.sections)}
    folder = said.pop() if len(said) == 1 else None
    return folder.title if folder and str(folder.number) == shelf.label else ""


def _inferred_titles(untitled: Sequence[Shelf], shelves: Sequence[Shelf], config: Config) -> dict[str, str]:
    """Titles of chapters that have none, as far as their sections leave no doubt; "" for all others."""
    found: dict[str, str] = {}
    if untitled and config.infers_titles:
        sections = {shelf.label: _sections(shelf) for shelf in shelves if shelf.number}
        found = titles_for({label: held for label, held in sections.items() if held}, [
            shelf.label for shelf in untitled if sections[shelf.label]
        ])  # fmt: skip
    return {shelf.label: found.get(shelf.label, "") for shelf in untitled}


def _sections(shelf: Shelf) -> list[tuple[str, str]]:
    return [
        (piece.title, piece.section.text)
        for piece in shelf.sections
        if piece.number and piece.number.depth == 2 and piece.title
    ]


def _place(shelf: Shelf) -> Place:
    return shelf.first.place


def _name(shelf: Shelf) -> str:
    return f"{'appendix' if shelf.kind == 'appendix' else 'chapter'} {shelf.label}"


def _unused(name: str, config: Config) -> Problem:
    message = f"[chapters] gives “{name}” a title, but there is no chapter {name}"
    return error("setting-unused", message, config.place_of("chapters", name))


def _inferred(shelf: Shelf, title: str) -> Problem:
    message = f"{_name(shelf)} has no title; “{title}” was taken, by what its sections are about"
    hint = f'to keep or change it, write in book.toml under [chapters]: "{shelf.label}" = "{title}"'
    return warning("chapter-title-inferred", message, _place(shelf), hint=hint, subject=shelf.label)


def _untitled(shelf: Shelf) -> Problem:
    message = f"{_name(shelf)} has no title"
    hint = f'write in book.toml under [chapters]: "{shelf.label}" = "…"'
    return warning("chapter-untitled", message, _place(shelf), hint=hint, subject=shelf.label)


def _many_untitled(shelves: Sequence[Shelf]) -> Problem:
    labels = _ranges([shelf.label for shelf in shelves])
    first = _name(shelves[0]).capitalize()
    message = f"{len(shelves)} chapters have no title ({labels}); they are set as “{first}” and so on"
    hint = 'if that is not meant, write in book.toml under [chapters]: "1" = "…"'
    return warning("chapter-untitled", message, _place(shelves[0]), hint=hint, subject="several")


def _ranges(labels: Sequence[str]) -> str:
    """`1–6, 8, A`: labels in order, rows of numbers joined."""
    rows: list[list[str]] = []
    for label in labels:
        if rows and label.isdecimal() and rows[-1][-1].isdecimal() and int(label) == int(rows[-1][-1]) + 1:
            rows[-1].append(label)
        else:
            rows.append([label])
    return ", ".join(row[0] if len(row) == 1 else f"{row[0]}–{row[-1]}" for row in rows)
