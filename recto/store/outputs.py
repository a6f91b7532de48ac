"""Writing the finished books: each file whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from recto.config import shown
from recto.problems import ConfigurationError, ManuscriptError, Place, error


@dataclass(frozen=True, slots=True)
class Output:
    """A book on disk: its format (`epub`, `pdf`), path, size in bytes and SHA-256 in hex."""

    format: str
    path: Path
    bytes: int
    sha256: str


def prepare(folder: Path) -> None:
    """Make sure that the output folder is there and can be written, before any work is spent on the book.

    Raises ConfigurationError where it can't.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
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
    """Write books into a folder; keys are file names, the suffix tells the format.

    All are first written beside their place and flushed to the disk; only when each is complete do they
    replace what was there (POSIX rename, atomic for each file). Raises ManuscriptError where the disk is
    full or a file can't be written: then nothing has changed.
    """
    drafts: dict[Path, Path] = {}
    try:
        for name, content in files.items():
            drafts[folder / name] = _draft(folder, name, content)
        for path, draft in drafts.items():
            draft.replace(path)
    except OSError as fault:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
        problem = error(
            "output-failed",
            f"the book can't be written: {fault.strerror or fault}",
            Place(shown(folder)),
            hint="make room on the disk, or name another folder with -o; what was there before is unchanged",
        )
        raise ManuscriptError([problem]) from fault
    return tuple(
        Output(Path(name).suffix[1:], folder / name, len(content), hashlib.sha256(content).hexdigest())
        for name, content in files.items()
    )


def _draft(folder: Path, name: str, content: bytes) -> Path:
    handle, path = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
    draft = Path(path)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        draft.chmod(0o666 & ~_umask())  # mkstemp makes files for the owner alone
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
    return draft


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
