"""The record of a build, by which the next one finds that nothing has changed.

It is kept in the cache under a digest of all that went into the build; whoever finds it, and finds the books
on disk as they were written, has nothing to do.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from recto.cache import Cache, digest
from recto.config import Config
from recto.model import Manuscript
from recto.outputs import Output
from recto.problems import Problem
from recto.report import Report
from recto.theme import Theme

_KIND = "record"
# More files beside the text than this, or larger ones, and looking at them all is no longer quick
_MOST_FILES, _MOST_BYTES = 4_000, 500_000_000


@dataclass(frozen=True, slots=True)
class Done:
    """What a build did: its report as JSON (but outputs and timings), its problems, and its books by name."""

    facts: str
    title: str
    problems: tuple[Problem, ...]
    outputs: Mapping[str, tuple[int, str]]  # file name -> bytes, SHA-256 in hex


class Record:
    """The record of the build at hand: found, or to be kept."""

    def __init__(self, cache: Cache, key: str | None, folder: Path) -> None:
        """`key` is the digest of what goes in (`inputs`), None keeps nothing; `folder` holds the books."""
        self._cache, self._key, self._folder = cache, key, folder

    def standing(self) -> Report | None:
        """The report of an earlier build whose books are still as it left them; None where there is none."""
        done = self._cache.get(_KIND, self._key) if self._key else None
        if not isinstance(done, Done):
            return None
        books = []
        for name, (size, sha256) in done.outputs.items():
            path = self._folder / name
            if not _holds(path, size, sha256):
                return None
            books.append(Output(path.suffix[1:], path, size, sha256))
        return Report(done.title, outputs=tuple(books), problems=done.problems, facts=json.loads(done.facts))

    def keep(self, report: Report) -> None:
        """Record a build that wrote its books."""
        if self._key is None:
            return
        facts = json.dumps(replace(report, outputs=(), timings={}).as_data())
        books = {output.path.name: (output.bytes, output.sha256) for output in report.outputs}
        self._cache.put(_KIND, self._key, Done(facts, report.title, report.problems, books))


def inputs(
    manuscript: Manuscript, config: Config, theme: Theme, output: Path, *options: object
) -> str | None:
    """A digest of all that goes into a book: texts, settings, theme, images, and `options`.

    None where it can't be told quickly, as with a folder of thousands of files beside the text.
    """
    files: object = None
    if config.book.cover or any(section.syntax != "text" for section in manuscript.sections):
        files = _files(manuscript.root, output.resolve())
        if files is None:
            return None
    surroundings = os.environ.get("SOURCE_DATE_EPOCH"), str(Path.cwd())
    look = theme.digest, theme.unreadable
    return digest(manuscript, config, look, files, options, surroundings)


def _files(root: Path, output: Path) -> dict[str, str] | None:
    """Every file that the text might name as an image, with its digest: even those it does not name yet."""
    found: dict[str, str] = {}
    size = 0
    for path in _below(root, output):
        try:
            size += path.stat().st_size
            if len(found) == _MOST_FILES or size > _MOST_BYTES or not path.is_file():
                return None
            found[path.relative_to(root).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            return None
    return found


def _below(root: Path, output: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(root):
        here = Path(parent)
        folders[:] = sorted(
            name
            for name in folders
            if name != ".git"
            and (here / name).resolve() != output
            and not (here / name / "pyvenv.cfg").exists()
        )
        if here.resolve() != output:
            yield from (here / name for name in sorted(names))


def _holds(path: Path, size: int, sha256: str) -> bool:
    try:
        return path.stat().st_size == size and hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False
