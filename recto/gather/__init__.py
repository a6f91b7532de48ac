"""Stage 1: files -> Sections.

    gather(source: Path, config: Config) -> (Manuscript, problems)

A folder is searched at any depth (files.py says what is left out); each file is read by the reader of its
form. Nothing is put in order here.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from recto.config import FILE_NAME, Config, shown
from recto.dating import dating
from recto.door import LARGEST_TEXT, Door, RefusedError, home
from recto.gather.decode import decode
from recto.gather.files import FOREIGN, files_below
from recto.gather.markdown import MarkdownReader
from recto.gather.reader import Reader, SourceFile
from recto.gather.text import TextReader
from recto.model import Manuscript, Section
from recto.problems import Place, Problem, error, has_errors, warning

__all__ = ["READERS", "Reader", "SourceFile", "gather"]

READERS: tuple[Reader, ...] = (TextReader(), MarkdownReader())
_BY_SUFFIX = {suffix: reader for reader in READERS for suffix in reader.suffixes}
_FORMS = "text (.txt) or Markdown (.md)"


def gather(source: Path, config: Config) -> tuple[Manuscript, tuple[Problem, ...]]:
    """Read a file, or every manuscript file of a folder.

    Every fault of every file is reported; files that can't be read are left out of the manuscript. What
    belongs to it is told by the files alone; of `config` the date is taken. Raises ConfigurationError where
    the environment sets a date that is none.
    """
    problems: list[Problem] = []
    root = home(source)
    door = Door.of(root)
    sections: list[Section] = []
    files: list[Path] = []
    dated = dating(config, root)
    for path in _manuscript_files(source, door, problems):
        read = _read(path, source, door, problems)
        if read is not None:
            files.append(path)
            sections += read
    if not sections and not has_errors(problems):
        problems = _nothing(source, problems)
    name = source.resolve().stem if source.is_file() else source.resolve().name
    return Manuscript(name, root, tuple(sections), tuple(files), dated), tuple(problems)


def _manuscript_files(source: Path, door: Door, problems: list[Problem]) -> list[Path]:
    """The files to read; those of a form that no reader reads are reported."""
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
    for path in found:
        if form := FOREIGN.get(path.suffix.lower()):
            message = f"this {form} file is not in the book: only {_FORMS} files are read"
            hint = "save it as plain text or Markdown, or move it out of the folder"
            place = Place(shown(path))
            problems.append(warning("unread-file", message, place, hint=hint, subject=path.name))
    return [path for path in found if path.suffix.lower() in _BY_SUFFIX and path.name != FILE_NAME]


def _read(path: Path, source: Path, door: Door, problems: list[Problem]) -> tuple[Section, ...] | None:
    """The sections of one file, None where it can't be read; adds to `problems`."""
    here = shown(path)
    name = path.relative_to(source).as_posix() if path != source else path.name
    try:
        data = door.read(path, LARGEST_TEXT)
    except OSError as fault:
        refused = isinstance(fault, RefusedError)
        message = f"this file can't be read: {fault.strerror}"
        hint = "put the text itself in its place" if refused else "check its permissions"
        problems.append(error("unreadable", message, Place(here), hint=hint))
        return None
    text, faults = decode(data, here)
    problems += faults
    if text is None:
        return None
    reader = _BY_SUFFIX.get(path.suffix.lower(), READERS[0])
    sections, faults = reader.read(SourceFile(here, name, text))
    problems += faults
    if not text.strip() and not sections:
        hint = f"write in it, or move {path.name} away"
        problems.append(
            warning("empty-file", "this file is empty", Place(here), hint=hint, subject=path.name)
        )
        return None
    return sections


def _nothing(source: Path, problems: list[Problem]) -> list[Problem]:
    """The problems of a manuscript in which no text was found: an empty file is an error where it is all."""
    if any(problem.code == "empty-file" for problem in problems):
        return [replace(p, severity="error") if p.code == "empty-file" else p for p in problems]
    message = f"this folder holds no manuscript: no {_FORMS} file"
    return [*problems, error("no-manuscript", message, Place(shown(source)))]
