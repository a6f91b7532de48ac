"""The indexer's workbook: the index of the last good book, and what was decided since.

A decision is in the list at once, and shown at once as it will be (recto.desk.indexer.foresight); the books
follow with the next build. One that was made while a build was under way is not in that build's index, and
is carried over to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

from recto.account.report import Report
from recto.desk.indexer.foresight import foreseen
from recto.desk.indexer.indexing import keeps_automatic, origins, told
from recto.desk.indexer.list_editing import UndecidedError
from recto.desk.indexer.term_list import TermList
from recto.desk.proofs import Proofs
from recto.door import home
from recto.problems import RectoError
from recto.production import configure
from recto.settings.config import INDEX_NAME, Config
from recto.store.cache import Memo

_NO_INDEX: dict[str, Any] = {"entries": [], "candidates": [], "chapters": []}


class Workbook:
    """The index of a source as it is judged. Whoever judges may do so while an index is being read."""

    def __init__(self, source: Path) -> None:
        self._source = source
        self.terms = TermList(home(source).resolve() / INDEX_NAME)
        self._reading, self._judging, self._memo = Lock(), Lock(), Memo()
        self._report: Report | None = None  # that `_index` was made of
        self._config: Config | None = None
        self._index = _NO_INDEX
        self._later: list[Mapping[str, str]] = []  # decisions that no finished build has
        self._in_build = self._built = 0  # so many of them has the build under way, had the last good one
        self._before: list[dict[str, Any]] = []  # the index before each decision that can be taken back
        self._is_behind = False  # what the build under way makes, or the last one made, has been taken back

    def begin(self) -> None:
        """A build begins: it has all that was decided until now."""
        with self._judging:
            self._in_build, self._is_behind = len(self._later), False

    def finish(self) -> None:
        """A good build has ended."""
        with self._judging:
            self._built, self._in_build = self._in_build, 0

    def index(self, report: Report, proofs: Proofs | None) -> dict[str, Any]:
        """The index of a book, with the decisions that came after it."""
        with self._reading:
            if self._report is not report and not self._is_behind:
                with self._judging:
                    built = self._built
                try:
                    config = configure(self._source)
                except RectoError:
                    return self._told()
                fresh = told(report, config, proofs, self._memo)
                self._memo.forget()  # what it read of sections as they were before
                with self._judging:
                    self._later, self._built = self._later[built:], 0
                    self._in_build = max(0, self._in_build - built)
                    for asked in self._later:
                        fresh = foreseen(fresh, asked, config.book.language)
                    self._index, self._config, self._report = fresh, config, report
        return self._told()

    def decide(self, asked: Mapping[str, str], report: Report) -> dict[str, Any]:
        """Write a decision, or take the last one back; returns the index as it will be.

        Raises UndecidedError.
        """
        with self._judging:
            if asked.get("do") == "undo":
                self._take_back()
                return self._told()
            config = self._config or self._configured()
            made = {row["path"][0]: row["origin"] for row in reversed(self._index["entries"])}
            made = {**origins(report), **made}
            self.terms.decide(asked, made, keeps_automatic=keeps_automatic(report, config))
            self._before = [*self._before, self._index][-self.terms.steps :]
            self._later.append(asked)
            self._index = foreseen(self._index, asked, config.book.language)
            return self._told()

    def _take_back(self) -> None:
        self.terms.take_back()
        self._is_behind = True
        if self._later:
            self._later.pop()
            left = len(self._later)
            self._built, self._in_build = min(self._built, left), min(self._in_build, left)
        if self._before:
            self._index = self._before.pop()

    def _configured(self) -> Config:
        try:
            return configure(self._source)
        except RectoError as fault:
            raise UndecidedError(str(fault.problems[0])) from fault

    def _told(self) -> dict[str, Any]:
        return {**self._index, "steps": self.terms.steps}
