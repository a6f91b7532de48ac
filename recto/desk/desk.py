"""The desk: the last good book as it can be looked at, and how the last build went.

One thread builds and lays what came of it on the desk; others look. What lies there is frozen, so they see
one book or the next, never half of each. Whoever waits is told when there is something new.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from time import perf_counter
from typing import Any, Literal

from recto import gather
from recto.account.observer import AdvanceSheets
from recto.account.report import Report
from recto.desk.advance import where
from recto.desk.concordance import Concordance
from recto.desk.ebook import Ebook
from recto.desk.indexer.workbook import Workbook
from recto.desk.proofs import Proofs
from recto.door import home, read
from recto.options import Options
from recto.problems import Problem, RectoError
from recto.production import configure

_PDF = b"%PDF-"  # how a PDF begins; the other book is a ZIP archive
_BEAT = 15.0  # seconds after which one who waits hears that the desk is still there

Standing = Literal["building", "good", "broken"]


@dataclass(frozen=True)
class Shown:
    """What lies on the desk; `version` counts, `took` are the seconds of the last build.

    `report` is that of the last good book, `problems` are those of the last build. While one goes on, the
    pages of the chapter that changed may be ahead of all else: `ahead` are their numbers, from 0.
    """

    version: int = 0
    standing: Standing = "building"
    report: Report = field(default_factory=Report)
    proofs: Proofs | None = None
    ahead: range = range(0)
    ebook: Ebook | None = None
    problems: tuple[Problem, ...] = ()
    changed: tuple[str, ...] = ()
    took: float = 0.0


class Desk:
    """What the author looks at. `options` are those of each build."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.shown = Shown()
        self._lock = Lock()
        self._proofs: Proofs | None = None  # those of the last good book
        self._former = Shown()  # what lay there before it, for whoever is still asking
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._concordance: tuple[int, Concordance] | None = None
        self._workbook = Workbook(options.source)
        self._began = perf_counter()
        self._is_closed = False
        self._goes_on = False  # whether the build before this one was a good one

    # --- the thread that builds -------------------------------------------------------------------------

    def begin(self, changed: Sequence[Path]) -> None:
        """A build begins, because files were saved."""
        self._workbook.begin()
        self._began = perf_counter()
        if self.shown.standing != "building":  # else the last build was overtaken, and stands for nothing
            self._goes_on = self.shown.standing == "good"
        self._lay_whole(standing="building", changed=tuple(path.name for path in changed))

    def advance(self, sheets: AdvanceSheets) -> None:
        """The only unit that had to be laid out is so: show its pages, where they will stand in the book."""
        shown = self.shown
        place = where(sheets, shown.report) if shown.proofs else None
        if shown.standing != "building" or not self._goes_on or shown.ahead or place is None:
            return
        first, count = place
        assert shown.proofs is not None and shown.report.pages is not None
        content = sheets.bind(shown.report.pages.folios, first)
        ahead = shown.proofs.with_sheets(content, first % 2, first, count)
        self._lay(of=shown.version, proofs=ahead, ahead=range(first, first + count))

    def finish(self, report: Report) -> None:
        """A build has ended: of a good one the books are taken, of any other only the problems."""
        took = perf_counter() - self._began
        if report.exit_code:
            self._break(took, problems=report.problems)
            return
        self._workbook.finish()
        former = self.shown
        proofs, ebook = self._proofs, former.ebook
        before = {output.path: output.sha256 for output in former.report.outputs}
        for output in report.outputs:
            if before.get(output.path) == output.sha256:
                continue
            if output.role == "book" and read(output.path, output.bytes).startswith(_PDF):
                proofs = Proofs.of(output.path)
            elif output.role == "book":
                ebook = Ebook(output.path)
        told: dict[str, Any] = {"report": report, "ebook": ebook, "problems": report.problems, "took": took}
        self._lay(standing="good", proofs=proofs, ahead=range(0), **told)
        if self._former.proofs is not None and self._former.proofs is not proofs:
            self._former.proofs.close()
        self._former, self._proofs = former, proofs

    def fail(self) -> None:
        """A build ended by a fault of Recto's own, which the terminal tells."""
        self._break(perf_counter() - self._began)

    def _break(self, took: float, **found: Any) -> None:
        """Show the last good book."""
        self._lay_whole(standing="broken", took=took, **found)

    def _lay_whole(self, **found: Any) -> None:
        """Lay down what was found over the last good book; what was laid over its pages is taken away."""
        ahead = self.shown.proofs
        self._lay(proofs=self._proofs, ahead=range(0), **found)
        if ahead is not None and ahead is not self._proofs:
            ahead.close()

    def _lay(self, *, of: int | None = None, **found: Any) -> None:
        """Lay down what was found; what belongs to an earlier version than that which lies there is late."""
        with self._lock:
            if of not in (None, self.shown.version):
                return
            self.shown = replace(self.shown, version=self.shown.version + 1, **found)
            for loop, event in self._waiting:
                if not loop.is_closed():
                    loop.call_soon_threadsafe(event.set)

    def close(self) -> None:
        """Nothing new will come: whoever waits for it need not."""
        self._is_closed = True
        self._lay()

    # --- those who look ---------------------------------------------------------------------------------

    async def news(self) -> AsyncIterator[Shown | None]:
        """What lies on the desk, now and whenever there is something new; None from time to time."""
        event = asyncio.Event()
        waiting = asyncio.get_running_loop(), event
        with self._lock:
            self._waiting.add(waiting)
        try:
            yield self.shown
            while not self._is_closed:
                try:
                    await asyncio.wait_for(event.wait(), _BEAT)
                except asyncio.TimeoutError:
                    yield None
                else:
                    event.clear()
                    yield self.shown
        finally:
            with self._lock:
                self._waiting.discard(waiting)

    def proofs(self, digest: str) -> Proofs | None:
        """The proofs that have a page: those on the desk, or the ones before; None where none has it."""
        each = (self.shown.proofs, self._former.proofs)
        return next((proofs for proofs in each if proofs is not None and digest in proofs), None)

    def ebook(self, name: str, digest: str) -> bytes | None:
        """A file of the e-book on the desk, or of the one that lay there before; None where it is in none."""
        books = [book for book in (self.shown.ebook, self._former.ebook) if book is not None]
        return next((book.files[name] for book in books if book.digests.get(name) == digest), None)

    def concordance(self) -> Concordance | None:
        """The words of the manuscript as it is now; None where it can't be read."""
        shown = self.shown
        if self._concordance is None or self._concordance[0] != shown.version:
            try:
                manuscript, _ = gather.gather(self.options.source, configure(self.options.source))
            except RectoError:
                return None
            self._concordance = shown.version, Concordance(manuscript.sections, manuscript.origins)
        return self._concordance[1]

    def index(self) -> dict[str, Any]:
        """The index of the last good book as it is judged, with what was decided since."""
        shown = self.shown
        return {**self._workbook.index(shown.report, shown.proofs), "version": shown.version}

    def decide(self, asked: Mapping[str, str]) -> dict[str, Any]:
        """Write a decision of the indexer, or take the last one back; returns the index as it will be.

        Raises UndecidedError.
        """
        return {**self._workbook.decide(asked, self.shown.report), "version": self.shown.version}

    @cached_property
    def root(self) -> Path:
        """The folder of the book."""
        return home(self.options.source).resolve()
