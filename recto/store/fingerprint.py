"""What takes part in a build beside the manuscript: Recto's own code, the libraries, the environment."""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from recto.door import shipped_folder
from recto.store.cache import digest

_PACKAGE = Path(__file__).resolve().parent.parent
# What fonts and words of the machine get chosen by, beside the fonts themselves
_SURROUNDINGS = (
    "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "FC_LANG", "FONTCONFIG_FILE", "FONTCONFIG_PATH",
    "PANGO_LANGUAGE",
)  # fmt: skip


def edition(*machine: str) -> str:
    """What every entry hangs on beside its own key, as one digest.

    Recto's code itself, the Python that runs it, every installed package by name and version, and the
    environment that fonts are chosen by; `machine` is what the caller knows of the rest (Pango, fonts).
    """
    return digest(own_code(), sys.version, sys.platform, _installed(), surroundings(), *machine)


@cache
def own_code() -> str:
    """A digest of Recto's code itself, as this process first found it: that is the code that runs."""
    files = {
        path.relative_to(_PACKAGE).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(_PACKAGE.rglob("*"))
        if path.is_file() and path.parent.name != "__pycache__" and path.suffix in (".py", ".toml", ".txt")
    }
    return digest(files)


def shipped_theme() -> str:
    """What the files of the shipped themes would not keep if they were changed."""
    names = ("templates", "styles", "themes")
    files = (path for name in names for path in sorted((shipped_folder() / name).rglob("*")))
    return digest([(str(path), *stamp(path)) for path in files if path.is_file()])


def stamp(path: Path) -> tuple[int, ...]:
    """What a file would not keep if it were saved anew. Raises OSError where there is none."""
    facts = path.stat()
    return facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino


def surroundings() -> dict[str, str]:
    """The variables that fonts and words of the machine get chosen by: those that are set."""
    return {name: value for name in _SURROUNDINGS if (value := os.environ.get(name)) is not None}


def _installed() -> list[str]:
    """Every installed package with its version: the names of the folders that their metadata lies in."""
    names: set[str] = set()
    for folder in sys.path:
        with suppress(OSError):
            names.update(
                path.name for path in Path(folder).iterdir() if path.suffix in (".dist-info", ".egg-info")
            )
    return sorted(names)
