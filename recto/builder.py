"""One build from options to report: what is kept from the last one, and what becomes of a fault.

A build that has nothing to do ends here, and loads nothing that reads or makes a book: what does is in
recto.production.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace

from recto.account.observer import Clock, Observer, OvertakenError, Silent
from recto.account.report import Report
from recto.editions import DEFAULT, named, need_pages
from recto.options import Options
from recto.oversight.budget import Overseer, OverspentError
from recto.oversight.frames import roomy
from recto.print.workers.workshop import Workshop
from recto.problems import ManuscriptError, Place, RectoError, error
from recto.store import cache as store
from recto.store.cache import Cache
from recto.store.record import Record


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
    the book as was reached; nothing was written. Raises OvertakenError where the observer does.
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
    except OvertakenError:
        cache.close()  # the next build makes use of what this one has kept
        raise
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
    """Make the books, unless nothing has changed since they were made; yields the report as it grows."""
    record = Record(cache, options)
    with clock.stage("gather"):
        standing = None if anew or options.verify else record.standing()
        if standing is not None:
            report, told = standing
            clock.observer.gathered(told)
            yield report
            return
    _put_aside()
    if options.check or need_pages(named(options.formats or DEFAULT)):
        workshop.warm_up()
    from recto.production import produced  # here, so that a build that has nothing to do loads no stage

    yield from produced(options, clock, cache, workshop, overseer, record)


def _put_aside() -> None:
    """Make the folder for what is put aside, before workers or libraries put anything anywhere.

    Raises ManuscriptError where it can't be made: the disk is full, or nobody may write there.
    """
    from recto.oversight import put_aside  # here, so that a build that has nothing to do loads no processes

    try:
        put_aside.folder()
    except OSError as fault:
        message = f"the folder for temporary files can't be written: {fault.strerror or fault}"
        hint = "make room there, or name another in TMPDIR"
        raise ManuscriptError(
            [error("no-room", message, Place(str(fault.filename or "")), hint=hint)]
        ) from fault
