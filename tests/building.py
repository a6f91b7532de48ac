"""Runs the command line as an author does, and gives back all that it left behind."""

from __future__ import annotations

import json
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from recto.cli import main


@dataclass(frozen=True)
class Built:
    """What a run of the command line did."""

    exit_code: int
    errors: str
    shown: str
    folder: Path
    report: dict[str, Any]

    def output(self, suffix: str) -> Path:
        """The one file with a suffix (`.pdf`) in the output folder."""
        (path,) = self.folder.glob(f"*{suffix}")
        return path


def build(source: Path, folder: Path, *arguments: str) -> Built:
    """Run `recto SOURCE -o FOLDER --report … ARGUMENTS` in this process.

    And in no other, unless a test asks for some: small books are made sooner than workers are begun.
    """
    report = folder.parent / f"{folder.name}-report.json"
    report.unlink(missing_ok=True)
    asked = arguments if {"--jobs", "--executor"} & {*arguments} else (*arguments, "--jobs", "1")
    command = [str(source), "-o", str(folder), "--report", str(report), *asked]
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    read = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}
    return Built(result.exit_code, result.stderr, result.stdout, folder, read)


def heed_interrupts() -> None:
    """For `preexec_fn`: a program that a test interrupts must hear it.

    A shell that runs the tests in the background has them, and all that they start, ignore SIGINT; nohup has
    them ignore SIGHUP.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
