"""The source of a section: cleaned, and its lines counted."""

from __future__ import annotations

import re
from bisect import bisect_right

from recto.model import Section
from recto.notations.xhtml import printable
from recto.problems import Place, Problem, warning


class Source:
    """The cleaned text of a section, and the file's line of every place in it."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self.problems: list[Problem] = []
        self.text = self._cleaned(section.text)
        self._starts = [0, *(match.end() for match in re.finditer("\n", self.text))]

    def line(self, offset: int) -> int:
        """The line of the file at an offset into the text."""
        return self.section.text_line + bisect_right(self._starts, offset) - 1

    def place(self, line: int | None = None) -> Place:
        """A place in the file of this section; without a line, where the section begins."""
        return Place(self.section.place.file, line) if line else self.section.place

    @property
    def subject(self) -> str:
        """The section's name in problems: its number, or the name of the matter."""
        return str(self.section.number or self.section.role or "")

    def _cleaned(self, text: str) -> str:
        if printable(text) == text:
            return text
        lines = text.split("\n")
        for index, line in enumerate(lines):
            good = printable(line)
            if good != line:
                codes = ", ".join(sorted({f"U+{ord(c):04X}" for c in line if c not in good}))
                message = f"control characters ({codes}) that can't be printed were left out"
                place = self.place(self.section.text_line + index)
                self.problems.append(warning("control-character", message, place, subject=self.subject))
                lines[index] = good
        return "\n".join(lines)
