"""Building again whenever something is saved: which files to look at, and what to say of each build."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from threading import Event
from time import perf_counter
from urllib.parse import quote

from recto.account.observer import Silent, Step
from recto.account.report import Report
from recto.door import LARGEST_TEXT, Door, home
from recto.options import Options
from recto.settings.config import FILE_NAME, INDEX_NAME, OTHER_NAME
from recto.theme import shipped_folder

# all in milliseconds
_TOGETHER = 400  # saves that follow hard upon one another are one change, but not for longer than this
_PAUSE = 12  # after a save without another one the change is whole
_LOOK = 100  # between two looks whether to end
# Reports, logs and books are made beside a manuscript, and no part of one
_WRITTEN = frozenset((".json", ".log", ".pdf", ".epub", ".tmp"))
_MOST_BESIDE = 5_000  # names beside a single file that are looked at
_SHOWN = 3  # names in a line; of more only the number is told


def changes(options: Options, asked_to_end: Event) -> Iterator[tuple[Path, ...]]:
    """The files that were saved, again and again; at first none, once it is on watch.

    Ends at Ctrl-C, and where it is asked to.
    """
    from watchfiles import Change, DefaultFilter, watch

    source, output = options.source, options.output.resolve()
    plain = DefaultFilter()

    def counts(change: Change, path: str) -> bool:
        return plain(change, path) and _may_matter(Path(path), output) and _is_read(Path(path), source)

    folders, deep = _folders(source)
    on_watch = False
    for found in watch(
        *folders,
        watch_filter=counts,
        debounce=_TOGETHER,
        step=_PAUSE,
        recursive=deep,
        rust_timeout=_LOOK,
        yield_on_timeout=True,
        raise_interrupt=False,
        stop_event=asked_to_end,
    ):
        if found or not on_watch:
            on_watch = True
            yield tuple(sorted({Path(path) for _, path in found}))


def _may_matter(path: Path, output: Path) -> bool:
    """Whether a book can be another one for a file: what a build itself writes must not start the next."""
    hidden = path.name.startswith(".")  # what editors write aside
    return not hidden and path.suffix.lower() not in _WRITTEN and output not in (path, *path.parents)


def _is_read(path: Path, source: Path) -> bool:
    """Whether a build reads a file: of those beside a single file only what the text or book.toml names."""
    if source.is_dir() or path.parent != home(source):
        return True
    if path.name in (source.resolve().name, FILE_NAME, OTHER_NAME, INDEX_NAME):
        return True
    text = _named_in(source)
    return path.name in text or quote(path.name) in text


def _named_in(source: Path) -> str:
    """The text of a manuscript of a single file, and that of its book.toml."""
    texts = []
    for path in (source, home(source) / FILE_NAME, home(source) / OTHER_NAME):
        with suppress(OSError):
            texts.append(Door.of(home(source)).read(path, LARGEST_TEXT).decode("utf-8", "replace"))
    return "\n".join(texts)


def _folders(source: Path) -> tuple[list[Path], bool]:
    """What to look at, and whether below it too: a single file may lie in a folder full of other things."""
    theme = [shipped_folder() / name for name in ("templates", "styles", "themes")]
    if source.is_dir():
        return [source, *theme], True
    parent = home(source)
    text = _named_in(source)
    named = [each for each in islice(parent.iterdir(), _MOST_BESIDE) if f"{each.name}/" in text]
    beside = dict.fromkeys((*(parent / name for name in ("images", "templates", "styles", "themes")), *named))
    below = [path for top in beside for path in _within(top, Door.of(parent))]
    shipped = [path for top in theme for path in (top, *top.rglob("*")) if path.is_dir()]
    return [parent, *shipped, *below], False


def _within(top: Path, door: Door) -> list[Path]:
    """A folder of the book and those below it; none where it isn't there, or the door is shut to it."""
    folders = [top]

    def enter(folder: Path) -> bool:
        folders.append(folder)
        return True

    try:
        door.walk(top, enter)
    except OSError:
        return []
    return folders


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep the garbage collector out of a build: a tenth of its time would go by over what the last one left.

    It collects afterwards, while the author writes, and need not look again at what stays for the next.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        gc.enable()


class BuildLog(Silent):
    """What happens in one build, told in one line at its end."""

    def __init__(self, changed: Sequence[Path] = ()) -> None:
        self._changed, self._units = changed, dict[str, None]()
        self._began = perf_counter()

    def step(self, step: Step) -> None:
        """Note the unit that was laid out."""
        if step.unit:
            self._units[step.unit] = None

    def line(self, report: Report, *, was_broken: bool) -> str:
        """What changed, what was laid out or is wrong, and how long it took."""
        if report.exit_code:
            count = sum(problem.severity == "error" for problem in report.problems) or len(report.problems)
            done = f"not built, {count} {'fault' if count == 1 else 'faults'}; the books are as they were"
        elif report.facts is not None:
            done = "nothing to do"
        else:
            done = f"laid out {_names(tuple(self._units), 'units')}" if self._units else "laid out nothing"
        mended = "mended, " if was_broken and not report.exit_code else ""
        changed = _names([path.name for path in self._changed], "files") if self._changed else "first build"
        return f"{changed}: {mended}{done} ({perf_counter() - self._began:.2f} s)"


def _names(names: Sequence[str], many: str) -> str:
    return ", ".join(names) if len(names) <= _SHOWN else f"{len(names)} {many}"
