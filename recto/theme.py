"""The theme: templates, style sheets and fonts, the shipped ones overlaid by the book's own.

The shipped theme lies in `templates/` and `styles/` at the top of a checkout, or inside the installed
package. A file of the same name in the book's own `templates/` or `styles/` stands in for the shipped one.

Names are paths below the folder with forward slashes: `print/chapter.html`, `fonts/SourceSerif4-Regular.ttf`.
In style sheets and documents a file of the theme is `book:///styles/NAME`.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from recto.door import LARGEST_PART, Door, read
from recto.galley import FILE_SCHEME
from recto.notations import css
from recto.problems import Place, Problem, error
from recto.settings.config import shown


@dataclass(frozen=True)
class Theme:
    """The files of a theme by name: `templates` and `styles` (style sheets, fonts and what they need).

    `unreadable` are files and folders that should belong to it but can't be read, each with the reason.
    """

    templates: Mapping[str, Path]
    styles: Mapping[str, Path]
    unreadable: tuple[tuple[Path, str], ...] = ()

    @cached_property
    def digest(self) -> str:
        """A digest of every name and every byte of the theme: two themes with one digest give one book."""
        whole = hashlib.sha256()
        for folder, files in (("templates", self.templates), ("styles", self.styles)):
            for name in sorted(files):
                content = hashlib.sha256(read(files[name], LARGEST_PART)).hexdigest()
                whole.update(f"{folder}/{name}\0{content}\n".encode())
        return whole.hexdigest()

    def style(self, name: str) -> str:
        """The text of a style sheet (`faults` tells if it is none). Raises KeyError for an unknown name."""
        return read(self.styles[name], LARGEST_PART).decode("utf-8", "replace").replace("\r\n", "\n")

    def faults(self) -> tuple[Problem, ...]:
        """An error, with its line, for each file that can't be read, and each style sheet that is no text,
        that is broken (CSS Syntax 3), or that reaches for what is not in the book.
        """
        return (
            *(
                error("theme-unreadable", f"this can't be read: {reason}", Place(shown(path)))
                for path, reason in self.unreadable
            ),
            *(
                _encoding(path)
                for name, path in self.styles.items()
                if name.endswith(".css") and not _is_text(path)
            ),
            *(
                problem
                for name, path in self.styles.items()
                if name.endswith(".css") and not path.is_relative_to(shipped_folder())
                for problem in self._sheet_faults(name, path)
            ),
        )

    def _sheet_faults(self, name: str, path: Path) -> Iterator[Problem]:
        """What is wrong in a style sheet of the book's own."""
        hint = f"see https://www.w3.org/TR/css-syntax-3/, or delete the file to use the shipped {name}"
        for fault in css.faults(self.style(name)):
            yield error("style-syntax", fault.message, Place(shown(path), fault.line), hint=hint)
        folder = PurePosixPath("styles", name).parent
        for line, address in css.sheet_addresses(self.style(name)):
            found = self.resolve(f"{FILE_SCHEME}:///{folder}/{address.partition('#')[0].partition('?')[0]}")
            if found is None and self.resolve(address) is None and not address.startswith(("#", "data:")):
                message = f"the style sheet reaches for {address[:80]}, which is no file in styles/"
                fetch_hint = "copy it into styles/ and name it by its path from the sheet"
                yield error("style-outside", message, Place(shown(path), line), hint=fetch_hint)

    def resolve(self, url: str) -> Path | None:
        """The file behind a `book:///styles/…` name; None for any other address, or where there is none."""
        address = urlsplit(url)
        if address.scheme != FILE_SCHEME or address.netloc:
            return None
        parts = PurePosixPath(unquote(address.path)).parts
        if parts[:2] != ("/", "styles"):
            return None
        return self.styles.get("/".join(parts[2:]))


def find(book: Path | None = None) -> Theme:
    """The shipped theme, overlaid by the folders `templates` and `styles` of a book's folder."""
    templates: dict[str, Path] = {}
    styles: dict[str, Path] = {}
    refused: list[tuple[Path, str]] = []
    for folder in (shipped_folder(), book):
        if folder is not None:
            templates |= _files(folder, "templates", refused)
            styles |= _files(folder, "styles", refused)
    return Theme(templates, styles, tuple(refused))


def shipped_folder() -> Path:
    """The folder that holds the shipped `templates` and `styles`: inside the package, or the checkout."""
    package = Path(__file__).resolve().parent
    return package if (package / "templates").is_dir() else package.parent


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


def _is_text(path: Path) -> bool:
    try:
        read(path, LARGEST_PART).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _encoding(path: Path) -> Problem:
    hint = "save the file as UTF-8"
    return error("style-encoding", "the style sheet is not UTF-8 text", Place(shown(path)), hint=hint)
