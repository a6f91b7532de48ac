"""The shorthand `font` in pictures: WeasyPrint 70 takes its first word for the size, and draws no such text.

`font: bold 20px/1.2 Georgia, serif` (CSS Fonts 4, 2.7) becomes what it stands for, before a picture is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from recto.print.engine.inner import parse_declarations, svg

_SIZE = r"[\d.]+(?:[a-z]+|%)|(?:x{1,3}-|x-)?(?:small|large)|medium|smaller|larger"
_SHORTHAND = re.compile(
    rf"(?P<before>(?:[\w-]+\s+){{0,6}}?)(?P<size>{_SIZE})(?:\s*/\s*[\w.%]+)?\s+(?P<family>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_STYLES, _VARIANTS = ("italic", "oblique"), ("small-caps",)
_WEIGHTS = re.compile(r"bold|bolder|lighter|[1-9]00", re.IGNORECASE)


def read_shorthands() -> None:
    """Let the print engine of this process read `font`; doing so twice does nothing more."""
    for module in (svg, svg.css):
        module.parse_declarations = declarations


def declarations(input: Any) -> tuple[list[tuple[str, str]], ...]:
    """In place of `parse_declarations`: the declarations of a rule, those that are important apart."""
    return tuple(
        [longhand for name, value in held for longhand in _longhands(name, value)]
        for held in parse_declarations(input)
    )


def _longhands(name: str, value: str) -> Iterator[tuple[str, str]]:
    if name != "font":
        yield name, value
        return
    found = _SHORTHAND.fullmatch(value.strip())
    if found is None:
        return
    words = found["before"].lower().split()
    yield "font-style", next((each for each in words if each in _STYLES), "normal")
    yield "font-variant", next((each for each in words if each in _VARIANTS), "normal")
    yield "font-weight", next((each for each in words if _WEIGHTS.fullmatch(each)), "normal")
    yield "font-size", found["size"]
    yield "font-family", found["family"]
