"""Building again whenever something is saved: which files to look at, and what to say of each build."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread
from time import perf_counter
from urllib.parse import quote

from recto.account.observer import OvertakenError, Silent, Step
from recto.account.report import Report
from recto.door import LARGEST_TEXT, Door, home
from recto.options import Options
from recto.oversight.supervisor import Request
from recto.settings.config import FILE_NAME, INDEX_NAME, OTHER_NAME
from recto.theme import shipped_folder

# in milliseconds
_TOGETHER = 400  # saves that follow hard upon one another are one change, but not for longer than this
_PAUSE = 12  # after a save without another one the change is whole
_LOOK = 100  # between two looks whether to end

_GIVING_WAY = 3  # builds in a row that a new save may end
# Reports, logs and books are made beside a manuscript, and no part of one
_WRITTEN = frozenset((".json", ".log", ".pdf", ".epub", ".tmp"))
_MOST_BESIDE = 5_000  # names beside a single file that are looked at
_SHOWN = 3  # names in a line; of more only the number is told


class Changes:
    """The files that were saved, again and again; at first none, once it is on watch.

    A thread watches, so that a build can hear of what is saved meanwhile: `overtaken` tells of that. Ends
    where it is asked to.
    """

    def __init__(self, options: Options, asked_to_end: Request) -> None:
        self._options, self._asked_to_end = options, asked_to_end
        self._saved: Queue[tuple[Path, ...] | Exception] = Queue()
        self._is_over = Event()
        self._left: tuple[Path, ...] = ()  # what the build that was overtaken was begun for
        self._times = 0  # that builds were overtaken in a row

    def __iter__(self) -> Iterator[tuple[Path, ...]]:
        watcher = Thread(target=self._watch, daemon=True)
        watcher.start()
        try:
            while not self._asked_to_end.is_set():
                with suppress(Empty):
                    changed = self._taken()
                    left, self._left, before = self._left, (), self._times
                    yield tuple(sorted({*left, *changed}))
                    self._times = self._times if self._times > before else 0
        finally:
            self._is_over.set()
            watcher.join()

    def overtaken(self) -> bool:
        """Whether something was saved since the last change was taken up, and the build shall give way to it.

        It shall not for ever: an editor that saves by itself may never be still for as long as a build takes.
        """
        return self._times < _GIVING_WAY and not self._saved.empty()

    def again(self, changed: Sequence[Path]) -> None:
        """A build was overtaken: what it was begun for is to be built with what comes next."""
        self._left, self._times = tuple(changed), self._times + 1

    def _taken(self) -> tuple[Path, ...]:
        """All that was saved since it was last asked for. Raises Empty where that is nothing."""
        found = [self._saved.get(timeout=_LOOK / 1000)]
        while not self._saved.empty():
            found.append(self._saved.get())
        for each in found:
            if isinstance(each, Exception):
                raise each
        return tuple(path for each in found if not isinstance(each, Exception) for path in each)

    def _watch(self) -> None:
        try:
            for changed in _changes(self._options, self._is_over):
                self._saved.put(changed)
        except Exception as fault:  # told by the thread that builds
            self._saved.put(fault)


def _changes(options: Options, asked_to_end: Request) -> Iterator[tuple[Path, ...]]:
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
    """What happens in one build, told in one line at its end; it ends where it is `overtaken`."""

    def __init__(self, changed: Sequence[Path] = (), overtaken: Callable[[], bool] = lambda: False) -> None:
        self._changed, self._units = changed, dict[str, None]()
        self._overtaken = overtaken
        self._began = perf_counter()

    def stage(self, name: str) -> None:
        """See whether to go on. Raises OvertakenError."""
        if self._overtaken():
            raise OvertakenError

    def step(self, step: Step) -> None:
        """Note the unit that was laid out, and see whether to go on. Raises OvertakenError."""
        self.stage("")
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
