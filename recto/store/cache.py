"""The cache: what one build made and the next one can use again, in the user's cache folder.

Each entry is a file, named by the SHA-256 of all that went into it. The `edition` goes into every name: the
versions of everything that takes part (see recto.store.fingerprint), so that another Recto, another library
or another font on the machine finds nothing rather than something wrong.

A `Memo` is a stage's small results for one book, all in a single entry and in the memory of the process: the
price of an entry apiece would be more than that of making them.

Two builds may use it at once: an entry is written beside its place and renamed, and holds a digest of its
own bytes, so that a reader sees a whole entry or none. Losing entries costs time alone. Nothing here raises:
a cache that can't be used is told of once, and all is made anew.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import os
import pickle
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from recto.problems import Place, Problem, shown, warning

LARGEST = 512 * 2**20  # bytes: some hundred editions of a book of 300 pages
_KEPT = 0.8  # of LARGEST, after entries were thrown out
_ABANDONED = 3600  # seconds after which a draft was left behind by a build that died
_GENERATION = "recto-cache-1"  # another form of the files gets another number
_SEAL = b"recto-cache-1\n"
_DIGEST_SIZE = hashlib.sha256().digest_size


T = TypeVar("T")


class Memo:
    """What a pure function made, by the digest of all that went into it: for one book, from build to build.

    It is as large as the book: what a build that used it did not ask for is forgotten at its end.
    """

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}
        self._kept: dict[str, bytes] = {}  # the same, pickled, as the entry of the cache has it
        self._asked: set[str] = set()
        self._read = False

    def __call__(self, key: str, make: Callable[[], T]) -> T:
        """What was made under a key, or else what `make` makes now; None is nothing, and not kept.

        Nobody may change it afterwards.
        """
        self._asked.add(key)
        if self._made.get(key) is None:
            kept = _unpickled(self._kept[key]) if key in self._kept else None
            self._made[key] = make() if kept is None else kept
        found: T = self._made[key]
        return found

    def __contains__(self, key: str) -> bool:
        return key in self._made or key in self._kept

    def forget(self) -> None:
        """Keep what was asked for since the last time, and nothing else."""
        asked, self._asked = self._asked, set()
        self._made = {key: self._made[key] for key in sorted(asked) if self._made.get(key) is not None}

    def open(self, cache: Cache, kind: str, book: str) -> None:
        """Take over what earlier processes made, once."""
        if not self._read:
            self._read = True
            self._kept = cache.get(kind, book) or {}

    def close(self, cache: Cache, kind: str, book: str) -> None:
        """At the end of a build: keep what it asked for, and nothing else."""
        if not self._asked:
            return
        self.forget()
        if cache.takes and self._made.keys() != self._kept.keys():
            kept = {key: self._kept.get(key) or _pickled(value) for key, value in self._made.items()}
            self._kept = kept
            cache.put(kind, book, kept)


class Cache:
    """Entries by kind and key. Without a folder it holds nothing and takes nothing.

    `book` tells the book apart whose memos it keeps, as the path of its manuscript does; `memos` are those
    of the process, where it goes on to build the same book.
    """

    def __init__(
        self,
        folder: Path | None,
        edition: str = "",
        *,
        book: str = "",
        memos: dict[str, Memo] | None = None,
        largest: int = LARGEST,
    ) -> None:
        self._folder = folder and folder / _GENERATION
        self._edition, self._book, self._largest = edition, book, largest
        self._memos = {} if memos is None else memos
        self._fault: Problem | None = None
        self._takes = folder is not None  # False when it could not be read or written once
        self._written = False

    @property
    def takes(self) -> bool:
        """Whether there is any use in putting something in."""
        return self._takes

    def memo(self, kind: str) -> Memo:
        """The memo of a stage for the book at hand."""
        memo = self._memos.setdefault(kind, Memo())
        memo.open(self, kind, self._book)
        return memo

    @property
    def problems(self) -> tuple[Problem, ...]:
        """A warning where the cache could not be used as it should."""
        return (self._fault,) if self._fault else ()

    def get(self, kind: str, key: str) -> Any:
        """What was put under a key; None where there is nothing, or nothing whole."""
        if self._folder is None:
            return None
        path = self._path(self._folder, kind, key)
        try:
            sealed = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as fault:
            self._give_up(fault)
            return None
        value = _opened(sealed)
        if value is None:
            self._lose("an entry was damaged")
        with suppress(OSError):
            if value is None:
                path.unlink()
            else:
                os.utime(path)  # what is used last is kept longest
        return value

    def put(self, kind: str, key: str, value: object) -> None:
        """Keep a value: dataclasses of Recto, texts, bytes, numbers, and mappings and tuples of them."""
        if self._folder is None or not self._takes:
            return
        path = self._path(self._folder, kind, key)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.parent.mkdir(exist_ok=True)
            _write(path, _pickled(value))
            self._written = True
        except OSError as fault:
            self._give_up(fault)

    def close(self) -> None:
        """At the end of a build: put the memos in, and throw out what was not used for longest where there is
        too much.
        """
        for kind, memo in self._memos.items():
            memo.close(self, kind, self._book)
        if self._folder is None or not self._written:
            return
        entries = sorted(_entries(self._folder))
        total = sum(size for _, size, _ in entries)
        if total <= self._largest:
            return
        for _, size, path in entries:
            if total <= self._largest * _KEPT:
                break
            with suppress(OSError):
                Path(path).unlink()
            total -= size

    def _path(self, folder: Path, kind: str, key: str) -> Path:
        name = digest(self._edition, kind, key)
        return folder / name[:2] / name

    def _give_up(self, fault: OSError) -> None:
        self._takes = False
        self._lose(fault.strerror or str(fault))

    def _lose(self, reason: str) -> None:
        assert self._folder is not None
        self._fault = self._fault or warning(
            "cache-unusable",
            f"the cache can't be used as it is ({reason}); what it should hold is made anew",
            Place(shown(self._folder)),
            hint="clear it with `python build.py cache --clear`, or name another folder in RECTO_CACHE",
        )


def default_folder() -> Path | None:
    """The folder of the cache: $RECTO_CACHE, or `recto` in the user's cache folder; None without a home."""
    if named := os.environ.get("RECTO_CACHE"):
        return Path(named).absolute()
    from platformdirs import user_cache_path

    folder = user_cache_path("recto", appauthor=False)
    return folder if folder.is_absolute() else None


