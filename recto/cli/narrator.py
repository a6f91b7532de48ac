"""Telling a person, or a CI log, how a build goes: progress, problems, and what was made."""

from __future__ import annotations

import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from recto.account.observer import AdvanceSheets, Observer, OvertakenError, Step
from recto.account.report import Report
from recto.cli.annotations import github
from recto.cli.progress import Bars
from recto.options import Options
from recto.oversight.supervisor import asked_to_end, is_supervised
from recto.problems import Problem, listed, printable

if TYPE_CHECKING:
    from recto.cli.watch import BuildLog

_OUR_FAULT = 70  # EX_SOFTWARE of sysexits.h
_INTERRUPTED = 130  # as shells have it: 128 and the number of SIGINT


class Narrator:
    """Runs builds for a person (or a CI log) to follow."""

    def __init__(self, report: Path | None, *, quiet: bool, verbose: bool, annotates: bool = False) -> None:
        self._report, self._quiet, self._verbose, self._annotates = report, quiet, verbose, annotates

    def run(self, options: Options) -> int:
        """Build once; returns the exit code."""
        from recto.builder import build

        if is_supervised():
            options.budget.hold()
        try:
            with self._observer(options) as observer:
                report = build(options, observer)
        except KeyboardInterrupt as request:
            click.echo("interrupted; nothing was written", err=True)
            return 128 + int(*request.args) if request.args else _INTERRUPTED
        except Exception:
            return confess()
        self._conclude(report)
        return report.exit_code

    def watch(self, options: Options) -> int:
        """Build, then build again at each change, with warm workers and a line a build, until interrupted."""
        from recto.builder import build, open_workshop
        from recto.cli.watch import BuildLog, Changes, undisturbed

        was_broken = False
        if is_supervised():
            options.budget.hold()
        try:
            with open_workshop(options) as workshop:
                changes = Changes(options, asked_to_end)
                for changed in changes:
                    log = BuildLog(changed, changes.overtaken)
                    with undisturbed():
                        make = partial(build, options, log, workshop)
                        try:
                            was_broken = self._rebuild(make, log, was_broken)
                        except OvertakenError:
                            changes.again(changed)
        except KeyboardInterrupt:
            pass
        click.echo("ended", err=True)
        return 0

    def _rebuild(self, make: Callable[[], Report], log: BuildLog, was_broken: bool) -> bool:
        """One build of many, which `make` makes; tells whether the manuscript is broken now.

        Raises OvertakenError.
        """
        try:
            report = make()
        except OvertakenError:
            raise
        except Exception:
            confess()
            return was_broken
        show(report.problems)
        if self._report is not None:
            _write_report(self._report, report)
        self._time(report)
        click.echo(log.line(report, was_broken=was_broken), err=True)
        return report.exit_code != 0

    def _observer(self, options: Options) -> AbstractContextManager[Observer]:
        on_terminal = sys.stderr.isatty() and not self._quiet
        shows = options.check and not self._quiet
        outline = (sys.stderr if self._to_stdout else sys.stdout) if shows else None
        plain = _PlainObserver(quiet=self._quiet, outline=outline)
        return Bars(plain.gathered, plain.collated) if on_terminal else plain

    @property
    def _to_stdout(self) -> bool:
        """True where standard output is for the report alone."""
        return self._report is not None and str(self._report) == "-"

    def _conclude(self, report: Report) -> None:
        show(report.problems)
        for line in github(report.problems) if self._annotates else ():
            click.echo(line, err=self._to_stdout)
        if self._report is not None:
            _write_report(self._report, report)
        if self._quiet:
            return
        self._time(report)
        for output in report.outputs:
            click.echo(f"{output.path}  {output.bytes / 1e6:.2f} MB", err=True)
        if report.outputs and report.dating.source == "none":
            day = f"{report.dating.moment:%Y-%m-%d}"
            click.echo(f"no date is known, so the books say {day}: give one in book.toml", err=True)

    def _time(self, report: Report) -> None:
        for stage, seconds in report.timings.items() if self._verbose else ():
            click.echo(f"{seconds:8.2f} s  {stage}", err=True)


def show(problems: Sequence[Problem]) -> None:
    """Problems, a line each, those of many of a kind counted."""
    for line in listed(problems):
        click.echo(printable(line), err=True)


def _write_report(path: Path, report: Report) -> None:
    if str(path) == "-":
        click.echo(report.as_json(), nl=False)
        return
    try:
        path.write_text(report.as_json(), encoding="utf-8")
    except OSError as fault:
        click.echo(f"{path}: error: the report can't be written: {fault.strerror} [report-failed]", err=True)
        sys.exit(2)


def confess() -> int:
    """A fault of our own: keep the traceback for a bug report, but don't throw it at the author."""
    # here: what multiprocessing does at the end is to be registered after our own (cli._run)
    from recto.oversight import put_aside

    kept = put_aside.lasting()  # not among what goes with the process
    with tempfile.NamedTemporaryFile("w", prefix="recto-", suffix=".log", dir=kept, delete=False) as log:
        traceback.print_exc(file=log)
    click.echo(
        f"recto: this is a fault in Recto itself, not in your manuscript ({sys.exc_info()[1]!r})\n"
        f"    hint: please report it with the file {log.name}; nothing was written",
        err=True,
    )
    return _OUR_FAULT


class _PlainObserver:
    """Progress where no terminal is: a line a stage. `outline` is where the order of the book is shown."""

    def __init__(self, *, quiet: bool, outline: TextIO | None) -> None:
        self._quiet, self._outline = quiet, outline

    def __enter__(self) -> Observer:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def stage(self, name: str) -> None:
        if not self._quiet:
            click.echo(name, err=True)

    def step(self, step: Step) -> None:
        return None

    def gathered(self, told: str) -> None:
        if told and not self._quiet:
            click.echo(told, err=True)

    def collated(self, outline: str) -> None:
        if self._outline is not None:
            click.echo(printable(outline), file=self._outline)

    def advanced(self, sheets: AdvanceSheets) -> None:
        return None
