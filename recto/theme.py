"""The theme: templates, style sheets and fonts, the shipped ones overlaid by the book's own.

The shipped theme lies in `templates/` and `styles/` at the top of a checkout, or inside the installed
package. A file of the same name in the book's own `templates/` or `styles/` stands in for the shipped one.

Names are paths below the folder with forward slashes: `print/chapter.html`, `fonts/SourceSerif4-Regular.ttf`.
In style sheets and documents a file of the theme is `book:///styles/NAME`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from recto.config import shown
from recto.problems import Place, Problem, error

SCHEME = "book"


@dataclass(frozen=True)
class Theme:
    """The files of a theme by name: `templates` and `styles` (style sheets, fonts and what they need).

    `unreadable` are files that should belong to it but that this user may not read.
    """

    templates: Mapping[str, Path]
    styles: Mapping[str, Path]
    unreadable: tuple[Path, ...] = ()

    @cached_property
    def digest(self) -> str:
        """A digest of every name and every byte of the theme: two themes with one digest give one book."""
        whole = hashlib.sha256()
        for folder, files in (("templates", self.templates), ("styles", self.styles)):
            for name in sorted(files):
                content = hashlib.sha256(files[name].read_bytes()).hexdigest()
                whole.update(f"{folder}/{name}\0{content}\n".encode())
        return whole.hexdigest()

    def style(self, name: str) -> str:
        """The text of a style sheet (`faults` tells if it is none). Raises KeyError for an unknown name."""
        return self.styles[name].read_text(encoding="utf-8", errors="replace")

    def faults(self) -> tuple[Problem, ...]:
        """An error for each file that can't be read, and each style sheet that is not UTF-8 text."""
        return (
            *(error("theme-unreadable", "this file can't be read", Place(shown(p))) for p in self.unreadable),
            *(
                _encoding(path)
                for name, path in self.styles.items()
                if name.endswith(".css") and not _is_text(path)
            ),
        )

    def resolve(self, url: str) -> Path | None:
        """The file behind a `book:///styles/…` name; None for any other address, or where there is none."""
        address = urlsplit(url)
        if address.scheme != SCHEME or address.netloc:
            return None
        parts = PurePosixPath(unquote(address.path)).parts
        if parts[:2] != ("/", "styles"):
            return None
        return self.styles.get("/".join(parts[2:]))


def find(book: Path | None = None) -> Theme:
    """The shipped theme, overlaid by the folders `templates` and `styles` of a book's folder."""
    shipped = shipped_folder()
    templates, styles = _files(shipped / "templates"), _files(shipped / "styles")
    if book is not None:
        templates |= _files(book / "templates")
        styles |= _files(book / "styles")
    locked = tuple(path for path in (*templates.values(), *styles.values()) if not os.access(path, os.R_OK))
    return Theme(
        {name: path for name, path in templates.items() if path not in locked},
        {name: path for name, path in styles.items() if path not in locked},
        locked,
    )


def shipped_folder() -> Path:
    """The folder that holds the shipped `templates` and `styles`: inside the package, or the checkout."""
    package = Path(__file__).resolve().parent
    return package if (package / "templates").is_dir() else package.parent


def _files(folder: Path) -> dict[str, Path]:
    """Every file below a folder by name; no link that leads out of it, for a book is untrusted."""
    inside = folder.resolve()
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not _hidden(path.relative_to(folder)) and path.resolve().is_relative_to(inside)
    }


def _is_text(path: Path) -> bool:
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _encoding(path: Path) -> Problem:
    hint = "save the file as UTF-8"
    return error("style-encoding", "the style sheet is not UTF-8 text", Place(shown(path)), hint=hint)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
