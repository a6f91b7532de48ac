"""The folder of a book as a form looks at it, to tell whether it is one of its own and in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from recto.door import LARGEST_TEXT, Door, RefusedError
from recto.forms.decode import decode
from recto.forms.manuscript_files import files_below
from recto.forms.source_file import SourceFile
from recto.notations.document_archive import LARGEST_DOCUMENT, SUFFIXES
from recto.problems import Place, Problem, error, shown

_Document = Callable[[bytes, Path, SourceFile], tuple[SourceFile, tuple[Problem, ...]]]


@dataclass(frozen=True, slots=True)
class BookFolder:
    """The folder of a book; every name is a path below it, with slashes.

    `encoding` is that of files which are no UTF-8, where the book says one.
    """

    path: Path
    door: Door
    encoding: str = ""

    def holds(self, name: str) -> bool:
        """Tell whether there is such a file, which lies in the folder."""
        try:
            largest = LARGEST_DOCUMENT if name.lower().endswith(SUFFIXES) else LARGEST_TEXT
            self.door.admit_file(self.path / name, largest)
        except OSError:
            return False
        return True

    def text(
        self, name: str, document: _Document | None = None
    ) -> tuple[SourceFile | None, tuple[Problem, ...]]:
        """A file of the folder as text; None, and why, where it can't be read. See `read`."""
        return self.read(self.path / name, name, document)

    def names(self, suffixes: tuple[str, ...]) -> list[str]:
        """The files of the folder, at any depth, whose names end so, as people sort them."""
        try:
            found = files_below(self.path, self.door)[0]
        except OSError:
            return []
        return [path.relative_to(self.path).as_posix() for path in found if path.suffix.lower() in suffixes]

    def everything(self) -> list[str]:
        """Every file of the folder, hidden folders left aside; none where it can't be read."""
        try:
            found, _ = self.door.walk(self.path, lambda below: not below.name.startswith("."))
        except OSError:
            return []
        return sorted(path.relative_to(self.path).as_posix() for path in found)

    def shown(self, name: str) -> str:
        """A file's path as the author sees it."""
        return shown(self.path / name)

    def read(
        self, path: Path, name: str, document: _Document | None = None
    ) -> tuple[SourceFile | None, tuple[Problem, ...]]:
        """A file as text, under the name that its book knows it by; None, and why, where it can't be read.

        `document` makes text of a file that is none (see SourceForm).
        """
        here = shown(path)
        try:
            if document:
                return document(self.door.read(path, LARGEST_DOCUMENT), path, SourceFile(here, name, ""))
            data = self.door.read(path, LARGEST_TEXT)
        except OSError as fault:
            refused = isinstance(fault, RefusedError)
            message = f"this file can't be read: {fault.strerror}"
            hint = "put the text itself in its place" if refused else "check its permissions"
            return None, (error("unreadable", message, Place(here), hint=hint),)
        text, faults = decode(data, here, self.encoding)
        return (None if text is None else SourceFile(here, name, text)), faults
