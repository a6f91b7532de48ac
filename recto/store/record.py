"""The record of a build, by which the next one finds that nothing has changed.

It is kept in the cache under what was asked for, and holds a digest of the files that went in, as bytes: what
they say is found out by the stages, of which a build that has nothing to do loads none. Whoever finds the
files as they were, and the books on disk as they were written, has nothing to do.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from recto.account.report import Report
from recto.door import Door, home, read
from recto.options import Options
from recto.problems import Problem
from recto.settings.dating import Dating, last_commit
from recto.store.cache import Cache, digest
from recto.store.fingerprint import shipped_theme, stamp
from recto.store.outputs import Output
from recto.store.swap import is_settled

_KIND = "record"
# What a book in a single file has beside it, whatever it says: settings, and the folders of its theme
_SETTINGS = ("book.toml", "recto.toml", "index.toml")
_THEME = ("templates", "styles", "themes")
# More files than this, or larger ones, and looking at them all is no longer quick
_MOST_FILES, _MOST_BYTES = 4_000, 500_000_000


@dataclass(frozen=True, slots=True)
class Done:
    """What a build did: its report as JSON (but outputs and timings), its problems, and what it wrote.

    inputs  the digest of what went into it
    beside  whether all that lies beside the source, where that is a file, counts
    told    what was said of the manuscript when it was gathered
    """

    inputs: str
    beside: bool
    told: str
    facts: str
    title: str
    problems: tuple[Problem, ...]
    outputs: tuple[tuple[str, str, str, int, str], ...]  # as Output has it, with the name for the path


class Record:
    """The record of the build at hand: found, or to be kept; of none that only checks, or keeps nothing."""

    def __init__(self, cache: Cache, options: Options) -> None:
        self._cache, self._options = cache, options
        self._key = digest(
            (options.source, options.output.resolve(), options.formats, options.strict, options.proof),
            Path.cwd(),
            os.environ.get("SOURCE_DATE_EPOCH"),
        )
        self._beside, self._inputs = False, None if options.check or not options.cache else self._look()

    def standing(self) -> tuple[Report, str] | None:
        """The report of an earlier build whose books are still as it left them, and what was said of its
        manuscript; None where there is none.
        """
        done = self._cache.get(_KIND, self._key) if self._inputs is not None else None
        if not isinstance(done, Done):
            return None
        if done.beside:
            self.take_in_neighbours()
        books = tuple(
            Output(edition, role, self._options.output / name, size, sha256)
            for edition, role, name, size, sha256 in done.outputs
        )
        if self._inputs is None or self._inputs.key != done.inputs or not all(map(_holds, books)):
            return None
        if not is_settled(self._options.output):
            return None  # the books stand, but beside them what a killed build left
        facts = json.loads(done.facts)
        dating = Dating(datetime.fromisoformat(facts["date"]["moment"]), facts["date"]["source"])
        if not _is_current(dating, home(self._options.source)):
            return None
        return Report(done.title, dating, outputs=books, problems=done.problems, facts=facts), done.told

    def take_in_neighbours(self) -> None:
        """Let what lies beside the source count: a text in a single file may name it."""
        if not self._beside and self._inputs is not None and not self._options.source.is_dir():
            self._beside, self._inputs = True, self._look(beside=True)

    def keep(self, report: Report, told: str) -> None:
        """Record a build that wrote its books; none in the midst of which a file was saved anew."""
        if self._inputs is None or not self._inputs.stand():
            return
        facts = json.dumps(replace(report, outputs=(), timings={}).as_data())
        books = tuple((o.format, o.role, o.path.name, o.bytes, o.sha256) for o in report.outputs)
        done = Done(self._inputs.key, self._beside, told, facts, report.title, report.problems, books)
        self._cache.put(_KIND, self._key, done)

    def _look(self, *, beside: bool = False) -> Inputs | None:
        source = self._options.source
        return _inputs(source, self._options.output.resolve(), beside or source.is_dir())


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that goes into a book: its digest, and by path what a file would not keep if it were saved anew."""

    key: str
    stamps: Mapping[Path, tuple[int, ...]]

    def stand(self) -> bool:
        """Tell whether every file is still the one that was looked at."""
        try:
            return all(stamp(path) == kept for path, kept in self.stamps.items())
        except OSError:
            return False


def _inputs(source: Path, output: Path, whole: bool) -> Inputs | None:
    """What goes into the book of a source, of its `whole` folder or of what such a book always looks at.

    None where it can't be told quickly, as with a folder of thousands of files.
    """
    root = home(source)
    door, stamps, size = Door.of(root), dict[Path, tuple[int, ...]](), 0
    found: dict[str, str] = {}  # what each file is, by its name
    try:
        paths = _below(root, output, door) if whole else [source, *_always(root, output, door)]
        if len(paths) > _MOST_FILES:
            return None
        for path in paths:
            name = os.path.relpath(path, root)
            try:
                real = door.admit_file(path, _MOST_BYTES)
                stamps[path] = stamp(path)
                size += stamps[path][0]
                if size > _MOST_BYTES:
                    return None
                found[name] = hashlib.sha256(read(real, _MOST_BYTES)).hexdigest()
            except OSError as fault:  # no text can name it, but that it is there may be told
                found[name] = str(fault.strerror)
    except OSError:
        return None
    return Inputs(digest(found, shipped_theme()), stamps)


def _below(folder: Path, output: Path, door: Door) -> list[Path]:
    """The files below a folder, and the links to others. Raises OSError where there are too many."""

    def enters(folder: Path) -> bool:
        is_ours = folder.name != ".git" and folder.resolve() != output
        return is_ours and not (folder / "pyvenv.cfg").exists()

    files, links = door.walk(folder, enters) if folder.resolve() != output else ([], [])
    return sorted((*files, *links))


def _always(root: Path, output: Path, door: Door) -> Iterator[Path]:
    """What lies beside a source that is a file, and goes into its book whatever that says."""
    yield from (path for name in _SETTINGS if os.path.lexists(path := root / name))
    for name in _THEME:
        if os.path.lexists(root / name):
            yield from _below(root / name, output, door)


def _is_current(dating: Dating, root: Path) -> bool:
    """Tell whether a date is still that of the last commit, where it was that of one, or of none."""
    if dating.source not in ("commit", "none"):
        return True
    moment = last_commit(root)
    return dating.source == "none" if moment is None else dating == Dating(moment, "commit")


def _holds(book: Output) -> bool:
    try:
        size = book.path.stat().st_size
        return size == book.bytes and hashlib.sha256(read(book.path, size)).hexdigest() == book.sha256
    except OSError:
        return False
