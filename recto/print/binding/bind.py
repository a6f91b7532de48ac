"""Binding: the quires of the units become one book.

What belongs to one unit was done when it was laid out (recto.print.engine); here is only what needs the
whole: numbers, page order and blank versos, one tag tree, running heads and folios, each font and picture
once, outline, page labels, metadata. Nothing of a page is read or compressed again.

What binding needs of libraries is imported when a book is bound, for a worker may be the one that does it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recto.model import Contents, LaidOut, PageMap
from recto.print.binding.pdf_profile import READING, PdfProfile
from recto.print.layout.imposition import BoundPage, impose
from recto.print.layout.job import AssetFile
from recto.problems import Place, Problem
from recto.settings.metadata import Metadata
from recto.settings.trim import Geometry
from recto.theme import Look, manual, shipped_folder


def bind(
    laid_out: Sequence[LaidOut],
    pages: PageMap,
    contents: Contents,
    metadata: Metadata,
    *,
    page: Geometry,
    assets: Mapping[str, AssetFile],
    look: Look | None = None,
    outline_depth: int = 3,
    places: Mapping[str, Place] | None = None,
    labels: Mapping[str, str] | None = None,
    profile: PdfProfile = READING,
) -> tuple[bytes, tuple[Problem, ...]]:
    """Bind units into a print book; returns the PDF and problems (a link that leads nowhere is an error).

    page    the geometry the units were laid out with, in points
    assets  the asset table of the layout jobs: fonts named there are embedded once for the whole book
    look    what heads and folios look like; None is the theme `manual`
    labels  the book's words for `chapter`, `appendix` … where one has no title of its own
    profile the kind of PDF
    The same input gives the same bytes.
    """
    from recto.print.binding.binder import Binder
    from recto.print.binding.outline import outline_entries

    binder = Binder(page, assets, places or {}, look or manual(shipped_folder()), profile)
    sheets: dict[int, list[BoundPage]] = {at: [] for at in range(len(laid_out))}
    for each in impose(laid_out):
        sheets[each.unit].append(each)
    first_pages = [binder.add(laid_out[at], bound) for at, bound in sheets.items()]
    binder.destinations.add_marks(pages)
    entries = outline_entries(
        contents, laid_out, first_pages, binder.destinations, outline_depth, labels or {}
    )
    return binder.close(entries, metadata, pages.folios), tuple(binder.destinations.problems)


def bind_alone(
    laid: LaidOut,
    metadata: Metadata,
    folios: Sequence[str],
    first: int,
    *,
    page: Geometry,
    assets: Mapping[str, AssetFile],
    look: Look,
) -> bytes:
    """Bind one unit as it will be in a book with these folios, where its first page is number `first` (from
    0): its pages are drawn as they will be there, but their links lead nowhere. Before a unit that begins on
    a verso stands a blank page.
    """
    from recto.print.binding.binder import Binder

    binder = Binder(page, assets, {}, look)
    own = [*folios[first : first + len(laid.pages)], *[""] * len(laid.pages)]  # a book may grow at its end
    blank = [BoundPage(0, None, "")] * (first % 2)
    sheets = [*blank, *(BoundPage(0, number, own[number]) for number in range(len(laid.pages)))]
    binder.add(laid, sheets)
    return binder.close((), metadata, [*(each.folio for each in sheets)])
