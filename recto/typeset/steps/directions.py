"""Which way words run: those of a language follow it, and code runs from left to right wherever it stands.

In the e-book CSS may not say so (EPUB 3.3, 6.3.1.3): the attribute `dir` does, in both books.
"""

from __future__ import annotations

from recto.languages import direction
from recto.typeset.work import Work

_CODE = ("pre", "code", "kbd", "samp", "var")


def directions(work: Work) -> None:
    """Give what is in another language its direction, and in a book from right to left all code its own."""
    around = direction(work.style.language)
    for element in work.root.iter("*"):
        language = element.get("lang")
        if language and "dir" not in element.attrib and direction(language) != around:
            element.set("dir", direction(language))
    if around == "ltr":
        return
    for code in work.blocks(*_CODE):
        if "dir" not in code.attrib:
            code.set("dir", "ltr")
