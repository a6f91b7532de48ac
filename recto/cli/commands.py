"""The commands that stand in place of SOURCE, and the help that begins with what a newcomer needs.

Each is a module of this folder with a `command`, loaded when it is asked for. A folder that is really called
so is built as `./init`.
"""

from __future__ import annotations

import difflib
import os
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

HELP = {"help_option_names": ["-h", "--help"]}

COMMANDS = {
    "init": "begin a book: settings, two chapters, what git and CI need",
    "serve": "see a book in the browser while it is written",
    "cache": "tell where what was laid out is kept, or clear it",
    "verify-reproducible": "build a book three times, and see whether it is the same to the byte",
    "completion": "let bash, zsh or fish complete what is typed",
}
_FIRST = (
    ("init my-book", "a new book, with two chapters to write over"),
    ("serve my-book", "see it in the browser while you write"),
    ("my-book", "both books, into out/"),
)

_NEAR = 0.7  # how like a command a word is that was meant to be one (`difflib`)


class Recto(click.Command):
    """The command that builds, but that one of COMMANDS in place of SOURCE does what it is for."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of this command, or of the one that is named first."""
        if args and args[0] in COMMANDS:
            made: click.Command = import_module(f"recto.cli.{args[0].replace('-', '_')}").command
            return made.make_context(f"{info_name} {args[0]}", args[1:], parent, **extra)
        if args and (meant := _meant(args[0])):
            message = f"{args[0]} is no file or folder, and no command. Did you mean {meant}?"
            raise click.UsageError(message, click.Context(self, info_name=info_name))
        return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run this command, or the one that is named first."""
        return super().invoke(ctx) if ctx.command is self else ctx.command.invoke(ctx)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What to type first, then the usage and every option."""
        program = called(ctx)
        formatter.write_text("Recto binds a manuscript in scattered sections into a book. To begin:")
        with formatter.indentation():
            formatter.write_dl([(f"{program} {typed}", told) for typed, told in _FIRST])
        formatter.write_paragraph()
        super().format_help(ctx, formatter)
        with formatter.section("In place of SOURCE (a folder called so is ./init)"):
            formatter.write_dl(list(COMMANDS.items()))


def _meant(typed: str) -> str:
    """The command that a word which names nothing was probably meant to be; "" where there is none."""
    if typed.startswith("-") or os.path.lexists(typed):
        return ""
    return next(iter(difflib.get_close_matches(typed, COMMANDS, n=1, cutoff=_NEAR)), "")


def called(ctx: click.Context) -> str:
    """The program as it was called, to be typed again: `recto`, or `python build.py`."""
    name = ctx.find_root().info_name or "recto"
    name = Path(name.partition(" ")[0]).name
    return f"python {name}" if name.endswith(".py") else name


def sources(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """What may stand in place of the first SOURCE: a command, or any file."""
    named = [CompletionItem(name, help=told) for name, told in COMMANDS.items() if name.startswith(typed)]
    # files first: where bash hears of them, it forgets the names that it has heard before
    return [CompletionItem(typed, type="file"), *named]


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