def clear(folder: Path) -> tuple[int, int]:
    """Throw out every entry; returns how many there were, and their bytes. Raises OSError where it can't."""
    count = size = 0
    for _, entry_size, path in _entries(folder / _GENERATION):
        Path(path).unlink(missing_ok=True)
        count, size = count + 1, size + entry_size
    return count, size


def measure(folder: Path) -> tuple[int, int]:
    """How many entries there are, and their bytes."""
    sizes = [size for _, size, _ in _entries(folder / _GENERATION)]
    return len(sizes), sum(sizes)


def digest(*parts: object) -> str:
    """A digest of texts and of values that are told apart by their `repr`, as Recto's dataclasses are."""
    whole = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else repr(part).encode()
        whole.update(hashlib.sha256(content).digest())
    return whole.hexdigest()


def _write(path: Path, content: bytes) -> None:
    """Write an entry with its seal; they are not joined in memory, for a memo may be as large as a book."""
    handle, name = tempfile.mkstemp(prefix=".draft-", dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(_seal(content))
            stream.write(content)
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise


def _entries(folder: Path) -> Iterator[tuple[float, int, str]]:
    """Time of last use, size and path of every entry; drafts that nobody writes any more are removed.

    This is asked at the end of every build, of thousands of entries: hence no Path, which takes longer to
    make than all else.
    """
    for shelf in _listed(folder):
        for entry in _listed(shelf.path) if len(shelf.name) == 2 else ():
            with suppress(OSError):
                facts = entry.stat()
                if not entry.name.startswith("."):
                    yield facts.st_mtime, facts.st_size, entry.path
                elif facts.st_mtime < time.time() - _ABANDONED:
                    Path(entry.path).unlink()


def _listed(folder: str | Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []


def _pickled(value: object) -> bytes:
    return pickle.dumps(value, protocol=5)


def _seal(content: bytes | memoryview) -> bytes:
    return _SEAL + hashlib.sha256(content).digest()


def _opened(sealed: bytes) -> Any:
    """The value in an entry; None where a byte of it is not as it was written."""
    start = len(_SEAL) + _DIGEST_SIZE
    content = memoryview(sealed)[start:]
    return _unpickled(content) if sealed[:start] == _seal(content) else None


def _unpickled(content: bytes | memoryview) -> Any:
    try:
        return _Opener(io.BytesIO(content)).load()
    except Exception:  # a pickle may fail in any way; whatever it is, the entry is of no use
        return None


class _Opener(pickle.Unpickler):
    """Reads Recto's own dataclasses and nothing that could run code: a cache is only a file."""

    def find_class(self, module: str, name: str) -> Any:
        """A dataclass of Recto. Raises UnpicklingError for anything else."""
        if module.startswith("recto."):
            found = super().find_class(module, name)
            if isinstance(found, type) and dataclasses.is_dataclass(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} does not belong in the cache")
