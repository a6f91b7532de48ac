"""Any source that Recto reads, turned into a tidy folder that builds the same book."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from recto import collate, forms, gather
from recto.desk.beginning.begin import lay
from recto.desk.beginning.tidy_files import differences, tidied
from recto.desk.beginning.tidy_settings import settings
from recto.door import LARGEST_IMAGE, LARGEST_SETTINGS, Door, home
from recto.forms.manuscript_files import files_below
from recto.model import Book, Manuscript
from recto.notations.document_archive import LARGEST_DOCUMENT, Archive, divided
from recto.problems import (
    ConfigurationError,
    ManuscriptError,
    Place,
    Problem,
    error,
    has_errors,
    shown,
    warning,
)
from recto.production import configure
from recto.settings.config import FILE_NAME, INDEX_NAME, Config, informed

_FOLDERS = ("templates", "styles", "themes")  # of the book's own: copied whole
_NAMED = re.compile(r"""\]\(\s*<?([^\s()<>]+)|["'=]([^\s"'<>=]+\.\w{2,5})["']""")


@dataclass(frozen=True, slots=True)
class Unfolded:
    """What was written, and what is to be told of it."""

    written: tuple[Path, ...]
    problems: tuple[Problem, ...]


def unfold(source: Path, folder: Path, extra: dict[str, str]) -> Unfolded:
    """Write a tidy folder, with `extra` files beside the text. Nothing that is there is written over.

    Raises ConfigurationError or ManuscriptError where the source makes no book, or the folder is not empty;
    OSError where it can't be written.
    """
    if source.is_dir() and folder.resolve().is_relative_to(source.resolve()) and not _is_empty(source):
        hint = "name a folder outside of it: what is written would be read as a second copy of the text"
        fault = error("init-failed", "this folder is part of the source", Place(shown(folder)), hint=hint)
        raise ConfigurationError([fault])
    if folder.exists() and not _is_empty(folder):
        hint = "name a folder that is empty, or not there yet"
        fault = error("init-failed", "this folder is not empty", Place(shown(folder)), hint=hint)
        raise ConfigurationError([fault])
    config, manuscript, book = _collated(source)
    tidy = tidied(book, manuscript.root)
    toml = settings(_own(config), config, manuscript, book, tidy)
    terms = home(source) / INDEX_NAME
    files = {**tidy.files, FILE_NAME: toml, **extra}
    if os.path.lexists(terms):
        files[INDEX_NAME] = Door.of(home(source)).read(terms, LARGEST_SETTINGS).decode("utf-8")
    laid = lay(folder, files)
    copied = tuple(_copied(manuscript.root, folder, _wanted(manuscript, config, files.values())))
    return Unfolded((*laid.written, *copied), tuple(_held_against(book, folder)))


def _is_empty(folder: Path) -> bool:
    with os.scandir(folder) as held:
        return not any(held)


def _collated(source: Path) -> tuple[Config, Manuscript, Book]:
    config = configure(source)
    manuscript, problems = gather.gather(source, config)
    if has_errors(problems):
        raise ManuscriptError(problems)
    config = informed(config, manuscript.said)
    book, found = collate.collate(manuscript, config)
    if has_errors(found):
        raise ManuscriptError([each for each in found if each.severity == "error"])
    return config, manuscript, book


def _own(config: Config) -> str:
    """The author's own book.toml; "" without one."""
    if config.path is None:
        return ""
    return Door.of(config.path.parent).read(config.path, LARGEST_SETTINGS).decode("utf-8")


def _wanted(manuscript: Manuscript, config: Config, texts: Iterable[str]) -> Iterator[Path]:
    """Every file of the source that a text or a setting names, and the folders of its look."""
    root, door = manuscript.root, Door.of(manuscript.root)
    files = {root / "book", *(Path(section.place.file) for section in manuscript.sections)}
    folders = sorted({file.resolve().parent for file in files})
    named = [unquote(found[1] or found[2]) for text in texts for found in _NAMED.finditer(text)]
    for name in dict.fromkeys((*named, config.book.cover, config.press.icc)):
        for folder in folders if name else ():
            yield folder / name
    for top in (root / name for name in _FOLDERS):
        if top.is_dir():
            yield from files_below(top, door)[0]


def _copied(root: Path, folder: Path, wanted: Iterable[Path]) -> Iterator[Path]:
    """Copy files to the same places below another folder, but for text and what lies outside; a picture in a
    document comes into a folder that is called as the document is.
    """
    door = Door.of(root)
    for path in dict.fromkeys(wanted):
        try:
            content = _content(path, door)
            place = folder / os.path.relpath(os.path.normpath(path), root.resolve())
        except (OSError, ValueError):
            continue
        inside = place.resolve().is_relative_to(folder.resolve())
        if content is None or not inside or place.exists():
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        yield place


def _content(path: Path, door: Door) -> bytes | None:
    """What is in a file, or a part of a document; None for a text. Raises OSError where it can't be read."""
    if part := divided(path):
        document, name = part
        return Archive(door.read(document, LARGEST_DOCUMENT), document).read(name, LARGEST_IMAGE)
    return None if forms.form_of(path.resolve()) is not None else door.read(path, LARGEST_IMAGE)


def _held_against(book: Book, folder: Path) -> Iterator[Problem]:
    """Read the new folder, and tell where it makes another book."""
    _, _, again = _collated(folder)
    hint = "compare the two with --check; the source is as it was"
    for told in differences(book, again):
        message = f"the new folder is not quite the same book: {told}"
        yield warning("unfolded-otherwise", message, Place(shown(folder)), hint=hint)
