"""What the print engine needs of the system: WeasyPrint sets type with Pango, which pip can't install."""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ctypes import util
from pathlib import Path

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


@contextmanager
def named_as_on_linux() -> Iterator[None]:
    """Let libraries be loaded meanwhile by the names that they have on Linux, and by no other there.

    WeasyPrint asks for those of other systems first, and Python looks for each with whatever compiler and
    linker it finds: 50 processes, a third of the engine's start, and programs that nobody asked for.
    """
    former = util.find_library
    if sys.platform == "linux":
        util.find_library = lambda name: None
    try:
        yield
    finally:
        util.find_library = former


def typesetting() -> str:
    """What of the system has a say in how a page looks: the versions of its libraries, and its fonts.

    Fonts of the machine stand in where a book's own have no glyph: every file of theirs counts, by name,
    size and date, and so does every file that tells fontconfig which to choose.
    """
    return "\n".join((*(f"{name} {version}" for name, version in libraries().items()), *fonts()))


def libraries() -> dict[str, str]:
    """The versions of the libraries that set type, by their names."""
    return {name: _version(name, function) for name, function in _VERSIONS.items()}


_VERSIONS = {
    "pango-1.0": "pango_version_string",
    "harfbuzz": "hb_version_string",
    "fontconfig": "FcGetVersion",
}
_SONAMES = {
    "pango-1.0": "libpango-1.0.so.0",
    "harfbuzz": "libharfbuzz.so.0",
    "fontconfig": "libfontconfig.so.1",
}
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


def _library(name: str) -> ctypes.CDLL | None:
    """A library of the system by the name it is linked by; None where it is not to be found."""
    wanted = _SONAMES[name] if sys.platform == "linux" else util.find_library(name)
    try:
        return ctypes.CDLL(wanted) if wanted else None
    except OSError:
        return None


def _version(name: str, function: str) -> str:
    library = _library(name)
    if library is None:
        return "unknown"
    tell = getattr(library, function)
    tell.restype = ctypes.c_int if name == "fontconfig" else ctypes.c_char_p
    told = tell()
    return told.decode() if isinstance(told, bytes) else str(told)


def fonts() -> Iterator[str]:
    """Every file of a font of this machine, and of what tells which to choose: its name, size and date."""
    for folder in _font_places():
        path = Path(folder).expanduser()
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            with suppress(OSError):
                facts = file.stat()
                if not stat.S_ISDIR(facts.st_mode):
                    yield f"{file} {facts.st_size} {facts.st_mtime_ns}"


def _font_places() -> list[str]:
    """The folders that fontconfig looks for fonts in, and the files that configure it."""
    library = _library("fontconfig")
    if library is None:
        return list(_FONT_FOLDERS)
    library.FcInitLoadConfig.restype = ctypes.c_void_p
    library.FcStrListNext.argtypes = [ctypes.c_void_p]
    library.FcStrListNext.restype = ctypes.c_char_p
    config = ctypes.c_void_p(library.FcInitLoadConfig())
    places: list[str] = []
    for ask in (library.FcConfigGetFontDirs, library.FcConfigGetConfigFiles):
        ask.argtypes, ask.restype = [ctypes.c_void_p], ctypes.c_void_p
        told = ask(config)
        while place := library.FcStrListNext(told):
            places.append(os.fsdecode(place))
        library.FcStrListDone(ctypes.c_void_p(told))
    library.FcConfigDestroy(config)
    return places
