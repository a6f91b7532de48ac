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
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from recto import cache as store
from recto import config as settings
from recto import outputs
from recto.cache import Cache
from recto.config import Config
from recto.ledger import Ledger
from recto.metadata import Metadata, metadata
from recto.model import Asset, Contents, Document, Galley, LaidOut, Manuscript, PageMap, Unit
from recto.observer import Clock, Observer, Silent
from recto.problems import ConfigurationError, Place, RectoError, error, has_errors
from recto.record import Record, inputs
from recto.report import Report
from recto.theme import Theme

if TYPE_CHECKING:
    from recto.compose import Composer
    from recto.index.model import Index, LocatedIndex
    from recto.print.job import AssetFile, LayoutJob
    from recto.print.workers import Workshop


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


def build(options: Options, observer: Observer | None = None, workshop: Workshop | None = None) -> Report:
    """Build the books that `options` ask for and return the report; `workshop` is one that is kept open.

    An author's fault raises nothing: the report then has its exit code, every problem found, and as much of
    the book as was reached; nothing was written.
    """
    report = Report()
    at = nullcontext(workshop) if workshop else open_workshop(options)
    cache = Cache(None)
    try:
        with at as opened:
            if options.cache:
                cache = Cache(store.default_folder(), opened.edition)
            for reached in _stages(options, Clock(observer or Silent()), cache, opened):
                report = reached
    except RectoError as fault:
        problems = tuple(dict.fromkeys((*report.problems, *fault.problems)))
        report = replace(report, problems=problems, exit_code=fault.exit_code)
    cache.close()
    # what is wrong with the cache is not the manuscript's fault, not even under --strict
    return replace(report, problems=(*report.problems, *cache.problems))


def open_workshop(options: Options) -> Workshop:
    """Where pages are laid out: closed after one build, or kept open for many."""
    from recto.print.workers import Workshop

    return Workshop(options.jobs)


def _stages(options: Options, clock: Clock, cache: Cache, workshop: Workshop) -> Iterator[Report]:
    """Run the stages in order, or only the first where nothing has changed; yields the report as it grows."""
    # Stages are imported here, so that `--help` costs nothing.
    from recto import gather, theme

    config = _configure(options)
    ledger = Ledger(config, strict=options.strict)
    if not options.check:
        outputs.prepare(options.output)
    with clock.stage("gather"):
        manuscript = ledger.take(gather.gather(options.source, config))
        look = theme.find(manuscript.root)
        record = _record(options, config, manuscript, look, ledger, cache)
        standing = record.standing()
    if standing is not None:
        yield replace(standing, timings=clock.timings)
        return
    workers = workshop.workers()
    if workers is not None and ("pdf" in options.formats or options.check):
        workers.warm_up()  # they import the print engine while the manuscript is set
    shop = _Shop(options, config, ledger, clock, cache, workers)
    report = Report()
    for report in _made(shop, manuscript, look):
        yield report
    record.keep(report)


def _made(shop: _Shop, manuscript: Manuscript, look: Theme) -> Iterator[Report]:
    """Make the books out of what was gathered."""
    from recto import collate, contents, index, typeset
    from recto.compose import Composer

    options, config, ledger, clock = shop.options, shop.config, shop.ledger, shop.clock
    with clock.stage("collate"):
        book, problems = collate.collate(manuscript, config)
        clock.observer.collated(collate.outline(book))
        ledger.check(problems)
    with clock.stage("typeset"):
        galleys, problems = typeset.typeset(book, manuscript, config, shop.cache)
        ledger.enter(problems)
    with clock.stage("index"):
        headings = contents.contents(galleys)
        entries, galleys, problems = index.build(galleys, config)
        rows = index.report_rows(entries, index.locate(entries, None))
    report = Report(title=book.title, galleys=galleys, index=rows)
    yield report
    ledger.check(problems)

    facts = metadata(book, manuscript, config)
    composer = Composer(book, galleys, headings, config, look, manuscript)
    matter = _Matter(facts, galleys, headings, entries, composer, look)
    files, pages = {}, None
    if "pdf" in options.formats or options.check:
        files[f"{facts.slug}.pdf"], pages = _print_book(matter, shop)
    located = index.locate(entries, pages)
    if "epub" in options.formats:
        files[f"{facts.slug}.epub"] = _e_book(matter, located, pages, manuscript.root, shop)
    if config.index.automatic == "suggest":
        files |= ledger.take(index.suggested(entries, options.output))
    ledger.enter(index.review(entries, located))
    ledger.close()
    rows = index.report_rows(entries, located)
    report = replace(report, pages=pages, index=rows, problems=ledger.problems, timings=clock.timings)
    yield report
    if not options.check:
        yield replace(report, outputs=outputs.write(options.output, files))


