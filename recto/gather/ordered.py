"""Files in an order that their folder gives."""

from __future__ import annotations

from pathlib import Path

from recto import forms
from recto.forms.folder import BookFolder
from recto.forms.form import SourceForm
from recto.forms.order import Order, OutlinedFile, arrange
from recto.model import Section
from recto.problems import Place, Problem, warning

Listed = tuple[Order, tuple[Section, ...], tuple[Path, ...]]


def ordered(folder: BookFolder, found: tuple[Path, ...], problems: list[Problem]) -> Listed | None:
    """The order of a folder, its sections in it, and the files read; None where no form gives one.

    `found` are the files below the folder: those of the form that no list names are told. Adds to `problems`.
    """
    for form in forms.FORMS:
        order = form.order(folder) if form.order else None
        if order is None:
            continue
        problems += order.problems
        files = _read(folder, form, order, problems)
        problems += _unlisted(folder, form, order, found)
        paths = tuple(folder.path / name for name in (*order.lists, *files))
        return order, arrange(order, files), paths
    return None


def _read(
    folder: BookFolder, form: SourceForm, order: Order, problems: list[Problem]
) -> dict[str, OutlinedFile]:
    """The files that an order names, by name, each once."""
    files: dict[str, OutlinedFile] = {}
    for name in dict.fromkeys(entry.file for entry in order.entries if entry.file):
        path = folder.path / name
        reader = form if path.suffix.lower() in form.suffixes else forms.form_of(path) or form
        source, faults = folder.read(path, name)
        problems += faults
        if source is not None:
            outline = reader.outline(source)
            problems += outline.problems
            files[name] = OutlinedFile(source, outline, reader.syntax.name)
    return files


def _unlisted(
    folder: BookFolder, form: SourceForm, order: Order, found: tuple[Path, ...]
) -> tuple[Problem, ...]:
    """One warning of the files that could be chapters, and are in no list."""
    listed = {folder.path / name for name in (*order.lists, *(entry.file for entry in order.entries))}
    left = [path for path in found if path not in listed and path.suffix.lower() in form.suffixes]
    if not left:
        return ()
    names = [path.relative_to(folder.path).as_posix() for path in left]
    shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    are = "is" if len(names) == 1 else "are"
    message = f"{shown} {are} in no list, and so not in the book"
    place = Place(folder.shown(order.lists[0])) if order.lists else Place(folder.shown(""))
    return (warning("unlisted-file", message, place, hint="list them, or move them away", subject=names[0]),)
