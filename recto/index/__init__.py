"""The index: marks, a list of terms, and an automatic draft become headings with locators.

    build(galleys, config)  -> (Index, galleys, problems)
    within(index, edition)  -> the Index of an edition that has not all the text
    locate(index, pages)    -> LocatedIndex
    review(index, located)  -> problems that only the printed index shows
    report_rows(index, located) -> rows of the build report
    suggested(index, folder) -> the file of suggestions, ready to be written

`build` gives the galleys back because a term that was found and not marked needs an anchor where its words
stand: only so is its folio that of the page the reader will find them on.
"""

from recto.index.automatic.suggesting import suggested
from recto.index.building import build
from recto.index.index_checks import review
from recto.index.index_model import (
    Entry,
    Index,
    LetterGroup,
    LocatedEntry,
    LocatedIndex,
    Locator,
    PrintedLocator,
)
from recto.index.printed.locating import locate, report_rows
from recto.index.printed.of_edition import within

__all__ = [
    "Entry",
    "Index",
    "LetterGroup",
    "LocatedEntry",
    "LocatedIndex",
    "Locator",
    "PrintedLocator",
    "build",
    "locate",
    "report_rows",
    "review",
    "suggested",
    "within",
]
