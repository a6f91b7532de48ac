"""The record of a build, by which the next one finds that nothing has changed.

It is kept in the cache under a digest of all that went into the build; whoever finds it, and finds the books
on disk as they were written, has nothing to do.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from recto.account.report import Report
from recto.door import Door, RefusedError, read
from recto.forms import syntax_of
from recto.model import Dating, Manuscript
from recto.problems import Problem
from recto.settings.config import Config
from recto.store.cache import Cache, digest
from recto.store.outputs import Output
from recto.theme import Theme

_KIND = "record"
# More files beside the text than this, or larger ones, and looking at them all is no longer quick
_MOST_FILES, _MOST_BYTES = 4_000, 500_000_000


@dataclass(frozen=True, slots=True)
class Done:
    """What a build did: its report as JSON (but outputs and timings), its problems, and what it wrote."""

    facts: str
    title: str
    problems: tuple[Problem, ...]
    outputs: tuple[tuple[str, str, str, int, str], ...]  # as Output has it, with the name for the path


class Record:
    """The record of the build at hand: found, or to be kept."""

    def __init__(self, cache: Cache, inputs: Inputs | None, folder: Path) -> None:
        """`inputs` are what goes in, None keeps nothing; `folder` holds the books."""
        self._cache, self._inputs, self._folder = cache, inputs, folder

    def standing(self) -> Report | None:
        """The report of an earlier build whose books are still as it left them; None where there is none."""
        if self._inputs is None:
            return None
        done = self._cache.get(_KIND, self._inputs.key)
        if not isinstance(done, Done):
            return None
        books = tuple(
            Output(edition, role, self._folder / name, size, sha256)
            for edition, role, name, size, sha256 in done.outputs
        )
        if not all(map(_holds, books)):
            return None
        return Report(
            done.title,
            self._inputs.dating,
            outputs=books,
            problems=done.problems,
            facts=json.loads(done.facts),
        )

    def keep(self, report: Report) -> None:
        """Record a build that wrote its books; none in the midst of which a file was saved anew."""
        if self._inputs is None or not self._inputs.stand():
            return
        facts = json.dumps(replace(report, outputs=(), timings={}).as_data())
        books = tuple((o.format, o.role, o.path.name, o.bytes, o.sha256) for o in report.outputs)
        done = Done(facts, report.title, report.problems, books)
        self._cache.put(_KIND, self._inputs.key, done)


def inputs(
    manuscript: Manuscript, config: Config, theme: Theme, output: Path, *options: object
) -> Inputs | None:
    """What goes into a book: texts, settings, theme, images, and `options`.

    None where it can't be told quickly, as with a folder of thousands of files beside the text.
    """
    beside: list[Path] | None = []
    if config.book.cover or any(
        syntax_of(name).names_files for name in {section.syntax for section in manuscript.sections}
    ):
        beside = _few(manuscript.root, output.resolve())
    if beside is None:
        return None
    try:
        stamps = {path: _stamp(path) for path in (*theme.files, *beside)}
        files = {
            path.relative_to(manuscript.root).as_posix(): hashlib.sha256(read(path, _MOST_BYTES)).hexdigest()
            for path in beside
        }
    except OSError:
        return None
    surroundings = str(Path.cwd())
    look = theme.digest, theme.unreadable, theme.problems
    key = digest(manuscript, config, look, files, options, surroundings)
    return Inputs(key, stamps, manuscript.dating)


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that goes into a book: its digest, and by path what a file would not keep if it were saved anew."""

    key: str
    stamps: Mapping[Path, tuple[int, ...]]
    dating: Dating

    def stand(self) -> bool:
        """Tell whether every file is still the one that was looked at."""
        try:
            return all(_stamp(path) == stamp for path, stamp in self.stamps.items())
        except OSError:
            return False


def _stamp(path: Path) -> tuple[int, ...]:
    facts = path.stat()
    return facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino


def _few(root: Path, output: Path) -> list[Path] | None:
    """Every file that the text might name as an image, even those it does not name yet; None if too many.

    What the door refuses no text can name, and is not looked at.
    """
    door, found, size = Door.of(root), list[Path](), 0
    try:
        paths = _below(root, output, door)
        if len(paths) > _MOST_FILES:
            return None
        for path in paths:
            with suppress(RefusedError):
                size += door.admit_file(path, _MOST_BYTES).stat().st_size
                found.append(path)
    except OSError:
        return None
    if size > _MOST_BYTES:
        return None
    return found


def _below(root: Path, output: Path, door: Door) -> list[Path]:
    """The files of the manuscript's folder. Raises OSError where there are too many."""

    def enters(folder: Path) -> bool:
        is_ours = folder.name != ".git" and folder.resolve() != output
        return is_ours and not (folder / "pyvenv.cfg").exists()

    return sorted(door.walk(root, enters)[0]) if root.resolve() != output else []


def _holds(book: Output) -> bool:
    try:
        size = book.path.stat().st_size
        return size == book.bytes and hashlib.sha256(read(book.path, size)).hexdigest() == book.sha256
    except OSError:
        return False
