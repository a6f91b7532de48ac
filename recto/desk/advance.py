"""Advance sheets: where the pages of a unit that was laid out anew will stand, before the book is bound.

They are shown only where that is certain: the chapters are the same in the same order as in the last good
book, and nothing before this unit has changed. If it is longer or shorter than it was, the pages that follow
it move; then only so many of its own are shown as stand in the place of its former ones.
"""

from __future__ import annotations

from recto.account.observer import AdvanceSheets
from recto.account.report import Report
from recto.ids import INDEX, is_of_index


def where(sheets: AdvanceSheets, report: Report) -> tuple[int, int] | None:
    """The page (from 0) of the last good book that some sheets begin on, and how many of them may be shown;
    None where it is not certain.
    """
    pages = report.pages
    if pages is None or sheets.chapters != tuple(galley.chapter.anchor for galley in report.galleys):
        return None
    own = {anchor for page in sheets.anchors for anchor in page}
    first = min((pages.pages[anchor] for anchor in own if anchor in pages.pages), default=None)
    if first is None or sheets.folio not in (None, pages.folios[first]):
        return None
    # the marks of the index have no element on the page; headings that it no longer has are of no other unit
    gone = is_of_index if INDEX in own else own.__contains__
    others = (at for name, at in pages.pages.items() if not (name in own or name in pages.tops or gone(name)))
    end = min((at for at in others if at > first), default=len(pages.folios))
    return first, min(len(sheets.anchors), end - first)
