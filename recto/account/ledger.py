"""The ledger of a build: every problem that was found, less those the author has silenced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from recto.problems import ConfigurationError, ManuscriptError, Place, Problem, error
from recto.settings.config import FILE_NAME, INDEX_NAME, OTHER_NAME, Config, Silence

Value = TypeVar("Value")


class Ledger:
    """Takes what a stage returns: keeps its problems, hands on its value.

    With `strict`, warnings that are not silenced count as errors when the ledger is closed: after the last
    stage, so that one run shows them all.
    """

    def __init__(self, config: Config, *, strict: bool = False) -> None:
        self._config, self._strict = config, strict
        self._used: set[Silence] = set()
        self._problems: dict[Problem, None] = {}
        self._silent: dict[Problem, None] = {}
        # lines of files by the lines of the text that was made of them, where the two differ
        self.origins: Mapping[str, Sequence[int]] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem so far, silenced ones left out, in the order found, each once."""
        return tuple(self._problems)

    @property
    def told(self) -> tuple[Problem, ...]:
        """Every problem so far, silenced ones as well: the author has heard of all."""
        return (*self._problems, *self._silent)

    def take(self, outcome: tuple[Value, Iterable[Problem]]) -> Value:
        """The value of a stage's outcome, once its problems are checked."""
        value, problems = outcome
        self.check(problems)
        return value

    def enter(self, problems: Iterable[Problem]) -> None:
        """Note problems and go on: the next stage may have more to say."""
        for each in map(self._placed, problems):
            (self._silent if self._silenced(each) else self._problems).setdefault(each)

    def check(self, problems: Iterable[Problem] = ()) -> None:
        """Enter problems; raises ManuscriptError, with all so far, where there is an error among these.

        Where every error lies in book.toml or index.toml it is a ConfigurationError, not the text's fault.
        """
        self.enter(problems)
        faulty = {Path(each.place.file).name for each in self._problems if each.severity == "error"}
        if faulty and faulty <= {FILE_NAME, OTHER_NAME, INDEX_NAME}:
            raise ConfigurationError(self.problems)
        if faulty:
            raise ManuscriptError(self.problems)

    def close(self) -> None:
        """Close the ledger after the last stage.

        Raises ConfigurationError where a silence of book.toml matched nothing (it hides the next fault), and
        ManuscriptError under strict where a warning is left.
        """
        self.check(
            error(
                "silence-unused",
                f"this [[silence]] of `{silence.code}` matches no problem",
                self._config.place_of("silence", number, "code"),
                hint="take it out of book.toml, or correct its code, subject, file or line",
            )
            for number, silence in enumerate(self._config.silence)
            if silence not in self._used
        )
        if self._strict and self._problems:
            raise ManuscriptError(self.problems)

    def _placed(self, problem: Problem) -> Problem:
        """A problem at the line that the author wrote, its hint with the name of the file of settings."""
        lines, line = self.origins.get(problem.place.file), problem.place.line
        if lines and line and line <= len(lines):
            problem = replace(problem, place=Place(problem.place.file, lines[line - 1]))
        if problem.hint and self._config.name != FILE_NAME:
            problem = replace(problem, hint=problem.hint.replace(FILE_NAME, self._config.name))
        return problem

    def _silenced(self, problem: Problem) -> bool:
        covering = [silence for silence in self._config.silence if silence.covers(problem)]
        self._used.update(covering)
        return bool(covering)
