"""Links from file to file: which file of the manuscript a path means."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from recto.ids import composed

_WRITTEN = (".md", ".markdown", ".txt", ".text")
_SHOWN = (".html", ".htm")  # what the file becomes elsewhere, on a web site
_INDEXES = ("README.md", "index.md", "_index.md")


class SourceFiles:
    """The files of a manuscript, with the anchor of what stands first in each.

    `first` has the anchors by file, as places name it; `root` is where a path that begins with `/` starts.
    """

    def __init__(self, first: Mapping[str, str], root: Path) -> None:
        self._root = root
        self._first = first
        self._files = {_key(Path(file)): file for file in first if file}

    def anchor(self, file: str) -> str:
        """The anchor of what stands first in a file."""
        return self._first[file]

    def find(self, path: str, beside: str) -> str | None:
        """The file that a path in a link means, seen from a file; it may be called as on a web site."""
        told = unquote(path)
        folder = self._root if told.startswith("/") else Path(beside).parent
        try:
            wanted = folder / told.lstrip("/")
            names = [wanted, *(wanted / name for name in _INDEXES)]
            if wanted.suffix.lower() in _SHOWN or not wanted.suffix or told.endswith("/"):
                stem = wanted.with_suffix("") if wanted.suffix.lower() in _SHOWN else wanted
                names += [stem.with_name(stem.name + suffix) for suffix in _WRITTEN]
                if stem.name == "index":
                    names += [stem.with_name(name) for name in _INDEXES]
            return next((self._files[key] for name in names if (key := _key(name)) in self._files), None)
        except (OSError, ValueError, RuntimeError):  # a name too long, a zero byte, a circle of links
            return None


def _key(path: Path) -> str:
    """A path by which a file is known, however its name is composed."""
    return composed(str(path.resolve()))
