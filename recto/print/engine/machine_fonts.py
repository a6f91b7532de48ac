"""The fonts of this machine, asked of fontconfig's own programs: which suits some characters best."""

from __future__ import annotations

import subprocess
from functools import cache
from itertools import chain
from pathlib import Path

from recto.print.layout.fallback_fonts import FontFace

_BOLD = 180  # in fontconfig's own scale, where regular type is 80
_PATIENCE = 10  # seconds to wait for an answer about fonts


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
