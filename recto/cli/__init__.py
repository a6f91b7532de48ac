"""The command line: arguments in; progress, problems and the exit code out. The only place that prints.

Exit codes: 0 built; 1 the manuscript has errors (under --strict, warnings too) and nothing was written;
2 wrong usage or configuration. Anything else is a fault of Recto's own.
"""

from __future__ import annotations

import atexit
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from recto.cli.commands import HELP, Recto, cores, sources
from recto.cli.narrator import Narrator
from recto.editions import DEFAULT, NAMES
from recto.options import Options
from recto.oversight.budget import Budget
from recto.oversight.supervisor import supervised
from recto.version import __version__


def _formats(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Read names of editions, with commas between; without the option, ()."""
    if value is None:
        return ()
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


@click.command(cls=Recto, context_settings=HELP)
@click.argument("source", type=click.Path(path_type=Path), default=Path("book"), shell_complete=sources)
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
    show_default=",".join(DEFAULT),
    callback=_formats,
    metavar="LIST",
    help=f"What to make, with commas between: {', '.join(NAMES)}.",
)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--check", is_flag=True, help="Show the order of the book and every problem; write no book.")
@click.option("--verify", is_flag=True, help="Read the finished books again: is every word in them?")
@click.option("--proof", is_flag=True, help="With the cover, a second file that shows what must stay free.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Write a JSON report; - for standard output.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=cores,
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
@click.option(
    "--max-seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=Budget.seconds,
    show_default=True,
    metavar="N",
    help="Time that a build may take.",
)
@click.option(
    "--max-memory",
    type=click.IntRange(min=1),
    default=Budget.memory,
    show_default=True,
    metavar="MB",
    help="Memory that a build may use.",
)
@click.option("--no-cache", is_flag=True, help="Make everything anew, and keep nothing.")
@click.option("--watch", is_flag=True, help="Build again whenever the manuscript is saved.")
@click.option(
    "--annotations",
    type=click.Choice(["github"]),
    help="Write problems so that a service shows them at their lines.",
)
@click.option("-q", "--quiet", is_flag=True, help="Problems only.")
@click.option("-v", "--verbose", is_flag=True, help="Show how long each stage took.")
@click.version_option(__version__, prog_name="recto")
def main(
    source: Path,
    output: Path,
    formats: tuple[str, ...],
    strict: bool,
    check: bool,
    verify: bool,
    proof: bool,
    report: Path | None,
    jobs: int,
    executor: str | None,
    max_seconds: float,
    max_memory: int,
    no_cache: bool,
    watch: bool,
    annotations: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """SOURCE is a folder, or one text or Markdown file; without it, the folder book/ is built."""
    budget = Budget(max_seconds, max_memory)
    kept = not no_cache
    options = Options(source, output, formats, strict, check, jobs, kept, executor, budget, verify, proof)
    press = Narrator(report, quiet=quiet, verbose=verbose, annotates=annotations is not None)
    sys.exit(press.watch(options) if watch else press.run(options))


def program() -> None:
    """Run the command line as a program of its own: in a child of this process, which watches over it."""
    code, said = supervised(_run)
    if said:
        click.echo(said, err=True)
    sys.exit(code)


def _run() -> None:
    """Run the command line, and end the process with it."""
    codes: list[int] = []
    atexit.register(_leave, codes)  # the first to be registered is the last to be called
    try:
        main()
    except SystemExit as end:
        codes += [end.code] if isinstance(end.code, int) else []
        raise


def _leave(codes: list[int]) -> None:
    """End at once: to take apart all that a build has in memory takes a tenth of a second."""
    if not codes:
        return
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # Python says so in its own way
        return
    os._exit(codes[0])
