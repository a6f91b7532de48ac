"""A text of many pages, divided into several boxes one after the other.

The print engine encodes the whole text of a box for each of its lines, to find where the line begins. For a
paragraph of a megabyte that is more work than all the rest.
"""

from __future__ import annotations

from typing import Any

from recto.print.engine.inner import InlineBox, TextBox

LONGEST = 20_000  # letters of a box: few paragraphs have as many


def divide(linebox: Any) -> None:
    """Divide the long texts of a line box, at spaces where there are any, before its first line."""
    if linebox.__dict__.get("_recto_divided") is not linebox.children:
        linebox._recto_divided = linebox.children = _divided(linebox.children)


def _divided(children: tuple[Any, ...]) -> tuple[Any, ...]:
    made: list[Any] = []
    for child in children:
        if isinstance(child, TextBox) and len(child.text) > LONGEST:
            made += (child.copy_with_text(text) for text in _pieces(child.text))
        else:
            if isinstance(child, InlineBox):
                child.children = _divided(child.children)
            made.append(child)
    return tuple(made) if len(made) != len(children) else children


def _pieces(text: str) -> list[str]:
    pieces, start = [], 0
    while len(text) - start > LONGEST:
        end = text.rfind(" ", start, start + LONGEST) + 1 or start + LONGEST
        pieces.append(text[start:end])
        start = end
    return [*pieces, text[start:]]
