"""What the print engine needs of the system: WeasyPrint sets type with Pango, which pip can't install."""

from __future__ import annotations

import ctypes
import os
import platform
import stat
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from ctypes.util import find_library
from functools import cache
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from recto.print.layout.fallback_fonts import FontFace
from recto.problems import Place, Problem, error
from recto.store.cache import digest
from recto.store.fingerprint import own_code, surroundings
from recto.version import __version__

# Elsewhere the names differ by how Pango was installed; WeasyPrint's own search has to do.
_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0") if sys.platform == "linux" else ()
_BOLD = 180  # in fontconfig's own scale, where regular type is 80
_PATIENCE = 10  # seconds to wait for an answer about fonts
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


def typesetting() -> str:
    """What of the system has a say in how a page looks: the versions of its libraries, and its fonts.

    Fonts of the machine stand in where a book's own have no glyph: every file of theirs counts, by name,
    size and date, and so does every file that tells fontconfig which to choose.
    """
    versions = (f"{name} {_version(name, function)}" for name, function in _VERSIONS.items())
    return "\n".join((*versions, *_fonts()))


@cache
def machine_font(characters: str) -> Path | None:
    """The TrueType font of this machine that draws most of some characters; None where none can be found."""
    charset = " ".join(f"{ord(each):x}" for each in characters)
    path = Path(_asked("fc-match", "--format=%{file}", f":charset={charset}"))
    return path if path.suffix.lower() == ".ttf" and path.is_file() else None


@cache
def machine_faces(characters: str) -> tuple[FontFace, ...]:
    """The fonts of this machine, those first that suit some characters best."""
    wanted = " ".join(f"{ord(each):x}" for each in sorted(characters))
    told = "%{family[0]}\t%{weight}\t%{slant}\t%{charset}\n"
    said = _asked("fc-match", "--sort", f"--format={told}", f"serif:charset={wanted}")
    return tuple(_face(*line.split("\t")) for line in said.splitlines() if line.count("\t") == 3)


def _asked(*command: str) -> str:
    """What a program of fontconfig's answers; "" where it isn't there, or doesn't answer."""
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return said.stdout


def _face(family: str, weight: str, slant: str, charset: str) -> FontFace:
    ends = (ends.partition("-") for ends in charset.split())
    ranges = [range(int(first, 16), int(last or first, 16) + 1) for first, _, last in ends]
    bold = weight.replace(".", "").isdigit() and float(weight) >= _BOLD
    return FontFace(family, 700 if bold else 400, slant != "0", frozenset(chain.from_iterable(ranges)))


def equipment() -> dict[str, str]:
    """All that a page hangs on beside its layout job, by names that a person knows.

    Two machines that have the same equipment make the same pages, byte for byte.
    """
    return {
        "Recto": f"{__version__} ({own_code()[:8]})",
        "Python": platform.python_version(),
        "kind of machine": f"{sys.platform} {platform.machine()}",
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **{name: version(name) for name in _PACKAGES_OF_THE_ENGINE},
        **{name: _version(name, function) for name, function in _VERSIONS.items()},
        **surroundings(),
        "fonts": f"set {digest(*_fonts())[:8]}",
    }


# What WeasyPrint has done for it: each has a say in the bytes of a page.
_PACKAGES_OF_THE_ENGINE = (
    "WeasyPrint", "pydyf", "tinycss2", "cssselect2", "tinyhtml5", "Pyphen", "fonttools", "pillow"
)  # fmt: skip
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
    wanted = _SONAMES[name] if sys.platform == "linux" else find_library(name)
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


def _fonts() -> Iterator[str]:
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
