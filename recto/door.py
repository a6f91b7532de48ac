"""The one door that every file of a book comes in by.

A book may be a stranger's, and a file of it a link to anywhere: to another's secrets, to a device that never
ends, to a pipe that nobody writes. So a path is resolved first, must then lie in the book's own folder, must
be a regular file, and may have so many bytes. Nothing else of Recto opens a file that a book names
(tests/test_architecture.py holds that).

What the door refuses is an OSError whose `strerror` says why, as where the system itself refuses.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

MEGABYTE = 1_000_000
LARGEST_TEXT = 16 * MEGABYTE  # a file of the manuscript: ten long novels
LONGEST_BOOK = 30_000_000  # characters of all of its text: ten thousand pages
LARGEST_SETTINGS = 4 * MEGABYTE  # book.toml, index.toml
LARGEST_PART = 40 * MEGABYTE  # a file of a theme; the largest fonts, of Chinese, have 25
LARGEST_IMAGE = 200 * MEGABYTE
MOST_FILES = 50_000  # below one folder
DEEPEST = 40  # folders in one another

_OUTSIDE = "it is a link that leads out of the book's folder"
_KINDS = (
    (stat.S_ISDIR, "it is a folder"),
    (stat.S_ISFIFO, "it is a pipe, no file"),
    (stat.S_ISSOCK, "it is a socket, no file"),
    (stat.S_ISREG, ""),
)


class RefusedError(OSError):
    """The door is shut to a path; `strerror` says why."""

    def __init__(self, reason: str, path: Path) -> None:
        super().__init__(errno.EACCES, reason, str(path))


def home(source: Path) -> Path:
    """The folder of a book: SOURCE itself, or the one that the file lies in which SOURCE is, or links to."""
    return source if source.is_dir() else source.resolve().parent


def shipped_folder() -> Path:
    """The folder that holds the shipped `templates`, `styles` and `themes`: the package, or the checkout."""
    package = Path(__file__).resolve().parent
    return package if (package / "templates").is_dir() else package.parent


def read(path: Path, largest: int) -> bytes:
    """The bytes of a regular file, however it is reached. Raises OSError for any other, or a larger one."""
    # O_NONBLOCK: a pipe, put there since anybody looked, would wait for its writer here
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as stream:
        facts = os.fstat(stream.fileno())
        _check_kind(path, facts.st_mode)
        # the size is a promise that some file systems don't keep
        content = stream.read(largest + 1) if facts.st_size <= largest else None
    if content is None or len(content) > largest:
        raise _too_large(path, largest)
    return content


def _too_large(path: Path, largest: int) -> RefusedError:
    return RefusedError(f"it has more than {largest / MEGABYTE:.0f} MB", path)


def _check_kind(path: Path, mode: int) -> None:
    reason = next((reason for is_kind, reason in _KINDS if is_kind(mode)), "it is a device, no file")
    if reason:
        raise RefusedError(reason, path)


@dataclass(frozen=True, slots=True)
class Door:
    """The door of one book; `folder` is the book's own, links in its path followed."""

    folder: Path

    @classmethod
    def of(cls, folder: Path) -> Door:
        """The door of the book in a folder."""
        return cls(folder.resolve())

    def admit(self, path: Path) -> Path:
        """The path that a path really is, which lies in the book's folder. Raises OSError for any other."""
        try:
            real = path.resolve(strict=True)
        except (RuntimeError, ValueError) as fault:  # a circle of links (until Python 3.13), a zero byte
            reason = "a link leads in a circle" if isinstance(fault, RuntimeError) else str(fault)
            raise RefusedError(reason, path) from None
        if not real.is_relative_to(self.folder):
            raise RefusedError(_OUTSIDE, path)
        return real

    def admit_file(self, path: Path, largest: int) -> Path:
        """The same for a regular file. Raises OSError for anything else, or what has more bytes."""
        real = self.admit(path)
        facts = real.stat()
        _check_kind(path, facts.st_mode)
        if facts.st_size > largest:
            raise _too_large(path, largest)
        return real

    def read(self, path: Path, largest: int) -> bytes:
        """The bytes of a file of the book. Raises OSError where it is none, or larger than `largest`."""
        return read(self.admit_file(path, largest), largest)

    def walk(self, top: Path, enters: Callable[[Path], bool]) -> tuple[list[Path], list[Path]]:
        """Every file below a folder of the book, and the links to folders, which are not followed.

        `enters` tells which folders to look into. Nothing is in any order. Raises OSError for a folder that
        can't be read, lies outside, or holds more than anybody writes.
        """
        self.admit(top)
        files: list[Path] = []
        links: list[Path] = []
        waiting = [(top, 0)]
        while waiting:
            folder, depth = waiting.pop()
            if depth > DEEPEST:
                raise RefusedError(f"more than {DEEPEST} folders lie in one another", folder)
            for path, is_folder, is_link in _listed(folder, MOST_FILES - len(files)):
                if not is_folder:
                    files.append(path)
                elif is_link:
                    links.append(path)
                elif enters(path):
                    waiting.append((path, depth + 1))
        return files, links


def _listed(folder: Path, most: int) -> list[tuple[Path, bool, bool]]:
    """What lies in a folder: its path, whether it is a folder or links to one, whether it is a link."""
    with os.scandir(folder) as found:
        entries = list(islice(found, most + 1))
    if len(entries) > most:
        raise RefusedError(f"there are more than {MOST_FILES:,} files", folder)
    return [(folder / entry.name, _is_folder(entry), entry.is_symlink()) for entry in entries]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads in a circle: whoever reads it will hear of that
        return False
