"""The command line: arguments in; progress, problems and the exit code out. The only place that prints.

Exit codes: 0 built; 1 the manuscript has errors (under --strict, warnings too) and nothing was written;
2 wrong usage or configuration. Anything else is a fault of Recto's own.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import urlsplit

import click

from recto.editions import DEFAULT, NAMES
from recto.observer import Observer, Step
from recto.options import Options
from recto.problems import Problem, listed
from recto.progress import Bars
from recto.report import Report
from recto.version import __version__

_OUR_FAULT = 70  # EX_SOFTWARE of sysexits.h
_INTERRUPTED = 130  # as shells have it: 128 and the number of SIGINT
_HELP = {"help_option_names": ["-h", "--help"]}


def _formats(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    """Read names of editions, with commas between."""
    wanted = tuple(dict.fromkeys(name.strip().lower() for name in value.split(",") if name.strip()))
    for name in wanted:
        if name not in NAMES:
            raise click.BadParameter(f"{name!r} is not one of {', '.join(NAMES)}")
    if not wanted:
        raise click.BadParameter(f"name at least one of {', '.join(NAMES)}")
    return wanted


def _cluster(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Read `dask://HOST:PORT`."""
    if value is None:
        return None
    try:
        address = urlsplit(value)
        whole = address.scheme == "dask" and address.hostname and address.port and not address.path.strip("/")
    except ValueError:  # no number of a port
        whole = False
    if not whole:
        raise click.BadParameter(f"{value!r} is not an address of the form dask://HOST:PORT")
    return value.rstrip("/")


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@click.command("cache", context_settings=_HELP)
@click.option("--clear", is_flag=True, help="Throw away all that is kept.")
def _cache(clear: bool) -> None:
    """Tell where the cache lies and how large it is, or clear it."""
    from recto.store import cache

    folder = cache.default_folder()
    if folder is None:
        click.echo("there is no folder for a cache; RECTO_CACHE may name one", err=True)
        sys.exit(2)
    try:
        count, size = cache.clear(folder) if clear else cache.measure(folder)
    except OSError as fault:
        click.echo(
            f"{folder}: error: the cache can't be cleared: {fault.strerror} [cache-unusable]", err=True
        )
        sys.exit(2)
    click.echo(f"{folder}  {size / 1e6:.1f} MB in {count} entries{', cleared' if clear else ''}")


class _Recto(click.Command):
    """The command, but that `cache` in place of SOURCE looks after the cache (a folder is `./cache`)."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        if args[:1] == [_cache.name]:
            return _cache.make_context(f"{info_name} {args[0]}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        return super().invoke(ctx) if ctx.command is self else ctx.command.invoke(ctx)


@click.command(cls=_Recto, context_settings=_HELP)
@click.argument("source", type=click.Path(path_type=Path), default=Path("book"))
@click.option(
    "-o",
    "--output",
    "output",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    metavar="DIR",
    help="Folder for the books.",
)
@click.option(
    "--formats",
    default=",".join(DEFAULT),
    show_default=True,
    callback=_formats,
    metavar="LIST",
    help="What to make.",
)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--check", is_flag=True, help="Show the order of the book and every problem; write no book.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Write a JSON report; - for standard output.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=_cores,
    show_default="the cores at hand",
    metavar="N",
    help="Processes that lay out pages.",
)
@click.option(
    "--executor",
    callback=_cluster,
    metavar="dask://HOST:PORT",
    help="Lay out pages on a Dask cluster instead.",
)
@click.option("--no-cache", is_flag=True, help="Make everything anew, and keep nothing.")
@click.option("--watch", is_flag=True, help="Build again whenever the manuscript is saved.")
@click.option("-q", "--quiet", is_flag=True, help="Problems only.")
@click.option("-v", "--verbose", is_flag=True, help="Show how long each stage took.")
@click.version_option(__version__, prog_name="recto")
def main(
    source: Path,
    output: Path,
    formats: tuple[str, ...],
    strict: bool,
    check: bool,
    report: Path | None,
    jobs: int,
    executor: str | None,
    no_cache: bool,
    watch: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Bind a manuscript in scattered sections into a book.

    SOURCE is a folder, or one text or Markdown file; without it, the folder book/ is built.

    What was laid out is kept for the next build: `cache` in place of SOURCE tells where, `cache --clear`
    throws it away.
    """  # fmt: skip
    options = Options(source, output, formats, strict, check, jobs, not no_cache, executor)
    press = _Narrator(report, quiet=quiet, verbose=verbose)
    sys.exit(press.watch(options) if watch else press.run(options))


class _Narrator:
    """Runs builds for a person (or a CI log) to follow."""

    def __init__(self, report: Path | None, *, quiet: bool, verbose: bool) -> None:
        self._report, self._quiet, self._verbose = report, quiet, verbose

    def run(self, options: Options) -> int:
        """Build once; returns the exit code."""
        from recto.builder import build

        try:
            with self._observer(options) as observer:
                report = build(options, observer)
        except KeyboardInterrupt:
            click.echo("interrupted; nothing was written", err=True)
            return _INTERRUPTED
        except Exception:
            return _confess()
        self._conclude(report)
        return report.exit_code

    def watch(self, options: Options) -> int:
        """Build, then build again at each change, with warm workers and a line a build, until interrupted."""
        from recto.builder import build, open_workshop
        from recto.watch import changes, undisturbed

        was_broken = False
        try:
            with open_workshop(options) as workshop:
                for changed in changes(options):
                    with undisturbed():
                        make = partial(build, options, workshop=workshop)
                        was_broken = self._rebuild(make, changed, was_broken)
        except KeyboardInterrupt:
            pass
        return 0

    def _rebuild(self, make: Callable[..., Report], changed: Sequence[Path], was_broken: bool) -> bool:
        """One build of many, made by `make` for an observer; tells whether the manuscript is broken now."""
        from recto.watch import BuildLog

        log = BuildLog(changed)
        try:
            report = make(observer=log)
        except Exception:
            _confess()
            return was_broken
        _show(report.problems)
        if self._report is not None:
            _write_report(self._report, report)
        self._time(report)
        click.echo(log.line(report, was_broken=was_broken), err=True)
        return report.exit_code != 0

    def _observer(self, options: Options) -> AbstractContextManager[Observer]:
        on_terminal = sys.stderr.isatty() and not self._quiet
        outline = None if not options.check else sys.stderr if self._to_stdout else sys.stdout
        plain = _PlainObserver(quiet=self._quiet, outline=outline)
        return Bars(plain.gathered, plain.collated) if on_terminal else plain

    @property
    def _to_stdout(self) -> bool:
        """True where standard output is for the report alone."""
        return self._report is not None and str(self._report) == "-"

    def _conclude(self, report: Report) -> None:
        _show(report.problems)
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


def _show(problems: Sequence[Problem]) -> None:
    for line in listed(problems):
        click.echo(line, err=True)


def _write_report(path: Path, report: Report) -> None:
    if str(path) == "-":
        click.echo(report.as_json(), nl=False)
        return
    try:
        path.write_text(report.as_json(), encoding="utf-8")
    except OSError as fault:
        click.echo(f"{path}: error: the report can't be written: {fault.strerror} [report-failed]", err=True)
        sys.exit(2)


def _confess() -> int:
    """A fault of our own: keep the traceback for a bug report, but don't throw it at the author."""
    with tempfile.NamedTemporaryFile("w", prefix="recto-", suffix=".log", delete=False) as log:
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
            click.echo(outline, file=self._outline)
