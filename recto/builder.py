"""One build from options to report: what is kept from the last one, and what becomes of a fault.

The stages themselves, in order, are in recto.pipeline: it is loaded only where something is to be made.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from recto import forms, gather, theme
from recto.account.ledger import Ledger
from recto.account.observer import Clock, Observer, Silent
from recto.account.report import Report
from recto.door import Door, home
from recto.editions import by_default, named, need_pages
from recto.forms.folder import BookFolder
from recto.gather.nearest import missing
from recto.model import Manuscript
from recto.options import Options
from recto.oversight.budget import Overseer, OverspentError
from recto.oversight.frames import roomy
from recto.print.workers.workshop import Workshop
from recto.problems import ConfigurationError, RectoError, has_errors
from recto.settings import config as settings
from recto.settings.config import Config
from recto.store import cache as store
from recto.store import outputs
from recto.store.cache import Cache
from recto.store.record import Record, inputs
from recto.theme import Theme


@roomy
def build(
    options: Options,
    observer: Observer | None = None,
    workshop: Workshop | None = None,
    *,
    anew: bool = False,
) -> Report:
    """Build the books that `options` ask for and return the report; `workshop` is one that is kept open.

    Where nothing has changed since an earlier build, the report says no more than that build's did as JSON;
    with `anew` every stage is run even so.

    An author's fault raises nothing: the report then has its exit code, every problem found, and as much of
    the book as was reached; nothing was written.
    """
    report = Report()
    opened = workshop or open_workshop(options)
    cache, clock = Cache(None), Clock(observer or Silent())
    overseer = Overseer(options.budget, opened, clock, options.source)
    try:
        with nullcontext() if workshop else opened, overseer:
            if options.cache:
                book = str(options.source.resolve())
                cache = Cache(store.default_folder(), opened.edition, book=book, memos=opened.memos)
            for reached in _reports(options, clock, cache, opened, overseer, anew):
                report = reached
    except RectoError as fault:
        problems = tuple(dict.fromkeys((*report.problems, *fault.problems)))
        if overseer.spent:  # workers that were stopped for it are told as well
            problems = (*problems, overseer.problem(fault))
        report = replace(report, problems=problems, exit_code=fault.exit_code)
    except (OverspentError, MemoryError, RecursionError) as fault:
        report = replace(report, problems=(*report.problems, overseer.problem(fault)), exit_code=1)
    cache.close()
    # what is wrong with the cache is not the manuscript's fault, not even under --strict
    return replace(report, problems=(*report.problems, *cache.problems), timings=clock.timings)


def open_workshop(options: Options) -> Workshop:
    """Where pages are laid out: closed after one build, or kept open for many."""
    return Workshop(options.jobs, options.executor)


def _reports(
    options: Options, clock: Clock, cache: Cache, workshop: Workshop, overseer: Overseer, anew: bool
) -> Iterator[Report]:
    """Gather, and run the stages where anything has changed; yields the report as it grows."""
    config = configure(options.source)
    overseer.budget = options.budget.tightened(config.limits.seconds, config.limits.memory)
    options = replace(options, formats=options.formats or by_default(config))
    ledger = Ledger(config, strict=options.strict)
    if not options.check:
        outputs.prepare(options.output)
    with clock.stage("gather"):
        manuscript = ledger.take(gather.gather(options.source, config))
        ledger.origins = manuscript.origins
        clock.observer.gathered(manuscript.told)
        config = settings.informed(config, manuscript.said)
        look = theme.find(manuscript.root, config)
        record = _record(options, config, manuscript, look, ledger, cache)
        standing = None if anew or options.verify else record.standing()
    if standing is not None:
        yield standing
        return
    workers = workshop.workers()
    if workers is not None and (options.check or need_pages(named(options.formats))):
        workers.warm_up()  # they import the print engine while the manuscript is set
    from recto.editions.makings import Shop  # here, so that a build that has nothing to do loads no stage
    from recto.pipeline import stages

    report = Report()
    for report in stages(options, Shop(config, ledger, clock, cache, workers), manuscript, look):
        yield report
    record.keep(report)


def _record(
    options: Options, config: Config, manuscript: Manuscript, look: Theme, ledger: Ledger, cache: Cache
) -> Record:
    """The record of this build: of none that only checks, or keeps nothing."""
    if options.check or not options.cache:
        return Record(cache, None, options.output)
    told = (options.formats, options.strict, ledger.problems)
    return Record(cache, inputs(manuscript, config, look, options.output, *told), options.output)


def configure(source: Path) -> Config:
    """Read the book.toml and index.toml of a source: in the folder itself, or beside a single file.

    Raises ConfigurationError where they can't be read, or there is no such source.
    """
    if not source.exists():
        raise ConfigurationError([missing(source)])
    path = home(source) / _settings_name(source)
    terms = path.with_name(settings.INDEX_NAME)
    config, problems = settings.read(
        path if os.path.lexists(path) else None, index=terms if os.path.lexists(terms) else None
    )
    if has_errors(problems):
        raise ConfigurationError(problems)
    return replace(config, name=path.name)


def _settings_name(source: Path) -> str:
    """The file of settings: recto.toml where it is there, or where book.toml is another tool's."""
    root = home(source)
    if os.path.lexists(root / settings.OTHER_NAME):
        return settings.OTHER_NAME
    folder = BookFolder(root, Door.of(root))
    claimed = source.is_dir() and forms.claims(folder, settings.FILE_NAME)
    return settings.OTHER_NAME if claimed else settings.FILE_NAME
