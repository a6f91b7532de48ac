"""The stages in order. What each of the two books goes through is in recto.books.

    files --gather--> Sections --collate--> Book --typeset--> Galleys --+--> contents --+
                                                                        +--> index -----+
                                                                        |               v
                          print: compose -> paginate -> gate -> bind -> .pdf
                          epub:  compose (with the page map) -> package -> .epub

Nothing is written before every stage and every check is through; what is written replaces what was there
before file by file, each one whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from recto import config as settings
from recto.books import Matter, PrintBook, Shop, e_book
from recto.config import Config
from recto.door import home
from recto.ledger import Ledger
from recto.metadata import metadata
from recto.model import Manuscript
from recto.observer import Clock, Observer, Silent
from recto.problems import ConfigurationError, Place, RectoError, error, has_errors
from recto.report import Report
from recto.store import cache as store
from recto.store import outputs
from recto.store.cache import Cache
from recto.store.record import Record, inputs
from recto.theme import Theme

if TYPE_CHECKING:
    from recto.index.model import Index, LocatedIndex
    from recto.print.workers.workshop import Workshop


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
    executor: str | None = None


def build(options: Options, observer: Observer | None = None, workshop: Workshop | None = None) -> Report:
    """Build the books that `options` ask for and return the report; `workshop` is one that is kept open.

    An author's fault raises nothing: the report then has its exit code, every problem found, and as much of
    the book as was reached; nothing was written.
    """
    report = Report()
    at = nullcontext(workshop) if workshop else open_workshop(options)
    cache, clock = Cache(None), Clock(observer or Silent())
    try:
        with at as opened:
            if options.cache:
                book = str(options.source.resolve())
                cache = Cache(store.default_folder(), opened.edition, book=book, memos=opened.memos)
            for reached in _stages(options, clock, cache, opened):
                report = reached
    except RectoError as fault:
        problems = tuple(dict.fromkeys((*report.problems, *fault.problems)))
        report = replace(report, problems=problems, exit_code=fault.exit_code)
    cache.close()
    # what is wrong with the cache is not the manuscript's fault, not even under --strict
    return replace(report, problems=(*report.problems, *cache.problems), timings=clock.timings)


def open_workshop(options: Options) -> Workshop:
    """Where pages are laid out: closed after one build, or kept open for many."""
    from recto.print.workers.workshop import Workshop

    return Workshop(options.jobs, options.executor)


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
        yield standing
        return
    workers = workshop.workers()
    if workers is not None and ("pdf" in options.formats or options.check):
        workers.warm_up()  # they import the print engine while the manuscript is set
    shop = Shop(config, ledger, clock, cache, workers)
    report = Report()
    for report in _made(options, shop, manuscript, look):
        yield report
    record.keep(report)


def _made(options: Options, shop: Shop, manuscript: Manuscript, look: Theme) -> Iterator[Report]:
    """Make the books out of what was gathered."""
    from recto import collate, contents, index, typeset
    from recto.compose import Composer

    config, ledger, clock = shop.config, shop.ledger, shop.clock
    with clock.stage("collate"):
        book, problems = collate.collate(manuscript, config)
        clock.observer.collated(collate.outline(book))
        ledger.check(problems)
    with clock.stage("typeset"):
        galleys, problems = typeset.typeset(book, manuscript, config, shop.cache)
        ledger.enter(problems)
    headings, memo = contents.contents(galleys), shop.cache.memo("composed")
    composer = Composer(book, galleys, headings, config, look, manuscript, memo)
    matter = Matter(metadata(book, manuscript, config), composer, look, manuscript.root)
    with ExitStack() as stack:
        printed = None
        if ("pdf" in options.formats or options.check) and not has_errors(ledger.problems):
            printed = stack.enter_context(PrintBook(matter, shop))
            printed.begin()  # workers lay out chapters while the index is made
        with clock.stage("index"):
            entries, galleys, problems = index.build(galleys, config, shop.cache)
            rows = index.report_rows(entries, index.locate(entries, None))
        report = Report(book.title, manuscript.dating, galleys=galleys, index=rows)
        yield report
        ledger.check(problems)

        matter = replace(matter, composer=composer.over(galleys))
        files, located = _books(options, shop, matter, entries, printed)
    if config.index.automatic == "suggest":
        files |= ledger.take(index.suggested(entries, options.output))
    ledger.enter(index.review(entries, located))
    ledger.close()
    rows = index.report_rows(entries, located)
    report = replace(report, pages=located.pages, index=rows, problems=ledger.problems)
    yield report
    if not options.check:
        yield replace(report, outputs=outputs.write(options.output, files))


def _books(
    options: Options, shop: Shop, matter: Matter, entries: Index, printed: PrintBook | None
) -> tuple[dict[str, bytes], LocatedIndex]:
    """The finished files by name, and the index with the folios of print; a worker binds meanwhile."""
    from recto import index

    files: dict[str, bytes] = {}
    pages = printed.lay_out(matter, entries) if printed else None
    bound = printed.bind(matter, pages) if printed and pages else None
    located = index.locate(entries, pages)
    if "epub" in options.formats:
        files[f"{matter.facts.slug}.epub"] = e_book(matter, located, shop)
    if bound is not None:
        with shop.clock.stage("bind"):
            files = {f"{matter.facts.slug}.pdf": shop.ledger.take(bound()), **files}
    return files, located


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
    path = home(source) / settings.FILE_NAME
    terms = path.with_name(settings.INDEX_NAME)
    config, problems = settings.read(
        path if os.path.lexists(path) else None, index=terms if os.path.lexists(terms) else None
    )
    if has_errors(problems):
        raise ConfigurationError(problems)
    return config
