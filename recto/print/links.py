"""Named destinations of the bound book, and links that go to them.

A unit is laid out with links to other units as `recto:ANCHOR`; here they become what links inside a unit
are already: a link annotation with a named destination.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from recto.model import LaidOut, PageMap
from recto.problems import Place, Problem, error

SCHEME = "recto:"
# Places that no one outside the book links to: named only where the book does
_PRIVATE = ("mark-", "noteref-")
_LEAF = 64  # names in a leaf of the name tree


class Destinations:
    """Where each anchor stands, and which anchors are linked to."""

    def __init__(self, pdf: Pdf, places: Mapping[str, Place]) -> None:
        self._pdf, self._places = pdf, places
        self._at: dict[str, tuple[int, Object | float, Object | float]] = {}
        self._wanted: dict[str, str] = {}  # anchor -> unit that links to it
        self.problems: list[Problem] = []

    def add_places(self, source: Pdf, first: int) -> None:
        """Take in the named destinations of a unit whose first page is the book's `first`-th."""
        if "/Names" not in source.Root or "/Dests" not in source.Root.Names:
            return
        index: dict[Any, int] = {page.objgen: first + at for at, page in enumerate(source.pages)}
        names = list(source.Root.Names.Dests.Names)
        for key, value in zip(names[::2], names[1::2], strict=True):
            self._at.setdefault(str(key), (index[value[0].objgen], value[2], value[3]))

    def add_marks(self, pages: PageMap) -> None:
        """Take in the index marks, which no page has as an element: each leads to the top of its line."""
        for anchor, top in pages.tops.items():
            self._at.setdefault(anchor, (pages.pages[anchor], 0, top))

    def add_link(self, annotation: Object, laid: LaidOut) -> None:
        """Make a link annotation point to the anchor it names; links to the world outside stay."""
        if "/Dest" in annotation:
            anchor = str(annotation.Dest)
        else:
            address = str(annotation.A.get("/URI", "")) if "/A" in annotation else ""
            if not address.startswith(SCHEME):
                return
            anchor = unquote(address.removeprefix(SCHEME))
            del annotation.A
        annotation.Dest = String(anchor)
        self._wanted.setdefault(anchor, laid.unit.name)

    def page_of(self, anchor: str) -> int | None:
        """The index of the page that carries an anchor."""
        return self._at[anchor][0] if anchor in self._at else None

    def want(self, anchor: str) -> None:
        """Keep an anchor named: something outside the pages (the outline) leads to it."""
        self._wanted.setdefault(anchor, "")

    def close(self) -> None:
        """Write the name tree. A link to an anchor that is on no page is an error of the book's making."""
        for anchor, unit in self._wanted.items():
            if anchor not in self._at:
                self.problems.append(
                    error(
                        "lost-link",
                        f"a link in `{unit}` leads to `{anchor}`, which is on no page",
                        self._places.get(unit, Place(unit)),
                        subject=anchor,
                    )
                )
        leaves = Array(list(self._leaves()))
        if len(leaves):
            self._pdf.Root.Names = Dictionary(Dests=self._pdf.make_indirect(Dictionary(Kids=leaves)))

    def _leaves(self) -> Iterator[Object]:
        named = [a for a in self._at if a in self._wanted or not a.startswith(_PRIVATE)]
        keys = sorted((bytes(String(anchor)), anchor) for anchor in named)
        pages = [page.obj for page in self._pdf.pages]
        for begin in range(0, len(keys), _LEAF):
            leaf = keys[begin : begin + _LEAF]
            names = Array()
            for _, anchor in leaf:
                page, x, y = self._at[anchor]
                names.append(String(anchor))
                names.append(Array([pages[page], Name.XYZ, x, y, 0]))
            limits = Array([String(leaf[0][1]), String(leaf[-1][1])])
            yield self._pdf.make_indirect(Dictionary(Names=names, Limits=limits))
