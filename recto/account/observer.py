"""Following a build while it runs: what an observer is told, and the clock that times the stages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from time import perf_counter
from typing import Protocol

from recto.account import in_hand


@dataclass(frozen=True, slots=True)
class AdvanceSheets:
    """The pages of the only unit that a build lays out anew, before the book is bound of all.

    `anchors` are those on its pages, one set a page; `chapters` the anchors of all chapters, in their order;
    `folio` is that of the page that they begin on, None where it is not known yet.
    `bind(folios, first)` makes a PDF of it alone, with running heads and folios as they will be, for a book
    with these folios in which it begins on page `first` (from 0).
    """

    anchors: tuple[tuple[str, ...], ...]
    chapters: tuple[str, ...]
    folio: str | None
    bind: Callable[[Sequence[str], int], bytes]


@dataclass(frozen=True, slots=True)
class Step:
    """How far a stage has come: `done` of `total` units, which have so many `pages`.

    `unit` is the one that was just finished, "" before the first; `under_way` are those in the making.
    """

    done: int
    total: int
    unit: str
    pages: int
    under_way: tuple[str, ...] = ()


class Tally:
    """Counts units as they are finished, and tells of it; they are begun in the order of `units`."""

    def __init__(self, tell: Callable[[Step], None] | None, units: Iterable[str], hands: int) -> None:
        self._tell, self._left, self._hands = tell or (lambda _: None), dict.fromkeys(units), hands
        self._total, self._pages = len(self._left), 0
        if self._left:
            self.finished("", 0)

    def finished(self, unit: str, pages: int) -> None:
        """A unit is finished."""
        self._left.pop(unit, None)
        self._pages += pages
        under_way = tuple(islice(self._left, self._hands))
        self._tell(Step(self._total - len(self._left), self._total, unit, self._pages, under_way))


class OvertakenError(Exception):
    """What is being built was saved anew. An observer raises it; nothing is written by the build it ends."""


class Observer(Protocol):
    """Whoever wants to follow a build while it runs. What `stage` or `step` raise ends the build there."""

    def stage(self, name: str) -> None:
        """A stage begins."""

    def step(self, step: Step) -> None:
        """A stage has come so far."""

    def gathered(self, told: str) -> None:
        """All is read; what the folder was found to be, where an order was given, else ""."""

    def collated(self, outline: str) -> None:
        """The order of the book is found: its outline, with the place of every section."""

    def advanced(self, sheets: AdvanceSheets) -> None:
        """The one unit that changed is laid out; told in another thread, while the build goes on."""


class Silent:
    """An observer that looks away."""

    def stage(self, name: str) -> None:
        """Ignore it."""

    def step(self, step: Step) -> None:
        """Ignore it."""

    def gathered(self, told: str) -> None:
        """Ignore it."""

    def collated(self, outline: str) -> None:
        """Ignore it."""

    def advanced(self, sheets: AdvanceSheets) -> None:
        """Ignore it."""


class Clock:
    """Tells the observer which stage runs, and keeps how long each took, in seconds."""

    def __init__(self, observer: Observer) -> None:
        self.observer = observer
        self.timings: dict[str, float] = {}
        self.at = "start"  # the stage that runs, or ran last
        self.begun: Callable[[], None] = lambda: None  # called when one begins

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage; one that is taken up again at once is told of as one."""
        if self.at != name:
            self.observer.stage(name)
        self.at = name
        in_hand.take("")
        self.begun()
        started = perf_counter()
        try:
            yield
            in_hand.take("")
        finally:
            self.timings[name] = self.timings.get(name, 0.0) + perf_counter() - started
