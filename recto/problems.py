"""Problems: what a stage has to tell the author, as data.

A stage never prints and never stops at the first fault. It returns what it made together with a tuple of
problems; the pipeline decides whether to go on, and the command line alone writes them out, one a line:

    path:line: severity: message [code]
        hint: what to do about it
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Severity = Literal["error", "warning"]
FEW = 5  # problems of one kind that are shown each by itself


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in the author's files something stands.

    `file` is the path as the author would type it: relative to the folder the build was started in where
    it lies below it, absolute otherwise. `line` counts from 1; None means the file as a whole.
    """

    file: str
    line: int | None = None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault, or one thing done on the author's behalf that the author should know of.

    `code` is a stable kebab-case name (`number-gap`), the handle for silencing. `subject` is what the
    problem is about in the author's terms (a section number such as `4.3`, a term, a file name): unlike a
    line it survives an edit elsewhere, so a silence in book.toml can name it.
    """

    severity: Severity
    code: str
    message: str
    place: Place
    hint: str | None = None
    subject: str = ""

    def __str__(self) -> str:
        line = f"{self.place}: {self.severity}: {self.message} [{self.code}]"
        return line if self.hint is None else f"{line}\n    hint: {self.hint}"


def shown(path: Path) -> str:
    """A path as it is shown to the author: relative to the current folder where it lies below it."""
    for found in (os.path.abspath, os.path.realpath):  # a link has the name that the author gave it
        with suppress(ValueError, OSError):  # elsewhere, or no path at all
            return printable(str(Path(found(path)).relative_to(Path.cwd())))
    return printable(str(path))


def printable(name: str) -> str:
    """The name of a file as it can be written; bytes that are no UTF-8 as their numbers (PEP 383)."""
    return name.encode("utf-8", "backslashreplace").decode()


def error(code: str, message: str, place: Place, *, hint: str | None = None, subject: str = "") -> Problem:
    """A problem that keeps the book from being built."""
    return Problem("error", code, message, place, hint, subject)


def warning(code: str, message: str, place: Place, *, hint: str | None = None, subject: str = "") -> Problem:
    """A problem the book can be built with."""
    return Problem("warning", code, message, place, hint, subject)


def how_to_silence(code: str, subject: str) -> str:
    """What to write in book.toml to accept a warning, for the end of a hint."""
    return f'write in book.toml: [[silence]] code = "{code}", subject = "{subject}", reason = "…"'


def few(names: Sequence[str]) -> str:
    """Names as a message has them: the first three, and how many more there are."""
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def listed(problems: Sequence[Problem]) -> Iterator[str]:
    """Problems as they are shown: of many of a kind the first few, then one line that counts the rest."""
    kinds: dict[tuple[Severity, str], list[Problem]] = {}
    for problem in problems:
        kinds.setdefault((problem.severity, problem.code), []).append(problem)
    shown = dict.fromkeys(kinds, 0)
    for problem in problems:
        kind = problem.severity, problem.code
        shown[kind] += 1
        left = kinds[kind][FEW:]
        if shown[kind] <= FEW or len(left) == 1:
            yield str(problem)
        elif shown[kind] == FEW + 1:
            files = len({each.place.file for each in left})
            where = f" in {files} files" if files > 1 else ""
            yield (
                f"{problem.place}: {problem.severity}: {len(left):,} more of this kind follow{where};"
                f" --report FILE lists them all [{problem.code}]"
            )


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any of the problems is an error."""
    return any(problem.severity == "error" for problem in problems)


class RectoError(Exception):
    """A build that cannot go on; carries everything known to be wrong, never just the first fault."""

    exit_code = 1

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class ManuscriptError(RectoError):
    """The manuscript has errors, or (under --strict) warnings: exit code 1."""


class ConfigurationError(RectoError):
    """Wrong usage, an unreadable SOURCE or a wrong book.toml: exit code 2."""

    exit_code = 2
