"""Following a build while it runs: what an observer is told, and the clock that times the stages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Protocol


class Observer(Protocol):
    """Whoever wants to follow a build while it runs."""

    def stage(self, name: str) -> None:
        """A stage begins."""

    def step(self, done: int, total: int, what: str) -> None:
        """Within a stage, `done` of `total` pieces are finished; `what` names the newest."""

    def collated(self, outline: str) -> None:
        """The order of the book is found: its outline, with the place of every section."""


class Silent:
    """An observer that looks away."""

    def stage(self, name: str) -> None:
        """Ignore it."""

    def step(self, done: int, total: int, what: str) -> None:
        """Ignore it."""

    def collated(self, outline: str) -> None:
        """Ignore it."""


class Clock:
    """Tells the observer which stage runs, and keeps how long each took, in seconds."""

    def __init__(self, observer: Observer) -> None:
        self.observer = observer
        self.timings: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage."""
        self.observer.stage(name)
        started = perf_counter()
        yield
        self.timings[name] = self.timings.get(name, 0.0) + perf_counter() - started
