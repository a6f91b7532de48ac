"""The source of a section: cleaned, with its code fences found and its lines counted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from recto.model import Section
from recto.problems import Place, Problem, warning
from recto.typeset.tokens import NONCHARACTERS
from recto.xhtml import clean

# deeper than any book goes; each level costs Python-Markdown a recursion over the whole quotation
DEEPEST_QUOTE = 30

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u2028\u2029]")
_FENCE = re.compile(r"[ \t>]*(?P<fence>`{3,}|~{3,})(?P<info>[^`\n]*)$")
_INDENT = re.compile(r"^[ \t]{100,}(?=(?:[-*+]|\d{1,9}\.|!!!)[ \t])")
_ITEMS = re.compile(r"^[ ]{0,3}((?:(?:[-*+]|\d{1,9}\.)[ \t]+){30})(?:(?:[-*+]|\d{1,9}\.)[ \t]+)+")
_RULE = re.compile(r"[ ]{0,3}([-*_])[ \t]*(?:\1[ \t]*)+$")
_QUOTE = re.compile(rf"^[ ]{{0,3}}(?:>[ \t]?){{{DEEPEST_QUOTE + 1},}}")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of whole lines, either a fenced block of code or what stands between two of them."""

    text: str
    offset: int
    code: bool


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

    def stretches(self) -> Iterator[Stretch]:
        """The text, taken apart into fenced code and all else; an unclosed fence is reported."""
        lines = self.text.split("\n")
        begin, fence, opened = 0, "", 0
        for number, line in enumerate(lines):
            if fence:
                if line.strip(" \t>") == fence:
                    yield self._stretch(begin, number + 1, code=True)
                    begin, fence = number + 1, ""
            elif (found := _FENCE.match(line)) and self._closed(lines, number, found["fence"]):
                if number > begin:
                    yield self._stretch(begin, number, code=False)
                begin, fence, opened = number, found["fence"], number
        if begin < len(lines):
            yield self._stretch(begin, len(lines), code=bool(fence and opened == begin))

    def _closed(self, lines: list[str], opened: int, fence: str) -> bool:
        last = self._last_fences.get(fence)
        if last is None:
            last = max(i for i, line in enumerate(lines) if line.strip(" \t>").startswith(fence))
            ends = [i for i, line in enumerate(lines) if line.strip(" \t>") == fence]
            last = self._last_fences[fence] = ends[-1] if ends else -1
        if last > opened:
            return True
        place = self.place(self.section.text_line + opened)
        message = (
            f"the code block that begins here with {fence} is never closed"  # as the file's scan says it
        )
        hint = f"put a line {fence} where the code ends"
        self.problems.append(warning("unclosed-fence", message, place, hint=hint))
        return False

    _last_fences: dict[str, int]

    def _stretch(self, begin: int, end: int, *, code: bool) -> Stretch:
        start = self._starts[begin]
        stop = self._starts[end] if end < len(self._starts) else len(self.text)
        return Stretch(self.text[start:stop], start, code)

    def _cleaned(self, text: str) -> str:
        self._last_fences = {}
        if not _CONTROL.search(text) and not NONCHARACTERS.search(text) and clean(text) == text:
            return self._shallow(text)
        lines = text.split("\n")
        for index, line in enumerate(lines):
            good = clean(NONCHARACTERS.sub("", _CONTROL.sub("", line)))
            if good != line:
                codes = ", ".join(sorted({f"U+{ord(c):04X}" for c in line if c not in good}))
                message = f"control characters ({codes}) that can't be printed were left out"
                place = self.place(self.section.text_line + index)
                self.problems.append(warning("control-character", message, place, subject=self.subject))
                lines[index] = good
        return self._shallow("\n".join(lines))

    def _shallow(self, text: str) -> str:
        """Cut quotations and lists nested absurdly deep."""
        if self.section.syntax == "text":
            return text
        lines = text.split("\n")
        for index, line in enumerate(lines):
            lines[index] = _QUOTE.sub("> " * DEEPEST_QUOTE, line, count=1)
            lines[index] = _INDENT.sub(" " * 100, lines[index], count=1)
            if _ITEMS.match(line) and not _RULE.match(line):
                lines[index] = _ITEMS.sub(r"\1", line, count=1)
            if lines[index] != line:
                message = f"what nests more than {DEEPEST_QUOTE} deep was set {DEEPEST_QUOTE} deep"
                place = self.place(self.section.text_line + index)
                self.problems.append(warning("too-deep", message, place, subject=self.subject))
        return "\n".join(lines)
