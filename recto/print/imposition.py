"""The order of pages in the bound book: units one after the other, blank versos where they must begin right.

Front matter counts in roman from i, the body in arabic from 1; a blank page counts with what stands before
it. The first page of a book is a recto.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from recto.model import LaidOut, Numbering, PageMap
from recto.numbering import roman


@dataclass(frozen=True, slots=True)
class BoundPage:
    """A page of the bound book: page `page` of unit `unit`, or a blank one (`page` None) before that unit."""

    unit: int
    page: int | None
    folio: str


def impose(laid_out: Sequence[LaidOut]) -> tuple[BoundPage, ...]:
    """Every page of the bound book, in order."""
    bound: list[BoundPage] = []
    numbering: Numbering = laid_out[0].unit.numbering if laid_out else "roman"
    count = 0
    for at, laid in enumerate(laid_out):
        if laid.unit.recto and len(bound) % 2:
            count += 1
            bound.append(BoundPage(at, None, _folio(numbering, count)))
        if laid.unit.numbering != numbering:
            numbering, count = laid.unit.numbering, 0
        for page in range(len(laid.pages)):
            count += 1
            bound.append(BoundPage(at, page, _folio(numbering, count)))
    return tuple(bound)


def page_map(laid_out: Sequence[LaidOut]) -> PageMap:
    """Which page carries what. An anchor on two pages counts where it first stands."""
    bound = impose(laid_out)
    pages: dict[str, int] = {}
    starts = {}
    for index, each in enumerate(bound):
        if each.page is None:
            continue
        page = laid_out[each.unit].pages[each.page]
        for anchor in page.anchors:
            pages.setdefault(anchor, index)
        if page.start is not None:
            starts[index] = page.start
    return PageMap(tuple(each.folio for each in bound), pages, starts)


def numbering_runs(folios: Iterable[str]) -> tuple[tuple[int, Numbering], ...]:
    """Where each run of folios begins: page index and kind; for page labels. Each run counts from 1."""
    runs: list[tuple[int, Numbering]] = []
    for index, folio in enumerate(folios):
        kind: Numbering = "arabic" if folio.isdigit() else "roman"
        if not runs or runs[-1][1] != kind:
            runs.append((index, kind))
    return tuple(runs)


def _folio(numbering: Numbering, count: int) -> str:
    return roman(count) if numbering == "roman" else str(count)
