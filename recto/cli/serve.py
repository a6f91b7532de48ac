"""`serve`: see a book in the browser while it is written."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path

import click

from recto.account.report import Report
from recto.cli.commands import HELP, called, cores
from recto.cli.narrator import confess, show
from recto.cli.watch import BuildLog
from recto.options import Options
from recto.oversight.supervisor import asked_to_end, is_supervised

_MISSING = """{}: error: the desk needs more packages than a build ({} is not there)
    hint: pip install "recto[serve]", or `make book` in a checkout of Recto"""


@click.command("serve", context_settings=HELP)
@click.argument("source", type=click.Path(path_type=Path), default=Path("book"))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("out"), show_default=True, metavar="DIR",
    help="Folder for the books.",
)  # fmt: skip
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port to serve at.", show_default="a free one"
)
@click.option("--open", "opens", is_flag=True, help="Open the page in the browser.")
@click.option(
    "--jobs", type=click.IntRange(min=1), default=cores, metavar="N", help="Processes that lay out pages."
)
@click.pass_context
def command(ctx: click.Context, source: Path, output: Path, port: int, opens: bool, jobs: int) -> None:
    """See SOURCE as both books, in the browser of this machine alone, and again whenever a file is saved."""
    try:
        from recto.builder import build
        from recto.desk.desk import Desk
        from recto.desk.serving import keep_building, served
    except ImportError as fault:
        click.echo(_MISSING.format(called(ctx), fault.name), err=True)
        sys.exit(2)
    options = Options(source, output, jobs=jobs)
    if not source.exists():  # what was never there is mistyped, and can't be mended by writing
        show(build(options).problems)
        sys.exit(2)
    desk = Desk(options)
    if is_supervised():
        desk.options.budget.hold()
    was_broken = False

    def tell(report: Report, log: BuildLog) -> None:
        nonlocal was_broken
        show(report.problems)
        click.echo(log.line(report, was_broken=was_broken), err=True)
        was_broken = report.exit_code != 0

    try:
        with served(desk, port) as address:
            click.echo(f"{address}\nCtrl-C ends it.", err=True)
            if opens:
                webbrowser.open(address)
            keep_building(desk, asked_to_end, tell, confess)
    except OSError as fault:
        click.echo(f"port {port}: error: it can't be served here: {fault.strerror}", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        pass
    click.echo("ended", err=True)
