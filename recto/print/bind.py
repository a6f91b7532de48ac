"""Binding: the PDFs of the units become one book.

What belongs to one unit is done when it is laid out (recto.print.finish); here is only what needs the whole:
page order and blank versos, one structure tree, links across units, running heads and folios, each font and
image once, outline, page labels, metadata. Nothing reads or rewrites the content of a page.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from recto.metadata import Metadata
from recto.model import Contents, LaidOut, PageMap
from recto.print.facts import write_facts
from recto.print.fonts import Typecase
from recto.print.imposition import BoundPage, impose
from recto.print.job import AssetFile
from recto.print.links import Destinations
from recto.print.outline import outline_entries, write_outline
from recto.print.stamp import Stamper, StampStyle
from recto.print.structure import TagTree
from recto.problems import Place, Problem
from recto.trim import Geometry


def bind(
    laid_out: Sequence[LaidOut],
    pages: PageMap,
    contents: Contents,
    metadata: Metadata,
    *,
    page: Geometry,
    assets: Mapping[str, AssetFile],
    outline_depth: int = 3,
    style: StampStyle | None = None,
    places: Mapping[str, Place] | None = None,
    labels: Mapping[str, str] | None = None,
) -> tuple[bytes, tuple[Problem, ...]]:
    """Bind units into a print book; returns the PDF and problems (a link that leads nowhere is an error).

    page    the geometry the units were laid out with, in points
    assets  the asset table of the layout jobs: fonts named there are embedded once for the whole book
    labels  the book's words for `chapter`, `appendix` … where one has no title of its own
    The same input gives the same bytes.
    """
    with ExitStack() as sources:
        binder = _Binder(laid_out, page, assets, style, places or {})
        for at, laid in enumerate(laid_out):
            binder.add(at, laid, sources.enter_context(Pdf.open(io.BytesIO(laid.pdf))))
        binder.destinations.add_marks(pages)
        binder.close(contents, outline_depth, labels or {})
        write_facts(binder.pdf, metadata, pages.folios)
        return _saved(binder.pdf), tuple(binder.destinations.problems)


@dataclass(frozen=True)
class _Detached:
    """Resources taken out of a unit before its pages are copied, to be shared with other units."""

    fonts: Mapping[str, str]  # resource name -> digest of the font file
    images: Mapping[str, str]  # resource name -> digest of the image


class _Binder:
    def __init__(
        self,
        laid_out: Sequence[LaidOut],
        page: Geometry,
        assets: Mapping[str, AssetFile],
        style: StampStyle | None,
        places: Mapping[str, Place],
    ) -> None:
        self.pdf = Pdf.new()
        self.destinations = Destinations(self.pdf, places)
        self._laid_out, self._page = laid_out, page
        self._typecase = Typecase(assets)
        self._stamper = Stamper(page, self._typecase, style)
        self._tags = TagTree(self.pdf)
        self._images: dict[str, Object] = {}
        self._fonts: list[tuple[Object, Mapping[str, str]]] = []
        self._first_pages: list[int] = []
        self._bound: dict[int, list[BoundPage]] = {}
        for each in impose(laid_out):
            self._bound.setdefault(each.unit, []).append(each)

    def add(self, at: int, laid: LaidOut, source: Pdf) -> None:
        """Add the pages of a unit, after a blank verso where it must begin on a recto."""
        detached = self._detach(source, laid)
        first, added = len(self.pdf.pages), 0
        for bound in self._bound.get(at, ()):
            if bound.page is None:
                self._add_blank()
                first += 1
        self._first_pages.append(first)
        self.destinations.add_places(source, first)
        for page in source.pages:
            self.pdf.pages.append(page)
        base = self._tags.add(source)
        for bound in self._bound.get(at, ()):
            if bound.page is not None:
                self._dress(
                    self.pdf.pages[first + added].obj, laid, bound, base, recto=(first + added) % 2 == 0
                )
                added += 1
        if added:
            self._attach(self.pdf.pages[first].obj.Resources, detached)

    def close(self, contents: Contents, outline_depth: int, labels: Mapping[str, str]) -> None:
        """All that can only be made when the last unit is in."""
        embedded = self._typecase.embed(self.pdf)
        for resources, fonts in self._fonts:
            for name, digest in {**fonts, **self._stamper.fonts}.items():
                resources[f"/{name}"] = embedded[digest]
        entries = outline_entries(
            contents, self._laid_out, self._first_pages, self.destinations, outline_depth, labels
        )
        write_outline(self.pdf, entries, self.destinations)
        self.destinations.close()
        self._tags.close()

    def _dress(self, page: Object, laid: LaidOut, bound: BoundPage, base: int, *, recto: bool) -> None:
        """Renumber, link and stamp a page."""
        page.StructParents = base + int(page.StructParents)
        for annotation in page.get("/Annots", ()):
            if "/StructParent" in annotation:
                annotation.StructParent = base + int(annotation.StructParent)
            self.destinations.add_link(annotation, laid)
        stamp = self._stamper.stamp(laid, bound, recto=recto)
        if stamp is not None:
            # before the unit's own content, which leaves the page's coordinates upside down
            page.Contents = Array([self.pdf.make_stream(stamp), page.Contents])

    def _add_blank(self) -> None:
        size = self._page.width + 2 * self._page.bleed, self._page.height + 2 * self._page.bleed
        bleed = self._page.bleed
        self.pdf.add_blank_page(page_size=size)
        page = self.pdf.pages[-1].obj
        page.MediaBox = page.BleedBox = Array([0, 0, *(_short(side) for side in size)])
        corners = bleed, bleed, bleed + self._page.width, bleed + self._page.height
        page.TrimBox = Array([_short(value) for value in corners])
        page.Resources = Dictionary()
        if "/Contents" in page:
            del page.Contents

    def _detach(self, source: Pdf, laid: LaidOut) -> _Detached:
        """Take out of a unit what the book has once: fonts of the typecase, images seen before."""
        resources = source.pages[0].obj.Resources
        fonts = {}
        for font in laid.fonts:
            if self._typecase.holds(font.digest):
                self._typecase.note(font.digest, font.glyphs)
                fonts[font.resource] = font.digest
                del resources.Font[f"/{font.resource}"]
        images = {}
        for name, content in list(resources.get("/XObject", Dictionary()).items()):
            if content.get("/Subtype") == Name.Image:
                images[name] = digest = _image_digest(content)
                if digest in self._images:
                    del resources.XObject[name]
        return _Detached(fonts, images)

    def _attach(self, resources: Object, detached: _Detached) -> None:
        """Give a unit's copied resources the shared ones; fonts when all of them are known."""
        for name, digest in detached.images.items():
            if digest in self._images:
                resources.XObject[name] = self._images[digest]
            else:
                self._images[digest] = resources.XObject[name]
        self._fonts.append((resources.Font, detached.fonts))


def _image_digest(image: Object) -> str:
    whole = hashlib.sha256(image.read_raw_bytes())
    facts = ("/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Filter", "/Decode", "/Interpolate")
    whole.update(repr([str(image.get(fact)) for fact in facts]).encode())
    if "/SMask" in image:
        whole.update(image.SMask.read_raw_bytes())
    return whole.hexdigest()


def _saved(pdf: Pdf) -> bytes:
    target = io.BytesIO()
    pdf.save(
        target,
        min_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        deterministic_id=True,
        fix_metadata_version=False,
    )
    return target.getvalue()


def _short(value: float) -> float:
    return round(value, 2)
