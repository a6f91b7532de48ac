"""Stage 1: files -> Sections.

    gather(source: Path, config: Config) -> (Manuscript, problems)

A folder whose form gives an order is read in that order (ordered.py). Any other is searched at any depth
(manuscript_files.py says what is left out), and each file is read by its form (unlisted.py): by the numbers
in it, and nothing is put in order then, or, where no file has any, in the order that can be seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from recto import forms
from recto.door import Door, home
from recto.forms.decode import is_encoding
from recto.forms.folder import BookFolder
from recto.forms.manuscript_files import FOREIGN, LISTED_ONLY, files_below, how_to_convert
from recto.forms.order import Order
from recto.gather.nearest import known, missing, nothing
from recto.gather.ordered import ordered
from recto.gather.unlisted import in_sight
from recto.model import Manuscript
from recto.problems import Place, Problem, error, few, has_errors, printable, shown, warning
from recto.settings.config import Config
from recto.settings.dating import dating
from recto.store.cache import Memo

__all__ = ["gather"]


def gather(source: Path, config: Config, memo: Memo | None = None) -> tuple[Manuscript, tuple[Problem, ...]]:
    """Read a file, or every manuscript file of a folder; `memo` keeps what is read of each of several.

    Every fault of every file is reported; files that can't be read are left out of the manuscript. The files
    tell how they are read, unless `[source]` does. Raises ConfigurationError where the environment sets a
    date that is none.
    """
    problems: list[Problem] = []
    root = home(source)
    folder = BookFolder(root, Door.of(root), _encoding(config, problems))
    name = printable(source.resolve().stem if source.is_file() else source.resolve().name)
    manuscript = Manuscript(name, root, (), (), dating(config, root))
    found = tuple(_files(source, folder.door, problems))
    text = ordered(folder, found, config, problems) if source.is_dir() else None
    if text is None:
        problems += _foreign(found)
        text = in_sight(source, folder, found, config, problems, memo or Memo())
    # parts that a list names are no text: of nothing but their titles no book is made
    if all(each.kind == "part" and not each.text.strip() for each in text.sections) and not has_errors(
        problems
    ):
        problems = _nothing(source, found, problems)
    order = text.order or Order((), "")
    book = {**text.said, **order.book}
    dated = dating(config, root, str(book.get("date", "")))
    made = replace(manuscript, dating=dated, said=book, told=order.told, origins=text.origins)
    return replace(made, sections=text.sections, files=text.files), tuple(problems)


def _encoding(config: Config, problems: list[Problem]) -> str:
    """The encoding that the book says its files are in; adds to `problems` where there is none such."""
    name = config.source.encoding
    if not name or is_encoding(name):
        return name
    hint = "such as shift_jis, gb18030, big5, euc_kr, koi8_r, windows-1251, latin-1"
    place = config.place_of("source", "encoding")
    problems.append(error("encoding-unknown", f"there is no encoding called {name[:40]!r}", place, hint=hint))
    return ""


def _files(source: Path, door: Door, problems: list[Problem]) -> list[Path]:
    """Every file that may be of the manuscript."""
    if not source.exists():
        problems.append(missing(source))
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
    """What is told of files of a form that nothing here reads, once for each."""
    held: dict[str, list[Path]] = {}
    for path in found:
        form = FOREIGN.get(path.suffix.lower())
        if form and (path.suffix.lower() in LISTED_ONLY or forms.form_of(path) is None):
            held.setdefault(form, []).append(path)
    for form, paths in held.items():
        first, names = paths[0], [path.name for path in paths]
        message = f"this {form} file is not in the book: only {known()} files are read"
        if len(paths) > 1:
            message = f"{len(names)} {form} files are not in the book ({few(names)}): only {known()} are read"
        hint = f"{how_to_convert(first)}; or move {'them' if len(paths) > 1 else 'it'} out of the folder"
        yield warning("unread-file", message, Place(shown(first)), hint=hint, subject=first.name)


def _nothing(source: Path, found: tuple[Path, ...], problems: list[Problem]) -> list[Problem]:
    """The problems of a manuscript in which no text was found: an empty file is an error where it is all."""
    if any(problem.code == "empty-file" for problem in problems):
        return [replace(p, severity="error") if p.code == "empty-file" else p for p in problems]
    return [*problems, nothing(source, found)]
