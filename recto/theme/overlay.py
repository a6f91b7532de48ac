"""A theme found: the shipped files, those of the theme that book.toml names, and the book's own."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

from recto.door import LARGEST_PART, Door, shipped_folder
from recto.problems import Place, Problem, error
from recto.settings.config import Config
from recto.theme.chain import read_theme
from recto.theme.look import Look
from recto.theme.theme_files import Theme


def find(book: Path | None = None, config: Config | None = None) -> Theme:
    """The theme that a book's settings name, overlaid by `templates` and `styles` of the book's folder."""
    settings = config or Config()
    chain = read_theme(settings, book, shipped_folder())
    templates: dict[str, Path] = {}
    styles: dict[str, Path] = {}
    layers: list[dict[str, Path]] = []
    refused: list[tuple[Path, str]] = []
    folders = [shipped_folder(), *chain.folders, *([book] if book else [])]
    for folder in folders:
        templates |= _files(folder, "templates", refused)
        found = _files(folder, "styles", refused)
        styles |= found
        layers.append({name: path for name, path in found.items() if name.endswith(".css")})
    if settings.theme.replace and book:
        layers[:-1] = [{n: p for n, p in layer.items() if n not in layers[-1]} for layer in layers[:-1]]
    read = tuple(folder / "theme.toml" for folder in chain.folders)
    missing = tuple(_missing(chain.look, styles))
    problems = (*chain.problems, *missing)
    return Theme(chain.look, templates, styles, tuple(layers), read, tuple(refused), problems)


def _missing(look: Look, styles: dict[str, Path]) -> Iterator[Problem]:
    """An error for each file that a look names and that is not in `styles/`."""
    families = look.families.values()
    faces = (file for each in families for file in (each.regular, each.italic, each.bold, each.bold_italic))
    for file in (*faces, look.opening.ornament, look.text.ornament):
        if file and file not in styles:
            hint = "put it into styles/ of the theme or of the book"
            yield error(
                "theme-broken", f"the theme names {file}, which is not there", Place("theme.toml"), hint=hint
            )


def _files(book: Path, name: str, refused: list[tuple[Path, str]]) -> dict[str, Path]:
    """Every file below a folder of a book by name; adds to `refused` what the door does not let in."""
    folder, door = book / name, Door.of(book)
    if not os.path.lexists(folder):
        return {}
    try:
        found, links = door.walk(folder, lambda each: not each.name.startswith("."))
    except OSError as fault:
        refused.append((Path(fault.filename or folder), fault.strerror or str(fault)))
        return {}
    refused += [(link, "it is a link to a folder") for link in links]
    files = {}
    for path in sorted(each for each in found if not each.name.startswith(".")):
        try:
            files[path.relative_to(folder).as_posix()] = door.admit_file(path, LARGEST_PART)
            if not os.access(path, os.R_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        except OSError as fault:
            files.pop(path.relative_to(folder).as_posix(), None)
            refused.append((path, fault.strerror or str(fault)))
    return files
