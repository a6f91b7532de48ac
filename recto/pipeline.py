"""The stages in order. This is the only module that knows all of them.

    files --gather--> Sections --collate--> Book --typeset--> Galleys --+--> contents --+
                                                                        +--> index -----+
                                                                        |               v
                          print: compose -> paginate -> gate -> bind -> .pdf
                          epub:  compose (with the page map) -> package -> .epub

Nothing is written before every stage and every check is through; what is written replaces what was there
before file by file, each one whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter
from typing import Protocol

from recto import config as settings
from recto import outputs
from recto.config import Config, shown
from recto.ledger import Ledger
from recto.problems import ConfigurationError, Place, RectoError, error, has_errors
from recto.report import Report


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line."""

    source: Path
    output: Path = Path("out")
    formats: tuple[str, ...] = ("epub", "pdf")
    strict: bool = False
    check: bool = False
    jobs: int = 1
    cache: bool = True


class Observer(Protocol):
    """Whoever wants to follow a build while it runs."""

    def stage(self, name: str) -> None:
        """A stage begins."""

    def step(self, done: int, total: int, what: str) -> None:
        """Within a stage, `done` of `total` pieces are finished; `what` names the newest."""

    def collated(self, outline: str) -> None:
        """The order of the book is found: its outline, with the place of every section."""


class Silent:
    """An observer that looks away."""

    def stage(self, name: str) -> None:
        """Ignore it."""

    def step(self, done: int, total: int, what: str) -> None:
        """Ignore it."""

    def collated(self, outline: str) -> None:
        """Ignore it."""


def build(options: Options, observer: Observer | None = None) -> Report:
    """Build the books that `options` ask for and return the report.

    Raises ConfigurationError (nothing was begun) and ManuscriptError (nothing was written); both carry every
    problem found so far.
    """
    # Imported here, so that `--help` costs nothing and each stage is loaded only when a build runs.
    from recto.collate import collate, outline
    from recto.compose import Composer
    from recto.contents import contents
    from recto.gather import gather
    from recto.index import build as build_index
    from recto.index import locate, report_rows
    from recto.metadata import metadata
    from recto.theme import find_theme
    from recto.typeset import typeset

    config = _configure(options)
    if not options.check:
        outputs.prepare(options.output)
    ledger, clock = Ledger(config, strict=options.strict), Clock(observer or Silent())

    with clock.stage("gather"):
        manuscript = ledger.take(gather(options.source, config))
    with clock.stage("collate"):
        book, problems = collate(manuscript, config)
        clock.observer.collated(outline(book))
        ledger.note(problems)
    with clock.stage("typeset"):
        galleys = ledger.take(typeset(book, manuscript, config))
    with clock.stage("index"):
        headings = contents(galleys)
        index, galleys = ledger.take(build_index(galleys, config))
    facts = metadata(book, manuscript, config)
    theme = find_theme(manuscript.root)
    composer = Composer(book, galleys, headings, config, theme, manuscript)

    files, pages = {}, None
    if "pdf" in options.formats or options.check:
        ...
    located = locate(index, pages)
    if "epub" in options.formats:
        ...
    ledger.close()
    written = () if options.check else outputs.write(options.output, files)
    return Report(
        title=book.title,
        galleys=galleys,
        pages=pages,
        index=report_rows(index, located),
        outputs=written,
        problems=ledger.problems,
        timings=clock.timings,
    )


class Clock:
    """Tells the observer which stage runs, and keeps how long each took, in seconds."""

    def __init__(self, observer: Observer) -> None:
        self.observer = observer
        self.timings: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage."""
        self.observer.stage(name)
        started = perf_counter()
        yield
        self.timings[name] = self.timings.get(name, 0.0) + perf_counter() - started


def _configure(options: Options) -> Config:
    """Read the book.toml of a source: in the folder itself, or beside a single file."""
    source = options.source
    if not source.exists():
        hint = "name the folder or the file that holds the manuscript: python build.py FOLDER"
        raise ConfigurationError(
            [error("source-missing", "there is no such file or folder", Place(str(source)), hint=hint)]
        )
    path = (source if source.is_dir() else source.parent) / settings.FILE_NAME
    config, problems = settings.read(path if path.is_file() else None)
    if has_errors(problems):
        raise ConfigurationError(problems)
    return config
