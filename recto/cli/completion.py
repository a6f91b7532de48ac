"""`completion`: what a shell is told so that it completes the names of commands, options and files."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from recto.cli.commands import HELP

_WHERE = {
    "bash": "echo 'eval \"$(recto completion bash)\"' >> ~/.bashrc",
    "zsh": "echo 'eval \"$(recto completion zsh)\"' >> ~/.zshrc",
    "fish": "recto completion fish > ~/.config/fish/completions/recto.fish",
}
# What click's scripts do wrong, and right: fish cuts an explanation at its first comma; zsh leaves out what
# is empty, as a path is of which nothing is typed yet, and so takes every answer after it for another one.
_MENDED = {
    "bash": ("", ""),
    "zsh": ("in ${response};", 'in "${response[@]}";'),
    "fish": ('string split ","', 'string split --max 1 ","'),
}


@click.command("completion", context_settings=HELP, epilog="\b\n" + "\n".join(_WHERE.values()))
@click.argument("shell", type=click.Choice(list(_WHERE)))
def command(shell: str) -> None:
    """Print what SHELL is to read, for the command `recto`."""
    made = get_completion_class(shell)
    if made is None:  # pragma: no cover - click knows the three
        raise click.UsageError(f"click knows no completion for {shell}")
    words = {"complete_func": "_recto_completion", "complete_var": "_RECTO_COMPLETE", "prog_name": "recto"}
    # not its `source()`, which first runs the shell to ask how old it is
    click.echo(made.source_template.replace(*_MENDED[shell]) % words)
