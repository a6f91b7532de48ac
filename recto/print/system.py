"""What the print engine needs of the system: WeasyPrint sets type with Pango, which pip can't install."""

from __future__ import annotations

import ctypes
import sys

from recto.problems import Place, Problem, error

# Elsewhere the names differ by how Pango was installed; WeasyPrint's own search has to do.
_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0") if sys.platform == "linux" else ()
_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def missing_libraries() -> tuple[Problem, ...]:
    """An error for each library of the system that can't be loaded, as WeasyPrint will want to load it."""
    return tuple(
        error(
            "library-missing",
            f"the library {library} is not installed, and without it no page can be set",
            Place("recto"),
            hint=f"run `make book` in a checkout, or as root: apt-get install {_PACKAGES}",
            subject=library,
        )
        for library in _LIBRARIES
        if not _loads(library)
    )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
