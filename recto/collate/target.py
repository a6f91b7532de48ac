"""Where a `[[place]]` of book.toml puts something: the reading of its `as`."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Literal

from recto.model import BACK_MATTER, FRONT_MATTER
from recto.numbering import Number

ROLES = (*FRONT_MATTER, *BACK_MATTER)
_NUMBERED = re.compile(r"(?P<word>appendix|chapter|section)(?:\s+(?P<number>[\w.]+))?", re.I)


@dataclass(frozen=True, slots=True)
class Target:
    """Where to: `number` for a chapter or section (None: the next free letter), `role` for matter."""

    kind: Literal["omit", "chapter", "section", "matter"]
    number: Number | None = None
    role: str | None = None


def read_target(words: str) -> Target | None:
    """Read `omit`, `appendix`, `appendix B`, `chapter 44`, `section 5.9` or `preface`; None for all else."""
    name = "-".join(words.lower().split())
    if name == "omit":
        return Target("omit")
    if role := role_named(name):
        return Target("matter", role=role)
    found = _NUMBERED.fullmatch(words.strip())
    if not found:
        return None
    word, typed = found["word"].lower(), (found["number"] or "").upper()
    number = Number.parse(typed) if typed else None
    if word == "appendix":
        fits = not typed or (number is not None and number.depth == 1 and number.lettered)
        return Target("chapter", number) if fits else None
    if number is None or (number.depth == 1) != (word == "chapter"):
        return None
    return Target("chapter" if word == "chapter" else "section", number)


def role_named(name: str) -> str | None:
    """The role of matter by its name: `about the author` or `about-the-author`; None for no role."""
    name = "-".join(name.lower().split())
    return name if name in ROLES else {"acknowledgements": "acknowledgments"}.get(name)


def nearest(words: str) -> str:
    """A hint for an `as` that could not be read."""
    known = ["omit", "appendix", "chapter 4", "section 4.2", *ROLES]
    near = difflib.get_close_matches(words.lower(), known, n=1)
    start = f"did you mean “{near[0]}”? " if near else ""
    return (
        f"{start}write “appendix”, “appendix B”, “chapter 44”, “section 5.9”, “omit” "
        "or a name such as “preface”"
    )
