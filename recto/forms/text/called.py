"""Chapters that a plain text calls otherwise: `Lesson 3: Verbs`, `Letter IV`, `Day 12`, `Act II`."""

from __future__ import annotations

from recto.forms.naming.own_words import counted_by_word, counted_in_parts
from recto.forms.text.simple import Found, have_text, lines_alone

_LONGEST = 80  # characters


def chapters_called(lines: list[str]) -> tuple[str, list[Found]]:
    """The word for chapters, and these with their sections, in a text that has several with text below each.

    ("", []) where there is none.
    """
    alone = [*lines_alone(lines, _LONGEST)]
    word, headings = counted_by_word([words for _, words in alone])
    found = [(alone[at][0], heading) for at, heading in sorted(headings.items())]
    if not found:
        in_parts = counted_in_parts([words for _, words in alone])
        word, found = "", [(alone[at][0], heading) for at, heading in sorted(in_parts.items())]
    chapters = [each for each in found if each[1].kind == "chapter"]
    return (word, found) if chapters and have_text(chapters, lines) else ("", [])
