"""`verify-reproducible`: whether a book comes out the same to the byte, whatever has no part in it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from recto.cli.commands import HELP
from recto.problems import Place, error, shown


@click.command("verify-reproducible", context_settings=HELP)
@click.argument("source", type=click.Path(path_type=Path, exists=True), default=Path("book"))
@click.option("--formats", metavar="LIST", help="What to make; as for a build.")
def command(source: Path, formats: str | None) -> None:
    """Build SOURCE three times under other conditions, and compare every file to the byte.

    Nothing is written but in a folder of its own, which is taken away again.
    """
    from recto.desk.reproduction import CONDITIONS, reproduce

    click.echo(f"building with other: {', '.join(CONDITIONS)}", err=True)
    done = reproduce(source, ["--formats", formats] if formats else [])
    if done.difference:
        message = f"the books differ: {done.difference}"
        click.echo(error("not-reproducible", message, Place(shown(source))), err=True)
    elif done.exit_code:
        click.echo(done.said.rstrip(), err=True)
    for name, digest in done.files:
        click.echo(f"{digest}  {name}")
    sys.exit(done.exit_code)
