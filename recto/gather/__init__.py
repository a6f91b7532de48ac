"""Stage 1: files -> Sections.

    gather(source: Path, config: Config) -> (Manuscript, problems)

A folder whose form gives an order is read in that order (ordered.py). Any other is searched at any depth
(files.py says what is left out), and each file is read by the form of its kind; nothing is put in order then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from recto import forms, in_hand
from recto.config import FILE_NAME, Config, shown
from recto.dating import dating
from recto.door import Door, home
from recto.forms.folder import BookFolder
from recto.forms.source import SourceFile
from recto.gather.files import FOREIGN, files_below, is_readme
from recto.gather.ordered import ordered
from recto.model import Manuscript, Section
from recto.problems import Place, Problem, error, has_errors, how_to_silence, warning

__all__ = ["gather"]


def gather(source: Path, config: Config) -> tuple[Manuscript, tuple[Problem, ...]]:
    """Read a file, or every manuscript file of a folder.

    Every fault of every file is reported; files that can't be read are left out of the manuscript. The files
    tell how they are read, unless `[source]` does. Raises ConfigurationError where the environment sets a
    date that is none.
    """
    problems: list[Problem] = []
    root = home(source)
    folder = BookFolder(root, Door.of(root))
    name = source.resolve().stem if source.is_file() else source.resolve().name
    manuscript = Manuscript(name, root, (), (), dating(config, root))
    found = tuple(_files(source, folder.door, problems))
    listed = ordered(folder, found, config, problems) if source.is_dir() else None
    if listed is not None:
        sections, files = listed.sections, listed.files
        order = listed.order
        manuscript = replace(manuscript, said=order.book, told=order.told, origins=listed.origins)
    else:
        problems += _foreign(found)
        sections, files = _by_numbers(source, folder, found, problems)
    if not sections and not has_errors(problems):
        problems = _nothing(source, problems)
    return replace(manuscript, sections=sections, files=files), tuple(problems)


def _files(source: Path, door: Door, problems: list[Problem]) -> list[Path]:
    """Every file that may be of the manuscript."""
    if not source.exists():
        problems.append(error("source-missing", "there is no such file or folder", Place(shown(source))))
        return []
    if not source.is_dir():
        return [source]
    try:
        found, links = files_below(source, door)
    except OSError as fault:
        place = Place(shown(Path(fault.filename or source)))
        problems.append(error("unreadable", f"this folder can't be read: {fault.strerror}", place))
        return []
    for path in links:
        message = "this link to a folder was not followed: what lies there is not in the book"
        hint = "copy the folder here, or take the link away"
        problems.append(
            warning("link-not-followed", message, Place(shown(path)), hint=hint, subject=path.name)
        )
    return found


def _foreign(found: tuple[Path, ...]) -> Iterator[Problem]:
    """What is told of files of a form that nothing here reads."""
    for path in found:
        form = FOREIGN.get(path.suffix.lower())
        if form and forms.form_of(path) is None:
            message = f"this {form} file is not in the book: only {_known()} files are read"
            hint = "save it as plain text or Markdown, or move it out of the folder"
            yield warning("unread-file", message, Place(shown(path)), hint=hint, subject=path.name)


def _by_numbers(
    source: Path, folder: BookFolder, found: tuple[Path, ...], problems: list[Problem]
) -> tuple[tuple[Section, ...], tuple[Path, ...]]:
    """The sections of files in the order of their names, and the files that could be read."""
    sections: list[Section] = []
    files: list[Path] = []
    for path in found:
        if source.is_dir() and (forms.form_of(path) is None or path.name == FILE_NAME):
            continue
        read = _read(path, source, folder, problems)
        if read is not None:
            files.append(path)
            sections += read
    return tuple(sections), tuple(files)


def _read(
    path: Path, source: Path, folder: BookFolder, problems: list[Problem]
) -> tuple[Section, ...] | None:
    """The sections of one file, None where it can't be read; adds to `problems`."""
    in_hand.take(shown(path))
    file, faults = folder.read(path, path.relative_to(source).as_posix() if path != source else path.name)
    problems += faults
    if file is None:
        return None
    form = forms.form_of(path) or forms.FORMS[0]
    sections, faults = form.read(file)
    if path != source and is_readme(path) and all(each.kind == "stray" for each in sections):
        problems.append(_about_the_project(file, path.name))
        return None
    problems += faults
    if not sections and not form.syntax.printed(file.text).strip():
        problems.append(_empty(file, path.name))
        return None
    return sections


def _about_the_project(file: SourceFile, name: str) -> Problem:
    message = "this file is about the project, and not in the book: it has no number"
    silence = how_to_silence("unread-file", name)
    hint = f"to have it in the book, give it a numbered heading; to leave it out, {silence}"
    return warning("unread-file", message, file.at(None), hint=hint, subject=name)


def _empty(file: SourceFile, name: str) -> Problem:
    hint = f"write in it, or move {name} away"
    return warning("empty-file", "this file is empty", file.at(None), hint=hint, subject=name)


def _nothing(source: Path, problems: list[Problem]) -> list[Problem]:
    """The problems of a manuscript in which no text was found: an empty file is an error where it is all."""
    if any(problem.code == "empty-file" for problem in problems):
        return [replace(p, severity="error") if p.code == "empty-file" else p for p in problems]
    message = f"this folder holds no manuscript: no {_known()} file"
    return [*problems, error("no-manuscript", message, Place(shown(source)))]


def _known() -> str:
    """The forms of single files, for messages: `text (.txt) or Markdown (.md)`."""
    names = [
        f"{form.name} ({form.suffixes[0]})" for form in forms.FORMS if form.suffixes and form.order is None
    ]
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last
