"""Numbers: of sections as authors type them, and of pages as printers set them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import total_ordering

_LABEL = re.compile(r"(?:[A-Z]|[0-9]{1,4})(?:\.[0-9]{1,4}){0,7}")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@total_ordering
@dataclass(frozen=True, slots=True)
class Number:
    """A section number such as 4, 4.10, 4.2.1, A or A.1.

    Ordered as a reader expects: 2 before 10, 4.9 before 4.10, 4 before 4.1, and lettered numbers
    (appendices) after all others.
    """

    parts: tuple[int | str, ...]

    @classmethod
    def parse(cls, text: str) -> Number | None:
        """Read a number as authors write it (`4.10`, `A.1`, a trailing dot allowed); None if it is none."""
        text = text.strip().removesuffix(".")
        if not _LABEL.fullmatch(text):
            return None
        return cls(tuple(part if part.isalpha() else int(part) for part in text.split(".")))

    @property
    def chapter(self) -> Number:
        """The number of the chapter this number stands in: 4 for 4.2.1, A for A.1."""
        return Number(self.parts[:1])

    @property
    def parent(self) -> Number | None:
        """The number one level up: 4.2 for 4.2.1; None for a chapter's number."""
        return Number(self.parts[:-1]) if len(self.parts) > 1 else None

    @property
    def depth(self) -> int:
        """1 for a chapter, 2 for a section, 3 for a subsection."""
        return len(self.parts)

    @property
    def lettered(self) -> bool:
        """True for the numbers of appendices."""
        return isinstance(self.parts[0], str)

    @property
    def last(self) -> int | str:
        """The number among its siblings: 10 for 4.10."""
        return self.parts[-1]

    def under(self, chapter: Number) -> Number:
        """The same number in another chapter: 37.8 under A is A.8."""
        return Number(chapter.parts + self.parts[1:])

    def __lt__(self, other: Number) -> bool:
        return self._key() < other._key()

    def _key(self) -> tuple[tuple[bool, int | str], ...]:
        # bool first, so that a letter and a digit are never compared with each other
        return tuple((isinstance(part, str), part) for part in self.parts)

    def __str__(self) -> str:
        return ".".join(str(part) for part in self.parts)


def letter(index: int) -> str:
    """The label of the index-th appendix, counted from 0: A, B, … Z, AA, AB, …."""
    index, rest = divmod(index, 26)
    return (letter(index - 1) if index else "") + chr(ord("A") + rest)


def roman(value: int) -> str:
    """Lower-case roman numeral of a positive number: front-matter folios, and parts when upper-cased."""
    numeral = ""
    for worth, digits in _ROMAN:
        count, value = divmod(value, worth)
        numeral += digits * count
    return numeral


def unroman(numeral: str) -> int | None:
    """The value of a roman numeral of either case, None where it is not a well-formed one."""
    text, value = numeral.lower(), 0
    for worth, digits in _ROMAN:
        while text.startswith(digits):
            text, value = text[len(digits) :], value + worth
    return value if not text and numeral and roman(value) == numeral.lower() else None
