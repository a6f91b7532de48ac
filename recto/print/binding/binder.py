"""The binder: quires are sewn into a file, one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pydyf

from recto.model import LaidOut, Quire
from recto.print.binding.facts import write_facts
from recto.print.binding.fonts import Typecase
from recto.print.binding.links import Destinations
from recto.print.binding.outline import OutlineEntry, write_outline
from recto.print.binding.pdf_file import PdfFile, reference
from recto.print.binding.pdf_profile import READING, PdfProfile
from recto.print.binding.stamp import Stamper
from recto.print.binding.structure import TagTree
from recto.print.layout.imposition import BoundPage
from recto.print.layout.job import AssetFile
from recto.problems import Place
from recto.settings.metadata import Metadata
from recto.settings.trim import Geometry
from recto.theme.look import Look


class Binder:
    """Sews quires into a file, one after the other."""

    def __init__(
        self,
        page: Geometry,
        assets: Mapping[str, AssetFile],
        places: Mapping[str, Place],
        look: Look,
        profile: PdfProfile = READING,
    ) -> None:
        self.destinations = Destinations(places)
        self._file, self._page, self._profile = PdfFile(profile), page, profile
        self._tree, self._nodes = self._file.allot(), pydyf.Array()
        self._tags = TagTree(self._file)
        self._typecase = Typecase(assets, self._file, profile.whole_fonts)
        self._stamper = Stamper(page, self._typecase, look)
        self._pages: list[int] = []  # their numbers
        self._shared: dict[str, int] = {}  # digest -> number of a picture
        self._nothing = self._file.add_stream(b"", b"")  # stands in for a stamp

    def add(self, laid: LaidOut, sheets: Sequence[BoundPage]) -> int:
        """Add the pages of a unit, after its blank verso; returns the index of its first page."""
        quire = laid.quire
        assert quire is not None, "a unit that is to be bound is laid out for binding"
        for sheet in sheets:
            if sheet.page is None:
                self._add_blank()
        first_page = len(self._pages)
        stamps = self._stamps(laid, [sheet for sheet in sheets if sheet.page is not None])
        count = quire.lines.text.count(b"\n") + 1
        first = self._file.allot(count)
        numbers = [*range(first, first + count), *(0 for _ in quire.streams)]
        keys = self._tags.add(quire, first)
        fonts = self._file.allot()
        numbers += (self._tree, self._tags.document, fonts, *keys, *stamps)
        self._add_streams(quire, numbers, count)
        self._file.add_lines(first, self._profile.cut(quire.lines.filled(numbers)))
        self._file.add(b"<<%s>>" % self._font_list(laid, quire, numbers), fonts)
        self._nodes.append(reference(first))
        self._pages += (first + at for at in quire.pages)
        self.destinations.add(quire, first_page, laid.unit.name)
        return first_page

    def close(self, entries: Sequence[OutlineEntry], metadata: Metadata, folios: Sequence[str]) -> bytes:
        """All that can only be made when the last unit is in; returns the file."""
        file = self._file
        self._typecase.embed()
        catalog = pydyf.Dictionary({"Type": "/Catalog", "Pages": reference(self._tree)})
        if self._profile.links:
            catalog |= self._ways(entries)
        if self._profile.tags:
            self._tags.close()
            catalog["StructTreeRoot"] = reference(self._tags.root)
            catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        facts, info = write_facts(file, metadata, folios, self._profile)
        catalog |= facts
        tree = {"Type": "/Pages", "Kids": self._nodes, "Count": len(self._pages)}
        file.add(pydyf.Dictionary(tree), self._tree)
        return file.close(file.add(catalog), info)

    def _ways(self, entries: Sequence[OutlineEntry]) -> dict[str, Any]:
        """The outline and the named destinations, as the catalog has them."""
        ways: dict[str, Any] = {}
        if (outline := write_outline(self._file, entries, self.destinations, self._pages)) is not None:
            ways |= {"Outlines": reference(outline), "PageMode": "/UseOutlines"}
        if (names := self.destinations.write(self._file, self._pages)) is not None:
            ways["Names"] = pydyf.Dictionary({"Dests": reference(names)})
        return ways

    def _stamps(self, laid: LaidOut, sheets: Sequence[BoundPage]) -> list[int]:
        """Number the content stream that is stamped on each page."""
        stamps = []
        for index, sheet in enumerate(sheets, start=len(self._pages)):
            stamp = self._stamper.stamp(laid, sheet, recto=index % 2 == 0)
            stamps.append(self._file.add_stream(b"", stamp, pack=True) if stamp else self._nothing)
        return stamps

    def _add_streams(self, quire: Quire, numbers: list[int], first: int) -> None:
        """Add the streams of a quire, in slots from `first` on: a picture that the book has is shared."""
        new = []
        for slot, stream in enumerate(quire.streams, start=first):
            known = self._shared.get(stream.shared)
            numbers[slot] = self._file.allot() if known is None else known
            if known is None:
                new.append((numbers[slot], stream))
            if stream.shared:
                self._shared[stream.shared] = numbers[slot]
        for number, stream in new:
            self._file.add_stream(stream.head.filled(numbers), stream.content, number)

    def _font_list(self, laid: LaidOut, quire: Quire, numbers: Sequence[int]) -> bytes:
        """The entries of a unit's font dictionary: fonts of its own, fonts of the book, fonts of stamps."""
        shared = (
            b"/%s %s" % (font.resource.encode(), self._typecase.note(font.digest, font.glyphs))
            for font in laid.fonts
        )
        return b"".join((quire.fonts.filled(numbers), *shared, self._stamper.fonts()))

    def _add_blank(self) -> None:
        size = self._page.width + 2 * self._page.bleed, self._page.height + 2 * self._page.bleed
        bleed = self._page.bleed
        corners = bleed, bleed, bleed + self._page.width, bleed + self._page.height
        media = pydyf.Array((0, 0, *(_short(side) for side in size)))
        blank = {
            "Type": "/Page",
            "Parent": reference(self._tree),
            "MediaBox": media,
            "BleedBox": media,
            "TrimBox": pydyf.Array(_short(value) for value in corners),
            "Resources": pydyf.Dictionary(),
        }
        self._pages.append(self._file.add(pydyf.Dictionary(blank)))
        self._nodes.append(reference(self._pages[-1]))


def _short(value: float) -> float:
    return round(value, 2)