@dataclass(frozen=True, slots=True)
class _Shop:
    """What a build is done with."""

    options: Options
    config: Config
    ledger: Ledger
    clock: Clock
    cache: Cache
    workers: Executor | None

    def lay_out(self, job: LayoutJob) -> LaidOut:
        """Lay out a single page of our own. Raises ManuscriptError where the print engine fails."""
        from recto.print.workers import run_all

        made, problems = run_all([job], self.workers, cache=self.cache)
        self.ledger.check(problems)
        return made[job.unit.name]


@dataclass(frozen=True, slots=True)
class _Matter:
    """What both books are made of."""

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


def _print_book(matter: _Matter, shop: _Shop) -> tuple[bytes, PageMap]:
    """Lay out the units, gate, and bind: the PDF and the page map that everything else quotes."""
    from recto.print.bind import bind
    from recto.print.gate import gate
    from recto.print.job import asset_table
    from recto.print.marks import positions
    from recto.print.paginate import paginate
    from recto.trim import geometry, page_css

    config, ledger, clock = shop.config, shop.ledger, shop.clock
    assets = asset_table(matter.theme.styles, matter.assets)
    sheets = [matter.theme.style(name) for name in ("book.css", "print.css")]
    replaced = _undrawable(matter, shop, sheets, assets)
    with clock.stage("lay out"):
        laid_out, pages, problems = paginate(
            _units(matter, ledger, replaced),
            sheets=sheets,
            page_css=lambda count: page_css(ledger.take(geometry(config, count))),
            assets=assets,
            executor=shop.workers,
            cache=shop.cache,
            characters=ledger.take(geometry(config)).characters,
            progress=clock.observer.step,
            places={galley.chapter.anchor: galley.chapter.place for galley in matter.galleys},
            marks=positions(matter.galleys),
        )
        ledger.check(problems)
        ledger.check(gate(matter.galleys, laid_out, replaced))
    with clock.stage("bind"):
        page = ledger.take(geometry(config, len(pages.folios)))
        bound = bind(
            laid_out,
            pages,
            matter.contents,
            matter.facts,
            page=page,
            assets=assets,
            outline_depth=config.print.outline_depth,
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
    matter: _Matter, shop: _Shop, sheets: Sequence[str], assets: Mapping[str, AssetFile]
) -> Mapping[int, str]:
    """Characters that no font has, and what is printed for them; each is told."""
    from recto.print.fonts import coverage
    from recto.print.glyphs import check

    fonts = (file for name, file in assets.items() if name.startswith("styles/fonts/"))
    missing = check(matter.galleys, coverage(fonts), sheets=sheets, assets=assets, lay_out=shop.lay_out)
    shop.ledger.check(missing.problems())
    return missing.replacements


def _e_book(matter: _Matter, index: LocatedIndex, pages: PageMap | None, root: Path, shop: _Shop) -> bytes:
    """Compose and package the EPUB; with a page map, its page list and index quote the folios of print."""
    from recto.epub import given_cover, package

    config, ledger = shop.config, shop.ledger
    with shop.clock.stage("package"):
        documents = ledger.take(matter.composer.epub_documents(index, pages))
        cover = ledger.take(given_cover(config, root)) or _drawn_cover(matter, shop)
        return package(
            (*documents, cover),
            matter.assets,
            matter.facts,
            config.accessibility,
            print_isbn=config.book.isbn,
        )


def _drawn_cover(matter: _Matter, shop: _Shop) -> Document:
    """A cover for a book that has none: a page composed from its title, laid out, and made an image."""
    from recto.compose.epub_cover import SHEET, cover_unit
    from recto.epub import drawn_cover
    from recto.print.job import LayoutJob, asset_table

    unit = shop.ledger.take(cover_unit(matter.composer))
    job = LayoutJob(unit, (matter.theme.style(SHEET),), asset_table(matter.theme.styles, ()))
    return drawn_cover(shop.lay_out(job).pdf)


def _record(
    options: Options, config: Config, manuscript: Manuscript, look: Theme, ledger: Ledger, cache: Cache
) -> Record:
    """The record of this build: of none that only checks, or keeps nothing."""
    if options.check or not options.cache:
        return Record(cache, None, options.output)
    told = (options.formats, options.strict, ledger.problems)
    return Record(cache, inputs(manuscript, config, look, options.output, *told), options.output)


def _configure(options: Options) -> Config:
    """Read the book.toml and index.toml of a source: in the folder itself, or beside a single file."""
    source = options.source
    if not source.exists():
        hint = "name the folder or the file that holds the manuscript: python build.py FOLDER"
        raise ConfigurationError(
            [error("source-missing", "there is no such file or folder", Place(str(source)), hint=hint)]
        )
    path = (source if source.is_dir() else source.parent) / settings.FILE_NAME
    terms = path.with_name(settings.INDEX_NAME)
    config, problems = settings.read(
        path if path.is_file() else None, index=terms if terms.is_file() else None
    )
    if has_errors(problems):
        raise ConfigurationError(problems)
    return config
