"""`cache`: where what was laid out is kept for the next build."""

from __future__ import annotations

import sys

import click

from recto.cli.commands import HELP


@click.command("cache", context_settings=HELP)
@click.option("--clear", is_flag=True, help="Throw away all that is kept.")
def command(clear: bool) -> None:
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
