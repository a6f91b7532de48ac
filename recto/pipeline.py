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

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from recto import config as settings
from recto import outputs
from recto.config import Config
from recto.ledger import Ledger
from recto.metadata import Metadata, metadata
from recto.model import Asset, Contents, Document, Galley, PageMap, Unit
from recto.problems import ConfigurationError, Place, RectoError, error, has_errors
from recto.report import Report
from recto.theme import Theme

if TYPE_CHECKING:
    from recto.compose import Composer
    from recto.index.model import Index
    from recto.print.job import AssetFile


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

    An author's fault raises nothing: the report then has its exit code, every problem found, and as much of
    the book as was reached; nothing was written.
    """
    report = Report()
    try:
        for reached in _stages(options, Clock(observer or Silent())):
            report = reached
    except RectoError as fault:
        problems = tuple(dict.fromkeys((*report.problems, *fault.problems)))
        return replace(report, problems=problems, exit_code=fault.exit_code)
    return report


def _stages(options: Options, clock: Clock) -> Iterator[Report]:
    """Run the stages in order; yields the report as it grows."""
    # Stages are imported here, so that `--help` costs nothing.
    from recto import collate, contents, gather, index, theme, typeset
    from recto.compose import Composer
    from recto.print.workers import pool

    config = _configure(options)
    ledger = Ledger(config, strict=options.strict)
    if not options.check:
        outputs.prepare(options.output)

    with clock.stage("gather"):
        manuscript = ledger.take(gather.gather(options.source, config))
    with clock.stage("collate"):
        book, problems = collate.collate(manuscript, config)
        clock.observer.collated(collate.outline(book))
        ledger.check(problems)
    with pool(options.jobs) as workers:  # opened early: they import the print engine meanwhile
        with clock.stage("typeset"):
            galleys, problems = typeset.typeset(book, manuscript, config)
            ledger.enter(problems)
        with clock.stage("index"):
            headings = contents.contents(galleys)
            entries, galleys, problems = index.build(galleys, config)
            rows = index.report_rows(entries, index.locate(entries, None))
        report = Report(title=book.title, galleys=galleys, index=rows)
        yield report
        ledger.check(problems)

        look, facts = theme.find(manuscript.root), metadata(book, manuscript, config)
        composer = Composer(book, galleys, headings, config, look, manuscript)
        matter = _Matter(config, facts, galleys, headings, entries, composer, look)
        files, pages = {}, None
        if "pdf" in options.formats or options.check:
            files[f"{facts.slug}.pdf"], pages = _print_book(matter, ledger, clock, workers)
        if "epub" in options.formats:
            files[f"{facts.slug}.epub"] = _e_book(matter, pages, manuscript.root, ledger, clock)
    ledger.close()
    rows = index.report_rows(entries, index.locate(entries, pages))
    report = replace(report, pages=pages, index=rows, problems=ledger.problems, timings=clock.timings)
    yield report
    if not options.check:
        yield replace(report, outputs=outputs.write(options.output, files))


@dataclass(frozen=True, slots=True)
class _Matter:
    """What both books are made of."""

    config: Config
    facts: Metadata
    galleys: tuple[Galley, ...]
    contents: Contents
    index: Index
    composer: Composer
    theme: Theme

    @property
    def assets(self) -> Iterator[Asset]:
        """The images of the book."""
        return (asset for galley in self.galleys for asset in galley.assets)


def _print_book(
    matter: _Matter, ledger: Ledger, clock: Clock, workers: Executor | None
) -> tuple[bytes, PageMap]:
    """Lay out the units, gate, and bind: the PDF and the page map that everything else quotes."""
    from recto.print.bind import bind
    from recto.print.gate import gate
    from recto.print.job import asset_table
    from recto.print.paginate import paginate
    from recto.trim import geometry, page_css

    assets = asset_table(matter.theme.styles, matter.assets)
    sheets = [matter.theme.style(name) for name in ("book.css", "print.css")]
    replaced = _undrawable(matter, ledger, sheets, assets)
    with clock.stage("lay out"):
        laid_out, pages, problems = paginate(
            _units(matter, ledger, replaced),
            sheets=sheets,
            page_css=lambda count: page_css(ledger.take(geometry(matter.config, count))),
            assets=assets,
            executor=workers,
            progress=clock.observer.step,
            places={galley.chapter.anchor: galley.chapter.place for galley in matter.galleys},
        )
        ledger.check(problems)
        ledger.check(gate(matter.galleys, laid_out, replaced))
    with clock.stage("bind"):
        page = ledger.take(geometry(matter.config, len(pages.folios)))
        depth = matter.config.print.outline_depth
        bound = bind(
            laid_out,
            pages,
            matter.contents,
            matter.facts,
            page=page,
            assets=assets,
            outline_depth=depth,
            labels=matter.composer.labels,
        )
        return ledger.take(bound), pages


def _units(
    matter: _Matter, ledger: Ledger, replaced: Mapping[int, str]
) -> Callable[[PageMap | None], tuple[Unit, ...]]:
    """How the print book is composed for a page map: pagination asks for it round by round."""
    from recto.index import locate
    from recto.print.glyphs import replacing

    def compose(pages: PageMap | None) -> tuple[Unit, ...]:
        units = ledger.take(matter.composer.print_units(locate(matter.index, pages), pages))
        return replacing(units, replaced)

    return compose


def _undrawable(
    matter: _Matter, ledger: Ledger, sheets: Sequence[str], assets: Mapping[str, AssetFile]
) -> Mapping[int, str]:
    """Characters that no font has, and what is printed for them; each is told."""
    from recto.print.fonts import coverage
    from recto.print.glyphs import check

    fonts = (file for name, file in assets.items() if name.startswith("styles/fonts/"))
    missing = check(matter.galleys, coverage(fonts), sheets=sheets, assets=assets)
    ledger.check(missing.problems())
    return missing.replacements


def _e_book(matter: _Matter, pages: PageMap | None, root: Path, ledger: Ledger, clock: Clock) -> bytes:
    """Compose and package the EPUB; with a page map, its page list and index quote the folios of print."""
    from recto.epub import given_cover, package
    from recto.index import locate

    with clock.stage("package"):
        index = locate(matter.index, pages)
        documents = ledger.take(matter.composer.epub_documents(index, pages))
        cover = ledger.take(given_cover(matter.config, root)) or _drawn_cover(matter, ledger)
        return package(
            (*documents, cover),
            matter.assets,
            matter.facts,
            matter.config.accessibility,
            print_isbn=matter.config.book.isbn,
        )


def _drawn_cover(matter: _Matter, ledger: Ledger) -> Document:
    """A cover for a book that has none: a page composed from its title, laid out, and made an image."""
    from recto.compose.epub_cover import SHEET, cover_unit
    from recto.epub import drawn_cover
    from recto.print.job import LayoutJob, asset_table, run

    unit = ledger.take(cover_unit(matter.composer))
    job = LayoutJob(unit, (matter.theme.style(SHEET),), asset_table(matter.theme.styles, ()))
    return drawn_cover(run(job).pdf)


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
