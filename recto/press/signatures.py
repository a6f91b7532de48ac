"""A booklet: two pages on each side of a sheet, so that the sheets, folded, are the book.

A short book is one signature, stitched through its fold; a longer one is several, sewn or glued. Sheets that
lie further inside stick out at the fore-edge once they are folded, so their pages stand nearer to the fold.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Rectangle

_A4, _LETTER = (841.89, 595.276), (792.0, 612.0)  # landscape, in points
_STITCHED = 64  # pages: up to here one signature is folded and stitched
_SIGNATURE = 16  # pages of a signature in a longer book
_CREEP = 0.1 / 25.4 * 72  # what a sheet of copying paper adds, in points
_MARGIN = 14.0  # of the sheet, in which printers of offices don't print
Side = tuple[int | None, int | None]  # the pages left and right of the fold, 0 = first; None is blank


def sides(count: int) -> Iterator[tuple[int, int, Side]]:
    """Each side of each sheet of a book: its signature, its sheet there (0 is the outermost), its pages."""
    whole = -(-count // 4) * 4
    size = whole if whole <= _STITCHED else _SIGNATURE
    for signature, begin in enumerate(range(0, whole, size)):
        end = min(begin + size, whole)
        for sheet in range((end - begin) // 4):
            low, high = begin + 2 * sheet, end - 1 - 2 * sheet
            for left, right in ((high, low), (low + 1, high - 1)):
                yield signature, sheet, (left if left < count else None, right if right < count else None)


def impose_booklet(book: bytes, letter: bool) -> bytes:
    """The sheets of a booklet out of a bound PDF, on Letter or A4; its halves turn on the short edge."""
    size = _LETTER if letter else _A4
    with pikepdf.open(io.BytesIO(book)) as source, pikepdf.Pdf.new() as made:
        for number, (signature, sheet, pages) in enumerate(sides(len(source.pages))):
            target = made.add_blank_page(page_size=size)
            for half, page in enumerate(pages):
                if page is not None:
                    _place(source.pages[page], target, half, sheet, size)
            target.contents_add(_marks(signature, size, outermost=sheet == 0 and number % 2 == 0))
        for key, value in source.docinfo.items():
            made.docinfo[key] = str(value)
        written = io.BytesIO()
        made.save(written, deterministic_id=True)
        return written.getvalue()


def _place(
    page: pikepdf.Page, target: pikepdf.Page, half: int, sheet: int, size: tuple[float, float]
) -> None:
    """Put a page on a half of the sheet, at the fold, half way up; made smaller where it must be."""
    left, bottom, right, top = (float(value) for value in page.trimbox)
    width, height = right - left, top - bottom
    room = size[0] / 2 - _MARGIN, size[1] - 2 * _MARGIN
    scale = min(1.0, room[0] / width, room[1] / height)
    wide, high, creep = width * scale, height * scale, sheet * _CREEP
    x = size[0] / 2 - wide + creep if half == 0 else size[0] / 2 - creep
    y = (size[1] - high) / 2
    page.obj.MediaBox = page.obj.TrimBox
    if "/CropBox" in page.obj:
        del page.obj["/CropBox"]
    target.add_overlay(page, Rectangle(x, y, x + wide, y + high))


def _marks(signature: int, size: tuple[float, float], *, outermost: bool) -> bytes:
    """Ticks where to fold; on the back of each signature a bar, a step lower on each, to gather by."""
    middle, height = size[0] / 2, size[1]
    ticks = f"q 0 G 0.25 w {middle} 0 m {middle} 9 l S {middle} {height - 9} m {middle} {height} l S Q"
    if not outermost:
        return ticks.encode()
    step = height - 60 - 12 * (signature % 40)
    return f"{ticks} q 0 g {middle - 1.5} {step} 3 10 re f Q".encode()
