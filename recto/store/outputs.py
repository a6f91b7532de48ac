"""Writing the finished books: all of them or none."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from recto.config import shown
from recto.problems import ConfigurationError, ManuscriptError, Place, error
from recto.store.swap import UnsettledError, settle, swap


@dataclass(frozen=True, slots=True)
class Output:
    """A book on disk: its format (`epub`, `pdf`), path, size in bytes and SHA-256 in hex."""

    format: str
    path: Path
    bytes: int
    sha256: str


def prepare(folder: Path) -> None:
    """Make sure that the output folder is there and can be written, before any work is spent on the book.

    What a build that was killed left there is settled. Raises ConfigurationError where it can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        settle(folder)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as fault:
        problem = error(
            "output-folder",
            f"the output folder can't be written: {fault.strerror or fault}",
            Place(shown(folder)),
            hint="name another one with -o",
        )
        raise ConfigurationError([problem]) from fault


def write(folder: Path, files: Mapping[str, bytes]) -> tuple[Output, ...]:
    """Write books into a folder, all or none; keys are file names, the suffix tells the format.

    Raises ManuscriptError where the disk is full or a file can't be written: then nothing has changed.
    """
    try:
        swap(folder, files)
    except OSError as fault:
        hint = "make room on the disk, or name another folder with -o; what was there before is unchanged"
        if isinstance(fault, UnsettledError):
            hint = "some of the books are new, some are not: build again when this is mended"
        place = Place(shown(_culprit(fault, folder, files)))
        message = f"the book can't be written: {fault.strerror or fault}"
        raise ManuscriptError([error("output-failed", message, place, hint=hint)]) from fault
    return tuple(
        Output(Path(name).suffix[1:], folder / name, len(content), hashlib.sha256(content).hexdigest())
        for name, content in files.items()
    )


def _culprit(fault: OSError, folder: Path, files: Mapping[str, bytes]) -> Path:
    """The book that a fault is about, or the folder where it is about none of them alone."""
    named = str(fault.filename2 or fault.filename or "")
    return next((folder / name for name in files if named == str(folder / name)), folder)
