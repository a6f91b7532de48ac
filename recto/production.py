"""The books of a source produced: settings, text and look are gathered, and given to the stages in order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from recto import forms, gather, theme
from recto.account.ledger import Ledger
from recto.account.observer import Clock
from recto.account.report import Report
from recto.door import Door, home
from recto.editions import by_default, named, need_pages
from recto.editions.makings import Shop
from recto.forms.folder import BookFolder
from recto.gather.nearest import missing, settings_above, settings_alone
from recto.model import Manuscript
from recto.options import Options
from recto.oversight.budget import Overseer
from recto.pipeline import stages
from recto.print.workers.workshop import Workshop
from recto.problems import ConfigurationError, has_errors
from recto.settings import config as settings
from recto.settings.config import Config
from recto.store import outputs
from recto.store.cache import Cache
from recto.store.record import Record


def produced(
    options: Options, clock: Clock, cache: Cache, workshop: Workshop, overseer: Overseer, record: Record
) -> Iterator[Report]:
    """Gather, and run the stages; yields the report as it grows, and keeps a record of the finished books.

    Raises what the ledger raises, and ConfigurationError for settings that can't be read.
    """
    config = configure(options.source)
    overseer.budget = options.budget.tightened(config.limits.seconds, config.limits.memory)
    options = replace(options, formats=options.formats or by_default(config))
    ledger = Ledger(config, strict=options.strict)
    if (elsewhere := settings_above(options.source, config.name)) is not None:
        ledger.enter((elsewhere,))
    if not options.check:
        outputs.prepare(options.output)
    with clock.stage("gather"):
        manuscript = ledger.take(gather.gather(options.source, config, cache.memo("read files")))
        ledger.origins = manuscript.origins
        clock.observer.gathered(manuscript.told)
        config = settings.informed(config, manuscript.said)
        look = theme.find(manuscript.root, config)
        if _may_name_files(manuscript, config):
            record.take_in_neighbours()
    workers = workshop.workers()
    if workers is not None and (options.check or need_pages(named(options.formats))):
        workers.warm_up()  # they import the print engine while the manuscript is set
    report = Report()
    shop = Shop(config, ledger, clock, cache, workers, options.check, options.proof)
    for report in stages(options, shop, manuscript, look):
        yield report
    record.keep(report, manuscript.told)


def _may_name_files(manuscript: Manuscript, config: Config) -> bool:
    """Tell whether a book may have pictures in it, which lie beside its text."""
    names = {section.syntax for section in manuscript.sections}
    return bool(config.book.cover) or any(forms.syntax_of(name).names_files for name in names)


def configure(source: Path) -> Config:
    """Read the book.toml and index.toml of a source: in the folder itself, or beside a single file.

    Raises ConfigurationError where they can't be read, or there is no such source.
    """
    if not source.exists():
        raise ConfigurationError([missing(source)])
    if source.name in (settings.FILE_NAME, settings.OTHER_NAME, settings.INDEX_NAME) and source.is_file():
        raise ConfigurationError([settings_alone(source)])
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
