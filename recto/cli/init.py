"""`init`: begin a book."""

from __future__ import annotations

import locale
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from shlex import quote

import click

from recto.cli.commands import HELP, called
from recto.cli.narrator import show
from recto.desk.beginning.begin import Beginnings, Laid, holds_text, lay, starter, title_of
from recto.desk.beginning.origin import action
from recto.problems import Place, RectoError, error, shown
from recto.settings.lengths import is_page

_LANGUAGE_TAG = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # BCP 47, as far as books need it
_AND = re.compile(r"(?:^|\s)and(?:\s|$)")  # between two names, or where one is still to be typed


@click.command("init", context_settings=HELP)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
@click.option("-y", "--yes", is_flag=True, help="Ask nothing; all can be changed in book.toml.")
@click.option(
    "--from", "source", type=click.Path(path_type=Path), metavar="SOURCE",
    help="Turn a manuscript of any kind that Recto reads into a tidy folder.",
)  # fmt: skip
@click.option(
    "--action", default=action, metavar="OWNER/REPOSITORY@VERSION",
    help="Where GitHub takes Recto from.", show_default="where this one was taken from",
)  # fmt: skip
@click.pass_context
def command(ctx: click.Context, folder: Path | None, yes: bool, source: Path | None, action: str) -> None:
    """Begin a book in FOLDER: settings, two chapters to write over, and what git and CI need.

    No file is ever overwritten. In a folder that holds text already, the text is the book, and gets the rest.
    """
    if source is not None:
        _unfold(ctx, source, folder, action)
        return
    asks = not yes and sys.stdin.isatty()
    if folder is None:
        folder = Path(click.prompt("Folder", default="my-book") if asks else "my-book")
    facts = Beginnings(title_of(folder), _author(), language=_language(), action=action)
    if asks:
        facts = asked(facts)
    elif not yes:
        click.echo("nothing is asked where there is no terminal to answer in, and what is piped is not read:")
        click.echo("  title, author, language and size of the page are as guessed, and stand in book.toml")
    try:
        has_text = holds_text(folder)
        laid = lay(folder, starter(facts, chapters=not has_text))
    except OSError as fault:
        message = f"no book can be begun here: {fault.strerror}"
        click.echo(error("init-failed", message, Place(shown(folder))), err=True)
        sys.exit(2)
    _tell(folder, laid, called(ctx), action, has_text=has_text)


def _unfold(ctx: click.Context, source: Path, folder: Path | None, action: str) -> None:
    """Write a tidy folder out of a source, and tell what is to be told of it."""
    from recto.desk.beginning.unfold import unfold  # loads the stages

    if folder is None:
        raise click.UsageError("name the folder that is to be made: init --from SOURCE FOLDER", ctx)
    facts = Beginnings("", action=action)
    extra = {name: text for name, text in starter(facts, chapters=False).items() if name.startswith(".")}
    try:
        made = unfold(source, folder, extra)
    except RectoError as fault:
        show(fault.problems)
        sys.exit(fault.exit_code)
    except OSError as fault:
        message = f"no book can be written here: {fault.strerror}"
        click.echo(error("init-failed", message, Place(shown(folder))), err=True)
        sys.exit(2)
    show(made.problems)
    click.echo(f"wrote {len(made.written)} files into {shown(folder)}")
    _tell_of_workflow(action)
    _tell_what_to_type(called(ctx), folder)


def asked(facts: Beginnings) -> Beginnings:
    """What the author says where it is not as guessed; an empty line agrees."""
    title = click.prompt("Title", default=facts.title)
    author = click.prompt("Author (of several: Ann Lee and Bo Day)", default=" and ".join(facts.authors))
    language = click.prompt("Language (a tag such as en, de-CH, pt-BR)", default=facts.language)
    while not _LANGUAGE_TAG.fullmatch(language):
        language = click.prompt("That is no tag of a language. Another", default=facts.language)
    trim = click.prompt("Size of the page (6x9in, a5, 148x210mm)", default=facts.trim)
    while not is_page(trim):
        trim = click.prompt("That is no size that a book can have. Another", default=facts.trim)
    return replace(facts, title=title, authors=_names(author), language=language, trim=trim)


def _names(typed: str) -> tuple[str, ...]:
    """Names in a row as one types them: `Ann Lee, Bo Day and Cy Fox`; `Lee, Ann` and `Day, Jr.` are one"""
    found = []
    for part in _AND.split(typed):
        pieces = [name for piece in part.split(",") if (name := piece.strip())]
        found += pieces if all(" " in name for name in pieces) else [part.strip(" ,")]
    return tuple(name for name in found if name)


def _tell_of_workflow(action: str) -> None:
    if not action:
        click.echo("wrote no workflow for GitHub, since it is not known where this Recto was taken from;")
        click.echo("  to have one: init … --action OWNER/REPOSITORY@VERSION, as in someone/recto@v0.1.0")


def _tell(folder: Path, laid: Laid, program: str, action: str, *, has_text: bool) -> None:
    for path in laid.written:
        click.echo(f"wrote {shown(path)}")
    for path in laid.kept:
        click.echo(f"kept {shown(path)}, which was there")
    if has_text:
        click.echo("The text that was there is the book.")
    _tell_of_workflow(action)
    _tell_what_to_type(program, folder)


def _tell_what_to_type(program: str, folder: Path) -> None:
    typed = quote(str(folder))
    click.echo(f"\nNow:\n  {program} serve {typed}\n  {program} {typed}")


def _author() -> tuple[str, ...]:
    """The name that git knows."""
    try:
        told = subprocess.run(
            ["git", "config", "user.name"], capture_output=True, text=True, timeout=5, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    return (name,) if (name := told.stdout.strip()) else ()


def _language() -> str:
    """The language of this machine; English where it says none."""
    name = (locale.getlocale()[0] or "").partition(".")[0]
    return name.replace("_", "-") if name[:2].islower() and name[2:3] in ("", "_") else "en"
