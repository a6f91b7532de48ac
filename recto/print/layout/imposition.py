"""The order of pages in the bound book: units one after the other, blank versos where they must begin right.

Front matter counts in roman from i, the body in arabic from 1; a blank page counts with what stands before
it. The first page of a book is a recto.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from recto.model import LaidOut, Numbering, Page, PageMap, TextPosition
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


def page_map(laid_out: Sequence[LaidOut], marks: Mapping[str, TextPosition] | None = None) -> PageMap:
    """Which page carries what. An anchor on two pages counts where it first stands.

    `marks` tells where in the text the index marks stand: their pages are found by the lines.
    """
    bound = impose(laid_out)
    printed = {
        index: laid_out[each.unit].pages[each.page]
        for index, each in enumerate(bound)
        if each.page is not None
    }
    pages: dict[str, int] = {}
    for index, page in printed.items():
        for anchor in page.anchors:
            pages.setdefault(anchor, index)
    starts = {index: page.start for index, page in printed.items() if page.start is not None}
    found = _find(marks, printed, pages) if marks else {}
    pages.update((mark, index) for mark, (index, _) in found.items())
    tops = {mark: top for mark, (_, top) in found.items()}
    return PageMap(tuple(each.folio for each in bound), pages, starts, tops)


def _find(
    marks: Mapping[str, TextPosition], printed: Mapping[int, Page], pages: Mapping[str, int]
) -> dict[str, tuple[int, float]]:
    """The page index of each mark, and the top of its line; a mark without a line is at its heading."""
    lines: dict[str, list[tuple[int, int, float]]] = {}  # block -> characters passed, page index, top
    for index, page in printed.items():
        for block, passed, top in page.lines:
            lines.setdefault(block, []).append((passed, index, top))
    found = {}
    for mark, position in marks.items():
        block, offset = position.block, position.offset
        if block in lines:
            # the line that holds the character after the mark; the last where none follows
            after = bisect_right(lines[block], offset, key=lambda line: line[0])
            found[mark] = lines[block][max(0, after - 1)][1:]
        elif (heading := pages.get(block.removeprefix("#"))) is not None:
            found[mark] = heading, max((top for _, _, top in printed[heading].lines), default=0.0)
    return found


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
