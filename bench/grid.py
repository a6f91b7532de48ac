"""Do the lines of facing pages meet, and where are holes? `python -m bench.grid BOOK.pdf [BOOK.pdf …]`

Counted are lines in the size that most of the text is set in. The *phase* of a line is where its baseline
stands between two lines of the grid; the common one is that of the most lines. The *depth* of a page is its
lowest such line or note, and facing pages are held against one another unless one of them ends a chapter. A
*hole* is white of six lines and more at the end of a page that is not the last of its chapter.
"""

from __future__ import annotations

import sys
from collections import Counter
from ctypes import c_double
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

_SLACK = 0.06  # of a leading: a phase is as good as the common one
_HOLE = 6  # lines
_LEAST = 5  # lines of text: a page with fewer is no page of text


@dataclass(frozen=True)
class PageLines:
    """A page: the baselines of its lines of text, from the top in points, and its lowest line of any size."""

    baselines: tuple[float, ...]
    lowest: float
    opens: bool


def main() -> None:
    """Tell of every book named."""
    for name in sys.argv[1:]:
        print(f"{Path(name).name}: {told(Path(name))}")


def told(path: Path) -> str:
    """What is to be said of a book, in one line."""
    pages = read(path)
    leading = _leading(pages)
    lines = [line for page in pages for line in page.baselines]
    phases = Counter(round(line % leading / leading, 2) for line in lines)
    common = max(phases, key=lambda phase: _near(phases, phase))
    on_grid = _near(phases, common)
    texts = [page for page in pages if len(page.baselines) >= _LEAST]
    foot = Counter(round(page.lowest) for page in texts).most_common(1)[0][0]
    inner = [page for page, after in pairwise(pages) if len(page.baselines) >= _LEAST and not after.opens]
    holes = sum(foot - page.lowest >= _HOLE * leading for page in inner)
    spreads = [
        (left, right) for left, right in list(pairwise(pages))[1::2] if left in inner and right in inner
    ]
    level = sum(abs(left.lowest - right.lowest) < _SLACK * leading for left, right in spreads)
    return (
        f"{len(pages)} pages, leading {leading:.2f} pt;"
        f" {100 * on_grid / len(lines):.1f} % of {len(lines)} lines on the grid;"
        f" {level} of {len(spreads)} spreads end level; {holes} holes of {_HOLE} lines and more"
    )


def read(path: Path) -> list[PageLines]:
    """The lines of every page."""
    document = pypdfium2.PdfDocument(path)
    found = [_lines(page) for page in document]
    sizes = Counter(size for page in found for _, size in page)
    size = sizes.most_common(1)[0][0]
    made = []
    for page in found:
        text = sorted({line for line, of in page if of == size})
        opens = not page or min(line for line, _ in page) > min(map(_top, found)) + 4 * size
        made.append(PageLines(tuple(text), max((line for line, _ in page), default=0.0), opens))
    return made


def _top(page: list[tuple[float, float]]) -> float:
    return min((line for line, _ in page), default=1e6)


def _lines(page: pypdfium2.PdfPage) -> list[tuple[float, float]]:
    """Every baseline of a page with the size of what stands on it, each once; folios at the foot left out."""
    text, height = page.get_textpage(), page.get_height()
    found: Counter[tuple[float, float]] = Counter()
    for at in range(text.count_chars()):
        x, y = c_double(), c_double()
        if pdfium.FPDFText_GetCharOrigin(text, at, x, y):
            size = round(pdfium.FPDFText_GetFontSize(text, at), 1)
            found[round(height - y.value, 1), size] += 1
    return [line for line, count in found.items() if count > _LEAST]


def _leading(pages: list[PageLines]) -> float:
    steps = Counter(round(b - a, 1) for page in pages for a, b in pairwise(page.baselines))
    return steps.most_common(1)[0][0]


def _near(phases: Counter[float], phase: float) -> int:
    return sum(
        count for other, count in phases.items() if min(abs(other - phase), 1 - abs(other - phase)) <= _SLACK
    )


if __name__ == "__main__":
    main()
