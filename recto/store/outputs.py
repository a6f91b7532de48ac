"""Writing the finished books: all of them or none."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from recto.problems import ConfigurationError, ManuscriptError, Place, error, shown
from recto.store.swap import UnsettledError, settle, swap

if TYPE_CHECKING:
    from recto.model import Product


@dataclass(frozen=True, slots=True)
class Output:
    """A file on disk: the edition that it is of, its role there, path, size in bytes and SHA-256 in hex."""

    format: str
    role: str
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


def write(folder: Path, products: Sequence[Product]) -> tuple[Output, ...]:
    """Write the files of editions into a folder, all or none.

    Raises ManuscriptError where the disk is full or a file can't be written: then nothing has changed.
    """
    files = {made.name: made.content for made in products}
    try:
        swap(folder, files)
    except OSError as fault:
        hint = "make room on the disk, or name another folder with -o; what was there before is unchanged"
        if isinstance(fault, UnsettledError):
            hint = "some of the books are new, some are not: build again when this is mended"
        place = Place(shown(_culprit(fault, folder, files)))
        message = f"the book can't be written: {fault.strerror or fault}"
        raise ManuscriptError([error("output-failed", message, place, hint=hint)]) from fault
    return tuple(_described(folder / made.name, made) for made in products)


def _described(path: Path, made: Product) -> Output:
    digest = hashlib.sha256(made.content).hexdigest()
    return Output(made.edition, made.role, path, len(made.content), digest)


def _culprit(fault: OSError, folder: Path, files: Mapping[str, bytes]) -> Path:
    """The book that a fault is about, or the folder where it is about none of them alone."""
    named = str(fault.filename2 or fault.filename or "")
    return next((folder / name for name in files if named == str(folder / name)), folder)
