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
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from recto import config as settings
from recto import outputs
from recto.config import Config
from recto.ledger import Ledger
from recto.metadata import Metadata, metadata
from recto.model import Contents, Document, Galley, PageMap, Unit
from recto.problems import ConfigurationError, Place, error, has_errors
from recto.report import Report
from recto.theme import Theme

if TYPE_CHECKING:
    from recto.compose import Composer
    from recto.index.model import Index


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
    # Stages are imported here, so that `--help` costs nothing.
    from recto import collate, contents, gather, index, theme, typeset
    from recto.compose import Composer
    from recto.print.workers import pool

    config = _configure(options)
    if not options.check:
        outputs.prepare(options.output)
    ledger, clock = Ledger(config, strict=options.strict), Clock(observer or Silent())

    with clock.stage("gather"):
        manuscript = ledger.take(gather.gather(options.source, config))
    with clock.stage("collate"):
        book, problems = collate.collate(manuscript, config)
        clock.observer.collated(collate.outline(book))
        ledger.note(problems)
    with pool(options.jobs) as workers:  # opened early: they import the print engine meanwhile
        with clock.stage("typeset"):
            galleys = ledger.take(typeset.typeset(book, manuscript, config))
        with clock.stage("index"):
            headings = contents.contents(galleys)
            entries, galleys, problems = index.build(galleys, config)
            ledger.note(problems)
        look = theme.find(manuscript.root)
        composer = Composer(book, galleys, headings, config, look, manuscript)
        facts = metadata(book, manuscript, config)
        matter = _Matter(config, facts, galleys, headings, entries, composer, look)
        files, pages = {}, None
        if "pdf" in options.formats or options.check:
            files[f"{facts.slug}.pdf"], pages = _print_book(matter, ledger, clock, workers)
        if "epub" in options.formats:
            files[f"{facts.slug}.epub"] = _e_book(matter, pages, manuscript.root, ledger, clock)
    ledger.close()
    written = () if options.check else outputs.write(options.output, files)
    return Report(
        title=book.title,
        galleys=galleys,
        pages=pages,
        index=index.report_rows(entries, index.locate(entries, pages)),
        outputs=written,
        problems=ledger.problems,
        timings=clock.timings,
    )


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


def _print_book(
    matter: _Matter, ledger: Ledger, clock: Clock, workers: Executor | None
) -> tuple[bytes, PageMap]:
    """Lay out the units, gate, and bind: the PDF and the page map that everything else quotes."""
    from recto.index import locate
    from recto.print import glyphs
    from recto.print.bind import bind
    from recto.print.fonts import coverage
    from recto.print.gate import gate
    from recto.print.job import asset_table
    from recto.print.paginate import paginate
    from recto.trim import geometry, page_css

    sheets = [matter.theme.style(name) for name in ("book.css", "print.css")]
    assets = asset_table(matter.theme.styles, (asset for galley in matter.galleys for asset in galley.assets))
    fonts = (file for name, file in assets.items() if name.startswith("styles/fonts/"))
    missing = glyphs.check(matter.galleys, coverage(fonts), sheets=sheets, assets=assets)
    ledger.note(missing.problems())
    places = {galley.chapter.anchor: galley.chapter.place for galley in matter.galleys}

    def compose(pages: PageMap | None) -> tuple[Unit, ...]:
        units = ledger.take(matter.composer.print_units(locate(matter.index, pages), pages))
        return glyphs.replacing(units, missing.replacements)

    def css(page_count: int) -> str:
        return page_css(ledger.take(geometry(matter.config, page_count)))

    with clock.stage("lay out"):
        laid_out, pages, problems = paginate(
            compose,
            sheets=sheets,
            page_css=css,
            assets=assets,
            executor=workers,
            progress=clock.observer.step,
            places=places,
        )
        ledger.note(problems)
        ledger.note(gate(matter.galleys, laid_out, missing.replacements))
    with clock.stage("bind"):
        page = ledger.take(geometry(matter.config, len(pages.folios)))
        depth = matter.config.print.outline_depth
        pdf = ledger.take(
            bind(
                laid_out, pages, matter.contents, matter.facts, page=page, assets=assets, outline_depth=depth
            )
        )
    return pdf, pages


def _e_book(matter: _Matter, pages: PageMap | None, root: Path, ledger: Ledger, clock: Clock) -> bytes:
    """Compose and package the EPUB; with a page map, its page list and index quote the folios of print."""
    from recto.epub import given_cover, package
    from recto.index import locate

    with clock.stage("package"):
        index = locate(matter.index, pages)
        documents = ledger.take(matter.composer.epub_documents(index, pages))
        cover = ledger.take(given_cover(matter.config, root)) or _drawn_cover(matter, ledger)
        assets = (asset for galley in matter.galleys for asset in galley.assets)
        return package(
            (*documents, cover),
            assets,
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
