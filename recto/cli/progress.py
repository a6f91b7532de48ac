"""Progress on a terminal: a bar for each stage, with the units that are being laid out and the pages done."""

from __future__ import annotations

from collections.abc import Callable

from recto.account.observer import AdvanceSheets, Step

_SHOWN = 3  # names of units; of more only these


class Bars:
    """An observer that draws bars on standard error; a context manager, at whose end they are gone.

    gathered  what to do with the line that tells what was read
    outline   what to do with the outline of the book when it is known
    """

    def __init__(self, gathered: Callable[[str], None], outline: Callable[[str], None]) -> None:
        self.gathered, self.collated = gathered, outline

    def __enter__(self) -> Bars:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskID, TextColumn

        self._tasks: dict[str, TaskID] = {}
        self._progress = Progress(
            TextColumn("{task.description:<8}"),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[told]}"),
            console=Console(stderr=True),
            transient=True,
        )
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def stage(self, name: str) -> None:
        """Fill the bars there are, and begin that of a stage."""
        for task in self._tasks.values():
            self._progress.update(task, total=1, completed=1)
        if name not in self._tasks:
            self._tasks[name] = self._progress.add_task(name, total=None, told="")
        self._progress.update(self._tasks[name], total=None)

    def step(self, step: Step) -> None:
        """Move the bar of the stage that began last."""
        if self._tasks:
            task = next(reversed(self._tasks.values()))
            self._progress.update(task, total=step.total, completed=step.done, told=_told(step))

    def advanced(self, sheets: AdvanceSheets) -> None:
        """Nobody looks at pages here."""


def _told(step: Step) -> str:
    names = ", ".join(step.under_way[:_SHOWN])
    return f"{step.done}/{step.total} units, {step.pages} pages{f': {names}' if names else ''}"
